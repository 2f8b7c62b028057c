#include "core/predictor/songs.hpp"

#include <algorithm>

#include "core/features/tokens.hpp"

namespace hub::predictor {

Songs Songs::at(const std::vector<std::size_t>& rows) const {
  Songs some;
  some.columns = columns;
  some.audio = Matrix(rows.size(), audio.columns);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto row = audio.row(rows[i]);
    std::copy(row.begin(), row.end(), some.audio.row(i).begin());
    some.artists.push_back(artists[rows[i]]);
  }
  return some;
}

std::vector<std::vector<std::uint64_t>> artist_keys(const Songs& songs) {
  std::vector<std::vector<std::uint64_t>> keys(songs.size());
  for (std::size_t i = 0; i < songs.size(); ++i) {
    for (const auto& name : songs.artists[i]) {
      const auto text = features::normalised(name);
      if (!text.empty()) keys[i].push_back(features::token_key(features::Family::creators, text));
    }
    std::sort(keys[i].begin(), keys[i].end());
    keys[i].erase(std::unique(keys[i].begin(), keys[i].end()), keys[i].end());
  }
  return keys;
}

}  // namespace hub::predictor
