#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/predictor/booster.hpp"

namespace hub::predictor {

/// Songs as a like or dislike is learnt from them: what can be heard, and who made them.
struct Songs {
  std::vector<features::Feature>
      columns;   ///< of `audio`: "energy", "tempo", … A service's popularity may be one; it is never what is learnt.
  Matrix audio;  ///< songs x columns, in each column's own unit; NaN where missing
  std::vector<std::vector<std::string>> artists;  ///< for each song; names are compared without regard to case

  std::size_t size() const { return artists.size(); }

  /// @param rows  places in this table, in any order. @return  a table of these songs.
  Songs at(const std::vector<std::size_t>& rows) const;
};

/// Names become numbers: for each song its artists' keys, sorted, each once.
std::vector<std::vector<std::uint64_t>> artist_keys(const Songs& songs);

}  // namespace hub::predictor
