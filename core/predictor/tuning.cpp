#include "core/predictor/tuning.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace hub::predictor {

namespace {

double mean_of(const std::vector<double>& values) {
  return values.empty() ? 0 : std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

std::vector<std::size_t> all_places(std::size_t n) {
  std::vector<std::size_t> places(n);
  std::iota(places.begin(), places.end(), std::size_t{0});
  return places;
}

bool makes_sense(const Parameter& parameter, double usual) {
  return std::isfinite(parameter.low) && std::isfinite(parameter.high) && parameter.low < parameter.high &&
         (!parameter.logarithmic || parameter.low > 0) && usual >= parameter.low && usual <= parameter.high;
}

}  // namespace

Expected<TuningJob> TuningJob::start(TuningTask task, TuningBudget budget, std::uint64_t seed) {
  if (task.ratings < 12) return failure("too_few", "Tuning takes at least 12 ratings.");
  bool good = task.usual.size() == task.parameters.size() && !task.parameters.empty() && budget.trials > 0;
  for (std::size_t k = 0; good && k < task.usual.size(); ++k) good = makes_sense(task.parameters[k], task.usual[k]);
  if (!good) return failure("bad_parameters", "A parameter's range is empty, or its usual value is not within it.");
  if (std::isfinite(budget.seconds) && !budget.clock) return failure("bad_parameters", "A limit in seconds takes a clock.");
  TuningJob job;
  job.task_ = std::move(task);
  job.budget_ = std::move(budget);
  job.seed_ = seed;
  job.outer_ = cross_validation(job.task_.ratings, outer_folds, seed);
  job.began_ = job.budget_.clock ? job.budget_.clock() : 0;
  job.begin_search();
  return job;
}

void TuningJob::begin_search() {
  const auto known = stage_ < outer_.size() ? outer_[stage_].train : all_places(task_.ratings);
  inner_ = cross_validation(known.size(), inner_folds, Random::mixed(seed_ + stage_));
  for (auto& split : inner_) {
    for (auto& place : split.train) place = known[place];
    for (auto& place : split.test) place = known[place];
  }
  search_.emplace(task_.parameters, Random::mixed(seed_ + 1000 + stage_));
  // The usual values come first, so that what is found is at least as good on the inner folds.
  point_ = task_.usual;
  fold_ = 0;
  trial_losses_.clear();
  searching_ = true;
}

bool TuningJob::search_is_over() const {
  if (search_->trials().size() >= budget_.trials) return true;
  if (!std::isfinite(budget_.seconds)) return false;
  // Each search has an equal share of the time.
  const double until = budget_.seconds * static_cast<double>(stage_ + 1) / static_cast<double>(outer_.size() + 1);
  return budget_.clock() - began_ >= until;
}

/// @return  whether they have come.
Expected<bool> TuningJob::take_losses(const Point& point, const Split& split, std::vector<double>& into) {
  auto losses = task_.losses(point, split);
  if (!losses) return tl::unexpected(losses.error());
  if (!*losses) return false;
  if ((*losses)->size() != split.test.size()) return failure("bad_losses", "There is not one loss for each rating.");
  into.insert(into.end(), (*losses)->begin(), (*losses)->end());
  return true;
}

Expected<bool> TuningJob::step() {
  if (stage_ > outer_.size()) return false;
  if (!searching_) {
    const auto& split = outer_[stage_];
    const auto done =
        usual_judged_ ? take_losses(search_->best().point, split, found_losses_) : take_losses(task_.usual, split, usual_losses_);
    if (!done) return tl::unexpected(done.error());
    if (!*done) return true;
    usual_judged_ = !usual_judged_;
    if (usual_judged_) return true;
    ++stage_;
    begin_search();
    return true;
  }
  const auto done = take_losses(point_, inner_[fold_], trial_losses_);
  if (!done) return tl::unexpected(done.error());
  if (!*done) return true;
  if (++fold_ < inner_.size()) return true;
  search_->tell(point_, mean_of(trial_losses_));
  ++trials_;
  if (!search_is_over()) {
    point_ = search_->ask();
    fold_ = 0;
    trial_losses_.clear();
    return true;
  }
  searching_ = false;
  // The search over all ratings has nothing left to be judged on.
  if (stage_ < outer_.size()) return true;
  ++stage_;
  return false;
}

double TuningJob::progress() const {
  if (stage_ > outer_.size()) return 1;
  const auto searches = static_cast<double>(outer_.size() + 1);
  const double trial = static_cast<double>(search_->trials().size()) + static_cast<double>(fold_) / static_cast<double>(inner_.size());
  double share = (static_cast<double>(stage_) + std::min(1.0, trial / static_cast<double>(budget_.trials))) / searches;
  if (std::isfinite(budget_.seconds)) share = std::max(share, (budget_.clock() - began_) / budget_.seconds);
  return std::min(share, 1.0);
}

std::optional<Trial> TuningJob::best_so_far() const {
  if (!search_ || search_->trials().empty()) return std::nullopt;
  return search_->best();
}

TuningResult TuningJob::finish() const {
  TuningResult result;
  result.usual = task_.usual;
  result.found = search_->best().point;
  result.usual_loss = mean_of(usual_losses_);
  result.found_loss = mean_of(found_losses_);
  result.gain = result.usual_loss - result.found_loss;
  const auto n = static_cast<double>(usual_losses_.size());
  double squares = 0;
  for (std::size_t i = 0; i < usual_losses_.size(); ++i) {
    const double from_mean = usual_losses_[i] - found_losses_[i] - result.gain;
    squares += from_mean * from_mean;
  }
  result.standard_error = std::sqrt(squares / (n - 1) / n);
  result.kept = std::isfinite(result.gain) && result.gain > result.standard_error && result.gain > 0;
  result.trials = trials_;
  result.history = search_->trials();
  return result;
}

}  // namespace hub::predictor
