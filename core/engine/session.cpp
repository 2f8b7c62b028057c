#include "core/engine/session.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <set>
#include <type_traits>

#include "core/engine/date.hpp"
#include "core/engine/file_job.hpp"
#include "core/engine/lookup.hpp"
#include "core/engine/model_files.hpp"
#include "core/engine/pace.hpp"
#include "core/engine/report.hpp"
#include "core/engine/resemblance.hpp"
#include "core/engine/settings_search.hpp"
#include "core/engine/trainer.hpp"
#include "core/engine/works.hpp"
#include "core/imports/matching.hpp"
#include "core/library/event_text.hpp"
#include "core/library/json.hpp"
#include "core/library/library.hpp"
#include "core/library/limits.hpp"
#include "core/metadata/merge.hpp"
#include "core/storage/backup.hpp"
#include "core/storage/store.hpp"

namespace hub::engine {
namespace {

namespace p = protocol;

constexpr std::string_view device_file = "device";
/// There while this device is to stay offline.
constexpr std::string_view offline_file = "stay-offline";
/// Milliseconds after which answers of services are written: a search brings several.
constexpr double answers_gathered = 3'000;
/// A chunk of history for the interface: small enough that parsing it does not hold up a frame for long.
constexpr std::size_t events_a_message = 500;
/// Changes of more ratings than that at once (imports) wait for the training, which is then the shorter way.
constexpr std::size_t most_followed_at_once = 4;
/// Past ratings told beside a prediction.
constexpr std::size_t most_carriers = 8;

Bytes bytes_of(std::string_view text) {
  return {text.begin(), text.end()};
}

/// How well known a work is, for choosing what to ask about.
long votes_of(const Item& item) {
  long most = 0;
  for (const CommunityRating& rating : item.community) most = std::max(most, rating.votes.value_or(0));
  return most;
}

}  // namespace

struct Session::State {
  State(storage::FileSystem& its_files, Host& its_host, std::vector<Item> items, std::vector<DemoRating> ratings,
        fetching::Addresses services)
      : files(its_files),
        host(its_host),
        catalogue(std::make_shared<const std::vector<Item>>(std::move(items))),
        demo_ratings(std::move(ratings)),
        works(catalogue),
        models(its_files),
        lookup(its_host, {[this] { send_results(); }, [this](const std::string& id) { details_came(id); }, [this] { ledger_changed(); }}) {
    lookup.reach(std::move(services));
  }

  storage::FileSystem& files;
  Host& host;
  std::shared_ptr<const std::vector<Item>> catalogue;
  std::vector<DemoRating> demo_ratings;

  StorageMode mode = StorageMode::memory;
  std::string what_to_know;
  std::string device;
  std::vector<std::string> warnings;
  std::vector<std::string> damaged_files;
  std::optional<storage::Store> store;  ///< absent where nothing can be kept
  Library own;
  std::optional<Library> demo;  ///< there while the demo is shown; never written
  Works works;
  Trainer trainer;
  std::string inspected;
  std::optional<MediaType> inspected_model;
  std::optional<p::ModelReport> report;  ///< of that model
  std::optional<ReportJob> reporting;    ///< what of it takes longer
  std::vector<std::string> visible;      ///< ids of the last search's results
  p::SearchDone here;                    ///< the last search's results of the catalogue and the library alone

  ModelFiles models;
  /// Of each type:
  struct OfType {
    std::string card;                 ///< of the model in use, or empty
    bool put_back = false;            ///< the person chose that model; it stays until their ratings of the type change
    std::optional<Trained> to_keep;   ///< the model in use is yet to be written
    std::optional<p::Tuning> search;  ///< what came of the last one
  };
  std::array<OfType, media_type_count> of_type;
  std::vector<std::pair<MediaType, std::string>> unsynced_models;  ///< written since models were last made durable
  bool models_syncing = false;
  std::optional<SettingsSearch> search;

  Lookup lookup;
  /// The works that are known here, for telling which of them a service has found.
  struct Known {
    MediaType type;
    std::uint64_t revision;  ///< of the works
    std::vector<Works::Ref> held;
    imports::Matcher matcher;
  };
  std::optional<Known> known_works;
  std::unordered_map<std::string, std::string> opened_ids;  ///< of found works that were opened, by each id that services know them by
  std::string facts_device;                                 ///< in whose name facts are added that came after a rating
  bool watching_network = false;
  double answers_due = 0;  ///< ticks; 0: there is nothing to write
  bool answers_syncing = false;

  bool sync_running = false;
  bool training_waits = false;     ///< for the write-back of a change of many ratings, which it would keep from its turns
  std::vector<Event> unsynced;     ///< appended since the running sync began
  bool replaced_unsynced = false;  ///< the whole history was replaced since then
  bool unwritten = false;          ///< events could not even be put into files: the next try writes all of them anew
  bool replaced_on_disk = false;   ///< what is durable is a history that is to be gone
  std::vector<Event> handed;       ///< by other tabs, for when this one writes
  std::string storage_state = "opening";
  std::string storage_message;

  std::uint32_t last_job = 0;
  std::optional<FileJob> reading;
  std::optional<std::pair<std::string, imports::Parsed>> import_ready;
  std::optional<std::pair<std::string, std::vector<Event>>> restore_ready;
  /// A restored backup is no event of the history that it replaces, so that Undo has to bring back the one from before. It can until the
  /// next change: from there on that one would lack what came since.
  struct Restored {
    std::string what;  ///< in words
    bool undone = false;
    std::vector<Event> other;  ///< from before; once undone, from after
  };
  std::optional<Restored> restored;
  struct BackupJob {
    std::uint32_t id;
    std::uint32_t reply;
    std::vector<Event> events;
    Bytes written;
    std::unique_ptr<storage::BackupWriter> writer;
  };
  std::unique_ptr<BackupJob> writing;
  Pace job_pace{0.01};  ///< of what the person watches; hundredths are enough for a bar

  Library& library() { return demo ? *demo : own; }

  void post(const p::Message& message, Bytes bulk = {}, std::uint32_t reply = 0) { host.post(message, std::move(bulk), reply); }
  void fail(std::uint32_t reply, std::string code, std::string message) { post(p::Failed{std::move(code), std::move(message)}, {}, reply); }

  // ---- sending state

