#include <Eigen/Cholesky>
#include <cmath>

#include "core/predictor/interval.hpp"
#include "core/predictor/linear.hpp"
#include "core/predictor/random.hpp"
#include "core/predictor/state.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/synthetic_person.hpp"

using namespace hub;
using namespace hub::predictor;

namespace {

struct Rows {
  std::vector<Terms> terms;
  std::vector<double> residual;

  explicit Rows(std::size_t n) {
    Random random(5);
    for (std::size_t i = 0; i < n; ++i) {
      Terms one;
      one << 1, random.uniform() - 0.5, random.uniform() * 2 - 1, random.uniform() - 1, random.uniform(), random.uniform() < 0.2 ? 1 : 0;
      terms.push_back(one);
      residual.push_back(0.4 + 0.5 * one[1] + random.uniform() - 0.5);
    }
  }
};

}  // namespace

TEST_CASE("the closed form of leave-one-out is what refitting gives", "[baseline]") {
  const Rows rows(12);
  const auto closed = Linear(rows.terms, rows.residual).leave_one_out();
  for (std::size_t left = 0; left < rows.terms.size(); ++left) {
    auto terms = rows.terms;
    auto residual = rows.residual;
    terms.erase(terms.begin() + static_cast<std::ptrdiff_t>(left));
    residual.erase(residual.begin() + static_cast<std::ptrdiff_t>(left));
    const auto refitted = Linear(terms, residual).predict(rows.terms[left]);
    CHECK(closed[left].value == Approx(refitted.value).margin(1e-9));
    CHECK(closed[left].variance == Approx(refitted.variance).margin(1e-9));
  }
}

TEST_CASE("with no ratings the linear baseline is the prior mean, and with more it is surer", "[baseline]") {
  const Rows rows(40);
  const Linear nobody;
  CHECK(nobody.predict(rows.terms[0]).value == 0);
  const Linear few(std::span(rows.terms).first(3), std::span(rows.residual).first(3));
  const Linear many(rows.terms, rows.residual);
  CHECK(few.predict(rows.terms[0]).variance < nobody.predict(rows.terms[0]).variance);
  CHECK(many.predict(rows.terms[0]).variance < few.predict(rows.terms[0]).variance);
}

TEST_CASE("coordinate descent arrives at the solution of the normal equations", "[baseline]") {
  const tests::SyntheticPerson person(30);
  const auto corpus = person.corpus();
  std::vector<features::Encoded> items;
  std::vector<Terms> terms;
  Eigen::VectorXd y(30);
  std::vector<double> residual;
  for (const auto& example : person.examples) {
    items.push_back(features::encode(*example.item, corpus.statistics()));
    terms.push_back(terms_of(items.back()));
    residual.push_back(example.stars - items.back().prior_mean());
    y[static_cast<Eigen::Index>(residual.size()) - 1] = residual.back();
  }
  const TokenTable table(items);
  const std::vector<std::uint8_t> use(30, 1);
  Ridge ridge(table, use, terms, residual);
  while (ridge.sweep()) {
  }

  const auto p = static_cast<Eigen::Index>(term_count + table.slots());
  Eigen::MatrixXd x = Eigen::MatrixXd::Zero(30, p);
  Eigen::VectorXd penalty(p);
  for (int term = 0; term < term_count; ++term) penalty[term] = ridge_noise / term_variances()[term];
  for (std::uint32_t slot = 0; slot < table.slots(); ++slot)
    penalty[term_count + static_cast<Eigen::Index>(slot)] = ridge_noise / family_variance(table.family_of(slot));
  for (Eigen::Index i = 0; i < 30; ++i) {
    const auto row = static_cast<std::size_t>(i);
    x.row(i).head(term_count) = terms[row].transpose();
    for (const auto& [slot, weight] : table.row(row)) x(i, term_count + static_cast<Eigen::Index>(slot)) = weight;
  }
  const Eigen::MatrixXd normal = x.transpose() * x + Eigen::MatrixXd(penalty.asDiagonal());
  const Eigen::VectorXd exact = normal.llt().solve(x.transpose() * y);
  for (int term = 0; term < term_count; ++term) CHECK(ridge.weights()[term] == Approx(exact[term]).margin(2e-3));
  for (std::uint32_t slot = 0; slot < table.slots(); ++slot)
    CHECK(ridge.effect(slot) == Approx(exact[term_count + static_cast<Eigen::Index>(slot)]).margin(2e-3));
}

TEST_CASE("rows that are not used teach the ridge nothing", "[baseline]") {
  const tests::SyntheticPerson person(30);
  const auto corpus = person.corpus();
  std::vector<features::Encoded> items;
  std::vector<Terms> terms;
  std::vector<double> residual;
  for (const auto& example : person.examples) {
    items.push_back(features::encode(*example.item, corpus.statistics()));
    terms.push_back(terms_of(items.back()));
    residual.push_back(example.stars - items.back().prior_mean());
  }
  const TokenTable table(items);
  std::vector<std::uint8_t> use(30, 1);
  auto changed = residual;
  for (const std::size_t i : {2U, 11U, 29U}) {
    use[i] = 0;
    changed[i] += 3;
  }
  Ridge one(table, use, terms, residual);
  Ridge two(table, use, terms, changed);
  while (one.sweep()) {
  }
  while (two.sweep()) {
  }
  for (std::size_t i = 0; i < items.size(); ++i) CHECK(one.parts(i, table, terms).sum() == two.parts(i, table, terms).sum());
}

TEST_CASE("an interval's width is the quantile of the residuals, drawn to the Gaussian one where there are few", "[baseline]") {
  CHECK(interval_width({}) == Approx(1.28));
  const std::vector<double> one{10.0};
  CHECK(interval_width(one) == Approx(std::exp((std::log(10.0) + 20 * std::log(1.28)) / 21)));
  std::vector<double> many;
  for (int i = 1; i <= 999; ++i) many.push_back(i / 1000.0);
  CHECK(interval_width(many) == Approx(std::exp((999 * std::log(0.8) + 20 * std::log(1.28)) / 1019)));
}
