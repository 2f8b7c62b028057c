#include "core/engine/session_state.hpp"

namespace hub::engine {

std::optional<predictor::TrainingJob> Session::State::kept_model(MediaType type, const std::string& data,
                                                                 const predictor::Settings& settings) {
  if (demo) return std::nullopt;
  const auto* card = models.find(type, data, settings);
  if (!card) return std::nullopt;
  auto job = models.read(*card, trainer.factors(), works.embedders());
  if (!job) {
    // Trained anew, it gets a new card.
    if (may_keep_models()) models.remove(type, std::string(card->id));
    return std::nullopt;
  }
  of_type[index_of(type)].card = card->id;
  return std::move(*job);
}

std::optional<MediaType> Session::State::model_to_keep() const {
  for (const MediaType type : media_types)
    if (of_type[index_of(type)].to_keep) return type;
  return std::nullopt;
}

void Session::State::step_keeping() {
  const MediaType type = *model_to_keep();
  OfType& one = of_type[index_of(type)];
  const auto trained = *std::exchange(one.to_keep, std::nullopt);
  // Without room for it the model is trained again when the page is opened again, which is all that is lost.
  if (const auto id = models.write(trainer.model(type), trained, host.now())) {
    one.card = *id;
    unsynced_models.emplace_back(type, *id);
    if (inspected_model == type) send_report();
  }
  if (!model_to_keep()) sync_models();
}

void Session::State::sync_models() {
  if ((unsynced_models.empty() && !songs_unsynced) || sync_running || models_syncing || !may_keep_models()) return;
  models_syncing = true;
  files.sync(
      [this, covered = std::exchange(unsynced_models, {}), songs = std::exchange(songs_unsynced, false)](const Expected<void>& done) {
        models_syncing = false;
        if (!done) {
          // They must not stand in the way of the ratings' next write-back.
          for (const auto& [type, id] : covered) models.remove(type, id);
          if (songs) song_file().remove();
          return;
        }
        sync_models();
      });
}

p::Tuning Session::State::tuning_of(MediaType type) {
  if (search && search->type() == type) return search->running();
  if (const auto& last = of_type[index_of(type)].search) return *last;
  const auto tuned = tuned_of(library(), type);
  return tuned ? told(*tuned) : p::Tuning();
}

void Session::State::step_search() {
  const MediaType type = search->type();
  const auto more = search->step();
  if (more && *more) {
    const double progress = search->progress();
    if (!search_pace.due(progress, host.ticks())) return;
    report_job(search->job(), search->label(), progress);
    if (inspected_model == type) send_report();
    return;
  }
  if (!more) {
    end_search(false);
    fail(0, more.error().code, "The search for better settings ended early; nothing has changed. " + more.error().message);
    return;
  }
  p::Tuning tuning;
  const auto found = search->finish(tuning);
  end_search(false);
  if (found) {
    // A read-only tab or a demo that was left cannot have got here; whatever else goes wrong is told by commit().
    tuning.kept = commit({SettingChanged{tuned_key(type), tuned_value(*found)}}, 0);
    if (tuning.kept) post(p::Notice{"Better settings are in use for " + std::string(noun_of(type, true)), true});
  } else {
    tuning.words = tuned_of(library(), type)
                       ? "The settings that an earlier search found stay in use: nothing tried now is clearly better than the default."
                       : "The default settings stay in use: nothing that was tried is clearly better on your ratings.";
  }
  of_type[index_of(type)].search = tuning;
  if (inspected_model == type) send_report();
}

void Session::State::end_search(bool cancelled) {
  if (!search) return;
  report_job(search->job(), search->label(), search->progress(), true, cancelled);
  search.reset();
}

void Session::State::end_search_of_changed(MediaType type) {
  if (!search || search->type() != type) return;
  end_search(true);
  p::Tuning tuning;
  tuning.words = "The search was stopped because your " + std::string(noun_of(type, false)) +
                 " ratings changed. The settings in use are as they were.";
  of_type[index_of(type)].search = tuning;
  if (inspected_model == type) send_report();
}

void Session::State::handle(const p::InspectModel& command, Bytes, std::uint32_t reply) {
  inspected_model = command.type;
  if (inspected_model) trainer.prefer(*inspected_model);
  begin_report(reply);
}

void Session::State::handle(const p::Tune& command, Bytes, std::uint32_t reply) {
  if (!demo && mode == StorageMode::read_only)
    return fail(reply, "read_only", "Another tab of this page is open and keeps your ratings. Look for better settings there.");
  if (search) return fail(reply, "busy", "A search for better settings is under way already.");
  auto started =
      SettingsSearch::start(last_job + 1, command.type, library(), works, command.seconds, [this] { return host.ticks() / 1000; });
  if (!started) return fail(reply, started.error().code, started.error().message);
  search.emplace(std::move(*started));
  job_pace.restart();
  search_pace.restart();
  report_job(++last_job, search->label(), 0);
  if (inspected_model == command.type) send_report();
  host.wake();
}

void Session::State::handle(const p::RestoreModel& command, Bytes, std::uint32_t reply) {
  if (demo) return fail(reply, "demo", "This is the demo. Your own models are untouched behind it.");
  const auto* card = models.find(command.type, command.card);
  if (!card) return fail(reply, "not_found", "That model is not kept any more.");
  auto job = models.read(*card, trainer.factors(), works.embedders());
  if (!job) return fail(reply, job.error().code, job.error().message);
  OfType& one = of_type[index_of(command.type)];
  one.card = card->id;
  one.put_back = true;
  one.to_keep.reset();
  trainer.put_back(std::move(*job));
  send_training();
  host.wake();
}

}  // namespace hub::engine