  void send_storage(std::uint32_t reply = 0) {
    p::StorageState state;
    state.state = demo ? "demo" : storage_state;
    state.message = demo ? "" : storage_message;
    state.bytes = store ? store->size() : 0;
    post(state, {}, reply);
  }

  void send_training() { post(p::Training{trainer.state()}); }

  /// The library anew: after opening, demo, restore.
  void send_library() {
    p::Opened opened;
    opened.device = device;
    opened.demo = demo.has_value();
    opened.read_only = !demo && mode == StorageMode::read_only;
    opened.replaced = !demo && replaced_on_disk;
    opened.warnings = warnings;
    opened.damaged_files = damaged_files;
    if (restored && !demo) (restored->undone ? opened.redo : opened.undo) = restored->what;
    post(opened);
    const auto& events = library().events();
    for (std::size_t from = 0; from < events.size() || from == 0; from += events_a_message) {
      const std::size_t to = std::min(events.size(), from + events_a_message);
      p::EventsAdded added;
      added.events.assign(events.begin() + static_cast<std::ptrdiff_t>(from), events.begin() + static_cast<std::ptrdiff_t>(to));
      added.last = to == events.size();
      post(added);
      if (added.last) break;
    }
    send_storage();
  }

  /// Everything that is derived from the library, anew.
  void rebuild() {
    works = Works(catalogue);
    known_works.reset();
    opened_ids.clear();
    lookup.end_search();
    lookup.end_open();
    predicted.clear();
    std::vector<std::string> ids;
    for (const Entry* entry : library().entries()) ids.push_back(entry->item->id);
    works.update(library(), ids);
    trainer = Trainer();
    end_search(true);
    of_type = {};
    reporting.reset();
    report.reset();
    for (const MediaType type : media_types) trainer.mark_stale(type);
    send_library();
    send_training();
    send_details();
    send_network();
    host.wake();
  }

  /// Predictions of a type for these works, to the interface.
  void send_predictions(MediaType type, const std::vector<Works::Ref>& items, const std::vector<predictor::Expectation>& predictions) {
    Bytes bulk(predictions.size() * sizeof(p::PredictionRecord));
    for (std::size_t i = 0; i < predictions.size(); ++i) {
      const auto& prediction = predictions[i];
      const p::PredictionRecord record{key_of(items[i]->id), prediction.stars, static_cast<std::uint32_t>(prediction.basis)};
      std::memcpy(bulk.data() + i * sizeof record, &record, sizeof record);
      predicted[items[i]->id] = prediction.stars;
    }
    post(p::Predictions{type, static_cast<std::uint32_t>(predictions.size())}, std::move(bulk));
  }

  /// The works that were last searched for and the one that is looked at, by the models as they are now.
  void send_visible() {
    for (const MediaType type : media_types) {
      std::vector<Works::Ref> items;
      const auto add = [&](const std::string& id) {
        auto item = works.find(id);
        if (item && item->type == type) items.push_back(std::move(item));
      };
      for (const std::string& id : visible) add(id);
      add(inspected);
      predict(type, items);
    }
  }

  /// A work as the predictor may see it: what a service's terms keep from learning is left out.
  Works::Ref for_learning(const Works::Ref& item) const {
    if (!works.found(item->id)) return item;
    return std::make_shared<const Item>(metadata::allowed(*item, metadata::Use::learn));
  }

  void predict(MediaType type, const std::vector<Works::Ref>& items) {
    if (items.empty()) return;
    std::vector<Works::Ref> seen;
    std::vector<const Item*> facts;
    seen.reserve(items.size());
    facts.reserve(items.size());
    for (const Works::Ref& item : items) facts.push_back(seen.emplace_back(for_learning(item)).get());
    send_predictions(type, items, trainer.model(type).expect(facts));
  }

  /// Of those works on the screen that services found, which are no part of what is predicted after each training.
  void predict_found(MediaType type) {
    std::vector<Works::Ref> items;
    for (const std::string& id : visible)
      if (auto item = works.found(id); item && item->type == type) items.push_back(std::move(item));
    predict(type, items);
  }

  void send_details(std::uint32_t reply = 0) {
    if (inspected.empty()) return;
    p::Details details;
    details.item_id = inspected;
    if (const auto item = works.find(inspected)) {
      details.item = *item;
      details.attributions = attributions(*item);
      if (lookup.opened().id == inspected) details.asked = lookup.asked_of_opened();
      const auto explanation = trainer.model(item->type).explain(*for_learning(item));
      details.stars = explanation.prediction.stars;
      details.low = explanation.prediction.low;
      details.high = explanation.prediction.high;
      details.basis = name_of(explanation.prediction.basis);
      details.basis_words = explanation.basis_words;
      details.base = explanation.base;
      details.base_words = explanation.base_words;
      for (const auto& part : explanation.contributions) details.reasons.push_back({part.group, part.words, part.stars});
      for (const auto& carrier : explanation.carried_by) {
        if (details.carried.size() == most_carriers) break;
        const auto work = works.find(carrier.item_id);
        if (!work) continue;
        details.carried.push_back({carrier.item_id, work->title, work->type, carrier.rating, carrier.stars, shared_words(*item, *work)});
      }
      details.held_out = explanation.held_out;
      details.pending = trainer.pending(item->type);
    }
    post(details, {}, reply);
  }

  /// Begins to work out what is told of the model that is looked at, once it is the one for the library as it is.
  void begin_report(std::uint32_t reply = 0) {
    reporting.reset();
    report.reset();
    if (!inspected_model) return;
    auto held_out = held_out_by(trainer.model(*inspected_model), *inspected_model, library(), works);
    report = report_of(*inspected_model, trainer.model(*inspected_model), held_out);
    if (!trainer.pending(*inspected_model))
      reporting.emplace(*inspected_model, std::move(held_out), works.corpus(), trainer.model(*inspected_model).settings());
    send_report(reply);
    host.wake();
  }

  void send_report(std::uint32_t reply = 0) {
    if (!report) return;
    auto told = *report;
    told.pending = reporting || trainer.pending(told.type);
    told.tuning = tuning_of(told.type);
    if (!demo) told.cards = models.cards(told.type, of_type[index_of(told.type)].card);
    if (reporting) {
      reporting->add_to(told);
      told.progress = reporting->progress();
    }
    post(told, {}, reply);
  }

