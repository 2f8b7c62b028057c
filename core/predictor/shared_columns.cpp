#include "core/predictor/shared_columns.hpp"

namespace hub::predictor {

void SharedColumns::append(const DenseMatrix& columns) {
  const Index more = columns.cols();
  cols_ += more;
  if (blocks_.empty() || blocks_.back()->cols() + more > most_in_block) {
    blocks_.push_back(std::make_shared<const Block>(columns.cast<float>()));
    return;
  }
  const Block& last = *blocks_.back();
  auto longer = std::make_shared<Block>(rows_, last.cols() + more);
  longer->leftCols(last.cols()) = last;
  longer->rightCols(more) = columns.cast<float>();
  blocks_.back() = std::move(longer);
}

void SharedColumns::remove(Index i) {
  const auto [block, column] = place_of(i);
  const Block& before = *blocks_[block];
  const Index after = before.cols() - column - 1;
  --cols_;
  if (before.cols() == 1) {
    blocks_.erase(blocks_.begin() + static_cast<std::ptrdiff_t>(block));
    return;
  }
  auto shorter = std::make_shared<Block>(rows_, before.cols() - 1);
  shorter->leftCols(column) = before.leftCols(column);
  shorter->rightCols(after) = before.rightCols(after);
  blocks_[block] = std::move(shorter);
}

SharedColumns::Place SharedColumns::place_of(Index i) const {
  std::size_t block = 0;
  for (; i >= blocks_[block]->cols(); ++block) i -= blocks_[block]->cols();
  return {block, i};
}

Vector SharedColumns::column(Index i) const {
  const auto [block, column] = place_of(i);
  return blocks_[block]->col(column).cast<double>();
}

Vector SharedColumns::times(const Vector& x) const {
  Vector sum = Vector::Zero(rows_);
  Index begin = 0;
  for (const auto& block : blocks_) {
    sum.noalias() += block->cast<double>() * x.segment(begin, block->cols());
    begin += block->cols();
  }
  return sum;
}

Vector SharedColumns::products(const Vector& x) const {
  Vector products(cols_);
  Index begin = 0;
  for (const auto& block : blocks_) {
    products.segment(begin, block->cols()).noalias() = block->cast<double>().transpose() * x;
    begin += block->cols();
  }
  return products;
}

}  // namespace hub::predictor
