#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hub::engine {

/// A model of pictures that this copy of the page offers, as models.json tells of it.
struct PictureModel {
  std::string id;
  std::string name;
  std::string licence;  ///< SPDX identifier
  std::string hash;     ///< SHA-256 of its weights, hexadecimal: vectors of another model are never compared with its own
  std::uint64_t download_bytes = 0;
  std::uint64_t memory_bytes = 0;
  std::size_t features = 0;     ///< numbers that it says of a picture
  std::size_t most_pieces = 0;  ///< of a text, which it says as many numbers of, in the same space; 0: it reads none

  /// Numbers of the vector that is kept of a picture: `features` where they are few, else a projection of them (features::projected).
  std::size_t dimensions() const;
};

/// Those that this program can use, the first of which is the one for whoever has not chosen; at most 8.
std::vector<PictureModel> read_picture_models(std::string_view json);

}  // namespace hub::engine