  void step_reporting() {
    const bool more = reporting->step();
    const double progress = reporting->progress();
    if (more && !report_pace.due(progress, host.ticks())) return;
    if (!more) {
      report_pace.restart();
      reporting->add_to(*report);
      reporting.reset();
    }
    send_report();
  }

  Pace report_pace{0.05};

  // ---- changing state

  /// After events were applied: models and views follow. What was just rated moves what is on the screen at once; then everything is
  /// trained anew, the other types too, since each learns from all ratings.
  void follow_change(const Change& change) {
    auto stale = works.update(library(), change.items);
    std::array<bool, media_type_count> rated{};
    if (change.ratings) {
      rated = stale;
      if (change.items.size() <= most_followed_at_once) {
        bool moved = false;
        for (const std::string& id : change.items) moved = trainer.follow(library(), works, id) || moved;
        if (moved) send_visible();
      }
      for (const MediaType type : media_types) stale[index_of(type)] = stale[index_of(type)] || library().rating_count(type) > 0;
      for (const std::string& id : change.items)
        if (const auto item = works.find(id)) rated[index_of(item->type)] = stale[index_of(item->type)] = true;
    }
    for (const MediaType type : media_types) {
      OfType& one = of_type[index_of(type)];
      if (rated[index_of(type)]) {
        one.put_back = false;
        one.card.clear();
        end_search_of_changed(type);
      }
      if (change.settings && trainer.settings_differ(type, library())) {
        stale[index_of(type)] = true;
        one.put_back = false;
        one.search.reset();
      }
      if (!stale[index_of(type)] || one.put_back) continue;
      one.to_keep.reset();
      trainer.mark_stale(type);
    }
    // What was being worked out is of the past; it begins anew with the newer model.
    if (reporting && trainer.pending(*inspected_model)) reporting.reset();
    if (!inspected.empty()) send_details();
    send_training();
    training_pace.restart(host.ticks());
    host.wake();
  }

  /// Turns what the person did into events: applied, journalled, told. @return whether it was done.
  bool commit(std::vector<Payload> payloads, std::uint32_t reply) { return commit(std::move(payloads), reply, device); }

  /// @param maker  in whose name: what another than this device did is not undone here.
  bool commit(std::vector<Payload> payloads, std::uint32_t reply, const std::string& maker) {
    if (!demo && mode == StorageMode::read_only) {
      fail(reply, "read_only", "Another tab of this page is open and keeps your ratings. Make changes there, or close it to go on here.");
      return false;
    }
    std::vector<Event> events;
    Change whole;
    for (Payload& payload : payloads) {
      // Later than all that is here, also on a clock that was set back: what a person says last is what counts.
      Event event = library().make(maker, host.now(), std::move(payload));
      auto change = library().apply(event);
      if (!change) {
        fail(reply, change.error().code, change.error().message);
        break;
      }
      whole.items.insert(whole.items.end(), change->items.begin(), change->items.end());
      whole.ratings = whole.ratings || change->ratings;
      whole.settings = whole.settings || change->settings;
      events.push_back(std::move(event));
    }
    if (events.empty()) return false;
    if (!demo) {
      restored.reset();
      keep(events);
    }
    training_waits = training_waits || (sync_running && whole.items.size() > most_followed_at_once);
    post(p::EventsAdded{events, true});
    follow_change(whole);
    return events.size() == payloads.size();
  }

  void keep(const std::vector<Event>& events) {
    if (!store) return;
    if (unwritten) return write_anew();
    if (const auto appended = store->append(events); !appended) {
      unwritten = true;
      storage_failed(appended.error());
      return;
    }
    unsynced.insert(unsynced.end(), events.begin(), events.end());
    begin_sync();
  }

  /// Puts all events into files in place of what is there.
  void write_anew() {
    const auto replaced = store->replace_all(own.events());
    unwritten = !replaced;
    if (!replaced) return storage_failed(replaced.error());
    replaced_unsynced = true;
    begin_sync();
    training_waits = true;
  }

  void begin_sync() {
    storage_state = "saving";
    storage_message.clear();
    send_storage();
    if (sync_running) return;
    sync_running = true;
    auto covered = std::make_shared<std::vector<Event>>(std::move(unsynced));
    unsynced.clear();
    const bool replaced = std::exchange(replaced_unsynced, false);
    store->sync([this, covered, replaced](const Expected<void>& done) {
      sync_running = false;
      if (std::exchange(training_waits, false)) host.wake();
      if (!done) {
        // Other tabs hear of these when they are on disk at last.
        unsynced.insert(unsynced.begin(), covered->begin(), covered->end());
        replaced_unsynced = replaced_unsynced || replaced;
        storage_failed(done.error());
        return;
      }
      const bool more = !unsynced.empty() || replaced_unsynced;
      if (!more) {
        storage_state = "saved";
        replaced_on_disk = false;
        send_storage();
      }
      tell_tabs(replaced, replaced ? own.events() : *covered);
      if (more)
        begin_sync();
      else
        sync_models();
    });
  }

  /// What became durable, to the tabs that follow this one. As text: theirs may be another version of the page.
  void tell_tabs(bool reset, const std::vector<Event>& events) {
    if (reset || !events.empty()) broadcast_events(reset ? "{\"reset\":true,\"events\":[" : "{\"reset\":false,\"events\":[", events);
  }

  void broadcast_events(std::string told, const std::vector<Event>& events) {
    for (const Event& event : events) told += (told.back() == '[' ? "" : ",") + event_text(event);
    host.broadcast(told + "]}");
  }

  void storage_failed(const Error& error) {
    lookup.cache().withdraw();
    // Models that were not durable yet may be what there was no room for; the next write-back is for the ratings alone.
    for (const auto& [type, id] : unsynced_models) models.remove(type, id);
    unsynced_models.clear();
    storage_state = "failed";
    storage_message = error.message;
    send_storage();
  }

  /// The whole history at once: restore and delete.
  /// @param anew  what was here is gone: this device counts its events from the beginning under a new name, or those that come now would be
  ///              taken for the ones of a backup that was made before.
  void replace_history(std::vector<Event> events, bool anew) {
    if (anew) name_device(host.random_id());
    replaced_on_disk = replaced_on_disk || (anew && store);
    own = Library();
    (void)own.merge(std::move(events));
    if (store) write_anew();
    rebuild();
  }

