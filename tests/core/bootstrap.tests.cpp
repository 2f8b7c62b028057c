#include "core/predictor/bootstrap.hpp"

#include <cmath>
#include <vector>

#include "core/predictor/random.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/reference.hpp"

using namespace hub::predictor;
using hub::tests::numbers;
using hub::tests::reference;

TEST_CASE("the interval of a difference is that of the reference, draw for draw", "[bootstrap]") {
  const auto data = reference("evaluation.json", "bootstrap");
  const auto first = numbers(data["first"]);
  const auto second = numbers(data["second"]);
  const auto count = numbers(data["count"]);
  std::vector<PairedErrors> units;
  for (std::size_t i = 0; i < count.size(); ++i) units.push_back({first[i], second[i], count[i]});
  const auto difference = rmse_difference(units, data["seed"], data["resamples"]);
  CHECK(difference.value == Approx(data["value"].get<double>()).epsilon(1e-12));
  CHECK(difference.low == Approx(data["low"].get<double>()).epsilon(1e-10));
  CHECK(difference.high == Approx(data["high"].get<double>()).epsilon(1e-10));
}

TEST_CASE("the interval is about as wide as sampling theory says", "[bootstrap]") {
  // Against a method without error, the difference is a root mean squared error; by the delta method the standard error of that over n
  // normal errors of deviation 1 is 1 / sqrt(2 n).
  Random random(2);
  std::vector<PairedErrors> units;
  for (int i = 0; i < 800; ++i) {
    double sum = 0;
    for (int k = 0; k < 12; ++k) sum += random.uniform();
    units.push_back({(sum - 6) * (sum - 6), 0, 1});
  }
  const auto difference = rmse_difference(units, 3, 4000);
  const double expected = 2 * 1.96 / std::sqrt(2.0 * 800);
  CHECK(difference.high - difference.low > 0.85 * expected);
  CHECK(difference.high - difference.low < 1.15 * expected);
  CHECK(difference.low < difference.value);
  CHECK(difference.value < difference.high);
}

TEST_CASE("a mean's interval is about two standard errors to either side", "[bootstrap]") {
  Random random(6);
  std::vector<double> values;
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < 500; ++i) {
    values.push_back(random.uniform() * random.uniform());
    sum += values.back();
    squares += values.back() * values.back();
  }
  const double error = std::sqrt((squares / 500 - sum * sum / 250000) / 500);
  const auto difference = mean_difference(values, 1, 4000);
  CHECK(difference.value == Approx(sum / 500));
  CHECK(difference.low == Approx(sum / 500 - 1.96 * error).margin(0.15 * error));
  CHECK(difference.high == Approx(sum / 500 + 1.96 * error).margin(0.15 * error));
}

TEST_CASE("equal methods do not differ, one unit has no spread, and a seed gives the same bits", "[bootstrap]") {
  const std::vector<PairedErrors> equal{{2, 2, 3}, {5, 5, 4}, {1, 1, 1}};
  CHECK(rmse_difference(equal, 1).low == 0);
  CHECK_FALSE(rmse_difference(equal, 1).significant());
  const std::vector<PairedErrors> one{{4, 1, 1}};
  CHECK(rmse_difference(one, 1).value == 1);
  CHECK(rmse_difference(one, 1).low == 1);
  const std::vector<PairedErrors> some{{4, 1, 2}, {1, 2, 2}, {3, 1, 2}, {2, 2.5, 2}};
  CHECK(rmse_difference(some, 8).low == rmse_difference(some, 8).low);
  CHECK(rmse_difference(some, 8).low != rmse_difference(some, 9).low);
  const std::vector<PairedErrors> none;
  CHECK(rmse_difference(none, 1).value == 0);
}
