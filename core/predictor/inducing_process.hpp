#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/predictor/factorisation.hpp"
#include "core/predictor/shared_columns.hpp"
#include "core/predictor/squared_norms.hpp"

namespace hub::predictor {

/// Gaussian process regression on many ratings, approximate: the fully independent training conditional (Snelson and Ghahramani 2006;
/// Quiñonero-Candela and Rasmussen 2005, 6). Some of the rated works, the inducing ones, stand for what all of them have in common; what
/// they do not explain of another work is taken as noise of that work alone.
///
/// With K_m the covariances of the m inducing works, W K_m Wᵀ = 1, and u_i = W k_m(x_i), the covariance of two ratings is u_i · u_j, and
/// d_i = K(x_i, x_i) - ‖u_i‖² + noise is added for one with itself. All that is asked then follows from B = 1 + Σ u_i u_iᵀ / d_i and V with
/// V B Vᵀ = 1, W and V lower triangular. 3/2 n m² multiplications. W, and the n m numbers u, are kept in single precision; they are rounded
/// before anything follows from them, so that all of it belongs to the same, slightly different W and u. With all rated works as inducing
/// ones it is the exact process.
class InducingProcess {
 public:
  /// Begins a fit: step() until it says false, then add() each rating, then step() until it says false again.
  ///
  /// @param k  m x m covariances of the inducing works without noise; lower triangle.
  explicit InducingProcess(DenseMatrix k);

  /// @param k         m x b covariances of the inducing works with b rated works; b at most SharedColumns::most_in_block.
  /// @param variance  K(x, x) of those b works, without noise.
  /// @param noise     of a rating, above 0.
  /// @param residual  their ratings minus their prior mean.
  void add(const DenseMatrix& k, const Vector& variance, double noise, const Vector& residual);

  /// The same works and ratings with more noise, to be fitted by step().
  InducingProcess with_more_noise(double more) const;

  bool step();

  Index size() const { return residual_.size(); }        ///< ratings
  Index inducing() const { return u_.rows(); }           ///< works that stand for all
  const Vector& alpha() const { return coefficients_; }  ///< of the inducing works: a prediction is Σ alpha_j K(x, x_j)

  /// As GaussianProcess, by rating.
  const Vector& precision() const { return precision_; }
  Vector left_out() const { return residual_ - weights_.cwiseQuotient(precision_); }
  /// By inducing work, of the fit without rating i. O(n m).
  Vector alpha_without(Index i) const;
  /// By inducing work, of the fit without these ratings; not once end_fit() was called. O(m³ + m² · their number).
  Vector alpha_without(const std::vector<Index>& part) const;
  /// Gives the memory back that only a fit without many ratings needs.
  void end_fit() { information_.resize(0, 0); }

  /// As GaussianProcess. @param k  m x b covariances of the inducing works with others.
  Vector explained_variance(const DenseMatrix& k) const;
  /// By rating. @param k  m covariances of the inducing works with another.
  Vector moves(const Vector& k) const;
  /// The share of each rating in a prediction. They sum to it. @param left_out  a rating that it is made without, or -1.
  Vector carried(const Vector& k, Index left_out) const;

  void change(Index i, double residual);                                         ///< O(n m)
  void append(const Vector& k, double variance, double noise, double residual);  ///< O(n m + m²)
  void remove(Index i);                                                          ///< O(n m + m²)

 private:
  void add_information(const SharedColumns::Block& u, const Vector& noise);
  void solve();
  DenseMatrix whitened(const DenseMatrix& k) const;
  Vector covariance_times(const Vector& x) const;
  Vector without(Index i) const;
  void update_factor(const Vector& u, double scale);

  std::optional<Factorisation> factorisation_;
  std::shared_ptr<const LowerTriangle<float>> w_;  ///< m x m; shared by copies, as u_
  SharedColumns u_;                                ///< m x n
  DenseMatrix information_;                        ///< B; lower triangle
  LowerTriangle<double> v_;                        ///< m x m
  std::optional<SquaredNorms> norms_;              ///< of V, while leverages are worked out
  std::size_t block_ = 0;                          ///< of u_: the next one to be worked on
  Vector noise_;                                   ///< d
  Vector residual_;
  Vector leverage_;      ///< u_iᵀ B⁻¹ u_i
  Vector gamma_;         ///< B⁻¹ Σ u_i r_i / d_i
  Vector coefficients_;  ///< Wᵀ gamma
  Vector weights_;       ///< K⁻¹ r, by rating
  Vector precision_;     ///< diagonal of K⁻¹, by rating
};

}  // namespace hub::predictor