  /// Events that were made here or in another tab by an engine that has ended. @param its_device  whose count goes on here.
  void take_back(const std::vector<Event>& events, const std::string& its_device) {
    std::vector<Event> fresh;
    std::set<EventId> seen;
    for (const Event& event : events)
      if (!own.contains(event.id) && seen.insert(event.id).second) fresh.push_back(event);
    const bool renamed = device != its_device;
    if (renamed) name_device(its_device);
    if (fresh.empty() && !renamed) return;
    restored.reset();
    const Change change = own.merge(fresh);
    if (!fresh.empty()) keep(fresh);
    if (demo) return;
    if (renamed) return rebuild();
    post(p::EventsAdded{std::move(fresh), true});
    follow_change(change);
  }

  void name_device(const std::string& name) {
    device = name;
    if (store) (void)files.write(device_file, bytes_of(device));
  }

  bool may_change(std::uint32_t reply) {
    if (demo) {
      fail(reply, "demo", "This is the demo. Leave it first: your own library is untouched behind it.");
      return false;
    }
    if (mode == StorageMode::read_only) {
      fail(reply, "read_only", "Another tab of this page is open and keeps your ratings. Make changes there, or close it to go on here.");
      return false;
    }
    return true;
  }

  // ---- jobs

  void report_job(std::uint32_t id, std::string label, double progress, bool ended = false, bool cancelled = false) {
    if (!ended && !job_pace.due(progress, host.ticks())) return;
    if (ended) job_pace.restart();
    post(p::JobProgress{id, std::move(label), progress, ended, cancelled, !search || search->job() != id});
  }

  /// Titles of a file that are works of the catalogue or the library get their ids, so that nothing is there twice.
  void match_known(imports::Parsed& parsed) const {
    imports::Matcher known;
    std::vector<Works::Ref> held;
    for (const MediaType type : media_types) {
      const auto all = works.of_type(type);
      held.insert(held.end(), all.begin(), all.end());
    }
    for (const Works::Ref& work : held) known.add(*work);
    imports::match(parsed, known);
  }

  void step_reading() {
    auto& job = *reading;
    const std::string label = "Reading " + job.name();
    const auto more = job.step();
    if (!more) {
      report_job(job.id(), label, job.progress(), true);
      fail(0, more.error().code, more.error().message);
      reading.reset();
      return;
    }
    if (*more) {
      report_job(job.id(), label, job.progress());
      return;
    }
    report_job(job.id(), label, 1, true);
    if (job.parsed) {
      match_known(*job.parsed);
      post(preview_of(*job.parsed, job.name(), own));
      import_ready.emplace(job.name(), std::move(*job.parsed));
    } else {
      Library sum;
      (void)sum.merge(*job.backup);
      const auto& events = sum.events();
      const auto fresh = std::count_if(events.begin(), events.end(), [&](const Event& event) { return !own.contains(event.id); });
      post(p::RestorePreview{job.name(), static_cast<std::uint32_t>(events.size()), static_cast<std::uint32_t>(sum.rating_count()),
                             static_cast<std::uint32_t>(fresh)});
      restore_ready.emplace(job.name(), std::move(*job.backup));
    }
    reading.reset();
  }

  void step_writing() {
    if (writing->writer->step()) {
      report_job(writing->id, "Writing the backup", writing->writer->progress());
      return;
    }
    report_job(writing->id, "Writing the backup", 1, true);
    post(p::FileReady{"media-hub-backup-" + date_of(host.now()) + ".jsonl", "application/x-ndjson"}, std::move(writing->written),
         writing->reply);
    writing.reset();
  }

  void step_training() {
    const bool was_pending = trainer.busy();
    auto refreshed = trainer.step(library(), works, trainer_calls);
    if (!refreshed) {
      const auto state = trainer.state();
      double progress = 0;
      for (const auto& type : state) progress += type.pending ? type.progress : 1;
      if (was_pending && training_pace.due(progress, host.ticks())) send_training();
      return;
    }
    training_pace.restart(host.ticks());
    if (refreshed->was_trained) {
      OfType& one = of_type[index_of(refreshed->type)];
      one.card.clear();
      if (may_keep_models() && trainer.model(refreshed->type).rating_count() > 0)
        one.to_keep = Trained{refreshed->data, refreshed->milliseconds};
    }
    send_predictions(refreshed->type, refreshed->items, refreshed->predictions);
    predict_found(refreshed->type);
    if (const auto item = works.find(inspected); item && item->type == refreshed->type) send_details();
    if (inspected_model == refreshed->type) begin_report();
    send_training();
  }

  bool may_train() const { return trainer.busy() && !training_waits; }

  bool busy() const { return reading || writing || may_train() || (!trainer.busy() && (model_to_keep() || search || reporting)); }

  // ---- models that are kept

  bool may_keep_models() const { return store && mode == StorageMode::writer && !demo; }

  Trainer::Calls trainer_calls{
      [this](MediaType type, const Error& error) {
        fail(0, error.code,
             "The predictions of " + std::string(noun_of(type, true)) + " could not be refreshed; the last ones stay. " + error.message);
      },
      [this](MediaType type, const std::string& data, const predictor::Settings& settings) { return kept_model(type, data, settings); }};

  std::optional<predictor::TrainingJob> kept_model(MediaType type, const std::string& data, const predictor::Settings& settings) {
    if (demo) return std::nullopt;
    const auto* card = models.find(type, data, settings);
    if (!card) return std::nullopt;
    auto job = models.read(*card);
    if (!job) {
      // Trained anew, it gets a new card.
      if (may_keep_models()) models.remove(type, std::string(card->id));
      return std::nullopt;
    }
    of_type[index_of(type)].card = card->id;
    return std::move(*job);
  }

  std::optional<MediaType> model_to_keep() const {
    for (const MediaType type : media_types)
      if (of_type[index_of(type)].to_keep) return type;
    return std::nullopt;
  }

