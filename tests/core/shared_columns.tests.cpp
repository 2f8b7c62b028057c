#include "core/predictor/shared_columns.hpp"

#include "core/predictor/random.hpp"
#include "tests/core/catch.hpp"

using namespace hub::predictor;

namespace {

constexpr Index rows = 7;

/// Numbers that single precision holds exactly.
DenseMatrix some(Index count, std::uint64_t seed) {
  Random random(seed);
  DenseMatrix columns(rows, count);
  for (Index i = 0; i < columns.size(); ++i) columns.data()[i] = static_cast<double>(random.below(2000)) / 64 - 15;
  return columns;
}

SharedColumns held(const DenseMatrix& columns, Index at_once) {
  SharedColumns held(rows);
  for (Index begin = 0; begin < columns.cols(); begin += at_once)
    held.append(columns.middleCols(begin, std::min(at_once, columns.cols() - begin)));
  return held;
}

void check_same(const SharedColumns& held, const DenseMatrix& columns) {
  REQUIRE(held.cols() == columns.cols());
  for (Index i = 0; i < columns.cols(); ++i) CHECK(held.column(i) == columns.col(i));
  const Vector by_row = some(1, 4).col(0);
  const Vector by_column = some(columns.cols(), 5).row(0);
  CHECK((held.products(by_row) - columns.transpose() * by_row).cwiseAbs().maxCoeff() < 1e-9);
  CHECK((held.times(by_column) - columns * by_column).cwiseAbs().maxCoeff() < 1e-9);
  Index in_blocks = 0;
  for (std::size_t place = 0; place < held.blocks(); ++place) in_blocks += held.block(place).cols();
  CHECK(in_blocks == columns.cols());
}

DenseMatrix without(const DenseMatrix& columns, Index i) {
  DenseMatrix rest(rows, columns.cols() - 1);
  rest << columns.leftCols(i), columns.rightCols(rest.cols() - i);
  return rest;
}

}  // namespace

TEST_CASE("columns are what was appended, however many at once", "[shared-columns]") {
  const auto columns = some(300, 1);
  for (const Index at_once : {1, 32, 50, 128}) check_same(held(columns, at_once), columns);
}

TEST_CASE("a column less, also the last of its block", "[shared-columns]") {
  auto columns = some(129, 2);
  auto all = held(columns, 128);
  for (const Index i : {128, 0, 60, 125}) {
    all.remove(i);
    columns = without(columns, i);
    check_same(all, columns);
  }
}

TEST_CASE("copies share what neither has changed", "[shared-columns]") {
  const auto columns = some(256, 3);
  const auto before = held(columns, 128);
  auto after = before;
  after.remove(200);
  CHECK(&after.block(0) == &before.block(0));
  check_same(before, columns);
  check_same(after, without(columns, 200));
  auto more = before;
  more.append(columns.leftCols(1));
  CHECK(more.blocks() == 3);
  CHECK(&more.block(1) == &before.block(1));
  check_same(before, columns);
}
