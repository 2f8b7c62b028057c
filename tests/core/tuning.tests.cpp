#include "core/predictor/tuning.hpp"

#include <cmath>
#include <memory>
#include <set>

#include "tests/core/catch.hpp"

using namespace hub;
using namespace hub::predictor;

namespace {

double normal(Random& random) {
  double sum = 0;
  for (int k = 0; k < 12; ++k) sum += random.uniform();
  return sum - 6;
}

/// Numbers around 2, to be predicted by their mean, shrunk towards 0 as by `penalty` further numbers. The usual penalty is given.
TuningTask shrinking(std::size_t n, double usual, double mean = 2) {
  Random random(3);
  auto values = std::make_shared<std::vector<double>>();
  for (std::size_t i = 0; i < n; ++i) values->push_back(mean + normal(random));
  TuningTask task;
  task.parameters = {{"penalty", 0.1, 1000, true}};
  task.usual = {usual};
  task.ratings = n;
  task.losses = [values](const Point& point, const Split& split) -> Expected<std::vector<double>> {
    double sum = 0;
    for (const auto i : split.train) sum += values->at(i);
    const double predicted = sum / (static_cast<double>(split.train.size()) + point[0]);
    std::vector<double> losses;
    for (const auto i : split.test) losses.push_back((values->at(i) - predicted) * (values->at(i) - predicted));
    return losses;
  };
  return task;
}

TuningResult run(TuningTask task, TuningBudget budget = {}, std::uint64_t seed = 1) {
  auto job = TuningJob::start(std::move(task), std::move(budget), seed);
  REQUIRE(job);
  for (auto more = job->step(); *more; more = job->step()) REQUIRE(more);
  return job->finish();
}

}  // namespace

TEST_CASE("a bad usual value is replaced by a found one that gains on ratings the search has not seen", "[tuning]") {
  const auto result = run(shrinking(90, 400));
  CHECK(result.kept);
  CHECK(result.chosen() == result.found);
  CHECK(result.found[0] < 20);
  CHECK(result.gain > result.standard_error);
  CHECK(result.found_loss < result.usual_loss);
}

TEST_CASE("a usual value that is as good as any stays", "[tuning]") {
  int kept = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) kept += run(shrinking(60, 1), {}, seed).kept ? 1 : 0;
  CHECK(kept <= 2);
}

TEST_CASE("the search never sees the ratings it is judged on", "[tuning]") {
  auto task = shrinking(60, 1);
  auto inner = task.losses;
  const auto outer = cross_validation(60, TuningJob::outer_folds, 1);
  std::size_t judged = 0;
  std::size_t fits = 0;
  TuningBudget budget;
  budget.trials = 5;
  task.losses = [&](const Point& point, const Split& split) {
    // Which outer fold is held out: in the first three searches, the ratings that neither teach nor are predicted.
    const std::size_t stage = fits / (budget.trials * TuningJob::inner_folds + 2);
    ++fits;
    if (stage < outer.size()) {
      const std::set<std::size_t> held(outer[stage].test.begin(), outer[stage].test.end());
      if (split.test == outer[stage].test) {
        ++judged;
      } else {
        for (const auto i : split.test) CHECK(held.count(i) == 0);
      }
      for (const auto i : split.train) CHECK(held.count(i) == 0);
    }
    return inner(point, split);
  };
  run(task, budget);
  CHECK(judged == 2 * outer.size());
}

TEST_CASE("one seed gives one result, and a budget in trials is kept", "[tuning]") {
  TuningBudget budget;
  budget.trials = 25;
  const auto one = run(shrinking(45, 50), budget, 7);
  const auto two = run(shrinking(45, 50), budget, 7);
  CHECK(one.found == two.found);
  CHECK(one.gain == two.gain);
  CHECK(one.trials == 25 * (TuningJob::outer_folds + 1));
  CHECK(one.history.size() == 25);
  CHECK(one.history.front().point == one.usual);
}

TEST_CASE("a budget in seconds ends the job; progress never goes back", "[tuning]") {
  double now = 100;
  TuningBudget budget;
  budget.trials = 100000;
  budget.seconds = 60;
  budget.clock = [&] { return now; };
  auto job = TuningJob::start(shrinking(45, 50), budget, 1);
  REQUIRE(job);
  double last = 0;
  int steps = 0;
  while (true) {
    now += 0.1;
    const auto more = job->step();
    REQUIRE(more);
    CHECK(job->progress() >= last);
    last = job->progress();
    ++steps;
    if (!*more) break;
    REQUIRE(steps < 2000);
  }
  CHECK(steps < 700);
  CHECK(job->progress() == 1);
  CHECK(job->finish().trials > 100);
}

TEST_CASE("errors of what is tuned end the job, and tasks that make no sense do not begin", "[tuning]") {
  auto failing = shrinking(30, 1);
  failing.losses = [](const Point&, const Split&) -> Expected<std::vector<double>> { return failure("training_failed", "No memory."); };
  auto job = TuningJob::start(failing, {}, 1);
  REQUIRE(job);
  CHECK(job->step().error().code == "training_failed");

  auto short_of = shrinking(30, 1);
  short_of.losses = [](const Point&, const Split&) -> Expected<std::vector<double>> { return std::vector<double>{1}; };
  CHECK(TuningJob::start(short_of, {}, 1)->step().error().code == "bad_losses");
  CHECK(TuningJob::start(shrinking(5, 1), {}, 1).error().code == "too_few");
  CHECK(TuningJob::start(shrinking(30, 5000), {}, 1).error().code == "bad_parameters");
  auto empty = shrinking(30, 1);
  empty.parameters[0].high = 0.05;
  CHECK(TuningJob::start(empty, {}, 1).error().code == "bad_parameters");
}
