// Many ratings: how long a fit takes and how much memory, and what the approximation beyond Limits::exact loses against the exact process.
//   bench_many                            synthetic people: a model of 2,000 ratings kept and taken up again, time and memory at 10,000,
//                                         the loss at 3,000
//   bench_many items.csv ratings.csv      the person with the most ratings in those files, with limits in the same proportion as at 3,000

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <vector>

#include "core/cli/evaluate_files.hpp"
#include "core/engine/model_files.hpp"
#include "core/predictor/fitting.hpp"
#include "core/predictor/splits.hpp"
#include "core/predictor/state.hpp"
#include "tests/bench/measuring.hpp"
#include "tests/core/synthetic_person.hpp"

using namespace hub;
using namespace hub::bench;
using namespace hub::predictor;

namespace {

struct Trained {
  Model model;
  double seconds = 0;
  double slowest_step = 0;
};

Trained trained(const Corpus& corpus, MediaType type, const std::vector<Example>& examples, Limits limits) {
  const double begin = now();
  Trained result;
  auto state = std::make_shared<Model::State>();
  state->type = type;
  state->corpus = std::shared_ptr<const Corpus::Statistics>(std::make_shared<Corpus>(corpus), &corpus.statistics());
  auto ratings = ratings_from(type, corpus, examples);
  Fitting fitting(ratings, {}, {}, limits);
  while (true) {
    const double step = now();
    auto more = fitting.step();
    result.slowest_step = std::max(result.slowest_step, now() - step);
    if (!value_of(std::move(more))) break;
  }
  state->fit = fitting.take();
  state->ratings = std::move(ratings);
  complete(*state);
  result.model = Model(std::move(state));
  result.seconds = now() - begin;
  return result;
}

double squares(const Model& model, const std::vector<const Item*>& asked, const std::vector<double>& stars) {
  const auto predictions = model.predict(asked);
  double sum = 0;
  for (std::size_t i = 0; i < asked.size(); ++i) sum += std::pow(static_cast<double>(predictions[i].stars) - stars[i], 2);
  return sum;
}

/// Root mean squared errors on held-out ratings, of the exact process and of the approximate one.
void compare(const Corpus& corpus, MediaType type, const std::vector<Example>& all, std::size_t folds, double inducing_share) {
  double exact_squares = 0;
  double approximate_squares = 0;
  std::size_t count = 0;
  double exact_seconds = 0;
  double approximate_seconds = 0;
  double exact_held_out = 0;
  double approximate_held_out = 0;
  for (const auto& split : cross_validation(all.size(), 5, 1)) {
    if (folds-- == 0) break;
    std::vector<Example> examples;
    for (const auto i : split.train) examples.push_back(all[i]);
    std::vector<const Item*> asked;
    std::vector<double> stars;
    for (const auto i : split.test) {
      asked.push_back(all[i].item);
      stars.push_back(all[i].stars);
    }
    const auto n = static_cast<double>(examples.size());
    const double inducing = inducing_share * n;
    const auto exact = trained(corpus, type, examples, {examples.size(), 0});
    const auto approximate = trained(corpus, type, examples, {examples.size() - 1, n * inducing * inducing});
    exact_squares += squares(exact.model, asked, stars);
    approximate_squares += squares(approximate.model, asked, stars);
    count += asked.size();
    exact_seconds += exact.seconds;
    approximate_seconds += approximate.seconds;
    exact_held_out = exact.model.scores()->rmse;
    approximate_held_out = approximate.model.scores()->rmse;
  }
  const double exact = std::sqrt(exact_squares / static_cast<double>(count));
  const double approximate = std::sqrt(approximate_squares / static_cast<double>(count));
  std::printf("%zu ratings teach, %zu are predicted: exact %.4f, approximate %.4f, loss %.4f; held out %.4f, %.4f; seconds %.2f, %.2f\n",
              all.size() * 4 / 5, count, exact, approximate, approximate - exact, exact_held_out, approximate_held_out, exact_seconds,
              approximate_seconds);
}

/// As many ratings as an exact model has at most: how large it is where it is kept, and how it is taken up again.
void keep(std::size_t ratings, std::size_t most_bytes) {
  const tests::SyntheticPerson person(ratings);
  const auto model = trained(person.corpus(), MediaType::film, person.examples, {});
  const double begin = now();
  const auto bytes = value_of(model.model.save(most_bytes));
  const double saved = now();
  auto job = value_of(TrainingJob::restore(bytes));
  const double opened = now();
  double slowest_step = 0;
  for (bool more = true; more;) {
    const double step = now();
    more = value_of(job.step());
    slowest_step = std::max(slowest_step, now() - step);
  }
  const double stepped = now();
  (void)job.finish();
  std::printf("%zu ratings: trained in %.2f s; kept in %.1f MB within %.3f s; opened in %.3f s, steps %.2f s, longest %.3f s, end %.3f s\n",
              ratings, model.seconds, static_cast<double>(bytes.size()) / 1e6, saved - begin, opened - saved, stepped - opened,
              slowest_step, now() - stepped);
}

}  // namespace

int main(int count, char** arguments) {
  const double share_at_3000 = static_cast<double>(Limits{}.inducing(3000, 3000)) / 3000;
  if (count == 3) {
    cli::RatingFiles files;
    files.items = arguments[1];
    files.ratings = arguments[2];
    const auto works = value_of(cli::read_rated_works(files));
    const auto most = std::max_element(works.people.begin(), works.people.end(),
                                       [](const Person& a, const Person& b) { return a.ratings.size() < b.ratings.size(); });
    std::vector<Example> examples;
    for (const auto& rating : most->ratings) examples.push_back({rating.item, rating.stars, ""});
    compare(Corpus(works.pointers), examples.front().item->type, examples, 5, share_at_3000);
    return 0;
  }
  keep(Limits{}.exact, engine::ModelFiles::most_bytes);
  const tests::SyntheticPerson person(10000);
  const auto corpus = person.corpus();
  const double before = megabytes();
  const auto many = trained(corpus, MediaType::film, person.examples, {});
  std::printf("10,000 ratings: %.2f s, longest step %.3f s, %.0f MB at most, %.0f of them the works\n", many.seconds, many.slowest_step,
              megabytes(), before);
  const tests::SyntheticPerson fewer(3750);
  compare(fewer.corpus(), MediaType::film, fewer.examples, 1, share_at_3000);
}
