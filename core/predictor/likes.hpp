#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/predictor/like_process.hpp"
#include "core/predictor/like_trees.hpp"
#include "core/predictor/platt.hpp"

namespace hub::predictor {

/// The chance that a person likes a song, by both members and by the two together.
struct LikePrediction {
  double probability = 0.5;  ///< the mean of the members' log-odds as a probability
  double process = 0.5;      ///< of the Gaussian process, by Platt scaling on its leave-one-out scores
  double trees = 0.5;        ///< of the boosted trees; as `process` where there are too few songs for trees
};

/// What a person likes to hear, from songs they like and other songs they have heard. It is taste that is learnt, not popularity.
class LikeModel {
 public:
  LikeModel() = default;  ///< knows no songs: one half for each

  /// @param songs  any number. @param liked  1 liked, 0 heard and not liked, one for each song.
  /// @return       Error "bad_table" where the shapes differ, a value is infinite or `liked` is neither 0 nor 1; "training_failed" with
  ///               XGBoost's own words.
  static Expected<LikeModel> fit(const Songs& songs, std::span<const double> liked, std::uint64_t seed = 1);

  /// @param songs  with the columns of the fit, or Error "bad_table".
  Expected<std::vector<LikePrediction>> predict(const Songs& songs) const;

  std::size_t song_count() const { return songs_; }

 private:
  friend class LikeFit;
  std::size_t songs_ = 0;
  std::vector<features::Feature> columns_;
  LikeProcess process_;
  PlattScaling scaling_;
  std::optional<LikeTrees> trees_;
};

/// The fit of a LikeModel in steps of some milliseconds.
class LikeFit {
 public:
  /// As for LikeModel::fit. Nothing of the songs is needed afterwards.
  static Expected<LikeFit> begin(const Songs& songs, std::span<const double> liked, std::uint64_t seed = 1);

  /// @return whether there is more to do.
  Expected<bool> step();
  double progress() const;  ///< 0 … 1
  LikeModel finish();       ///< once step has returned false

 private:
  LikeFit(const Songs& songs, std::span<const double> liked, std::uint64_t seed);

  LikeModel model_;
  std::vector<double> liked_;
  LikeProcessFit process_;
  std::optional<LikeTreesFit> trees_;
  bool process_done_ = false;
};

}  // namespace hub::predictor
