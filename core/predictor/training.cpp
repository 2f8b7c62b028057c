#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/library/rating.hpp"
#include "core/predictor/interval.hpp"
#include "core/predictor/state.hpp"

namespace hub::predictor {

namespace {

constexpr std::uint32_t most_folds = 5;
constexpr std::size_t fewest_ratings_for_scores = 5;
/// A slice ends once it has taken this long. It decides only when the job yields, never what it computes.
constexpr std::chrono::microseconds slice{5000};

/// Held-out ratings, fold by fold.
struct HeldOut {
  std::vector<double> final;  ///< predictions, clipped
  std::vector<double> deviation;
  std::vector<double> mean;
  std::vector<double> community;
};

double root_mean_square(const std::vector<double>& predicted, const std::vector<double>& stars) {
  double sum = 0;
  for (std::size_t i = 0; i < stars.size(); ++i) sum += (predicted[i] - stars[i]) * (predicted[i] - stars[i]);
  return std::sqrt(sum / static_cast<double>(stars.size()));
}

/// Share of ratings inside an interval whose width was learnt from the other folds.
double honest_coverage(const std::vector<double>& scores, const Ratings& ratings) {
  std::size_t inside = 0;
  for (std::uint32_t fold = 0; fold < ratings.folds; ++fold) {
    std::vector<double> others;
    for (std::size_t i = 0; i < scores.size(); ++i) {
      if (ratings.fold[i] != fold) others.push_back(scores[i]);
    }
    const double width = interval_width(others);
    for (std::size_t i = 0; i < scores.size(); ++i) {
      if (ratings.fold[i] == fold && scores[i] <= width) ++inside;
    }
  }
  return static_cast<double>(inside) / static_cast<double>(scores.size());
}

}  // namespace

/// The job fits once without each fifth of the ratings, to see how far off it is, and then once on all.
struct TrainingJob::Work {
  MediaType type;
  Corpus corpus;
  std::shared_ptr<Ratings> ratings;
  HeldOut held_out;
  std::uint32_t fold = 0;  ///< that is being held out; `folds` for the fit on all
  std::optional<Fitting> fitting;
  Fit fit;
  bool done = false;

  Fitting next_fitting() const {
    std::vector<std::uint8_t> use(ratings->size(), 1);
    for (std::size_t i = 0; i < use.size(); ++i) use[i] = fold == ratings->folds || ratings->fold[i] != fold ? 1 : 0;
    return Fitting(*ratings, std::move(use));
  }

