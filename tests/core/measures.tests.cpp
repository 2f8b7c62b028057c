#include "core/predictor/measures.hpp"

#include "core/predictor/random.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/reference.hpp"

using namespace hub::predictor;
using hub::tests::numbers;
using hub::tests::reference;

TEST_CASE("ranks, Spearman's correlation, pair order and quantiles are those of the reference, ties included", "[measures]") {
  const auto data = reference("evaluation.json", "ratings");
  const auto stars = numbers(data["stars"]);
  const auto predicted = numbers(data["predicted"]);
  CHECK(ranks(stars) == numbers(data["ranks"]));
  CHECK(spearman(stars, predicted) == Approx(data["spearman"].get<double>()).epsilon(1e-12));
  const auto order = pair_order(stars, predicted);
  CHECK(order.pairs == data["pairs"].get<double>());
  CHECK(order.right == data["right"].get<double>());
  CHECK(median(stars) == data["median"].get<double>());
  auto sorted = predicted;
  std::sort(sorted.begin(), sorted.end());
  for (const auto& [at, value] : data["quantiles"].items())
    CHECK(quantile(sorted, std::stod(at)) == Approx(value.get<double>()).epsilon(1e-12));
}

TEST_CASE("AUC, log-loss, Brier score and calibration are those of the reference", "[measures]") {
  const auto data = reference("evaluation.json", "classes");
  const auto liked = numbers(data["liked"]);
  const auto probability = numbers(data["probability"]);
  CHECK(area_under_curve(liked, probability) == Approx(data["auc"].get<double>()).epsilon(1e-12));
  CHECK(log_loss(liked, probability) == Approx(data["log_loss"].get<double>()).epsilon(1e-12));
  CHECK(brier_score(liked, probability) == Approx(data["brier"].get<double>()).epsilon(1e-12));
  const auto bins = reliability(liked, probability);
  REQUIRE(bins.size() == 10);
  for (std::size_t k = 0; k < bins.size(); ++k) CHECK(bins[k].count == data["counts"][k].get<std::size_t>());
  CHECK(expected_calibration_error(bins) == Approx(data["calibration_error"].get<double>()).epsilon(1e-12));
}

TEST_CASE("measures of nothing, of one value and of one class say nothing", "[measures]") {
  const std::vector<double> none;
  const std::vector<double> equal{3, 3, 3};
  const std::vector<double> other{1, 2, 3};
  CHECK(spearman(none, none) == 0);
  CHECK(spearman(equal, other) == 0);
  CHECK(pair_order(equal, other).share() == 0.5);
  CHECK(area_under_curve(std::vector<double>{1, 1, 1}, other) == 0.5);
  CHECK(median({}) == 0);
  CHECK(log_loss(none, none) == 0);
}

TEST_CASE("a certain prediction that is wrong costs much, but not everything", "[measures]") {
  CHECK(log_loss(std::vector<double>{1, 0}, std::vector<double>{0, 1}) > 30);
  CHECK(std::isfinite(log_loss(std::vector<double>{1, 0}, std::vector<double>{0, 1})));
}

TEST_CASE("predictions that say what happens as often as it does are calibrated", "[measures]") {
  Random random(5);
  std::vector<double> liked;
  std::vector<double> honest;
  std::vector<double> boastful;
  for (int i = 0; i < 20000; ++i) {
    const double p = random.uniform();
    liked.push_back(random.uniform() < p ? 1 : 0);
    honest.push_back(p);
    boastful.push_back(p < 0.5 ? p / 3 : 1 - (1 - p) / 3);
  }
  CHECK(expected_calibration_error(reliability(liked, honest)) < 0.015);
  CHECK(expected_calibration_error(reliability(liked, boastful)) > 0.1);
}
