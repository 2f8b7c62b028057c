#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/predictor/factorisation.hpp"

namespace hub::predictor {

/// Gaussian process regression with known covariances and noise (Rasmussen and Williams 2006, 2.2), exact. What it says of a new work x is
/// Σ α_i K(x, x_i) with α = K⁻¹ r; what it would have said of work i without its rating comes from the same factor (ibid., 5.4.2).
///
/// Every member of the stack is one of these: a Bayesian linear model is the Gaussian process with a linear kernel.
class GaussianProcess {
 public:
  GaussianProcess() = default;  ///< of no ratings

  /// Begins a fit; call step() until it says false.
  ///
  /// @param k         n x n covariances of the rated works, noise on the diagonal, stars².
  /// @param residual  n ratings minus their prior mean, stars.
  GaussianProcess(LowerTriangle<double> k, Vector residual);
  /// A fit whose factor is known.
  /// @param inverse_factor  n x n, as by inverse_factor(). @param residual  n.
  static GaussianProcess with_factor(LowerTriangle<float> inverse_factor, Vector residual);
  static GaussianProcess with_factor(std::shared_ptr<const LowerTriangle<float>> inverse_factor, Vector residual);
  bool step();
  double progress() const { return factorisation_ ? factorisation_->progress() : 1.0; }

  Index size() const { return residual_.size(); }
  const Vector& alpha() const { return alpha_; }
  const Vector& residual() const { return residual_; }
  /// Diagonal of K⁻¹. The variance of rating i, left out, is its inverse.
  const Vector& precision() const { return precision_; }
  /// r_i - α_i / (K⁻¹)_ii: what the others say of work i, above its prior mean.
  Vector left_out() const { return residual_ - alpha_.cwiseQuotient(precision_); }

  /// α of the fit without rating i; 0 at i. O(n²).
  Vector alpha_without(Index i) const;
  /// K⁻¹ e_i. O(n²).
  Vector inverse_column(Index i) const;

  /// kᵀ K⁻¹ k for each column of k: by how much knowing the ratings lowers the variance. @param k  n x m.
  Vector explained_variance(const DenseMatrix& k) const;

  /// For each rating the prediction without it minus that with it, at a work with covariances k: -α_i (K⁻¹ k)_i / (K⁻¹)_ii. O(n²).
  Vector moves(const Vector& k) const;

  /// The rating of work i becomes another. O(n²).
  void change(Index i, double residual);
  /// One more rating: one more row of the factor. O(n²). @param k  its n covariances. @param variance  K(x, x) and noise.
  void append(const Vector& k, double variance, double residual);
  /// One rating less: its row is rotated out of the factor by Givens rotations (Golub and Van Loan 2013, 6.5.4). O(n²).
  void remove(Index i);

  /// W = L⁻¹.
  const LowerTriangle<float>& inverse_factor() const { return *w_; }
  const std::shared_ptr<const LowerTriangle<float>>& shared_factor() const { return w_; }

 private:
  void solve();

  std::optional<Factorisation> factorisation_;
  /// In single precision, as it is most of what a model holds; rounded before anything follows from it, so that all of that belongs to the
  /// same, slightly different covariances. Never changed in place: copies of a process share it, as a model and what becomes of it by a
  /// rating do.
  std::shared_ptr<const LowerTriangle<float>> w_ = std::make_shared<const LowerTriangle<float>>();
  Vector residual_;
  Vector alpha_;
  Vector precision_;
};

}  // namespace hub::predictor
