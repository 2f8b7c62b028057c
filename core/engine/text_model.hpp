#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/library/error.hpp"

namespace hub::engine {

/// The text model that this copy of the page offers, as models.json tells of it.
struct TextModel {
  std::string name;
  std::string licence;  ///< SPDX identifier
  std::string hash;     ///< SHA-256 of its weights, hexadecimal: vectors of another model are never compared with its own
  std::uint64_t download_bytes = 0;
  std::uint64_t memory_bytes = 0;
  std::size_t dimensions = 0;   ///< of a vector; a multiple of 16
  std::size_t most_pieces = 0;  ///< of a text, those at both ends included
};

/// @return Error "bad_model" where the file names none that this program can use.
Expected<TextModel> read_text_model(std::string_view json);

/// Texts that go through the model together: rows of `length` pieces, the shorter ones filled up with 0 at the end.
struct TextBatch {
  std::vector<std::int32_t> pieces;   ///< row by row
  std::vector<std::uint32_t> counts;  ///< pieces of each row that are its own, at least 1
  std::size_t length = 0;
};

}  // namespace hub::engine
