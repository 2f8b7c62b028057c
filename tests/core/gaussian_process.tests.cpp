#include "core/predictor/gaussian_process.hpp"

#include <Eigen/Cholesky>
#include <cmath>

#include "core/predictor/random.hpp"
#include "core/predictor/stack.hpp"
#include "tests/core/catch.hpp"

using namespace hub::predictor;

namespace {

/// A squared exponential over random points in the plane, with noise, and a target.
struct Problem {
  Index n;
  DenseMatrix k;
  Vector y;
  Vector new_k;
  double new_variance = 1.2;

  explicit Problem(Index count, std::uint64_t seed = 7) : n(count), k(count, count), y(count), new_k(count) {
    Random random(seed);
    std::vector<std::pair<double, double>> points;
    for (Index i = 0; i <= n; ++i) points.emplace_back(3 * random.uniform(), 3 * random.uniform());
    const auto covariance = [&](Index i, Index j) {
      const double dx = points[static_cast<std::size_t>(i)].first - points[static_cast<std::size_t>(j)].first;
      const double dy = points[static_cast<std::size_t>(i)].second - points[static_cast<std::size_t>(j)].second;
      return std::exp(-(dx * dx + dy * dy) / 2);
    };
    for (Index i = 0; i < n; ++i) {
      for (Index j = 0; j < n; ++j) k(i, j) = covariance(i, j) + (i == j ? 0.2 : 0);
      y[i] = std::sin(points[static_cast<std::size_t>(i)].first) + random.uniform() - 0.5;
      new_k[i] = covariance(n, i);
    }
  }

  /// Without row and column `left`.
  Problem without(Index left) const {
    Problem rest = *this;
    rest.n = n - 1;
    rest.k.resize(n - 1, n - 1);
    rest.y.resize(n - 1);
    rest.new_k.resize(n - 1);
    for (Index i = 0, a = 0; i < n; ++i) {
      if (i == left) continue;
      for (Index j = 0, b = 0; j < n; ++j) {
        if (j != left) rest.k(a, b++) = k(i, j);
      }
      rest.y[a] = y[i];
      rest.new_k[a++] = new_k[i];
    }
    return rest;
  }

  Vector solved() const { return k.llt().solve(y); }
  double predicted() const { return new_k.dot(solved()); }
};

GaussianProcess fitted(const Problem& problem) {
  GaussianProcess process(LowerTriangle<double>::of(problem.k), problem.y);
  while (process.step()) {
  }
  return process;
}

double distance(const Vector& a, const Vector& b) {
  return (a - b).cwiseAbs().maxCoeff();
}

}  // namespace

TEST_CASE("the factor's inverse, by blocks, is the inverse", "[gaussian-process]") {
  for (const Index n : {1, 2, 63, 64, 65, 150, 330}) {
    const Problem problem(n);
    Factorisation factorisation(LowerTriangle<double>::of(problem.k));
    double last = 0;
    while (factorisation.step()) {
      CHECK(factorisation.progress() >= last);
      last = factorisation.progress();
    }
    const auto lower = factorisation.take_inverse();
    const auto w = lower.dense();
    CHECK((w * problem.k * w.transpose() - DenseMatrix::Identity(n, n)).cwiseAbs().maxCoeff() < 1e-9);
    const auto rounded = LowerTriangle<float>::of(lower);
    Inversion inversion(rounded);
    while (inversion.step()) {
    }
    DenseMatrix inverse = inversion.take().dense();
    inverse.triangularView<Eigen::StrictlyUpper>() = inverse.transpose();
    CHECK((inverse - rounded.dense().transpose() * rounded.dense()).cwiseAbs().maxCoeff() < 1e-9);
  }
}

// A process holds its factor in single precision.
constexpr double single = 1e-5;

TEST_CASE("coefficients solve the normal equations, variances are what knowing explains", "[gaussian-process]") {
  const Problem problem(90);
  const auto process = fitted(problem);
  CHECK(distance(process.alpha(), problem.solved()) < single);
  DenseMatrix k(90, 2);
  k << problem.new_k, 0.5 * problem.new_k;
  const auto explained = process.explained_variance(k);
  const double expected = problem.new_k.dot(problem.k.llt().solve(problem.new_k));
  CHECK(explained[0] == Approx(expected).margin(single));
  CHECK(explained[1] == Approx(expected / 4).margin(single));
}

