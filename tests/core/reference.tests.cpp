// Formulas against independent implementations: the numbers are those of tests/core/reference/predictor.py.
#include <cmath>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/predictor/booster.hpp"
#include "core/predictor/gaussian_process.hpp"
#include "core/predictor/rated_works.hpp"
#include "core/predictor/stack.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/fixtures.hpp"

using namespace hub;
using namespace hub::predictor;

namespace {

const nlohmann::json& reference(const char* name) {
  static const auto all = [] {
    std::ifstream file(tests::data_file("predictor/reference.json"));
    return nlohmann::json::parse(file);
  }();
  return all.at(name);
}

Vector vector_of(const nlohmann::json& list) {
  Vector values(static_cast<Index>(list.size()));
  for (std::size_t i = 0; i < list.size(); ++i) values[static_cast<Index>(i)] = list[i].get<double>();
  return values;
}

}  // namespace

TEST_CASE("the Gaussian process predicts as scikit-learn's", "[reference]") {
  const auto& given = reference("gaussian_process");
  const auto at = [](const nlohmann::json& a, const nlohmann::json& b) {
    const double x = a[0].get<double>() - b[0].get<double>();
    const double y = a[1].get<double>() - b[1].get<double>();
    return std::exp(-(x * x + y * y) / 2);
  };
  const auto& x = given["x"];
  const auto n = static_cast<Index>(x.size());
  const auto point = [](const nlohmann::json& list, Index i) -> const nlohmann::json& { return list[static_cast<std::size_t>(i)]; };
  const double noise = given["noise"];
  DenseMatrix k(n, n);
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < n; ++j) k(i, j) = at(point(x, i), point(x, j)) + (i == j ? noise : 0);
  }
  GaussianProcess process(LowerTriangle<double>::of(k), vector_of(given["y"]));
  while (process.step()) {
  }
  const auto& fresh = given["new"];
  DenseMatrix to_new(n, static_cast<Index>(fresh.size()));
  for (Index j = 0; j < to_new.cols(); ++j) {
    for (Index i = 0; i < n; ++i) to_new(i, j) = at(point(x, i), point(fresh, j));
  }
  const Vector explained = process.explained_variance(to_new);
  for (Index j = 0; j < to_new.cols(); ++j) {
    CHECK(to_new.col(j).dot(process.alpha()) == Approx(vector_of(given["mean"])[j]).margin(1e-6));
    CHECK(1 - explained[j] == Approx(vector_of(given["variance"])[j]).margin(1e-6));
  }
  CHECK((process.left_out() - vector_of(given["left_out"])).cwiseAbs().maxCoeff() < 1e-6);
  CHECK((process.precision().cwiseInverse() - vector_of(given["left_out_variance"])).cwiseAbs().maxCoeff() < 1e-6);
}

TEST_CASE("the linear model is scikit-learn's ridge on scaled columns", "[reference]") {
  const auto& given = reference("ridge");
  std::vector<Terms> terms;
  std::vector<double> y;
  for (const auto& row : given["x"]) terms.emplace_back(vector_of(row));
  for (const auto& value : given["y"]) y.push_back(value);
  const Linear linear(terms, y);
  CHECK((linear.weights() - vector_of(given["weights"])).cwiseAbs().maxCoeff() < 1e-8);
  const auto left_out = linear.leave_one_out();
  for (std::size_t i = 0; i < y.size(); ++i) CHECK(left_out[i].value == Approx(given["left_out"][i].get<double>()).margin(1e-8));
}

TEST_CASE("the stack's weights are those of Lawson and Hanson", "[reference]") {
  const auto& given = reference("stack");
  std::vector<Vector> left_out;
  for (const auto& one : given["left_out"]) left_out.push_back(vector_of(one));
  const auto shares = stack_shares(vector_of(given["y"]), left_out);
  for (std::size_t k = 0; k < shares.size(); ++k) CHECK(shares[k] == Approx(given["shares"][k].get<double>()).margin(1e-8));
}

