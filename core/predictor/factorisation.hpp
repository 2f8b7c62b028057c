#pragma once

#include <optional>

#include "core/predictor/lower_triangle.hpp"
#include "core/predictor/product.hpp"

namespace hub::predictor {

/// The inverse of the Cholesky factor of a symmetric positive definite matrix, W = L⁻¹ with L Lᵀ = K, so that K⁻¹ = Wᵀ W. Left-looking, by
/// blocks (Golub and Van Loan 2013, 4.2.9), then inverted from the last block to the first; both in the place of the matrix, and in steps
/// of a few milliseconds each. O(n³ / 3) multiplications.
class Factorisation {
 public:
  /// @param k  n x n, positive definite.
  explicit Factorisation(LowerTriangle<double> k);

  /// @return false when done.
  bool step();
  double progress() const;

  /// W.
  LowerTriangle<double> take_inverse() { return std::move(matrix_); }

 private:
  bool factor_slice();
  bool invert_slice();

  LowerTriangle<double> matrix_;  ///< K, then L, then W
  bool factored_ = false;
  Index block_ = 0;                 ///< being worked on
  Index row_ = 0;                   ///< first row of the next slice of it
  std::optional<Panels> diagonal_;  ///< of the block being factored: the inverse of its diagonal
  std::optional<Panels> below_;     ///< of the block being inverted: L below its diagonal times the inverse of what is there
  Index done_ = 0;
  Index all_ = 1;
};

/// K⁻¹ = Wᵀ W, the lower triangle; in steps.
class Inversion {
 public:
  explicit Inversion(const LowerTriangle<float>& inverse_factor);  ///< must outlive the inversion
  bool step();
  LowerTriangle<double> take() { return std::move(result_); }

 private:
  const LowerTriangle<float>& w_;
  LowerTriangle<double> result_;
  Index row_ = 0;
  Index block_ = 0;
};

}  // namespace hub::predictor
