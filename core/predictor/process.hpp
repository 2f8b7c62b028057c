#pragma once

#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

#include "core/predictor/gaussian_process.hpp"
#include "core/predictor/inducing_process.hpp"
#include "core/predictor/rated_works.hpp"

namespace hub::predictor {

/// What is combined. The Gaussian process comes first: the others count only as far as they improve on it.
enum class Estimator { gaussian_process, linear, habit, ridge, cautious, all_types };
inline constexpr std::size_t estimator_count = 6;
constexpr std::size_t index_of(Estimator estimator) {
  return static_cast<std::size_t>(estimator);
}
/// "gaussian_process", "linear", "habit", "ridge", "cautious", "all_types".
std::string_view name_of(Estimator estimator);

/// One estimator of the stack that is a Gaussian process with a factor of its own: exact, or where there are many ratings by inducing
/// works. Both give coefficients of some works, and closed forms by rating.
struct Process {
  Estimator estimator = Estimator::gaussian_process;
  Weights weights;
  std::vector<std::uint32_t> rows;  ///< of Ratings::works that have coefficients
  /// Of Ratings::works whose ratings it has learnt from: those of the type in the order of Ratings::own, or of all types in one of their
  /// own.
  std::vector<std::uint32_t> ratings;
  std::variant<GaussianProcess, InducingProcess> regression;

  bool exact() const { return regression.index() == 0; }
  bool is_fitted() const { return precision().size() != 0; }
  const Vector& alpha() const;      ///< by row
  const Vector& precision() const;  ///< by rating, as what follows
  Vector left_out() const;
  Vector alpha_without(Index rating) const;               ///< by row
  Vector explained_variance(const DenseMatrix& k) const;  ///< @param k  rows x works
  Vector moves(const Vector& k) const;
  /// The share of each rating in a prediction; of an approximate process. @param left_out  a rating that it is made without, or -1.
  Vector carried(const Vector& k, Index left_out) const;

  /// Of the rating of a work among those that it has learnt from, or -1.
  Index place_of(std::uint32_t work) const;
  /// Works after the first so many of Ratings::works have no coefficients.
  std::size_t reach() const;
  /// Covariances of a work with those that have coefficients.
  Vector covariances(const RatedWorks& works, const Point& x) const;
  /// @param x  that reaches at least as far.
  Vector covariances(const RatedWorks& works, const Likeness& x) const;
  /// K(x, x) and noise.
  double variance(const Point& x) const { return prior_variance(x, weights) + weights.noise; }

  void change(std::uint32_t work, double residual);
  void append(const RatedWorks& works, const Point& x, std::uint32_t work, double residual);
  /// Forgets the rating of a work that stays among the works.
  void remove(std::uint32_t work);
};

}  // namespace hub::predictor
