#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/library/error.hpp"

namespace hub::engine {

/// The model of pictures that this copy of the page offers, as models.json tells of it.
struct PictureModel {
  std::string name;
  std::string licence;  ///< SPDX identifier
  std::string hash;     ///< SHA-256 of its weights, hexadecimal: vectors of another model are never compared with its own
  std::uint64_t download_bytes = 0;
  std::uint64_t memory_bytes = 0;
  std::size_t features = 0;  ///< numbers that it says of a picture

  /// Numbers of the vector that is kept of a picture: `features` where they are few, else a projection of them (features::projected).
  std::size_t dimensions() const;
};

/// @return Error "bad_model" where the file names none that this program can use.
Expected<PictureModel> read_picture_model(std::string_view json);

}  // namespace hub::engine
