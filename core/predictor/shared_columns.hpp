#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "core/predictor/matrices.hpp"

namespace hub::predictor {

/// Many columns of numbers, in single precision and in blocks. Copies share the blocks, and a column more or less makes one block anew: two
/// processes over the same works, or a model and what becomes of it by a rating, together hold little more than one.
class SharedColumns {
 public:
  using Block = Eigen::MatrixXf;
  static constexpr Index most_in_block = 128;

  explicit SharedColumns(Index rows) : rows_(rows) {}

  Index rows() const { return rows_; }
  Index cols() const { return cols_; }

  /// @param columns  rows() x b, b at most most_in_block.
  void append(const DenseMatrix& columns);
  void remove(Index i);

  Vector column(Index i) const;
  /// Σ x_i times column i. @param x  cols(). @return rows().
  Vector times(const Vector& x) const;
  /// The product of each column with x. @param x  rows(). @return cols().
  Vector products(const Vector& x) const;

  /// The columns in their order, block by block.
  std::size_t blocks() const { return blocks_.size(); }
  const Block& block(std::size_t place) const { return *blocks_[place]; }

 private:
  struct Place {
    std::size_t block;
    Index column;
  };
  Place place_of(Index i) const;

  Index rows_;
  Index cols_ = 0;
  std::vector<std::shared_ptr<const Block>> blocks_;  ///< never changed in place
};

}  // namespace hub::predictor
