#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/predictor/songs.hpp"

namespace hub::predictor {

/// Gradient-boosted trees with logistic loss on the audio features, how many of the artists' songs were heard, and how often those were
/// liked. That rate is shrunk to the person's own, and for the songs that are learnt from it is taken from the other folds: with its own
/// answer in it, a song would give the answer away.
class LikeTrees {
 public:
  static constexpr std::size_t fewest_songs = 20;

  /// @param liked  1 or 0 for each song; at least `fewest_songs`, of both kinds.
  /// @return       Error "training_failed" with XGBoost's own words.
  static Expected<LikeTrees> fit(const Songs& songs, std::span<const double> liked, std::uint64_t seed);

  /// @return  log-odds for each song. The columns must be those of the fit.
  Expected<std::vector<double>> log_odds(const Songs& songs) const;

 private:
  struct Count {
    double songs = 0;
    double liked = 0;
  };
  using Counts = std::unordered_map<std::uint64_t, Count>;

  LikeTrees() = default;
  static Matrix with_artists(const Songs& songs, std::span<const std::vector<std::uint64_t>> artists, std::span<const Counts* const> counts,
                             double rate);

  std::optional<Booster> booster_;
  Counts counts_;
  double rate_ = 0.5;  ///< of all songs, that are liked
};

}  // namespace hub::predictor
