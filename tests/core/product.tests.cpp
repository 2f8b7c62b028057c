#include "core/predictor/product.hpp"

#include "core/predictor/random.hpp"
#include "tests/core/catch.hpp"

using namespace hub::predictor;

namespace {

DenseMatrix some(Index rows, Index columns, std::uint64_t seed) {
  Random random(seed);
  DenseMatrix matrix(rows, columns);
  for (Index i = 0; i < matrix.size(); ++i) matrix.data()[i] = random.uniform() - 0.5;
  return matrix;
}

double distance(const DenseMatrix& a, const DenseMatrix& b) {
  return (a - b).cwiseAbs().maxCoeff();
}

}  // namespace

TEST_CASE("a product is added to a part of a matrix and to nothing beside it", "[product]") {
  // About the sizes of panels and of what is worked on at once.
  for (const Index rows : {1, 3, 4, 5, 61}) {
    for (const Index columns : {1, 4, 7, 64}) {
      for (const Index depth : {1, 2, 255, 256, 257}) {
        const DenseMatrix left = some(rows, depth, 1);
        const DenseMatrix right = some(columns, depth, 2);
        const DenseMatrix before = some(rows + 9, columns + 9, 3);
        DenseMatrix expected = before;
        expected.block(5, 3, rows, columns) -= 2 * left * right.transpose();
        DenseMatrix sum = before;
        add_product(sum.block(5, 3, rows, columns), -2, Panels(left), Panels(right));
        CHECK(distance(sum, expected) < 1e-12);
      }
    }
  }
}

TEST_CASE("the lower triangle of a product of a matrix with itself", "[product]") {
  for (const Index n : {1, 4, 6, 50}) {
    const DenseMatrix matrix = some(n, 70, 6);
    DenseMatrix sum = DenseMatrix::Zero(n, n);
    const Panels panels(matrix);
    add_product(sum, 1, panels, panels, Shape::lower_sum);
    const DenseMatrix expected = matrix * matrix.transpose();
    CHECK(distance(sum.triangularView<Eigen::Lower>(), expected.triangularView<Eigen::Lower>()) < 1e-12);
  }
}
