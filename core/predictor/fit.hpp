#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/predictor/combination.hpp"
#include "core/predictor/linear.hpp"
#include "core/predictor/process.hpp"
#include "core/predictor/tree_features.hpp"
#include "core/predictor/trees.hpp"

namespace hub::predictor {

/// The ratings of one person, as numbers: those of the type that is predicted, and those of other types, from which the unified model
/// learns too.
struct Ratings {
  std::shared_ptr<const RatedWorks> works;  ///< of all types
  std::vector<std::string> ids;             ///< of all works
  std::vector<std::string> titles;          ///< of all works
  std::vector<double> stars;                ///< of all works
  Vector residual;                          ///< of all works: stars - m(x)
  std::vector<std::uint32_t> own;           ///< rows of `works` that are of the type
  const features::TypeStatistics* type = nullptr;
  std::vector<features::Feature> tree_columns;
  double today = 0;  ///< the latest day of rating, in days: when predictions are for; NaN when no day is known

  std::size_t size() const { return own.size(); }
  Vector own_residual() const;
};

/// From how many ratings on a Gaussian process is approximate, and how fine it is then: beyond `exact` ratings, some of the rated works,
/// taken at random, stand for all (InducingProcess): as many as keep ratings · works² at `work`, so that the time grows no more. A library
/// of many types has a model for each, whose exact factors grow with the square of its ratings: beyond 2 · exact ratings of all types
/// together the limit of one falls, so that all factors together stay below 50 MB.
struct Limits {
  std::size_t exact = 2000;
  double work = 2.5e9;

  /// @param all  ratings of all types.
  bool is_exact(std::size_t ratings, std::size_t all) const;
  /// @return how many works stand for `ratings`; all of them where the process is exact.
  std::size_t inducing(std::size_t ratings, std::size_t all) const;
};

inline constexpr std::uint32_t fold_count = 5;

/// Everything that is learnt from a person's ratings of one type.
struct Fit {
  Settings settings;
  Linear linear;
  Linear habit;                                  ///< of the constant alone: where little can be learnt, the stack falls back to it
  std::vector<Process> processes;                ///< the first is Estimator::gaussian_process
  std::array<double, estimator_count> shares{};  ///< of the stack; sum 1
  double tree_share = 0;
  bool drifts = false;  ///< whether the days of rating count
  Reads reads{};        ///< whether what is written about works counts, their posters, and how well both agree (EmbeddingTrial)
  double ahead = 1;     ///< how many times wider an interval is on a known day, which is after the ratings (DriftTrial)
  Trees trees;
  Combination combination;  ///< stack and the trees' starting points, blended
  Combination main;         ///< the Gaussian process alone: what the trees see of a new work
  KernelParts typical;      ///< mean parts over the person's rated works of the type

  // Out of fold, by rating of the type:
  std::array<Trees, fold_count> fold_trees;  ///< each without its fold
  std::vector<std::uint32_t> fold;
  Matrix encodings;  ///< what the trees see of the work, from fits without its fold
};

/// The estimators that are linear in the numeric terms, each with its weights as a process.
struct LinearEstimator {
  Estimator estimator;
  const Linear& linear;
  Weights weights;
};
std::array<LinearEstimator, 2> linear_estimators(const Fit& fit);

/// Fits the linear models: they are quicker made than kept.
void fit_linear(Fit& fit, const Ratings& ratings);

/// Refits the linear models and learns the shares of the stack from leave-one-out predictions.
void share_out(Fit& fit, const Ratings& ratings);

/// Sets the combinations and what is typical from processes, shares and tree_share.
void combine(Fit& fit, const Ratings& ratings);

/// Coefficients by row of `works` of each estimator, blended with the shares that make the final prediction, for Combination.
/// @param left_out  a rating of the type (its place in Ratings::own) whose own say is taken out in closed form, or nothing.
std::vector<Member> members_of(const Fit& fit, const Ratings& ratings, const std::size_t* left_out = nullptr);

/// How many of the first works a Likeness must reach for everything that is said of a work.
std::size_t reach_of(const Fit& fit);

/// The share of each rating in what the estimators together say of a work, by row of `works`; they sum to it.
/// @param members  members_of(fit, ratings, left_out).
/// @param x        that reaches as far as reach_of says.
std::vector<double> carried(const Fit& fit, const Ratings& ratings, std::span<const Member> members, const Likeness& x,
                            const std::size_t* left_out = nullptr);

/// Shares of a final prediction's estimators: stack + a (mean of the trees' starting points - stack).
std::array<double, estimator_count> blended_shares(const Fit& fit);

/// Leave-one-out predictions of the stack above the prior mean, by rating of the type, blended as the final prediction, without the trees.
Vector blended_left_out(const Fit& fit, const Ratings& ratings);

/// Variance of each rating of the type around what the others say of it by the Gaussian process.
Vector left_out_variance(const Fit& fit, const Ratings& ratings);

/// Leave-one-out predictions of one estimator above the prior mean, by rating of the type.
Vector left_out_by(const Fit& fit, const Ratings& ratings, Estimator estimator);

}  // namespace hub::predictor
