#pragma once

#include <string_view>

namespace hub::predictor {

/// Counts up whenever the same ratings and settings come to be predicted differently, so that a model that was kept is not taken for one of
/// this program.
inline constexpr std::string_view version = "3";

/// What can be tuned of a predictor. The defaults were chosen once for people in general. @see tunable_parameters
struct Settings {
  // Of XGBoost, @see Booster::Parameters
  int max_depth = 3;
  double eta = 0.05;
  int rounds = 80;  ///< trees in each forest
  double min_child_weight = 5;
  double lambda = 10;
  double subsample = 0.8;  ///< 0 … 1: the share of the ratings that each tree is grown from, drawn anew for each (Friedman 2002)
  // Of the blend: trees_most · n / (n + trees_half) of the trees' say counts beside the stack of n ratings.
  double trees_most = 0.4;  ///< 0 … 1
  double trees_half = 200;  ///< ratings
  /// Of the stack, stars². @see stack_shares
  double stack_penalty = 3;

  bool operator==(const Settings&) const = default;
};

}  // namespace hub::predictor
