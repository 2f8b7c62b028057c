#include <Eigen/Cholesky>
#include <cmath>

#include "core/predictor/fitting.hpp"
#include "core/predictor/inducing_process.hpp"
#include "core/predictor/state.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/synthetic_person.hpp"

using namespace hub;
using namespace hub::predictor;
using tests::SyntheticPerson;

namespace {

constexpr double noise = 0.3;

/// Works at random places, alike as far as they are near.
struct Problem {
  DenseMatrix place;
  Vector residual;

  explicit Problem(Index n) : place(3, n), residual(n) {
    Random random(8);
    for (Index i = 0; i < n; ++i) {
      for (Index axis = 0; axis < 3; ++axis) place(axis, i) = 2 * random.uniform();
      residual[i] = std::sin(3 * place(0, i)) + place(1, i) + random.uniform() - 1;
    }
  }
  double covariance(Index i, Index j) const { return std::exp(-(place.col(i) - place.col(j)).squaredNorm()); }
  /// With the first m works.
  Vector column(Index m, Index i) const {
    Vector k(m);
    for (Index j = 0; j < m; ++j) k[j] = covariance(i, j);
    return k;
  }
  DenseMatrix matrix(Index n) const {
    DenseMatrix k(n, n);
    for (Index i = 0; i < n; ++i) k.col(i) = column(n, i);
    return k;
  }
};

InducingProcess fitted(const Problem& problem, Index inducing, const std::vector<Index>& ratings) {
  InducingProcess process(problem.matrix(inducing));
  while (process.step()) {
  }
  for (const Index i : ratings) {
    process.add(problem.column(inducing, i), Vector::Ones(1), noise, problem.residual.segment(i, 1));
  }
  while (process.step()) {
  }
  return process;
}

std::vector<Index> first(Index n, Index without = -1) {
  std::vector<Index> list;
  for (Index i = 0; i < n; ++i) {
    if (i != without) list.push_back(i);
  }
  return list;
}

double distance(const Vector& a, const Vector& b) {
  return (a - b).cwiseAbs().maxCoeff();
}

/// The same process in all that can be asked of it. Leverages of a whole fit are worked out in single precision.
void check_same(const InducingProcess& a, const InducingProcess& b, const Vector& k) {
  CHECK(distance(a.alpha(), b.alpha()) < 1e-6);
  CHECK(distance(a.precision(), b.precision()) < 1e-6);
  CHECK(distance(a.left_out(), b.left_out()) < 1e-6);
  CHECK(distance(a.explained_variance(k), b.explained_variance(k)) < 1e-8);
  CHECK(distance(a.moves(k), b.moves(k)) < 1e-6);
}

Fit fitted(const std::shared_ptr<Ratings>& ratings, Limits limits) {
  Fitting fitting(ratings, {}, {}, limits);
  while (true) {
    const auto more = fitting.step();
    REQUIRE(more);
    if (!*more) return fitting.take();
  }
}

/// A model of a synthetic person under limits of its own.
struct Trained {
  Corpus corpus;
  std::shared_ptr<Model::State> state = std::make_shared<Model::State>();

  Trained(const SyntheticPerson& person, Limits limits) : corpus(person.corpus()) {
    auto ratings = ratings_from(MediaType::film, corpus, person.examples);
    state->corpus = std::shared_ptr<const Corpus::Statistics>(std::make_shared<Corpus>(corpus), &corpus.statistics());
    state->fit = fitted(ratings, limits);
    state->ratings = std::move(ratings);
    complete(*state);
  }
  Model model() const { return Model(state); }
};

}  // namespace

TEST_CASE("with all rated works as inducing ones it is the exact process", "[inducing-process]") {
  const Problem problem(61);
  const auto process = fitted(problem, 60, first(60));
  DenseMatrix k = problem.matrix(60);
  k.diagonal().array() += noise;
  GaussianProcess exact(LowerTriangle<double>::of(k), problem.residual.head(60));
  while (exact.step()) {
  }
  const Vector other = problem.column(60, 60);
  CHECK(process.alpha().dot(other) == Approx(exact.alpha().dot(other)).margin(1e-3));
  CHECK(distance(process.left_out(), exact.left_out()) < 1e-3);
  CHECK(distance(process.precision(), exact.precision()) < 1e-3);
  CHECK(distance(process.explained_variance(other), exact.explained_variance(other)) < 1e-3);
  CHECK(distance(process.moves(other), exact.moves(other)) < 1e-3);
}

TEST_CASE("with some inducing works, what is said without a rating is what a fit without it says", "[inducing-process]") {
  const Problem problem(81);
  const auto process = fitted(problem, 25, first(80));
  const Vector other = problem.column(25, 80);
  for (const Index i : {3, 24, 25, 79}) {
    const auto refitted = fitted(problem, 25, first(80, i));
    CHECK(process.left_out()[i] == Approx(refitted.alpha().dot(problem.column(25, i))).margin(1e-3));
    CHECK(distance(process.alpha_without(i), refitted.alpha()) < 1e-6);
    CHECK(distance(process.alpha_without(std::vector<Index>{i}), refitted.alpha()) < 1e-6);
    CHECK(process.moves(other)[i] == Approx((refitted.alpha() - process.alpha()).dot(other)).margin(1e-8));
    CHECK(process.carried(other, i).sum() == Approx(refitted.alpha().dot(other)).margin(1e-8));
    CHECK(process.carried(other, i)[i] == 0);
  }
  CHECK(process.carried(other, -1).sum() == Approx(process.alpha().dot(other)).margin(1e-8));
  std::vector<Index> last{70, 71, 72, 73, 74, 75, 76, 77, 78, 79};
  CHECK(distance(process.alpha_without(last), fitted(problem, 25, first(70)).alpha()) < 1e-6);
}

