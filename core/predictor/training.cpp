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
  MediaType type;
  Corpus corpus;
  std::shared_ptr<const Ratings> ratings;
  std::unique_ptr<Fitting> fitting;  ///< nullptr when there is nothing to learn from
  Settings settings;
  bool done = false;
};

TrainingJob::TrainingJob(std::unique_ptr<Work> work) : work_(std::move(work)) {}
TrainingJob::TrainingJob(TrainingJob&&) noexcept = default;
TrainingJob& TrainingJob::operator=(TrainingJob&&) noexcept = default;
TrainingJob::~TrainingJob() = default;

Expected<TrainingJob> TrainingJob::start(MediaType type, Corpus corpus, std::vector<Example> examples, std::uint64_t seed,
                                         std::vector<Example> others, const Settings& settings) {
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

  std::shared_ptr<Ratings> ratings;
  std::unique_ptr<Fitting> fitting;
  if (!examples.empty()) {
    std::vector<Example> sorted;
    sorted.reserve(order.size());
    for (const auto& keyed : order) sorted.push_back(*keyed.example);
    ratings = ratings_from(type, corpus, sorted);
    fitting = std::make_unique<Fitting>(ratings, settings);
  }
  const bool nothing = fitting == nullptr;
  return TrainingJob(std::make_unique<Work>(Work{type, std::move(corpus), std::move(ratings), std::move(fitting), settings, nothing}));
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
  auto state = std::make_shared<Model::State>();
  state->type = work.type;
  state->fit.settings = work.settings;
  state->corpus = std::shared_ptr<const Corpus::Statistics>(std::make_shared<Corpus>(work.corpus), &work.corpus.statistics());
  if (work.ratings) {
    state->ratings = work.ratings;
    state->fit = work.fitting->take();
    complete(*state);
  }
  return Model(std::move(state));
}

Expected<Model> train(MediaType type, const Corpus& corpus, std::vector<Example> examples, std::uint64_t seed, std::vector<Example> others,
                      const Settings& settings) {
  auto job = TrainingJob::start(type, corpus, std::move(examples), seed, std::move(others), settings);
  if (!job) return tl::unexpected(job.error());
  while (true) {
    const auto more = job->step();
    if (!more) return tl::unexpected(more.error());
    if (!*more) return job->finish();
  }
}

}  // namespace hub::predictor
