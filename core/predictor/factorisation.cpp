#include "core/predictor/factorisation.hpp"

#include <algorithm>
#include <cmath>

namespace hub::predictor {

namespace {

constexpr Index block_width = LowerTriangle<double>::width;
constexpr Index slice_rows = 4 * block_width;

/// Rows [begin, begin + rows) of a lower triangle in columns [from, to), zeros above its diagonal.
template <typename Number>
DenseMatrix rectangle(const LowerTriangle<Number>& matrix, Index begin, Index rows, Index from, Index to) {
  DenseMatrix result = DenseMatrix::Zero(rows, to - from);
  for (Index j = from; j < std::min(to, begin + rows); ++j) {
    const Index first = std::max(begin, j);
    result.col(j - from).tail(begin + rows - first) = matrix.column(j).segment(first - j, begin + rows - first).template cast<double>();
  }
  return result;
}

/// Cholesky of one diagonal block in its place, entry by entry.
template <typename Block>
void factor_diagonal(Block& block, Index width) {
  for (Index j = 0; j < width; ++j) {
    for (Index i = j; i < width; ++i) {
      double sum = block(i, j);
      for (Index k = 0; k < j; ++k) sum -= block(i, k) * block(j, k);
      // Noise keeps the pivots away from 0; the floor only keeps a matrix of another kind from giving NaN.
      block(i, j) = i == j ? std::sqrt(std::max(sum, 1e-12)) : sum / block(j, j);
    }
  }
}

/// The inverse of a lower triangular block, entry by entry.
template <typename Block>
DenseMatrix inverse_of(const Block& block, Index width) {
  DenseMatrix inverse = DenseMatrix::Zero(width, width);
  for (Index j = 0; j < width; ++j) {
    inverse(j, j) = 1 / block(j, j);
    for (Index i = j + 1; i < width; ++i) {
      double sum = 0;
      for (Index k = j; k < i; ++k) sum -= block(i, k) * inverse(k, j);
      inverse(i, j) = sum / block(i, i);
    }
  }
  return inverse;
}

}  // namespace

Factorisation::Factorisation(LowerTriangle<double> k) : matrix_(std::move(k)), all_(0) {
  const Index n = matrix_.rows();
  for (Index begin = 0; begin < n; begin += block_width) all_ += 2 * ((n - begin + slice_rows - 1) / slice_rows);
}

double Factorisation::progress() const {
  return all_ == 0 ? 1.0 : std::min(1.0, static_cast<double>(done_) / static_cast<double>(all_));
}

bool Factorisation::step() {
  if (matrix_.rows() == 0) return false;
  ++done_;
  return factored_ ? invert_slice() : factor_slice();
}

/// L below what is known of it: a slice of one block of columns.
bool Factorisation::factor_slice() {
  const Index n = matrix_.rows();
  const Index begin = block_ * block_width;
  const Index width = matrix_.columns(block_);
  auto block = matrix_.block(block_);
  row_ = std::max(row_, begin);
  const Index rows = std::min(row_ == begin ? width : slice_rows, n - row_);
  DenseMatrix slice = block.middleRows(row_ - begin, rows);
  // What the columns to the left explain of this slice.
  if (begin > 0)
    add_product(slice, -1, Panels(rectangle(matrix_, row_, rows, 0, begin)), Panels(rectangle(matrix_, begin, width, 0, begin)));
  if (row_ == begin) {
    slice.triangularView<Eigen::StrictlyUpper>().setZero();
    factor_diagonal(slice, width);
    block.topRows(width) = slice;
    diagonal_.emplace(inverse_of(slice, width));
  } else {
    DenseMatrix solved = DenseMatrix::Zero(rows, width);
    add_product(solved, 1, Panels(slice), *diagonal_);
    block.middleRows(row_ - begin, rows) = solved;
  }
  row_ += rows;
  if (row_ < n) return true;
  ++block_;
  row_ = 0;
  if (block_ < matrix_.blocks()) return true;
  factored_ = true;
  return true;
}

/// W_·j below the diagonal is -W_below (L_·j W_jj), of which W_below is known already: the last block comes first.
bool Factorisation::invert_slice() {
  const Index place = block_ - 1;
  const Index n = matrix_.rows();
  const Index width = matrix_.columns(place);
  const Index below = (place * block_width) + width;
  auto block = matrix_.block(place);
  if (!below_) {
    const DenseMatrix inverse = inverse_of(block, width);
    block.topRows(width) = inverse;
    DenseMatrix product = DenseMatrix::Zero(n - below, width);
    add_product(product, 1, Panels(block.bottomRows(n - below)), Panels(inverse.transpose()));
    below_.emplace(product.transpose());
    row_ = below;
  } else {
    const Index rows = std::min(slice_rows, n - row_);
    DenseMatrix slice = DenseMatrix::Zero(rows, width);
    add_product(slice, -1, Panels(rectangle(matrix_, row_, rows, below, row_ + rows)), *below_);
    block.middleRows(row_ - place * block_width, rows) = slice;
    row_ += rows;
  }
  if (row_ < n) return true;
  below_.reset();
  return --block_ > 0;
}

Inversion::Inversion(const LowerTriangle<float>& inverse_factor) : w_(inverse_factor), result_(inverse_factor.rows()) {}

bool Inversion::step() {
  // A block of columns of the result below its diagonal: W is lower triangular, so only its rows from there on count.
  const Index n = w_.rows();
  if (block_ >= w_.blocks()) return false;
  const Index begin = block_ * block_width;
  const Index width = w_.columns(block_);
  row_ = std::max(row_, begin);
  const Index rows = std::min(slice_rows, n - row_);
  DenseMatrix slice = DenseMatrix::Zero(rows, width);
  add_product(slice, 1, Panels(rectangle(w_, row_, n - row_, row_, row_ + rows).transpose()),
              Panels(w_.block(block_).bottomRows(n - row_).cast<double>().transpose()));
  if (row_ == begin) slice.topRows(width).triangularView<Eigen::StrictlyUpper>().setZero();
  result_.block(block_).middleRows(row_ - begin, rows) = slice;
  row_ += rows;
  if (row_ >= n) {
    ++block_;
    row_ = 0;
  }
  return block_ < w_.blocks();
}

}  // namespace hub::predictor
