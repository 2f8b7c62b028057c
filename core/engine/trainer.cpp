#include "core/engine/trainer.hpp"

#include <algorithm>
#include <chrono>

#include "core/engine/tuned.hpp"

namespace hub::engine {

const char* name_of(predictor::Basis basis) {
  switch (basis) {
    case predictor::Basis::none: return "none";
    case predictor::Basis::community: return "community";
    case predictor::Basis::baseline: return "baseline";
    case predictor::Basis::trees: return "trees";
  }
  return "none";
}

void Trainer::mark_stale(MediaType type) {
  types_[index_of(type)].stale = true;
  if (running_ && running_->type == type) running_.reset();
}

void Trainer::prefer(MediaType type) {
  preferred_ = type;
}

bool Trainer::busy() const {
  return running_ || std::any_of(types_.begin(), types_.end(), [](const TypeState& type) { return type.stale; });
}

bool Trainer::pending(MediaType type) const {
  return types_[index_of(type)].stale || (running_ && running_->type == type);
}

const predictor::Model& Trainer::model(MediaType type) const {
  return types_[index_of(type)].model;
}

void Trainer::put_back(predictor::TrainingJob job) {
  // What is under way is begun again afterwards.
  if (running_) types_[index_of(running_->type)].stale = true;
  const auto type = job.type();
  types_[index_of(type)].stale = false;
  running_.emplace(Running{type, {}, std::move(job), {}, {}});
  running_->refreshed.type = type;
}

bool Trainer::settings_differ(MediaType type, const Library& library) const {
  return !(types_[index_of(type)].settings == settings_of(library, type));
}

void Trainer::start(MediaType type, const Library& library, const Works& works, const Calls& calls) {
  types_[index_of(type)].stale = false;
  const auto settings = types_[index_of(type)].settings = settings_of(library, type);
  Running running{type, {}, {}, {}, {}};
  running.refreshed.type = type;
  running.refreshed.data = data_.of(type, library, works);
  running.job = calls.kept(type, running.refreshed.data, settings);
  if (running.job) {
    running_.emplace(std::move(running));
    return;
  }
  std::vector<predictor::Example> examples;
  std::vector<predictor::Example> others;
  for (const Entry* entry : library.entries()) {
    if (!entry->rating) continue;
    auto item = works.find(entry->item->id);
    if (!item) continue;
    (item->type == type ? examples : others).push_back({item.get(), entry->rating->normalised(), entry->rating->date});
    running.held.push_back(std::move(item));
  }
  auto job = predictor::TrainingJob::start(type, works.corpus(), std::move(examples), 1, std::move(others), settings, factors_);
  if (job) {
    running.job.emplace(std::move(*job));
    running.refreshed.was_trained = true;
  } else {
    calls.failed(type, job.error());
    running.trained = types_[index_of(type)].model;
  }
  running_.emplace(std::move(running));
}

bool Trainer::follow(const Library& library, const Works& works, std::string_view item_id) {
  const auto item = works.find(item_id);
  if (!item) return false;
  auto& kept = types_[index_of(item->type)];
  const Entry* entry = library.find(item_id);
  if (!entry || !entry->rating) {
    kept.model = kept.model.updated_without(item_id);
    return true;
  }
  auto updated = kept.model.updated({item.get(), entry->rating->normalised(), entry->rating->date});
  if (!updated) return false;
  kept.model = std::move(*updated);
  kept.held.push_back(item);
  return true;
}

std::optional<Trainer::Refreshed> Trainer::step(const Library& library, const Works& works, const Calls& calls) {
  if (!running_) {
    auto next = preferred_;
    if (!types_[index_of(next)].stale) {
      const auto found = std::find_if(media_types.begin(), media_types.end(), [&](MediaType type) { return types_[index_of(type)].stale; });
      if (found == media_types.end()) return std::nullopt;
      next = *found;
    }
    start(next, library, works, calls);
    return std::nullopt;
  }

  Running& run = *running_;
  if (!run.trained) {
    const auto began = std::chrono::steady_clock::now();
    const auto more = run.job->step();
    if (!more) {
      run.refreshed.was_trained = false;
      calls.failed(run.type, more.error());
      run.trained = types_[index_of(run.type)].model;
      run.held = types_[index_of(run.type)].held;
    } else if (!*more) {
      run.trained = run.job->finish();
    }
    run.refreshed.milliseconds += std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count();
    return std::nullopt;
  }

  // Predict everything of the type, some hundreds of works a slice.
  constexpr std::size_t works_a_slice = 500;
  const auto type = run.type;
  auto& items = run.refreshed.items;
  auto& predictions = run.refreshed.predictions;
  if (items.empty()) items = works.of_type(type);
  const std::size_t from = predictions.size();
  const std::size_t to = std::min(items.size(), from + works_a_slice);
  std::vector<const Item*> slice;
  slice.reserve(to - from);
  for (std::size_t i = from; i < to; ++i) slice.push_back(items[i].get());
  const auto predicted = run.trained->expect(slice);
  predictions.insert(predictions.end(), predicted.begin(), predicted.end());
  if (predictions.size() < items.size()) return std::nullopt;

  auto& kept = types_[index_of(type)];
  kept.model = std::move(*run.trained);
  kept.held = std::move(run.held);
  auto refreshed = std::move(run.refreshed);
  running_.reset();
  return refreshed;
}

std::vector<protocol::TypeTraining> Trainer::state() const {
  std::vector<protocol::TypeTraining> all;
  for (const MediaType type : media_types) {
    const auto& model = types_[index_of(type)].model;
    protocol::TypeTraining one;
    one.type = type;
    one.pending = pending(type);
    if (running_ && running_->type == type) one.progress = running_->trained ? 1.0 : running_->job->progress();
    one.basis = name_of(model.basis());
    one.ratings = static_cast<std::uint32_t>(model.rating_count());
    if (const auto& scores = model.scores()) {
      one.rmse = scores->rmse;
      one.rmse_mean = scores->rmse_mean;
      one.rmse_community = scores->rmse_community;
      one.coverage = scores->coverage80;
    }
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace hub::engine
