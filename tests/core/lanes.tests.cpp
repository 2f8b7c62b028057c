#include "core/predictor/lanes.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include "core/predictor/random.hpp"
#include "tests/core/catch.hpp"

using namespace hub::predictor;

namespace {

double exponential_of(double x) {
  const Lanes both = exponential(Lanes{x, x});
  CHECK(both[0] == both[1]);
  return both[0];
}

}  // namespace

TEST_CASE("the exponential is right to twelve digits wherever it is defined", "[lanes]") {
  double worst = 0;
  // A step that is no part of ln 2, so that every remainder is met.
  for (double x = -700; x <= 700; x += 0.00917) {
    const Lanes both = exponential(Lanes{x, -x});
    worst = std::max({worst, std::abs(both[0] / std::exp(x) - 1), std::abs(both[1] / std::exp(-x) - 1)});
  }
  CHECK(worst < 4e-13);
  CHECK(exponential_of(0) == 1);
  CHECK(exponential_of(-0.0) == 1);
  // Halfway between two powers of two, where the remainder is largest.
  for (int k = -1000; k <= 1000; k += 7) {
    const double x = (k + 0.5) * std::log(2.0);
    CHECK(std::abs(exponential_of(x) / std::exp(x) - 1) < 4e-13);
  }
}

TEST_CASE("beyond its range the exponential stays finite and above 0", "[lanes]") {
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK(exponential_of(-1e6) == exponential_of(-700));
  CHECK(exponential_of(-infinity) == exponential_of(-700));
  CHECK(exponential_of(-700) > 0);
  CHECK(exponential_of(1e6) == exponential_of(700));
  CHECK(std::isfinite(exponential_of(infinity)));
}

TEST_CASE("the exponential rises", "[lanes]") {
  double before = 0;
  for (double x = -2; x < 2; x += 1e-4) {
    const double now = exponential_of(x);
    CHECK(now > before);
    before = now;
  }
}

TEST_CASE("a sum of products of any length", "[lanes]") {
  Random random(3);
  std::vector<double> a;
  std::vector<double> b;
  double sum = 0;
  for (std::size_t n = 0; n < 40; ++n) {
    CHECK(dot(a.data(), b.data(), n) == Approx(sum).margin(1e-12));
    a.push_back(random.uniform() - 0.5);
    b.push_back(random.uniform());
    sum += a.back() * b.back();
  }
}