  void predict_fold(const Fit& without) {
    const Ratings& r = *ratings;
    double sum = 0;
    double offset = 0;
    std::size_t count = 0;
    for (std::size_t i = 0; i < r.size(); ++i) {
      if (r.fold[i] == fold) continue;
      sum += r.stars[i];
      offset += r.stars[i] - r.items[i].source_mean - r.items[i].community;
      ++count;
    }
    const double mean = count > 0 ? sum / static_cast<double>(count) : r.type->any.mean;
    offset /= static_cast<double>(count) + 4;

    std::vector<features::Encoded> items;
    std::vector<std::size_t> place;
    for (std::size_t i = 0; i < r.size(); ++i) {
      if (r.fold[i] != fold) continue;
      items.push_back(r.items[i]);
      place.push_back(i);
    }
    const auto composed = compose(without, r, std::move(items));
    for (std::size_t k = 0; k < composed.size(); ++k) {
      const auto i = place[k];
      held_out.final[i] = std::clamp(composed[k].stars(), lowest_rating, highest_rating);
      held_out.deviation[i] = composed[k].parts.deviation;
      held_out.mean[i] = mean;
      held_out.community[i] = std::clamp(r.items[i].source_mean + r.items[i].community + offset, lowest_rating, highest_rating);
    }
  }
};

TrainingJob::TrainingJob(std::unique_ptr<Work> work) : work_(std::move(work)) {}
TrainingJob::TrainingJob(TrainingJob&&) noexcept = default;
TrainingJob& TrainingJob::operator=(TrainingJob&&) noexcept = default;
TrainingJob::~TrainingJob() = default;

Expected<TrainingJob> TrainingJob::start(MediaType type, Corpus corpus, std::vector<Example> examples, std::uint64_t seed) {
  struct Keyed {
    std::uint64_t key;
    const Example* example;
  };
  std::vector<Keyed> order;
  order.reserve(examples.size());
  for (const auto& example : examples) {
    if (example.item->type != type) {
      return failure("wrong_type", "“" + example.item->title + "” is not one of the " + std::string(noun_of(type, true)) + ".");
    }
    if (!(example.stars >= lowest_rating && example.stars <= highest_rating)) {
      return failure("bad_rating", "The rating of “" + example.item->title + "” is not on the scale from 0.5 to 5.");
    }
    order.push_back({Random::mixed(key_of(example.item->id) ^ Random::mixed(seed)), &example});
  }
  // By hash: the same order whichever way the examples come, and a random one with respect to everything else.
  std::sort(order.begin(), order.end(), [](const Keyed& a, const Keyed& b) {
    if (a.key != b.key) return a.key < b.key;
    if (a.example->item->id != b.example->item->id) return a.example->item->id < b.example->item->id;
    return a.example->stars < b.example->stars;
  });

  auto ratings = std::make_shared<Ratings>();
  ratings->type = &corpus.statistics().of(type);
  ratings->folds = static_cast<std::uint32_t>(std::min<std::size_t>(most_folds, order.size()));
  for (const auto& [key, example] : order) {
    ratings->fold.push_back(static_cast<std::uint32_t>(ratings->size() % most_folds));
    ratings->items.push_back(features::encode(*example->item, corpus.statistics()));
    const auto& item = ratings->items.back();
    ratings->stars.push_back(example->stars);
    ratings->terms.push_back(terms_of(item));
    ratings->residual.push_back(example->stars - item.prior_mean());
  }
  ratings->table.emplace(ratings->items);
  ratings->tree_columns = tree_features(*ratings->type);

  auto work = std::make_unique<Work>(Work{type, std::move(corpus), std::move(ratings), {}, 0, {}, {}, false});
  const auto n = work->ratings->size();
  work->held_out = {std::vector<double>(n), std::vector<double>(n), std::vector<double>(n), std::vector<double>(n)};
  work->done = n == 0;
  return TrainingJob(std::move(work));
}

Expected<bool> TrainingJob::step() {
  auto& work = *work_;
  const auto until = std::chrono::steady_clock::now() + slice;
  while (!work.done && std::chrono::steady_clock::now() < until) {
    if (!work.fitting) work.fitting.emplace(work.next_fitting());
    const auto more = work.fitting->step();
    if (!more) return tl::unexpected(more.error());
    if (*more) continue;
    if (work.fold < work.ratings->folds) {
      work.predict_fold(work.fitting->take());
      ++work.fold;
    } else {
      work.fit = work.fitting->take();
      work.done = true;
    }
    work.fitting.reset();
  }
  return !work.done;
}

double TrainingJob::progress() const {
  const auto& work = *work_;
  if (work.done) return 1;
  double within = 0;
  if (work.fitting) {
    within = std::min(1.0, static_cast<double>(work.fitting->steps_done()) / static_cast<double>(work.fitting->steps_expected()));
  }
  return (work.fold + within) / (work.ratings->folds + 1.0);
}

Model TrainingJob::finish() {
  auto& work = *work_;
  auto state = std::make_shared<Model::State>();
  state->type = work.type;
  state->corpus = std::shared_ptr<const Corpus::Statistics>(std::make_shared<Corpus>(work.corpus), &work.corpus.statistics());
  const Ratings& ratings = *work.ratings;
  if (ratings.size() > 0) {
    const auto& held_out = work.held_out;
    std::vector<double> scores;
    for (std::size_t i = 0; i < ratings.size(); ++i)
      scores.push_back(std::abs(ratings.stars[i] - held_out.final[i]) / held_out.deviation[i]);
    state->interval = interval_width(scores);
    if (ratings.size() >= fewest_ratings_for_scores) {
      state->scores =
          Scores{ratings.size(), root_mean_square(held_out.final, ratings.stars), root_mean_square(held_out.mean, ratings.stars),
                 root_mean_square(held_out.community, ratings.stars), honest_coverage(scores, ratings)};
    }
    state->fit = std::move(work.fit);
    state->ratings = work.ratings;
  }
  return Model(std::move(state));
}

Expected<Model> train(MediaType type, const Corpus& corpus, std::vector<Example> examples, std::uint64_t seed) {
  auto job = TrainingJob::start(type, corpus, std::move(examples), seed);
  if (!job) return tl::unexpected(job.error());
  while (true) {
    const auto more = job->step();
    if (!more) return tl::unexpected(more.error());
    if (!*more) return job->finish();
  }
}

}  // namespace hub::predictor
