#include "core/predictor/booster.hpp"

#include <cmath>
#include <limits>

#include "core/predictor/random.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/reference.hpp"

using namespace hub;
using namespace hub::predictor;

namespace {

const std::vector<features::Feature> columns{
    {"a", features::Group::genres, "stars"}, {"b", features::Group::length, "stars"}, {"c", features::Group::era, "stars"}};

struct Table {
  Matrix x{200, 3};
  std::vector<float> labels;

  Table() {
    Random random(3);
    for (std::size_t i = 0; i < x.rows; ++i) {
      for (auto& value : x.row(i)) value = static_cast<float>(random.uniform());
      if (i % 7 == 0) x.row(i)[1] = std::numeric_limits<float>::quiet_NaN();
      labels.push_back(x.row(i)[0] > 0.5F ? 1.0F : -1.0F);
    }
  }
};

Booster trained(const Table& table, int rounds, std::span<const float> margins = {}) {
  auto booster = Booster::begin(columns, table.x, table.labels, margins, {});
  REQUIRE(booster);
  for (int i = 0; i < rounds; ++i) REQUIRE(booster->round());
  REQUIRE(booster->end_training());
  return std::move(*booster);
}

}  // namespace

TEST_CASE("trees learn a step", "[booster]") {
  const Table table;
  const auto booster = trained(table, 100);
  CHECK(booster.rounds() == 100);
  const auto predicted = booster.predict(table.x);
  REQUIRE(predicted);
  for (std::size_t i = 0; i < table.labels.size(); ++i) {
    // Values are put in 64 bins, and the one around the step holds both sides.
    if (std::abs(table.x.row(i)[0] - 0.5F) > 0.05F) CHECK((*predicted)[i] * table.labels[i] > 0.5F);
  }
}

TEST_CASE("with the labels as margins nothing is left to learn", "[booster]") {
  const Table table;
  const auto predicted = trained(table, 20, table.labels).predict(table.x);
  REQUIRE(predicted);
  for (const float value : *predicted) CHECK(std::abs(value) < 1e-6F);
}

TEST_CASE("SHAP values sum to the prediction", "[booster]") {
  const Table table;
  const auto booster = trained(table, 60);
  const auto predicted = booster.predict(table.x);
  const auto shap = booster.contributions(table.x);
  REQUIRE(shap);
  REQUIRE(shap->columns == 4);
  for (std::size_t i = 0; i < table.x.rows; ++i) {
    float sum = 0;
    for (const float value : shap->row(i)) sum += value;
    CHECK(sum == Approx((*predicted)[i]).margin(1e-5));
  }
}

TEST_CASE("a saved model is the same model", "[booster]") {
  const Table table;
  const auto booster = trained(table, 30);
  const auto bytes = booster.save();
  REQUIRE(bytes);
  const auto again = Booster::load(*bytes);
  REQUIRE(again);
  CHECK(*again->predict(table.x) == *booster.predict(table.x));
  CHECK(again->rounds() == 30);
  CHECK(*again->feature_names() == std::vector<std::string>{"a", "b", "c"});
}

TEST_CASE("what cannot be learnt from is an error with a reason", "[booster]") {
  Table table;
  CHECK(Booster::begin(columns, table.x, std::span(table.labels).subspan(1), {}, {}).error().code == "training_failed");
  table.labels[3] = std::numeric_limits<float>::quiet_NaN();
  auto booster = Booster::begin(columns, table.x, table.labels, {}, {});
  const auto failed = booster ? booster->round() : tl::unexpected(booster.error());
  REQUIRE_FALSE(failed);
  CHECK(failed.error().code == "training_failed");
  CHECK_FALSE(failed.error().message.empty());

  const std::vector<std::uint8_t> rubbish{1, 2, 3, 4};
  const auto loaded = Booster::load(rubbish);
  REQUIRE_FALSE(loaded);
  CHECK(loaded.error().code == "bad_model");
}

TEST_CASE("rows without weight teach nothing", "[booster]") {
  Table table;
  std::vector<float> weights(table.x.rows, 1.0F);
  Table other = table;
  for (std::size_t i = 0; i < table.x.rows; i += 2) {
    weights[i] = 0;
    other.labels[i] = -other.labels[i];
  }
  auto one = Booster::begin(columns, table.x, table.labels, {}, {});
  auto two = Booster::begin(columns, other.x, other.labels, {}, {});
  for (int i = 0; i < 10; ++i) {
    REQUIRE(one->round(weights));
    REQUIRE(two->round(weights));
  }
  CHECK(*one->predict(table.x) == *two->predict(table.x));
}

TEST_CASE("logistic trees are those of the reference, also with weights that change nothing", "[booster]") {
  const auto data = tests::reference("evaluation.json", "logistic_trees");
  Matrix x(data["audio"].size(), 3);
  for (std::size_t i = 0; i < x.rows; ++i) {
    const auto values = tests::numbers(data["audio"][i]);
    for (std::size_t k = 0; k < 3; ++k) x.row(i)[k] = static_cast<float>(values[k]);
  }
  std::vector<float> labels;
  for (const double one : tests::numbers(data["liked"])) labels.push_back(static_cast<float>(one));
  Booster::Parameters parameters;
  parameters.objective = Booster::Objective::logistic;
  parameters.max_depth = 3;
  parameters.eta = 0.1;
  parameters.min_child_weight = 1;
  parameters.lambda = 2;
  parameters.max_bin = 64;
  const auto expected = tests::numbers(data["margins"]);
  const std::vector<float> ones(x.rows, 1.0F);
  for (const std::span<const float> weights : {std::span<const float>(), std::span<const float>(ones)}) {
    auto booster = Booster::begin(columns, x, labels, {}, parameters);
    REQUIRE(booster);
    for (int round = 0; round < 25; ++round) REQUIRE(booster->round(weights));
    const auto margins = booster->predict(x);
    REQUIRE(margins);
    for (std::size_t i = 0; i < x.rows; ++i) CHECK((*margins)[i] == Approx(expected[i]).margin(1e-4));
  }
}

TEST_CASE("labels that are neither 0 nor 1 are no classes, and weights are as many as rows", "[booster]") {
  Table table;
  Booster::Parameters parameters;
  parameters.objective = Booster::Objective::logistic;
  auto booster = Booster::begin(columns, table.x, table.labels, {}, parameters);
  const auto failed = booster ? booster->round() : tl::unexpected(booster.error());
  REQUIRE_FALSE(failed);
  CHECK(failed.error().code == "training_failed");
  auto other = Booster::begin(columns, table.x, table.labels, {}, {});
  CHECK(other->round(std::vector<float>(3, 1.0F)).error().code == "training_failed");
}