TEST_CASE("trees and their SHAP values are those of XGBoost and shap in Python", "[reference]") {
  const auto& given = reference("trees");
  const auto& x = given["x"];
  const std::vector<features::Feature> columns{{"a", features::Group::genres, ""},
                                               {"b", features::Group::genres, ""},
                                               {"c", features::Group::genres, ""},
                                               {"d", features::Group::genres, ""}};
  const auto matrix = [&](std::size_t rows) {
    Matrix result(rows, columns.size());
    for (std::size_t i = 0; i < rows; ++i) {
      for (std::size_t j = 0; j < columns.size(); ++j)
        result.row(i)[j] = x[i][j].is_null() ? std::numeric_limits<float>::quiet_NaN() : x[i][j].get<float>();
    }
    return result;
  };
  std::vector<float> labels;
  std::vector<float> margins;
  for (const auto& value : given["y"]) labels.push_back(value);
  for (const auto& value : given["margin"]) margins.push_back(value);
  auto booster = Booster::begin(columns, matrix(x.size()), labels, margins, {});
  REQUIRE(booster);
  for (int round = 0; round < 80; ++round) REQUIRE(booster->round());
  const auto rows = matrix(given["predicted"].size());
  const auto predicted = booster->predict(rows);
  const auto contributions = booster->contributions(rows);
  REQUIRE(predicted);
  REQUIRE(contributions);
  for (std::size_t i = 0; i < rows.rows; ++i) {
    CHECK(static_cast<double>((*predicted)[i]) == Approx(given["predicted"][i].get<double>()).margin(1e-4));
    for (std::size_t j = 0; j <= columns.size(); ++j)
      CHECK(static_cast<double>(contributions->row(i)[j]) == Approx(given["contributions"][i][j].get<double>()).margin(1e-4));
  }
  for (std::size_t i = 0; i < given["interactions"].size(); ++i) {
    const auto interactions = booster->interactions(rows.row(i));
    REQUIRE(interactions);
    REQUIRE(interactions->rows == columns.size() + 1);
    for (std::size_t a = 0; a < interactions->rows; ++a) {
      for (std::size_t b = 0; b < interactions->columns; ++b)
        CHECK(static_cast<double>(interactions->row(a)[b]) == Approx(given["interactions"][i][a][b].get<double>()).margin(1e-4));
    }
  }
}

TEST_CASE("covariances are those of the formulas in NumPy", "[reference]") {
  const auto& given = reference("kernels");
  const auto n = given["c2"].size();
  std::vector<features::Encoded> items(n);
  const std::pair<const char*, features::Family> families[] = {{"genres", features::Family::genres},
                                                               {"creators", features::Family::creators},
                                                               {"cast", features::Family::cast},
                                                               {"language", features::Family::language},
                                                               {"companies", features::Family::companies}};
  for (std::size_t i = 0; i < n; ++i) {
    auto& item = items[i];
    item.type = given["film"][i].get<int>() != 0 ? MediaType::film : MediaType::book;
    item.has_community = given["unknown"][i].get<double>() == 0;
    item.community = given["c2"][i].get<double>() / 2;
    item.votes = given["votes"][i];
    item.year = std::clamp((given["year"][i].get<double>() - 2000) / 20, -3.0, 2.0);
    item.length = given["length"][i];
    for (const auto& [name, family] : families) {
      auto& tokens = item.tokens[features::index_of(family)];
      for (const auto& member : given[name][i])
        tokens.push_back({features::token_key(family, std::to_string(member.get<int>())), 1 / std::sqrt(given[name][i].size())});
      std::sort(tokens.begin(), tokens.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
    }
  }
  std::vector<features::SharedEncoded> shared;
  for (auto& item : items) shared.push_back(std::make_shared<const features::Encoded>(std::move(item)));
  const RatedWorks works(shared, std::vector<double>(n, 0.0));
  auto weights = gaussian_process_weights({});
  std::vector<double> row(n);
  for (std::size_t i = 0; i < n; ++i) {
    works.covariances(works.point(i), weights, row);
    for (std::size_t j = 0; j < n; ++j) CHECK(row[j] == Approx(given["k"][i][j].get<double>()).margin(1e-9));
  }
}
