#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <vector>

namespace hub::predictor {

/// A square lower triangular matrix, of which only blocks of columns from their diagonal down are held: little more than half of what the
/// whole would take. Each block is a dense matrix of its own, so that products work on it as on any other.
template <typename Number>
class LowerTriangle {
 public:
  using Index = Eigen::Index;
  using Block = Eigen::Map<Eigen::Matrix<Number, Eigen::Dynamic, Eigen::Dynamic>>;
  using ConstBlock = Eigen::Map<const Eigen::Matrix<Number, Eigen::Dynamic, Eigen::Dynamic>>;
  using Column = Eigen::Map<Eigen::Matrix<Number, Eigen::Dynamic, 1>>;
  using ConstColumn = Eigen::Map<const Eigen::Matrix<Number, Eigen::Dynamic, 1>>;

  static constexpr Index width = 64;  ///< of a block; the last may be narrower

  LowerTriangle() = default;
  /// n x n zeros.
  explicit LowerTriangle(Index n) : n_(n), numbers_(static_cast<std::size_t>(offset(blocks()))) {}
  /// The lower triangle of a matrix, rounded where its numbers are wider; what is above its diagonal is not read.
  template <typename Matrix>
  static LowerTriangle of(const Matrix& matrix) {
    LowerTriangle result(matrix.rows());
    for (Index j = 0; j < result.n_; ++j) {
      auto column = result.column(j);
      for (Index i = j; i < result.n_; ++i) column[i - j] = static_cast<Number>(matrix(i, j));
    }
    return result;
  }

  Index rows() const { return n_; }
  Index cols() const { return n_; }
  Index blocks() const { return (n_ + width - 1) / width; }
  /// The number of columns in a block.
  Index columns(Index block) const { return std::min(width, n_ - block * width); }

  /// Rows from block * width down, in the columns of the block. What is above the diagonal there is 0 and to stay so.
  Block block(Index place) { return {numbers_.data() + offset(place), n_ - place * width, columns(place)}; }
  ConstBlock block(Index place) const { return {numbers_.data() + offset(place), n_ - place * width, columns(place)}; }

  /// Column j from the diagonal down: rows j … n - 1.
  Column column(Index j) { return {numbers_.data() + at(j, j), n_ - j}; }
  ConstColumn column(Index j) const { return {numbers_.data() + at(j, j), n_ - j}; }

  /// @param i  row, at least j.
  Number& operator()(Index i, Index j) { return numbers_[static_cast<std::size_t>(at(i, j))]; }
  Number operator()(Index i, Index j) const { return numbers_[static_cast<std::size_t>(at(i, j))]; }

  /// The whole of it, zeros above the diagonal.
  Eigen::MatrixXd dense() const {
    Eigen::MatrixXd result = Eigen::MatrixXd::Zero(n_, n_);
    for (Index j = 0; j < n_; ++j) result.col(j).tail(n_ - j) = column(j).template cast<double>();
    return result;
  }

  /// Gives its memory back.
  void clear() {
    n_ = 0;
    std::vector<Number>().swap(numbers_);
  }

 private:
  /// Where a block begins: those before it have n, n - width, … rows.
  Index offset(Index place) const {
    if (place == 0) return 0;
    const Index before = place * width * n_ - width * width * (place * (place - 1) / 2);
    // The last block is the only one that can be narrower, and nothing comes after it.
    return place < blocks() ? before : before - (place * width - n_) * (n_ - (place - 1) * width);
  }
  Index at(Index i, Index j) const {
    const Index place = j / width;
    return offset(place) + (j - place * width) * (n_ - place * width) + i - place * width;
  }

  Index n_ = 0;
  std::vector<Number> numbers_;
};

}  // namespace hub::predictor
