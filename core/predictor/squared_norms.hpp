#pragma once

#include <vector>

#include "core/predictor/lower_triangle.hpp"
#include "core/predictor/matrices.hpp"

namespace hub::predictor {

/// ‖W k‖² of many vectors k with one lower triangular W, in single precision: most of the work of predicting thousands of works. n² / 2
/// multiplications for each vector, the same in every build; right to about 1e-5 of the largest.
///
/// A product of matrices of which only the squares are wanted: it is summed up tile by tile and never written. Eigen's own, which has no
/// instructions of WebAssembly for several numbers at once, takes twice as long there, and visits the zeros above the diagonal.
class SquaredNorms {
 public:
  /// @param w  n x n.
  explicit SquaredNorms(const LowerTriangle<float>& w);
  explicit SquaredNorms(const LowerTriangle<double>& w);

  /// @param k  n x b. @return b.
  Vector of(const DenseMatrix& k) const;

 private:
  template <typename Matrix>
  void lay_out(const Matrix& w);

  Index n_;
  /// Tiles of some neighbouring rows from the first column to the diagonal, each column by column; the last is filled up with zeros.
  std::vector<float> tiles_;
};

}  // namespace hub::predictor
