#include "core/predictor/factorisation.hpp"

#include <algorithm>
#include <cmath>

#include "core/predictor/product.hpp"

namespace hub::predictor {

namespace {
constexpr Index block_width = 64;
constexpr Index slice_rows = 256;
}  // namespace

Factorisation::Factorisation(DenseMatrix k) : factor_(std::move(k)) {
  const Index n = factor_.rows();
  inverse_ = DenseMatrix::Zero(n, n);
  all_ = 0;
  for (Index begin = 0; begin < n; begin += block_width) all_ += (n - begin + slice_rows - 1) / slice_rows;
}

double Factorisation::progress() const {
  return all_ == 0 ? 1.0 : static_cast<double>(done_) / static_cast<double>(all_);
}

/// Cholesky of one diagonal block and the inverse of its factor, entry by entry.
void Factorisation::factor_diagonal(Index begin, Index width) {
  for (Index j = 0; j < width; ++j) {
    for (Index i = j; i < width; ++i) {
      double sum = factor_(begin + i, begin + j);
      for (Index k = 0; k < j; ++k) sum -= factor_(begin + i, begin + k) * factor_(begin + j, begin + k);
      // Noise keeps the pivots away from 0; the floor only keeps a matrix of another kind from giving NaN.
      factor_(begin + i, begin + j) = i == j ? std::sqrt(std::max(sum, 1e-12)) : sum / factor_(begin + j, begin + j);
    }
  }
  for (Index j = 0; j < width; ++j) {
    inverse_(begin + j, begin + j) = 1 / factor_(begin + j, begin + j);
    for (Index i = j + 1; i < width; ++i) {
      double sum = 0;
      for (Index k = j; k < i; ++k) sum -= factor_(begin + i, begin + k) * inverse_(begin + k, begin + j);
      inverse_(begin + i, begin + j) = sum / factor_(begin + i, begin + i);
    }
  }
}

bool Factorisation::step() {
  const Index n = factor_.rows();
  if (block_ >= n) return false;
  const Index width = std::min(block_width, n - block_);
  if (row_ < block_) row_ = block_;
  const Index rows = std::min(row_ == block_ ? width : slice_rows, n - row_);

  // What the columns to the left explain of this slice.
  if (block_ > 0) {
    add_product(factor_.block(row_, block_, rows, width), -1, Panels(factor_.block(row_, 0, rows, block_)),
                Panels(factor_.block(block_, 0, width, block_)));
  }
  if (row_ == block_) {
    factor_diagonal(block_, width);
    // The same rows of W: -L_kk⁻¹ L_k· W, over the columns where W is not 0.
    for (Index column = 0; column < block_; column += block_width) {
      DenseMatrix product = DenseMatrix::Zero(width, block_width);
      add_product(product, 1, Panels(factor_.block(block_, column, width, block_ - column)),
                  Panels(inverse_.block(column, column, block_ - column, block_width).transpose()));
      add_product(inverse_.block(block_, column, width, block_width), -1, Panels(inverse_.block(block_, block_, width, width)),
                  Panels(product.transpose()));
    }
  } else {
    const Panels slice(factor_.block(row_, block_, rows, width));
    factor_.block(row_, block_, rows, width).setZero();
    add_product(factor_.block(row_, block_, rows, width), 1, slice, Panels(inverse_.block(block_, block_, width, width)));
  }
  ++done_;
  row_ += rows;
  if (row_ >= n) block_ += width;
  if (row_ >= n) row_ = block_;
  return block_ < n;
}

Inversion::Inversion(const DenseMatrix& inverse_factor)
    : w_(inverse_factor), result_(DenseMatrix::Zero(inverse_factor.rows(), inverse_factor.rows())) {}

bool Inversion::step() {
  // Columns [column, column + width) of the result below their diagonal: W is lower triangular, so only its rows from there on count.
  const Index n = w_.rows();
  if (column_ >= n) return false;
  const Index width = std::min(block_width, n - column_);
  if (row_ < column_) row_ = column_;
  const Index rows = std::min(slice_rows, n - row_);
  add_product(result_.block(row_, column_, rows, width), 1, Panels(w_.block(row_, row_, n - row_, rows).transpose()),
              Panels(w_.block(row_, column_, n - row_, width).transpose()));
  row_ += rows;
  if (row_ >= n) {
    column_ += width;
    row_ = column_;
  }
  return column_ < n;
}

}  // namespace hub::predictor
