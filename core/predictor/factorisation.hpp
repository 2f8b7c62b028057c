#pragma once

#include <Eigen/Core>

namespace hub::predictor {

using Index = Eigen::Index;
using DenseMatrix = Eigen::MatrixXd;  ///< column-major
using Vector = Eigen::VectorXd;

/// The inverse of the Cholesky factor of a symmetric positive definite matrix, W = L⁻¹ with L Lᵀ = K, so that K⁻¹ = Wᵀ W. Left-looking, by
/// blocks (Golub and Van Loan 2013, 4.2.9), in steps of a few milliseconds each. O(n³ / 3) multiplications, n² numbers beside the matrix.
class Factorisation {
 public:
  /// @param k  n x n, positive definite; only the lower triangle is read.
  explicit Factorisation(DenseMatrix k);

  /// @return false when done.
  bool step();
  double progress() const;

  /// The lower triangular W; what is above its diagonal is 0.
  DenseMatrix take_inverse() { return std::move(inverse_); }

 private:
  void factor_diagonal(Index begin, Index width);

  DenseMatrix factor_;
  DenseMatrix inverse_;
  Index block_ = 0;  ///< first column of the block being worked on
  Index row_ = 0;    ///< first row of the next slice of it
  Index done_ = 0;
  Index all_ = 1;
};

/// K⁻¹ = Wᵀ W, the lower triangle; in steps.
class Inversion {
 public:
  explicit Inversion(const DenseMatrix& inverse_factor);  ///< must outlive the inversion
  bool step();
  DenseMatrix take() { return std::move(result_); }

 private:
  const DenseMatrix& w_;
  DenseMatrix result_;
  Index row_ = 0;
  Index column_ = 0;
};

}  // namespace hub::predictor
