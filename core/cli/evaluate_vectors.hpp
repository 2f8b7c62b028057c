#pragma once

#include <memory>
#include <string>

#include "core/features/work_vectors.hpp"
#include "core/library/error.hpp"

namespace hub::cli {

/// Vectors of works from a file of JSON lines, {"item_id": "…", "vector": [numbers]}, all of the same length, a multiple of 16. Each is
/// scaled to length 1; a work that is not named has none.
///
/// @param path  of the file, as models/text/vectors.py writes it. @return  or Error with the file and the line.
Expected<std::shared_ptr<const features::WorkVectors>> read_vectors(const std::string& path);

/// How well posters fit texts, from a file of JSON lines, {"item_id": "…", "agreement": number from -1 to 1}. A work that is not named has
/// none.
///
/// @return  or Error with the file and the line.
Expected<std::shared_ptr<const features::WorkNumbers>> read_agreements(const std::string& path);

}  // namespace hub::cli
