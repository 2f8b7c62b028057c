#include "core/predictor/discoveries.hpp"

#include "core/predictor/random.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/reference.hpp"

using namespace hub::predictor;
using hub::tests::numbers;
using hub::tests::reference;

TEST_CASE("adjusted p-values and tails are those of the reference", "[discoveries]") {
  const auto data = reference("evaluation.json", "discoveries");
  const auto adjusted = false_discovery_rates(numbers(data["p"]));
  const auto expected = numbers(data["adjusted"]);
  REQUIRE(adjusted.size() == expected.size());
  for (std::size_t i = 0; i < adjusted.size(); ++i) CHECK(adjusted[i] == Approx(expected[i]).epsilon(1e-12));
  const auto z = numbers(data["z"]);
  const auto tails = numbers(data["two_sided"]);
  for (std::size_t i = 0; i < z.size(); ++i) CHECK(two_sided_p_value(z[i]) == Approx(tails[i]).epsilon(1e-9));
  CHECK(false_discovery_rates({}).empty());
}

TEST_CASE("where there is nothing to find, something is rarely found", "[discoveries]") {
  Random random(12);
  int with_findings = 0;
  for (int repetition = 0; repetition < 1000; ++repetition) {
    std::vector<double> p;
    for (int i = 0; i < 40; ++i) p.push_back(random.uniform());
    const auto adjusted = false_discovery_rates(p);
    with_findings += std::any_of(adjusted.begin(), adjusted.end(), [](double rate) { return rate <= 0.1; }) ? 1 : 0;
  }
  // One in ten is expected, with a standard error of one in a hundred.
  CHECK(with_findings > 60);
  CHECK(with_findings < 140);
}