  void step_keeping() {
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

  /// Makes models durable once all ratings are, and never together with them.
  void sync_models() {
    if (unsynced_models.empty() || sync_running || models_syncing || !may_keep_models()) return;
    models_syncing = true;
    files.sync([this, covered = std::exchange(unsynced_models, {})](const Expected<void>& done) {
      models_syncing = false;
      if (!done) {
        // They must not stand in the way of the ratings' next write-back.
        for (const auto& [type, id] : covered) models.remove(type, id);
        return;
      }
      sync_models();
    });
  }

  // ---- the search for better settings

  p::Tuning tuning_of(MediaType type) {
    if (search && search->type() == type) return search->running();
    if (const auto& last = of_type[index_of(type)].search) return *last;
    const auto tuned = tuned_of(library(), type);
    return tuned ? told(*tuned) : p::Tuning();
  }

  void step_search() {
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

  void end_search(bool cancelled) {
    if (!search) return;
    report_job(search->job(), search->label(), search->progress(), true, cancelled);
    search.reset();
  }

  void end_search_of_changed(MediaType type) {
    if (!search || search->type() != type) return;
    end_search(true);
    p::Tuning tuning;
    tuning.words = "The search was stopped because your " + std::string(noun_of(type, false)) +
                   " ratings changed. The settings in use are as they were.";
    of_type[index_of(type)].search = tuning;
    if (inspected_model == type) send_report();
  }

  Pace search_pace{0.01};
  bool search_is_next = false;  ///< it takes turns with `reporting`

  Pace training_pace{0.05};
  std::unordered_map<std::string, float> predicted;  ///< stars by item id, for offering the best first

  // ---- what services find

  static std::string outer_id(MediaType type, const std::string& service, const std::string& id) {
    return std::string(name_of(type)) + "/" + service + ":" + id;
  }

  /// The work of the catalogue or the library that a service's item is, or null.
  const Item* known_here(const Item& item) {
    if (!known_works || known_works->type != item.type || known_works->revision != works.revision()) {
      known_works.emplace(Known{item.type, works.revision(), works.of_type(item.type), {}});
      for (const Works::Ref& work : known_works->held) known_works->matcher.add(*work);
    }
    return known_works->matcher.find(item);
  }

  /// What is known here and what services have found by now, each work once.
  void send_results(std::uint32_t reply = 0) {
    p::SearchDone done = here;
    visible.clear();
    for (const Item& item : done.items) visible.push_back(item.id);
    const auto shown = [&](const std::string& id) { return std::find(visible.begin(), visible.end(), id) != visible.end(); };
    for (Item& item : lookup.found()) {
      Works::Ref work;
      if (const Item* same = known_here(item)) {
        work = works.find(same->id);
      } else {
        for (const auto& [service, id] : item.ids)
          if (const auto opened = opened_ids.find(outer_id(item.type, service, id)); opened != opened_ids.end()) item.id = opened->second;
        // What was asked for in full before says more.
        const auto before = works.found(item.id);
        work = std::make_shared<const Item>(before ? metadata::merge(std::array{*before, item}) : std::move(item));
        works.put_found(work);
      }
      if (!work || shown(work->id)) continue;
      ++done.total;
      visible.push_back(work->id);
      done.items.push_back(*work);
    }
    done.asked = lookup.asked();
    for (const Item& item : done.items)
      for (p::Attribution& one : attributions(item)) {
        const bool told =
            std::any_of(done.attributions.begin(), done.attributions.end(), [&](const auto& other) { return other.name == one.name; });
        if (!told)
          done.attributions.push_back({one.name, one.words, std::string(metadata::info(*metadata::service_named(one.name)).address)});
      }
    post(done, {}, reply);
    predict_found(done.type);
  }

  /// More is known of the work that was opened.
  void details_came(const std::string& id) {
    const Item whole = lookup.opened();
    if (const Entry* entry = library().find(id)) {
      // It was rated before all of its facts were there.
      const auto asked = lookup.asked_of_opened();
      const bool all = std::none_of(asked.begin(), asked.end(), [](const auto& one) { return one.state == "asking"; });
      const Item facts = metadata::allowed(whole, metadata::Use::keep);
      if (all && !(*entry->item == facts) && (demo || mode != StorageMode::read_only)) {
        if (facts_device.empty()) facts_device = host.random_id();
        commit({ItemAdded{facts}}, 0, facts_device);
      }
    } else {
      const auto work = std::make_shared<const Item>(whole);
      works.put_found(work);
      predict(work->type, {work});
    }
    if (inspected == id) send_details();
  }

  void send_network() {
    p::Network network;
    network.stay_offline = lookup.stays_offline();
    const fetching::Ledger& ledger = lookup.ledger();
    network.sent = ledger.sent();
    network.bytes = ledger.bytes();
    network.kept_bytes = lookup.cache().bytes();
    network.services = lookup.services();
    if (watching_network)
      for (auto entry = ledger.entries().rbegin(); entry != ledger.entries().rend(); ++entry)
        network.entries.push_back({time_of(entry->time), entry->host, entry->purpose, entry->bytes, fetching::name_of(entry->outcome)});
    post(network);
  }

  void ledger_changed() {
    if (watching_network) send_network();
    if (answers_due != 0 || !lookup.cache().unwritten()) return;
    answers_due = host.ticks() + answers_gathered;
    host.call_in(answers_gathered);
  }

  /// Makes the services' answers durable when all ratings are, and never together with them.
  void keep_answers() {
    if (answers_due == 0) return;
    const double left = answers_due - host.ticks();
    if (left > 0) return host.call_in(left);
    if (sync_running || models_syncing || answers_syncing || storage_state == "failed") {
      answers_due = host.ticks() + answers_gathered;
      return host.call_in(answers_gathered);
    }
    answers_due = 0;
    if (!lookup.cache().unwritten()) return;
    lookup.cache().write();
    answers_syncing = true;
    files.sync([this](const Expected<void>& done) {
      answers_syncing = false;
      if (done)
        lookup.cache().synced();
      else
        lookup.cache().withdraw();
    });
  }

  /// @param tell  the other tabs, and put it down.
  void stay_offline(bool on, bool tell) {
    lookup.stay_offline(on);
    send_network();
    if (tell) host.broadcast(on ? "{\"stay_offline\":true}" : "{\"stay_offline\":false}");
    if (!store || mode != StorageMode::writer) return;
    if (on)
      (void)files.write(offline_file, bytes_of("on"));
    else
      (void)files.remove(offline_file);
    files.sync([](const Expected<void>&) {});
  }

  void handle(const p::StayOffline& command, Bytes, std::uint32_t) { stay_offline(command.on, true); }

  void handle(const p::WatchNetwork& command, Bytes, std::uint32_t) {
    watching_network = command.on;
    if (watching_network) send_network();
  }

  // ---- commands

  void handle(const p::Search& command, Bytes, std::uint32_t reply) {
    p::SearchDone done;
    done.query = command.query;
    done.type = command.type;
    std::size_t total = 0;
    if (normalised_text(command.query).empty()) {
      auto all = works.of_type(command.type);
      std::erase_if(all, [&](const Works::Ref& item) {
        const Entry* entry = library().find(item->id);
        return entry && (entry->rating || entry->not_interested);
      });
      std::stable_sort(all.begin(), all.end(), [&](const Works::Ref& a, const Works::Ref& b) {
        const auto stars = [&](const Works::Ref& item) {
          const auto found = predicted.find(item->id);
          return found == predicted.end() ? 0.0f : found->second;
        };
        return stars(a) > stars(b);
      });
      total = all.size();
      for (std::size_t i = 0; i < all.size() && i < command.limit; ++i) done.items.push_back(*all[i]);
    } else {
      for (const auto& item : works.search(command.query, command.type, command.limit, &total)) done.items.push_back(*item);
    }
    done.total = static_cast<std::uint32_t>(total);
    here = std::move(done);
    trainer.prefer(command.type);
    lookup.search(command.type, command.query);
    send_results(reply);
  }

  void handle(const p::Inspect& command, Bytes, std::uint32_t reply) {
    inspected = command.item_id;
    const auto item = works.find(inspected);
    if (item) trainer.prefer(item->type);
    if (works.found(inspected)) {
      // It keeps this id, whatever surer one turns up.
      for (const auto& [service, id] : item->ids) opened_ids.try_emplace(outer_id(item->type, service, id), inspected);
      lookup.open(*item);
    } else if (lookup.opened().id != inspected) {
      lookup.end_open();
    }
    send_details(reply);
  }

  void handle(const p::InspectModel& command, Bytes, std::uint32_t reply) {
    inspected_model = command.type;
    if (inspected_model) trainer.prefer(*inspected_model);
    begin_report(reply);
  }

  void handle(const p::Tune& command, Bytes, std::uint32_t reply) {
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

  void handle(const p::RestoreModel& command, Bytes, std::uint32_t reply) {
    if (demo) return fail(reply, "demo", "This is the demo. Your own models are untouched behind it.");
    const auto* card = models.find(command.type, command.card);
    if (!card) return fail(reply, "not_found", "That model is not kept any more.");
    auto job = models.read(*card);
    if (!job) return fail(reply, job.error().code, job.error().message);
    OfType& one = of_type[index_of(command.type)];
    one.card = card->id;
    one.put_back = true;
    one.to_keep.reset();
    trainer.put_back(std::move(*job));
    send_training();
    host.wake();
  }

  void handle(const p::Rate& command, Bytes, std::uint32_t reply) {
    const auto item = works.find(command.item_id);
    if (!item) return fail(reply, "unknown_item", "This title is not known here any more. Search for it again.");
    if (!is_valid(command.stars, RatingScale::half_stars))
      return fail(reply, "bad_rating", "A rating is between half a star and five stars, in halves.");
    Rated rated{command.item_id, {command.stars, RatingScale::half_stars, date_of(host.now()), "here"}, {}};
    if (!library().find(command.item_id)) rated.item = metadata::allowed(*item, metadata::Use::keep);
    trainer.prefer(item->type);
    commit({std::move(rated)}, reply);
  }

  void handle(const p::ClearRating& command, Bytes, std::uint32_t reply) {
    const Entry* entry = library().find(command.item_id);
    if (!entry || !entry->rating) return;
    commit({Unrated{command.item_id}}, reply);
  }

  /// Skipping and dismissing name items that the library may not hold yet.
  template <typename Mark>
  void mark(const std::string& item_id, std::uint32_t reply) {
    const auto item = works.find(item_id);
    if (!item) return fail(reply, "unknown_item", "This title is not known here any more.");
    std::vector<Payload> payloads;
    if (!library().find(item_id)) payloads.push_back(ItemAdded{metadata::allowed(*item, metadata::Use::keep)});
    payloads.push_back(Mark{item_id});
    commit(std::move(payloads), reply);
  }
  void handle(const p::Skip& command, Bytes, std::uint32_t reply) { mark<Skipped>(command.item_id, reply); }
  void handle(const p::Dismiss& command, Bytes, std::uint32_t reply) { mark<NotInterested>(command.item_id, reply); }

  void handle(const p::Undo&, Bytes, std::uint32_t reply) {
    if (restored && !demo && !restored->undone) return exchange_restored(reply);
    const auto target = library().undo_target(device);
    if (!target) return fail(reply, "nothing_to_undo", "There is nothing to undo.");
    const std::string what = library().describe(*target);
    if (commit({Undone{*target}}, reply)) post(p::Notice{"Undone: " + what, false});
  }

  void handle(const p::Redo&, Bytes, std::uint32_t reply) {
    if (restored && !demo && restored->undone) return exchange_restored(reply);
    const auto target = library().redo_target(device);
    if (!target) return fail(reply, "nothing_to_redo", "There is nothing to redo.");
    const std::string what = library().describe(*target);
    if (commit({Redone{*target}}, reply)) post(p::Notice{"Done again: " + what, true});
  }

  /// Undo and redo of a restored backup.
  void exchange_restored(std::uint32_t reply) {
    if (!may_change(reply)) return;
    restored->undone = !restored->undone;
    replace_history(std::exchange(restored->other, own.events()), true);
    post(p::Notice{(restored->undone ? "Undone: " : "Done again: ") + restored->what, !restored->undone}, {}, reply);
  }

  void handle(const p::ChangeSetting& command, Bytes, std::uint32_t reply) { commit({SettingChanged{command.key, command.value}}, reply); }

  void handle(const p::Suggest& command, Bytes, std::uint32_t reply) {
    // The best known of each type in turn, so that a dozen says something about all five.
    std::array<std::vector<Works::Ref>, media_type_count> by_type;
    for (const MediaType type : media_types) {
      auto& candidates = by_type[index_of(type)];
      candidates = works.of_type(type);
      std::erase_if(candidates, [&](const Works::Ref& item) {
        const Entry* entry = library().find(item->id);
        return entry && (entry->skipped || entry->not_interested);
      });
      std::stable_sort(candidates.begin(), candidates.end(),
                       [](const Works::Ref& a, const Works::Ref& b) { return votes_of(*a) > votes_of(*b); });
    }
    p::Suggestions suggestions;
    for (std::size_t rank = 0; suggestions.items.size() < command.count; ++rank) {
      bool any = false;
      for (const auto& candidates : by_type) {
        if (rank >= candidates.size()) continue;
        any = true;
        if (suggestions.items.size() < command.count) suggestions.items.push_back(*candidates[rank]);
      }
      if (!any) break;
    }
    post(suggestions, {}, reply);
  }

  void handle(const p::ReadFile& command, Bytes bulk, std::uint32_t reply) {
    if (!may_change(reply)) return;
    import_ready.reset();
    restore_ready.reset();
    reading.reset();
    job_pace.restart();
    auto job = FileJob::start(++last_job, command.name, std::move(bulk));
    if (!job) return fail(reply, job.error().code, job.error().message);
    reading.emplace(std::move(*job));
    report_job(last_job, "Reading " + command.name, 0);
    host.wake();
  }

  void handle(const p::ConfirmImport&, Bytes, std::uint32_t reply) {
    if (!may_change(reply)) return;
    if (!import_ready) return fail(reply, "no_preview", "There is no file waiting to be imported. Choose it again.");
    const auto [file, parsed] = std::move(*import_ready);
    import_ready.reset();
    Imported batch = batch_of(parsed, file, own);
    if (batch.ratings.empty())
      return post(p::Notice{parsed.rows.empty() ? "Nothing to do: this file has no ratings."
                                                : "Nothing to do: all of it is in your library already.",
                            false},
                  {}, reply);
    const std::size_t count = batch.ratings.size();
    if (commit({std::move(batch)}, reply))
      post(p::Notice{"Imported " + std::to_string(count) + (count == 1 ? " rating" : " ratings") + " from " + parsed.source, true}, {},
           reply);
  }

  void handle(const p::ConfirmRestore& command, Bytes, std::uint32_t reply) {
    if (!may_change(reply)) return;
    if (!restore_ready) return fail(reply, "no_preview", "There is no backup waiting to be restored. Choose it again.");
    auto [file, events] = std::move(*restore_ready);
    restore_ready.reset();
    if (!command.replace) {
      // The union of both histories; order of arrival does not matter to the library.
      std::vector<Event> all = own.events();
      all.insert(all.end(), std::make_move_iterator(events.begin()), std::make_move_iterator(events.end()));
      events = std::move(all);
    }
    restored = Restored{"restored " + file, false, own.events()};
    replace_history(std::move(events), command.replace);
    post(p::Notice{"Restored " + file + ": " + std::to_string(own.rating_count()) + " ratings are in your library now", true}, {}, reply);
  }

  void handle(const p::DropPreview&, Bytes, std::uint32_t) {
    import_ready.reset();
    restore_ready.reset();
  }

  void handle(const p::MakeBackup&, Bytes, std::uint32_t reply) {
    writing = std::make_unique<BackupJob>();
    writing->id = ++last_job;
    writing->reply = reply;
    writing->events = library().events();
    writing->writer = std::make_unique<storage::BackupWriter>(writing->events, host.now(), [job = writing.get()](std::string_view piece) {
      job->written.insert(job->written.end(), piece.begin(), piece.end());
    });
    job_pace.restart();
    report_job(writing->id, "Writing the backup", 0);
    host.wake();
  }

  void handle(const p::FetchDamaged& command, Bytes, std::uint32_t reply) {
    if (std::find(damaged_files.begin(), damaged_files.end(), command.name) == damaged_files.end())
      return fail(reply, "not_found", "There is no such file.");
    auto bytes = files.read(command.name);
    if (!bytes) return fail(reply, bytes.error().code, bytes.error().message);
    post(p::FileReady{"media-hub-" + command.name, "application/octet-stream"}, std::move(*bytes), reply);
  }

  void handle(const p::OpenDemo&, Bytes, std::uint32_t reply) {
    Imported batch;
    batch.source = "Demo";
    for (const DemoRating& rating : demo_ratings) {
      const auto known = std::find_if(catalogue->begin(), catalogue->end(), [&](const Item& item) { return item.id == rating.item_id; });
      if (known == catalogue->end()) continue;
      batch.items.push_back(*known);
      batch.ratings.push_back({rating.item_id, rating.rating});
    }
    if (batch.ratings.empty()) return fail(reply, "no_demo", "This page was built without a demo.");
    reading.reset();
    import_ready.reset();
    restore_ready.reset();
    demo.emplace();
    // A device of its own, so that Undo in the demo does not reach below it.
    (void)demo->apply(Event{{"demo000000000000", 1}, host.now(), std::move(batch)});
    rebuild();
  }

  void handle(const p::LeaveDemo&, Bytes, std::uint32_t) {
    if (!demo) return;
    demo.reset();
    rebuild();
  }

  void handle(const p::DeleteEverything&, Bytes, std::uint32_t reply) {
    if (!may_change(reply)) return;
    for (const std::string& name : damaged_files) (void)files.remove(name);
    damaged_files.clear();
    warnings.clear();
    models.remove_all();
    unsynced_models.clear();
    lookup.cache().remove_all();
    restored.reset();
    replace_history({}, true);
    post(p::Notice{"Everything on this device was deleted.", false}, {}, reply);
  }

  void handle(const p::SaveAgain&, Bytes, std::uint32_t) {
    if (!store || storage_state != "failed") return;
    if (unwritten)
      write_anew();
    else
      begin_sync();
  }

  void handle(const p::TakeBack& command, Bytes, std::uint32_t reply) {
    if (mode == StorageMode::read_only) return hand_over(command.events);
    const EventId next{command.device, 1};
    if (const auto fine = check(Event{next, 0, Undone{next}}); !fine) return fail(reply, fine.error().code, fine.error().message);
    if (!command.replace) return take_back(command.events, command.device);
    name_device(command.device);
    restored.reset();
    replaced_on_disk = true;
    replace_history(command.events, false);
  }

  /// Another tab writes now: it takes these, or whichever does when they come.
  void hand_over(const std::vector<Event>& events) {
    broadcast_events("{\"handed\":[", events);
    handed.insert(handed.end(), events.begin(), events.end());
  }

  void handle(const p::CancelJob& command, Bytes, std::uint32_t) {
    if (reading && reading->id() == command.job) {
      report_job(command.job, "Reading " + reading->name(), reading->progress(), true, true);
      reading.reset();
    }
    if (writing && writing->id == command.job) {
      report_job(command.job, "Writing the backup", 1, true, true);
      writing.reset();
    }
    if (search && search->job() == command.job) {
      const MediaType type = search->type();
      end_search(true);
      if (inspected_model == type) send_report();
    }
  }
};

Session::Session(storage::FileSystem& files, Host& host, std::vector<Item> catalogue, std::vector<DemoRating> demo,
                 fetching::Addresses services)
    : state_(std::make_unique<State>(files, host, std::move(catalogue), std::move(demo), std::move(services))) {}

Session::~Session() = default;

void Session::open(StorageMode mode, std::string why) {
  State& s = *state_;
  s.mode = mode;
  s.what_to_know = std::move(why);
  s.own = Library();
  s.warnings.clear();
  s.damaged_files.clear();
  s.store.reset();
  s.models = ModelFiles(s.files);
  s.unsynced.clear();
  s.unwritten = false;
  s.replaced_on_disk = false;
  s.unsynced_models.clear();
  s.storage_message.clear();
  s.training_waits = false;
  s.restored.reset();

  if (mode != StorageMode::memory) {
    s.store.emplace(s.files);
    auto opening = s.store->open();
    if (!opening) {
      s.store.reset();
      s.mode = StorageMode::memory;
      s.what_to_know = opening.error().message;
    } else {
      s.warnings = std::move(opening->warnings);
      if (!s.what_to_know.empty()) s.warnings.insert(s.warnings.begin(), s.what_to_know);
      s.damaged_files = std::move(opening->damaged_files);
      s.models.open();
      // Not apply(): where damage took the facts of a title or the event that an undo names, what rests on them is kept all the same.
      (void)s.own.merge(std::move(opening->events));
    }
  }
  if (s.device.empty()) s.device = s.host.random_id();
  bool fresh_device = false;
  if (s.store) {
    if (const auto known = s.files.read(device_file); known && known->size() == 16) {
      s.device.assign(known->begin(), known->end());
    } else if (s.mode == StorageMode::writer) {
      fresh_device = s.files.write(device_file, bytes_of(s.device)).has_value();
    }
  }
  if (s.store) {
    s.lookup.cache().open(s.files, s.host.now(), s.mode == StorageMode::writer);
    if (s.files.read(offline_file)) s.lookup.stay_offline(true);
  }
  switch (s.mode) {
    case StorageMode::writer: s.storage_state = "saved"; break;
    case StorageMode::read_only: s.storage_state = "read_only"; break;
    case StorageMode::memory:
      s.storage_state = "memory";
      s.storage_message = s.what_to_know;
      break;
  }
  s.rebuild();
  if (s.mode == StorageMode::writer) s.take_back(std::exchange(s.handed, {}), s.device);
  // What opening mended (a tail that was cut, an older format) becomes durable now and not only with the next rating.
  if (s.store && s.mode == StorageMode::writer && (fresh_device || !s.warnings.empty() || !s.damaged_files.empty())) s.begin_sync();
}

void Session::receive(const protocol::Command& command, Bytes bulk, std::uint32_t id) {
  std::visit(
      [&](const auto& alternative) {
        using T = std::decay_t<decltype(alternative)>;
        state_->handle(alternative, std::move(bulk), id);
        // The interface says “Saving…” from the moment it asks; also where nothing came of it, it has to hear how things stand.
        if constexpr (!p::only_asks<T>) state_->send_storage(id);
      },
      command);
}

bool Session::run(double budget) {
  State& s = *state_;
  const double end = s.host.ticks() + budget;
  while (s.busy()) {
    // What the person waits for comes before what goes on by itself.
    if (s.reading) {
      s.step_reading();
    } else if (s.writing) {
      s.step_writing();
    } else if (s.may_train()) {
      s.step_training();
    } else if (s.model_to_keep()) {
      s.step_keeping();
    } else if (s.search && (!s.reporting || s.search_is_next)) {
      s.step_search();
      s.search_is_next = false;
    } else {
      s.step_reporting();
      s.search_is_next = true;
    }
    if (s.host.ticks() >= end) break;
  }
  return s.busy();
}

void Session::arrived(std::uint32_t id, fetching::Arrival arrival) {
  state_->lookup.arrived(id, std::move(arrival));
}

void Session::time_passed() {
  state_->lookup.run();
  state_->keep_answers();
}

void Session::follow(std::string_view text) {
  State& s = *state_;
  const auto told = parse_json(text);
  if (!told || !told->is_object()) return;
  const auto events_in = [&](const char* key) {
    std::vector<Event> events;
    if (told->contains(key) && (*told)[key].is_array())
      for (const Json& element : (*told)[key])
        if (auto event = event_from_json(element)) events.push_back(std::move(*event));
    return events;
  };
  if (told->contains("handed")) {
    std::vector<Event> events = events_in("handed");
    if (s.mode == StorageMode::writer)
      s.take_back(events, s.device);
    else
      s.handed.insert(s.handed.end(), std::make_move_iterator(events.begin()), std::make_move_iterator(events.end()));
    return;
  }
  if (const auto on = told->find("stay_offline"); on != told->end()) return s.stay_offline(*on == true, false);
  if (s.mode != StorageMode::read_only || !told->contains("events")) return;
  const std::vector<Event> events = events_in("events");
  const bool reset = told->contains("reset") && (*told)["reset"] == true;
  if (reset) s.own = Library();
  const Change whole = s.own.merge(events);
  if (s.demo) return;
  if (reset) {
    s.rebuild();
    return;
  }
  s.post(p::EventsAdded{events, true});
  s.follow_change(whole);
}

}  // namespace hub::engine
