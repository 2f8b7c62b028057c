#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/predictor/random.hpp"
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
  friend class LikeTreesFit;
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

/// The fit of LikeTrees, a tree a step.
class LikeTreesFit {
 public:
  /// As for LikeTrees::fit. Nothing of the songs is needed afterwards.
  static Expected<LikeTreesFit> begin(const Songs& songs, std::span<const double> liked, std::uint64_t seed);

  /// @return whether there is more to do.
  Expected<bool> step();
  double progress() const;  ///< 0 … 1
  LikeTrees finish();       ///< once step has returned false

 private:
  explicit LikeTreesFit(std::uint64_t seed) : random_(Random::mixed(seed)) {}

  LikeTrees trees_;
  Random random_;
  std::vector<float> weights_;
  int done_ = 0;
};

}  // namespace hub::predictor
