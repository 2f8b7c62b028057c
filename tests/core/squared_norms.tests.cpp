#include "core/predictor/squared_norms.hpp"

#include "core/predictor/random.hpp"
#include "tests/core/catch.hpp"

using namespace hub::predictor;

TEST_CASE("norms of products with a lower triangle, of any size", "[squared-norms]") {
  Random random(8);
  // About the sizes of tiles and of what is worked on at once.
  for (const Index n : {1, 2, 7, 8, 9, 16, 61}) {
    for (const Index count : {1, 3, 4, 5, 127, 128, 131}) {
      DenseMatrix w(n, n);
      DenseMatrix k(n, count);
      // What is above the diagonal must not count, whatever it is.
      for (Index i = 0; i < w.size(); ++i) w.data()[i] = random.uniform() - 0.5;
      for (Index i = 0; i < k.size(); ++i) k.data()[i] = random.uniform() - 0.5;
      const DenseMatrix product = w.triangularView<Eigen::Lower>() * k;
      const Vector expected = product.colwise().squaredNorm().transpose();
      const Vector norms = SquaredNorms(LowerTriangle<double>::of(w)).of(k);
      REQUIRE(norms.size() == count);
      CHECK((norms - expected).cwiseAbs().maxCoeff() <= 1e-6 * expected.maxCoeff());
    }
  }
}

TEST_CASE("a vector's norm does not depend on those beside it", "[squared-norms]") {
  Random random(9);
  DenseMatrix w(30, 30);
  DenseMatrix k(30, 140);
  for (Index i = 0; i < w.size(); ++i) w.data()[i] = random.uniform() - 0.5;
  for (Index i = 0; i < k.size(); ++i) k.data()[i] = random.uniform() - 0.5;
  const SquaredNorms norms(LowerTriangle<double>::of(w));
  const Vector all = norms.of(k);
  for (Index i = 0; i < k.cols(); ++i) CHECK(norms.of(k.col(i))[0] == all[i]);
}