TEST_CASE("a rating more, less or changed is what a fit from the start gives", "[inducing-process]") {
  Problem problem(81);
  const Vector other = problem.column(25, 80);
  const auto all = fitted(problem, 25, first(80));
  auto updated = fitted(problem, 25, first(79));
  updated.append(problem.column(25, 79), 1, noise, problem.residual[79]);
  check_same(updated, all, other);
  updated.remove(40);
  check_same(updated, fitted(problem, 25, first(80, 40)), other);
  auto noisier = all.with_more_noise(0.2);
  while (noisier.step()) {
  }
  CHECK(noisier.precision().maxCoeff() < all.precision().maxCoeff());
  auto changed = all;
  problem.residual[12] += 1;
  changed.change(12, problem.residual[12]);
  check_same(changed, fitted(problem, 25, first(80)), other);
}

TEST_CASE("beyond the limit the approximation says what the exact process says, of new works and of rated ones", "[inducing-process]") {
  const SyntheticPerson person(360);
  const Trained exact(person, {});
  const Trained approximate(person, {250, 360.0 * 250 * 250});
  REQUIRE(exact.state->fit.processes.front().exact());
  REQUIRE_FALSE(approximate.state->fit.processes.front().exact());
  const auto root_mean_square = [](const std::vector<double>& differences) {
    double squares = 0;
    for (const double one : differences) squares += one * one;
    return std::sqrt(squares / static_cast<double>(differences.size()));
  };
  const auto works = person.unrated();
  const auto a = exact.model().predict(works);
  const auto b = approximate.model().predict(works);
  std::vector<double> unrated;
  std::vector<double> widths;
  for (std::size_t i = 0; i < works.size(); ++i) {
    unrated.push_back(static_cast<double>(a[i].stars) - static_cast<double>(b[i].stars));
    widths.push_back(static_cast<double>(a[i].high - a[i].low) - static_cast<double>(b[i].high - b[i].low));
  }
  CHECK(root_mean_square(unrated) < 0.08);
  CHECK(root_mean_square(widths) < 0.1);
  std::vector<double> rated;
  for (std::size_t i = 0; i < person.examples.size(); ++i) rated.push_back(exact.state->held_out[i] - approximate.state->held_out[i]);
  CHECK(root_mean_square(rated) < 0.08);
  CHECK(approximate.model().scores()->rmse == Approx(exact.model().scores()->rmse).margin(0.01));
}

TEST_CASE("beyond the limit explanations sum, and a rating more or less changes what it should", "[inducing-process]") {
  SyntheticPerson person(120);
  const auto added = person.examples.back();
  person.examples.pop_back();
  const Trained trained(person, {50, 1e5});
  const auto model = trained.model();
  for (const Item* work : {person.pointers[150], person.pointers[3]}) {
    const auto explanation = model.explain(*work);
    double parts = explanation.base;
    for (const auto& part : explanation.contributions) parts += part.stars;
    CHECK(parts == Approx(explanation.sum).margin(1e-4));
    double carried = explanation.prior_mean + explanation.trees;
    for (const auto& carrier : explanation.carried_by) {
      CHECK(carrier.item_id != work->id);
      carried += carrier.stars;
    }
    CHECK(carried == Approx(explanation.sum).margin(1e-4));
    CHECK(static_cast<double>(explanation.prediction.stars) == Approx(std::clamp(explanation.sum, 0.5, 5.0)).margin(1e-4));
  }
  const auto more = model.updated(added);
  REQUIRE(more);
  CHECK(more->rating_count() == 120);
  REQUIRE(more->held_out(added.item->id));
  const auto again = more->updated_without(added.item->id);
  const auto works = person.unrated();
  const auto before = model.predict(works);
  const auto after = again.predict(works);
  for (std::size_t i = 0; i < works.size(); ++i) CHECK(after[i].stars == Approx(before[i].stars).margin(1e-3));
  // The work of the first rating stands for others; its rating goes all the same.
  const auto& stands = trained.state->ratings->ids[trained.state->fit.processes.front().rows.front()];
  const auto less = model.updated_without(stands);
  CHECK(less.rating_count() == 118);
  CHECK_FALSE(less.held_out(stands));
  const auto influence = less.influence(*works.front(), 1000);
  CHECK(std::none_of(influence.begin(), influence.end(), [&](const Influence& one) { return one.item_id == stands; }));
}

TEST_CASE("factors of all types together stay below 50 MB, however many ratings there are", "[inducing-process]") {
  const Limits limits;
  // Numbers of single precision that the processes of one type hold: three exact factors, or one matrix of works by ratings and three
  // factors.
  const auto held = [&](std::size_t ratings, std::size_t all) {
    const auto n = static_cast<double>(ratings);
    if (limits.is_exact(ratings, all)) return 3 * n * n / 2;
    const auto m = static_cast<double>(limits.inducing(ratings, all));
    return n * m + m * m / 2 + 2 * m * m;
  };
  for (const std::size_t all : {100U, 2000U, 2001U, 4000U, 5000U, 10'000U}) {
    for (const std::size_t types : {1U, 2U, 3U, 5U}) {
      const std::size_t of_each = all / types;
      INFO(types << " types of " << of_each);
      CHECK(4 * static_cast<double>(types) * held(of_each, all) < 50e6);
    }
  }
  CHECK(limits.is_exact(2000, 4000));
  CHECK_FALSE(limits.is_exact(2001, 2001));
  CHECK_FALSE(limits.is_exact(2000, 4001));
  // A type with few ratings stays exact beside many of others.
  CHECK(limits.is_exact(200, 10'000));
  CHECK(limits.inducing(10'000, 10'000) == 500);
}
