#include "core/engine/settings_search.hpp"

#include <algorithm>
#include <cmath>

#include "core/predictor/predictor.hpp"
#include "core/predictor/tunable.hpp"

namespace hub::engine {
namespace {

constexpr std::uint64_t seed = 1;
constexpr std::size_t most_trials = 60;

}  // namespace

/// What the losses of a choice of settings come from. Without the other types' ratings: what is searched for is about this type's own.
struct SettingsSearch::Training {
  MediaType type;
  predictor::Corpus corpus;
  std::vector<Works::Ref> items;
  std::vector<predictor::Example> rated;  ///< by id, so that a split means the same in every session
  std::optional<predictor::TrainingJob> job;

  Expected<std::optional<std::vector<double>>> losses(const predictor::Point& point, const predictor::Split& split) {
    if (!job) {
      std::vector<predictor::Example> examples;
      for (const std::size_t place : split.train) examples.push_back(rated[place]);
      auto started = predictor::TrainingJob::start(type, corpus, std::move(examples), seed, {}, predictor::settings_at(point));
      if (!started) return tl::unexpected(started.error());
      job.emplace(std::move(*started));
    }
    const auto more = job->step();
    if (!more) return tl::unexpected(more.error());
    if (*more) return std::optional<std::vector<double>>();
    std::vector<const Item*> tested;
    for (const std::size_t place : split.test) tested.push_back(rated[place].item);
    const auto predictions = job->finish().predict(tested);
    job.reset();
    std::vector<double> losses;
    for (std::size_t i = 0; i < tested.size(); ++i) {
      const double miss = rated[split.test[i]].stars - static_cast<double>(predictions[i].stars);
      losses.push_back(miss * miss);
    }
    return std::optional(std::move(losses));
  }
};

Expected<SettingsSearch> SettingsSearch::start(std::uint32_t job, MediaType type, const Library& library, const Works& works,
                                               double seconds, std::function<double()> clock) {
  auto training = std::make_shared<Training>(Training{type, works.corpus(), {}, {}, {}});
  for (const Entry* entry : library.entries()) {
    if (!entry->rating || entry->item->type != type) continue;
    auto item = works.find(entry->item->id);
    if (!item || item->type != type) continue;
    training->rated.push_back({item.get(), entry->rating->normalised(), entry->rating->date});
    training->items.push_back(std::move(item));
  }
  std::sort(training->rated.begin(), training->rated.end(), [](const auto& a, const auto& b) { return a.item->id < b.item->id; });
  if (training->rated.size() < fewest_for_tuning) {
    return failure("too_few", "A search for better settings takes at least " + std::to_string(fewest_for_tuning) + " ratings of " +
                                  std::string(noun_of(type, true)) + ".");
  }
  predictor::TuningTask task;
  task.parameters = predictor::tunable_parameters();
  task.usual = predictor::point_of({});
  task.ratings = training->rated.size();
  task.losses = [training](const predictor::Point& point, const predictor::Split& split) { return training->losses(point, split); };
  auto tuning = predictor::TuningJob::start(std::move(task), {most_trials, seconds, std::move(clock)}, seed);
  if (!tuning) return tl::unexpected(tuning.error());
  return SettingsSearch(job, type, std::move(*tuning));
}

Expected<bool> SettingsSearch::step() {
  return tuning_.step();
}

std::string SettingsSearch::label() const {
  return "Looking for better settings for " + std::string(noun_of(type_, true));
}

protocol::Tuning SettingsSearch::running() const {
  protocol::Tuning tuning;
  tuning.running = true;
  tuning.progress = progress();
  tuning.trials = static_cast<std::uint32_t>(tuning_.trials());
  if (const auto best = tuning_.best_so_far()) tuning.rmse_best = std::sqrt(best->loss);
  return tuning;
}

std::optional<Tuned> SettingsSearch::finish(protocol::Tuning& tuning) const {
  const auto result = tuning_.finish();
  Tuned tuned;
  tuned.settings = predictor::settings_at(result.found);
  tuned.trials = static_cast<std::uint32_t>(result.trials);
  tuned.rmse_default = std::sqrt(result.usual_loss);
  tuned.rmse_best = std::sqrt(result.found_loss);
  // a² - b² = (a - b) (a + b): by the same factor a difference of squared errors becomes one of their roots.
  const double sum = tuned.rmse_default + tuned.rmse_best;
  tuned.standard_error = sum > 0 ? result.standard_error / sum : 0;
  tuning = told(tuned);
  tuning.kept = result.kept;
  if (!result.kept) return std::nullopt;
  return tuned;
}

}  // namespace hub::engine
