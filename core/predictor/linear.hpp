#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

#include "core/features/encoding.hpp"

namespace hub::predictor {

/// A prediction above (or below) the prior mean, and how far off it may be.
struct Estimate {
  double value = 0;     ///< stars
  double variance = 0;  ///< stars², of a new rating, noise included
};

/// The numeric terms of the baseline: the person's habit and how they answer to the public's rating, fame, age and length.
enum class Term { constant, community, votes, year, length, unknown_public };
inline constexpr int term_count = 6;
using Terms = Eigen::Matrix<double, term_count, 1>;

features::Group group_of(Term term);
Terms terms_of(const features::Encoded& item);  ///< a missing value is 0, the mean

/// Prior variance of each term's weight, in stars², and of a rating's noise. Fitted once by marginal likelihood over people and media
/// together.
const Terms& term_variances();
/// The same of the constant alone: the public's rating moved by what the person gives above or below it on average.
const Terms& habit_variances();
inline constexpr double linear_noise = 0.725;

/// Bayesian linear regression with a known Gaussian prior on each weight and known noise (Rasmussen and Williams 2006, 2.1), the same as
/// ridge regression with one penalty a column. The target is a residual above the prior mean m(x).
class Linear {
 public:
  Linear();  ///< has seen nothing: predicts 0 with the prior's variance

  /// @param terms     one for each rating.
  /// @param residual  rating - m(x), in stars, as many.
  /// @param variances  prior variance of each term's weight; a term whose variance is 0 is not used.
  Linear(std::span<const Terms> terms, std::span<const double> residual, const Terms& variances = term_variances());

  Estimate predict(const Terms& x) const;
  const Terms& weights() const { return weights_; }

  /// What rating i was predicted to be by all the others, in closed form: r_i - (r_i - f_i) / (1 - h_i) with leverage h_i
  /// (Rasmussen and Williams 2006, 5.4.2).
  std::vector<Estimate> leave_one_out() const;

  /// The same model as a Gaussian process with the linear kernel x · diag(term_variances) · x': its coefficients (r_i - f_i) / noise, one
  /// for each rating, by which a prediction splits into the ratings that carry it.
  Eigen::VectorXd alpha() const;
  /// Those of the fit without rating i; 0 at i.
  Eigen::VectorXd alpha_without(std::size_t i) const;
  /// For each rating the prediction at x without it minus that with it.
  std::vector<double> moves(const Terms& x) const;

 private:
  Terms weights_;
  Eigen::Matrix<double, term_count, term_count> covariance_;  ///< of the weights, a posteriori
  std::vector<Terms> seen_;
  std::vector<double> residual_;
};

}  // namespace hub::predictor