TEST_CASE("leave-one-out in closed form is what refitting gives", "[gaussian-process]") {
  const Problem problem(40);
  const auto process = fitted(problem);
  const auto left_out = process.left_out();
  const auto moves = process.moves(problem.new_k);
  for (Index left = 0; left < problem.n; left += 3) {
    const auto rest = problem.without(left);
    const auto alpha = process.alpha_without(left);
    CHECK(alpha[left] == 0);
    Vector k = problem.k.col(left);
    k[left] -= 0.2;
    CHECK(left_out[left] == Approx(k.dot(alpha)).margin(single));
    CHECK(problem.new_k.dot(alpha) == Approx(rest.predicted()).margin(single));
    CHECK(moves[left] == Approx(rest.predicted() - problem.predicted()).margin(single));
    Vector others(problem.n - 1);
    for (Index i = 0, a = 0; i < problem.n; ++i) {
      if (i != left) others[a++] = problem.k(i, left);
    }
    CHECK(1 / process.precision()[left] == Approx(problem.k(left, left) - others.dot(rest.k.llt().solve(others))).margin(single));
  }
}

TEST_CASE("a changed, an added and a removed rating give what refitting gives", "[gaussian-process]") {
  for (const Index n : {2, 30, 100}) {
    Problem problem(n);
    auto process = fitted(problem);
    problem.y[n / 2] += 1.5;
    process.change(n / 2, problem.y[n / 2]);
    CHECK(distance(process.alpha(), problem.solved()) < single);

    for (const Index left : {Index{0}, n / 2, n - 1}) {
      auto fewer = process;
      fewer.remove(left);
      const auto rest = problem.without(left);
      CHECK(distance(fewer.alpha(), rest.solved()) < single);
      const auto again = fitted(rest);
      CHECK(distance(fewer.precision(), again.precision()) < single);
      CHECK((fewer.inverse_factor().dense().cwiseAbs() - again.inverse_factor().dense().cwiseAbs()).cwiseAbs().maxCoeff() < single);
    }

    Problem more = problem;
    ++more.n;
    more.k.conservativeResize(n + 1, n + 1);
    more.k.col(n).head(n) = problem.new_k;
    more.k.row(n).head(n) = problem.new_k.transpose();
    more.k(n, n) = problem.new_variance;
    more.y.conservativeResize(n + 1);
    more.y[n] = -0.7;
    process.append(problem.new_k, problem.new_variance, -0.7);
    CHECK(distance(process.alpha(), more.solved()) < single);
    CHECK(distance(process.precision(), fitted(more).precision()) < single);
  }
}

TEST_CASE("many updates one after the other do not drift from a refit", "[gaussian-process]") {
  const Problem problem(120);
  auto process = fitted(problem);
  for (int turn = 0; turn < 60; ++turn) {
    // Take out the first and put it back at the end: after 120 turns each is where it was.
    const Vector column = problem.k.col(turn);
    Vector k(problem.n - 1);
    for (Index i = 0; i + 1 < problem.n; ++i) k[i] = column[(turn + 1 + i) % problem.n];
    process.remove(0);
    process.append(k, column[turn], problem.y[turn]);
  }
  const auto expected = problem.solved();
  for (Index i = 0; i < problem.n; ++i) CHECK(process.alpha()[i] == Approx(expected[(60 + i) % problem.n]).margin(10 * single));
}

TEST_CASE("the stack gives to others only what lowers the error", "[stack]") {
  Random random(3);
  Vector stars(200);
  Vector good(200);
  Vector bad(200);
  Vector close(200);
  for (Index i = 0; i < 200; ++i) {
    stars[i] = 4 * random.uniform();
    good[i] = stars[i] + 0.3 * (random.uniform() - 0.5);
    bad[i] = 4 * random.uniform();
    close[i] = stars[i] + 1.2 * (random.uniform() - 0.5);
  }
  const auto one = [](const std::vector<Vector>& left_out, const Vector& y) { return stack_shares(y, left_out); };
  CHECK(one({good}, stars) == std::vector<double>{1});
  const auto with_bad = one({good, bad}, stars);
  CHECK(with_bad[1] < 0.05);
  const auto with_good = one({bad, good}, stars);
  CHECK(with_good[1] > 0.95);
  const auto three = one({close, bad, good}, stars);
  CHECK(three[0] + three[1] + three[2] == Approx(1));
  for (const double share : three) CHECK(share >= 0);
  // Few ratings: the penalty keeps nearly all with the first.
  CHECK(one({close.head(2), good.head(2)}, stars.head(2))[1] < 0.3);

  // Where no bound is active it is ridge regression.
  const Vector a = close - bad;
  const double expected = a.dot(stars - bad) / (a.squaredNorm() + 3);
  CHECK(one({bad, close}, stars)[1] == Approx(std::min(1.0, expected)).margin(1e-9));
}
