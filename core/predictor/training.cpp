#include <algorithm>
#include <chrono>

#include "core/library/rating.hpp"
#include "core/predictor/fitting.hpp"
#include "core/predictor/random.hpp"
#include "core/predictor/state.hpp"

namespace hub::predictor {

namespace {

/// A slice ends once it has taken this long. It decides only when the job yields, never what it computes.
constexpr std::chrono::microseconds slice{5000};

}  // namespace

struct TrainingJob::Work {
  std::shared_ptr<Model::State> state;  ///< all but the fit and what follows from it
  std::unique_ptr<Fitting> fitting;     ///< nullptr when there is nothing to learn from
  Settings settings;
  bool done = fitting == nullptr;
};

TrainingJob::TrainingJob(std::unique_ptr<Work> work) : work_(std::move(work)) {}
TrainingJob::TrainingJob(TrainingJob&&) noexcept = default;
TrainingJob& TrainingJob::operator=(TrainingJob&&) noexcept = default;
TrainingJob::~TrainingJob() = default;

Expected<TrainingJob> TrainingJob::start(MediaType type, Corpus corpus, std::vector<Example> examples, std::uint64_t seed,
                                         std::vector<Example> others, const Settings& settings, std::shared_ptr<FactorPool> pool) {
  struct Keyed {
    bool other;
    std::uint64_t key;
    const Example* example;
  };
  std::vector<Keyed> order;
  order.reserve(examples.size() + others.size());
  for (const auto& example : examples) {
    if (example.item->type != type) {
      return failure("wrong_type", "“" + example.item->title + "” is not one of the " + std::string(noun_of(type, true)) + ".");
    }
    order.push_back({false, Random::mixed(key_of(example.item->id) ^ Random::mixed(seed)), &example});
  }
  for (const auto& example : others) {
    if (example.item->type == type) {
      return failure("wrong_type", "“" + example.item->title + "” is one of the " + std::string(noun_of(type, true)) + ".");
    }
    order.push_back({true, Random::mixed(key_of(example.item->id) ^ Random::mixed(seed)), &example});
  }
  for (const auto& [other, key, example] : order) {
    if (!(example->stars >= lowest_rating && example->stars <= highest_rating)) {
      return failure("bad_rating", "The rating of “" + example->item->title + "” is not on the scale from 0.5 to 5.");
    }
  }
  // By hash: the same order whichever way the examples come, and a random one with respect to everything else.
  std::sort(order.begin(), order.end(), [](const Keyed& a, const Keyed& b) {
    if (a.other != b.other) return b.other;
    if (a.key != b.key) return a.key < b.key;
    if (a.example->item->id != b.example->item->id) return a.example->item->id < b.example->item->id;
    return a.example->stars < b.example->stars;
  });

  auto state = std::make_shared<Model::State>();
  state->type = type;
  state->fit.settings = settings;
  std::unique_ptr<Fitting> fitting;
  if (!examples.empty()) {
    std::vector<Example> sorted;
    sorted.reserve(order.size());
    for (const auto& keyed : order) sorted.push_back(*keyed.example);
    state->ratings = ratings_from(type, corpus, sorted, pool.get());
    fitting = std::make_unique<Fitting>(state->ratings, settings, std::move(pool));
  }
  auto shared = std::make_shared<Corpus>(std::move(corpus));
  const auto* statistics = &shared->statistics();
  state->corpus = std::shared_ptr<const Corpus::Statistics>(std::move(shared), statistics);
  return TrainingJob(std::make_unique<Work>(Work{std::move(state), std::move(fitting), settings}));
}

Expected<TrainingJob> TrainingJob::restore(std::span<const std::uint8_t> bytes, std::shared_ptr<FactorPool> pool,
                                           features::Embedders embedders) {
  auto state = state_from(bytes, pool.get(), std::move(embedders));
  if (!state) return tl::unexpected(state.error());
  auto& kept = **state;
  const auto settings = kept.fit.settings;
  auto fitting = kept.ratings ? std::make_unique<Fitting>(kept.ratings, std::move(kept.fit), std::move(pool)) : nullptr;
  return TrainingJob(std::make_unique<Work>(Work{std::move(*state), std::move(fitting), settings}));
}

MediaType TrainingJob::type() const {
  return work_->state->type;
}

const Settings& TrainingJob::settings() const {
  return work_->settings;
}

Expected<bool> TrainingJob::step() {
  auto& work = *work_;
  const auto until = std::chrono::steady_clock::now() + slice;
  while (!work.done && std::chrono::steady_clock::now() < until) {
    const auto more = work.fitting->step();
    if (!more) return tl::unexpected(more.error());
    work.done = !*more;
  }
  return !work.done;
}

double TrainingJob::progress() const {
  return work_->done ? 1.0 : work_->fitting->progress();
}

Model TrainingJob::finish() {
  auto& work = *work_;
  if (work.fitting) {
    work.state->fit = work.fitting->take();
    complete(*work.state);
  }
  return Model(std::move(work.state));
}

namespace {

Expected<Model> finished(Expected<TrainingJob> job) {
  if (!job) return tl::unexpected(job.error());
  while (true) {
    const auto more = job->step();
    if (!more) return tl::unexpected(more.error());
    if (!*more) return job->finish();
  }
}

}  // namespace

Expected<Model> train(MediaType type, const Corpus& corpus, std::vector<Example> examples, std::uint64_t seed, std::vector<Example> others,
                      const Settings& settings) {
  return finished(TrainingJob::start(type, corpus, std::move(examples), seed, std::move(others), settings));
}

Expected<Model> Model::load(std::span<const std::uint8_t> bytes, features::Embedders embedders) {
  return finished(TrainingJob::restore(bytes, {}, std::move(embedders)));
}

}  // namespace hub::predictor
