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

TEST_CASE("the linear model is a Gaussian process with a linear kernel", "[baseline]") {
  const Rows rows(12);
  const Linear linear(rows.terms, rows.residual);
  const auto sum_over = [&](const Eigen::VectorXd& alpha, const Terms& x) {
    double sum = 0;
    for (std::size_t i = 0; i < rows.terms.size(); ++i)
      sum += alpha[static_cast<Eigen::Index>(i)] * x.dot(term_variances().cwiseProduct(rows.terms[i]));
    return sum;
  };
  CHECK(sum_over(linear.alpha(), rows.terms[3]) == Approx(linear.predict(rows.terms[3]).value).margin(1e-9));
  const auto closed = linear.leave_one_out();
  for (std::size_t left = 0; left < rows.terms.size(); ++left) {
    const auto alpha = linear.alpha_without(left);
    CHECK(alpha[static_cast<Eigen::Index>(left)] == 0);
    CHECK(sum_over(alpha, rows.terms[left]) == Approx(closed[left].value).margin(1e-9));
  }
  auto terms = rows.terms;
  auto residual = rows.residual;
  terms.erase(terms.begin() + 5);
  residual.erase(residual.begin() + 5);
  const double without = Linear(terms, residual).predict(rows.terms[2]).value;
  CHECK(linear.moves(rows.terms[2])[5] == Approx(without - linear.predict(rows.terms[2]).value).margin(1e-9));
}

TEST_CASE("an interval's width is the quantile of the residuals, drawn to the Gaussian one where there are few", "[baseline]") {
  CHECK(interval_width({}) == Approx(1.28));
  const std::vector<double> one{10.0};
  CHECK(interval_width(one) == Approx(std::exp((std::log(10.0) + 20 * std::log(1.28)) / 21)));
  std::vector<double> many;
  for (int i = 1; i <= 999; ++i) many.push_back(i / 1000.0);
  CHECK(interval_width(many) == Approx(std::exp((999 * std::log(0.8) + 20 * std::log(1.28)) / 1019)));
}
