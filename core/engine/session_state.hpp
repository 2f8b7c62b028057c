#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/engine/file_job.hpp"
#include "core/engine/fill.hpp"
#include "core/engine/lookup.hpp"
#include "core/engine/model_files.hpp"
#include "core/engine/own_keys.hpp"
#include "core/engine/pace.hpp"
#include "core/engine/posters.hpp"
#include "core/engine/report.hpp"
#include "core/engine/session.hpp"
#include "core/engine/settings_search.hpp"
#include "core/engine/sight.hpp"
#include "core/engine/song_file.hpp"
#include "core/engine/song_taste.hpp"
#include "core/engine/stories.hpp"
#include "core/engine/trainer.hpp"
#include "core/engine/works.hpp"
#include "core/imports/matching.hpp"
#include "core/library/library.hpp"
#include "core/storage/backup.hpp"
#include "core/storage/store.hpp"

namespace hub::engine {

namespace p = protocol;

/// The file with this device's name.
constexpr std::string_view device_file = "device";
/// There while this device is to stay offline.
constexpr std::string_view offline_file = "stay-offline";

inline Bytes bytes_of(std::string_view text) {
  return {text.begin(), text.end()};
}

/// What a session holds and how it changes, for the session's own files: session_titles.cpp finds, session_changes.cpp rates and undoes,
/// session_storage.cpp keeps, session_files.cpp reads and writes what the person brings and takes, session_models.cpp keeps and tunes what
/// was trained, session_services.cpp hears from outside, session_pictures.cpp shows what works look like, session_stories.cpp has them
/// read, session_looks.cpp has their posters seen, session_matches.cpp asks which work a title is, session_keys.cpp keeps the person's
/// keys, session_songs.cpp tells of songs, session_telling.cpp says how things stand.
struct Session::State {
  State(storage::FileSystem& its_files, Host& its_host, std::vector<Item> items, std::vector<DemoRating> ratings,
        fetching::Addresses services)
      : files(its_files),
        host(its_host),
        catalogue(std::make_shared<const std::vector<Item>>(std::move(items))),
        demo_ratings(std::move(ratings)),
        works(catalogue),
        models(its_files),
        lookup(its_host, {[this] { send_results(); }, [this](const std::string& id) { details_came(id); }, [this] { ledger_changed(); }}),
        posters(lookup.queue(), its_host, [this](p::Poster poster, Bytes rgba) { post(poster, std::move(rgba)); }),
        fill(lookup.queue(), its_host,
             {[this] { return works_that_lack(); }, [this](std::vector<Item> facts) { return keep_facts(std::move(facts)); },
              [this] { filling_changed(); }, [this](const std::string& id) { return refused_of(id); }}),
        stories(its_host, its_host,
                {[this] { return works_to_read(); }, [this] { stories_changed(); },
                 [this](const std::vector<Works::Ref>& read) { stories_read(read); }, [this] { send_results(); }}),
        sight(its_host, lookup.queue(), its_host,
              {[this] { return works_to_see(); }, [this] { looks_changed(); },
               [this](const std::vector<Works::Ref>& seen) { looks_seen(seen); }, [this] { send_results(); },
               [this](const std::vector<Works::Ref>& compared) { looks_compared(compared); }}) {
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

  SongTaste taste;
  bool watching_songs = false;
  bool songs_unsynced = false;  ///< their chances were written since models were last made durable
  double songs_due = 0;         ///< ticks; until then more songs may be marked, of which each would begin them anew
  Pace songs_pace{0.02};

  Lookup lookup;
  Posters posters;
  Fill fill;
  Pace fill_pace{0.002};
  std::string fill_told;  ///< all of it but how far it is
  Stories stories;
  Sight sight;
  OwnKeys own_keys;
  std::map<metadata::Service, std::string> key_words;  ///< what came of the last key entered for it
  /// The works that are known here, for telling which of them a service has found.
  struct Known {
    MediaType type;
    std::uint64_t revision;  ///< of the works
    std::vector<Works::Ref> held;
    imports::Matcher matcher;
  };
  std::optional<Known> known_works;
  /// Ids under which services have found works that are known here too, in the last search: by the work's own id.
  std::unordered_map<std::string, Ids> found_too;
  std::unordered_map<std::string, std::string> opened_ids;  ///< of found works that were opened, by each id that services know them by
  /// The title that it is asked of which work it is.
  struct Matching {
    std::string item_id;
    std::string query;
    bool everywhere = false;
    Item line;
    std::unique_ptr<WorkLookup> services;
    bool changed = false;
  };
  std::optional<Matching> matching;
  bool review_stale = true;
  /// Types of which facts came that nobody waits for, and that are yet to be learnt from. A training anew for each portion of them would
  /// take all of the processor's time for hours, and none would end where it takes longer than the next portion does to come.
  std::array<bool, media_type_count> learn_later{};
  bool facts_come = false;                              ///< the change that is made is of nothing else
  double learn_due = 0;                                 ///< ticks
  double learn_began = 0;                               ///< ticks, of the training with the last of them; 0: it has ended
  std::string facts_device;                             ///< in whose name facts are added that came after a rating
  std::array<bool, metadata::service_count> sources{};  ///< whose facts are in the library
  bool watching_network = false;
  double network_due = 0;      ///< ticks; before then its list is not told again
  bool network_waits = false;  ///< it has changed meanwhile
  double answers_due = 0;      ///< ticks; 0: there is nothing to write
  bool answers_syncing = false;

  std::uint64_t works_told = 0;  ///< revision of the works that the stories know of
  bool vectors_syncing = false;
  std::uint32_t read_since_told = 0;  ///< works, since the one that is looked at was told anew
  /// Vectors of the catalogue are on their way: models that were kept rest on them, and what is learnt without would be learnt twice.
  bool texts_awaited = false;
  double texts_due = 0;  ///< ticks; from then on it is learnt without them
  /// Other works than before have a vector. @param rated  some of those are rated. @param all  of all others that can have one it is there.
  void vectors_came(bool rated, bool all);
  double vectors_due = 0;  ///< ticks; 0: nothing came that is yet to be learnt from

  bool sync_running = false;
  bool training_waits = false;     ///< for the write-back of a change of many ratings, which it would keep from its turns
  double training_due = 0;         ///< ticks; until then it leaves the processor to the drawing and the writing of what was just rated
  std::vector<Event> unsynced;     ///< appended since the running sync began
  bool replaced_unsynced = false;  ///< the whole history was replaced since then
  bool unwritten = false;          ///< events could not even be put into files: the next try writes all of them anew
  bool replaced_on_disk = false;   ///< what is durable is a history that is to be gone
  std::vector<Event> handed;       ///< by other tabs, for when this one writes
  std::string storage_state = "opening";
  std::string storage_message;

  std::uint32_t last_job = 0;
  std::optional<FileJob> reading;
  struct ImportReady {
    std::string file;
    imports::Parsed parsed;
    imports::MatchResult matched;
  };
  std::optional<ImportReady> import_ready;
  std::optional<std::pair<std::string, std::vector<Event>>> restore_ready;
  /// A restored backup, or that everything was deleted, is no event of the history that it replaces, so that Undo has to bring back the one
  /// from before. It can until the next change: from there on that one would lack what came since. It is held in memory alone: what was
  /// deleted is gone from the device at once, and from here with the page.
  struct Restored {
    std::string what;  ///< in words
    bool undone = false;
    std::vector<Event> other;  ///< from before; once undone, from after
    bool deletion = false;
    std::map<metadata::Service, std::string> keys = {};  ///< of the person's own, that were deleted
  };
  std::optional<Restored> restored;
  /// Of the models that predict, and of the one that reads texts. @param of_own  not of what is shown, which may be the demo.
  Json manifests(bool of_own) const;
  struct BackupJob {
    std::uint32_t id;
    std::uint32_t reply;
    bool quiet;  ///< nobody watches
    std::vector<Event> events;
    Bytes written;
    std::unique_ptr<storage::BackupWriter> writer;
  };
  std::vector<std::unique_ptr<BackupJob>> writing;  ///< at most one that is watched and one that is not
  Pace job_pace{0.01};                              ///< of what the person watches; hundredths are enough for a bar

  Library& library() { return demo ? *demo : own; }

  void post(const p::Message& message, Bytes bulk = {}, std::uint32_t reply = 0) { host.post(message, std::move(bulk), reply); }
  void fail(std::uint32_t reply, std::string code, std::string message) { post(p::Failed{std::move(code), std::move(message)}, {}, reply); }

  // ---- sending state

  void send_storage(std::uint32_t reply = 0);

  void send_training() { post(p::Training{trainer.state()}); }

  /// The library anew: after opening, demo, restore.
  void send_library();

  /// Everything that is derived from the library, anew.
  void rebuild();

  /// Predictions of a type for these works, to the interface.
  void send_predictions(MediaType type, const std::vector<Works::Ref>& items, const std::vector<predictor::Expectation>& predictions);

  /// The works that were last searched for and the one that is looked at, by the models as they are now.
  void send_visible();

  /// A work as the predictor may see it: what a service's terms keep from learning is left out.
  Works::Ref for_learning(const Works::Ref& item) const;

  void predict(MediaType type, const std::vector<Works::Ref>& items);

  /// Of those works on the screen that services found, which are no part of what is predicted after each training.
  void predict_found(MediaType type);

  void send_details(std::uint32_t reply = 0);

  /// Begins to work out what is told of the model that is looked at, once it is the one for the library as it is.
  void begin_report(std::uint32_t reply = 0);

  void send_report(std::uint32_t reply = 0);

  void step_reporting();

  Pace report_pace{0.05};

  // ---- songs

  /// @param with_chances  of all songs, beside it.
  void send_songs(bool with_chances, std::uint32_t reply = 0);
  void step_songs();
  /// Their chances are of the past.
  void songs_changed();

  // ---- changing state

  /// After events were applied: models and views follow. What was just rated moves what is on the screen at once; then everything is
  /// trained anew, the other types too, since each learns from all ratings.
  void follow_change(const Change& change);

  /// Turns what the person did into events: applied, journalled, told. @return whether it was done.
  bool commit(std::vector<Payload> payloads, std::uint32_t reply) { return commit(std::move(payloads), reply, device); }

  /// @param maker  in whose name: what another than this device did is not undone here.
  bool commit(std::vector<Payload> payloads, std::uint32_t reply, const std::string& maker);

  void keep(const std::vector<Event>& events);

  /// Puts all events into files in place of what is there.
  void write_anew();

  void begin_sync();

  /// What became durable, to the tabs that follow this one. As text: theirs may be another version of the page.
  void tell_tabs(bool reset, const std::vector<Event>& events);

  /// Tells other tabs. @param what  "events" or "handed". @param reset  whether they take the place of all that was there.
  void broadcast_events(const char* what, const std::vector<Event>& events, bool reset);

  void storage_failed(const Error& error);

  /// The whole history at once: restore and delete.
  /// @param anew  what was here is gone: this device counts its events from the beginning under a new name, or those that come now would be
  ///              taken for the ones of a backup that was made before.
  void replace_history(std::vector<Event> events, bool anew);

  /// Events that were made here or in another tab by an engine that has ended. @param its_device  whose count goes on here.
  void take_back(const std::vector<Event>& events, const std::string& its_device);

  void name_device(const std::string& name);

  bool may_change(std::uint32_t reply);

  // ---- jobs

  void report_job(std::uint32_t id, std::string label, double progress, bool ended = false, bool cancelled = false);

  /// Every work of the catalogue and the library, to be matched with.
  struct Matchable {
    std::vector<Works::Ref> held;  ///< which the matcher points to
    imports::Matcher matcher;
  };
  Matchable matchable_works() const;
  /// Titles of a file that are works of the catalogue or the library get their ids, so that nothing is there twice.
  imports::MatchResult match_known(imports::Parsed& parsed) const;

  void step_reading();

  void step_writing();

  void step_training();

  /// Begins to learn from facts that came in the background, once that is due and nothing else is being learnt.
  void learn_facts();

  bool may_train() const {
    return trainer.busy() && !training_waits && host.ticks() >= training_due && (!texts_awaited || host.ticks() >= texts_due);
  }

  bool busy() const {
    return reading || !writing.empty() || review_stale || may_train() ||
           (!trainer.busy() && (model_to_keep() || songs_wait() || search || reporting));
  }
  bool songs_wait() const { return watching_songs && taste.busy() && host.ticks() >= songs_due; }
  /// Of this library and device; the demo's chances are not kept.
  SongFile song_file() const { return SongFile(store && !demo ? &files : nullptr); }

  // ---- models that are kept

  bool may_keep_models() const { return store && mode == StorageMode::writer && !demo; }

  Trainer::Calls trainer_calls{
      [this](MediaType type, const Error& error) {
        fail(0, error.code,
             "The predictions of " + std::string(noun_of(type, true)) + " could not be refreshed; the last ones stay. " + error.message);
      },
      [this](MediaType type, const std::string& data, const predictor::Settings& settings) { return kept_model(type, data, settings); }};

  std::optional<predictor::TrainingJob> kept_model(MediaType type, const std::string& data, const predictor::Settings& settings);

  std::optional<MediaType> model_to_keep() const;

  void step_keeping();

  /// Makes models and the chances of songs durable once all ratings are, and never together with them.
  void sync_models();

  // ---- the search for better settings

  p::Tuning tuning_of(MediaType type);

  void step_search();

  void end_search(bool cancelled);

  void end_search_of_changed(MediaType type);

  Pace search_pace{0.01};
  bool search_is_next = false;  ///< it takes turns with `reporting`

  Pace training_pace{0.05};
  std::unordered_map<std::string, float> predicted;  ///< stars by item id, for offering the best first

  // ---- what services find

  static std::string outer_id(MediaType type, const std::string& service, const std::string& id);

  /// The work of the catalogue or the library that a service's item is, or null.
  const Item* known_here(const Item& item);

  /// What is known here and what services have found by now, each work once.
  void send_results(std::uint32_t reply = 0);

  /// A work with what services say of it beyond what is held here, while it is the one that is looked at; or null.
  Works::Ref in_full(const std::string& id) const;

  /// More is known of the work that was opened.
  void details_came(const std::string& id);

  /// Tells anew whose facts are in the library, where some of these are the first of their source.
  void add_sources(const std::vector<std::string>& ids);
  void send_sources();

  void send_network();

  void ledger_changed();

  /// Tells those who watch of what changed, not with each request: the whole list goes every time.
  void tell_ledger();

  /// Makes the services' answers durable when all ratings are, and never together with them.
  void keep_answers();

  /// @param tell  the other tabs, and put it down.
  void stay_offline(bool on, bool tell);

  /// Rated works whose facts are wanting, the newest first; then those that are wished for, then the rest.
  std::vector<Works::Ref> works_that_lack();
  bool keep_facts(std::vector<Item> items);
  void filling_changed();

  // ---- which work a title is

  /// What the person said that it is not.
  std::vector<std::string> refused_of(const std::string& item_id);
  /// What its line says of it, as far as that is known.
  Item line_of(const Item& item);
  /// Services have answered, or the library is another.
  void step_matching();
  void send_matches(std::uint32_t reply = 0);
  /// Works that the title which is asked about could be, the likeliest first.
  std::vector<p::MatchCandidate> candidates();
  /// @param items  ids of what has changed.
  void review_changed(const std::vector<std::string>& items);
  /// Tells anew which titles wait for the person to say what they are.
  void send_review();
  std::vector<std::string> open_titles();

  void handle(const p::FindMatches& command, Bytes, std::uint32_t reply);
  void handle(const p::DecideMatch& command, Bytes, std::uint32_t reply);

  void handle(const p::FillFacts& command, Bytes, std::uint32_t reply);
  void handle(const p::StayOffline& command, Bytes, std::uint32_t);
  void handle(const p::WatchNetwork& command, Bytes, std::uint32_t);
  void handle(const p::ShowPosters& command, Bytes, std::uint32_t);

  // ---- what works are about

  /// All that are known, the most useful first: those that the person rated, those on the screen, the rest.
  std::vector<Works::Ref> works_to_read();
  void send_stories(std::uint32_t reply = 0);
  void stories_changed();
  void stories_read(const std::vector<Works::Ref>& read);
  /// Has the predictor learn from the vectors that are used now.
  void use_stories();
  /// Uses the vectors of this page's model, if it has read all that an older one had. @return whether they are others than before, to be
  /// learnt from (vectors_came).
  bool leave_older_stories();
  /// The works may be others than before.
  void follow_works();
  /// Makes new vectors durable when all ratings are, and never together with them.
  void keep_vectors();
  std::vector<p::Similar> similar_to(const Works::Ref& work);
  // ---- what works look like

  std::vector<Works::Ref> works_to_see();
  void send_looks(std::uint32_t reply = 0);
  void looks_changed();
  void looks_seen(const std::vector<Works::Ref>& seen);
  void looks_compared(const std::vector<Works::Ref>& compared);
  std::string model_of_posters;  ///< hash of the one whose vectors are learnt from
  /// Whether any of these is rated.
  bool any_rated(const std::vector<Works::Ref>& works);
  Pace looks_pace{0.02};
  std::string looks_told;  ///< what of them is not a count
  /// Only one model is in memory, and none while something is learnt.
  void share_memory();

  Pace stories_pace{0.02};
  std::string stories_told;  ///< what of them is not a count

  void handle(const p::WishTextModel& command, Bytes, std::uint32_t reply);
  void handle(const p::PauseStories& command, Bytes, std::uint32_t reply);
  void handle(const p::WishPictureModel& command, Bytes, std::uint32_t reply);
  void handle(const p::ChoosePictureModel& command, Bytes, std::uint32_t reply);
  void handle(const p::PauseLooks& command, Bytes, std::uint32_t reply);
  void handle(const p::PageHidden& command, Bytes, std::uint32_t);

  // ---- keys of the person's own

  std::vector<p::OwnKey> own_keys_told();

  /// Those of this device, after storage was opened.
  void open_keys();

  /// @param key  empty: none any more.
  void keep_key(metadata::Service service, const std::string& key);

  /// Asks the service whether it takes its key.
  void check_key(metadata::Service service);

  void handle(const p::KeepKey& command, Bytes, std::uint32_t reply);

  // ---- commands

  void handle(const p::Search& command, Bytes, std::uint32_t reply);
  void handle(const p::FindInLibrary& command, Bytes, std::uint32_t reply);
  void handle(const p::Inspect& command, Bytes, std::uint32_t reply);
  void handle(const p::InspectModel& command, Bytes, std::uint32_t reply);
  void handle(const p::Tune& command, Bytes, std::uint32_t reply);
  void handle(const p::RestoreModel& command, Bytes, std::uint32_t reply);
  void handle(const p::Rate& command, Bytes, std::uint32_t reply);
  void handle(const p::ClearRating& command, Bytes, std::uint32_t reply);

  /// Skipping and dismissing name items that the library may not hold yet.
  void handle(const p::Mark& command, Bytes, std::uint32_t reply);
  void handle(const p::ChangeTogether& command, Bytes, std::uint32_t reply);
  void handle(const p::MarkSong& command, Bytes, std::uint32_t reply);
  void handle(const p::WatchSongs& command, Bytes, std::uint32_t reply);
  template <typename Kind>
  void mark(const std::string& item_id, std::string_view words, std::uint32_t reply);
  void handle(const p::Skip& command, Bytes, std::uint32_t reply);
  void handle(const p::Dismiss& command, Bytes, std::uint32_t reply);
  void handle(const p::Undo&, Bytes, std::uint32_t reply);
  void handle(const p::Redo&, Bytes, std::uint32_t reply);

  /// Undo and redo of a restored backup, and of what was deleted.
  void exchange_restored(std::uint32_t reply);
  /// @param for_good  nothing is held for Undo.
  void delete_everything(bool for_good, std::uint32_t reply);

  void handle(const p::ChangeSetting& command, Bytes, std::uint32_t reply) { commit({SettingChanged{command.key, command.value}}, reply); }
  void handle(const p::Suggest& command, Bytes, std::uint32_t reply);
  void handle(const p::ReadFile& command, Bytes bulk, std::uint32_t reply);
  void read_file(const std::string& name, std::unique_ptr<const imports::ByteSource> file, std::uint32_t reply);
  void handle(const p::ConfirmImport&, Bytes, std::uint32_t reply);
  void handle(const p::ReportImport&, Bytes, std::uint32_t reply);
  void handle(const p::ConfirmRestore& command, Bytes, std::uint32_t reply);
  void handle(const p::DropPreview&, Bytes, std::uint32_t);
  void handle(const p::MakeBackup&, Bytes, std::uint32_t reply);
  void handle(const p::Export& command, Bytes, std::uint32_t reply);
  void handle(const p::FetchDamaged& command, Bytes, std::uint32_t reply);
  void handle(const p::OpenDemo&, Bytes, std::uint32_t reply);
  void handle(const p::LeaveDemo&, Bytes, std::uint32_t);
  void handle(const p::DeleteEverything&, Bytes, std::uint32_t reply);
  void handle(const p::SaveAgain&, Bytes, std::uint32_t);
  void handle(const p::TakeBack& command, Bytes, std::uint32_t reply);

  /// Another tab writes now: it takes these, or whichever does when they come.
  void hand_over(const std::vector<Event>& events);

  void handle(const p::CancelJob& command, Bytes, std::uint32_t);
};

}  // namespace hub::engine
