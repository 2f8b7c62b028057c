#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "core/library/error.hpp"
#include "core/library/event.hpp"

/// What the interface and the engine say to each other, declared once. A message is a JSON object {"kind": …, "id": …, fields …}; large
/// arrays and files travel beside it as bytes that are transferred between the threads, not copied. Each struct lists its fields once, in
/// `fields`, for both directions.
namespace hub::protocol {

// ---------------------------------------------------------------- interface to engine

/// Search as typed; answered by SearchDone. A newer search makes an older one's answer worthless: compare `query` and `type`.
struct Search {
  static constexpr const char* kind = "search";
  std::string query;
  MediaType type = MediaType::film;
  std::uint32_t limit = 50;
  static void fields(auto& self, auto&& field) { field("query", self.query), field("type", self.type), field("limit", self.limit); }
};

/// Search in the library alone, over all that is known of its titles; answered by FoundInLibrary.
struct FindInLibrary {
  static constexpr const char* kind = "find_in_library";
  std::string query;
  static void fields(auto& self, auto&& field) { field("query", self.query); }
};

/// Facts and prediction of one item; answered by Details, now and again whenever its prediction has changed, until another item is
/// inspected.
struct Inspect {
  static constexpr const char* kind = "inspect";
  std::string item_id;  ///< empty: no item is inspected any more
  static void fields(auto& self, auto&& field) { field("item_id", self.item_id); }
};

struct Rate {
  static constexpr const char* kind = "rate";
  std::string item_id;
  double stars = 0;  ///< 0.5 … 5 in steps of 0.5
  static void fields(auto& self, auto&& field) { field("item_id", self.item_id), field("stars", self.stars); }
};

struct ClearRating {
  static constexpr const char* kind = "clear_rating";
  std::string item_id;
  static void fields(auto& self, auto&& field) { field("item_id", self.item_id); }
};

/// “Do not ask me this now.”
struct Skip {
  static constexpr const char* kind = "skip";
  std::string item_id;
  static void fields(auto& self, auto&& field) { field("item_id", self.item_id); }
};

/// “I do not want this.”
struct Dismiss {
  static constexpr const char* kind = "dismiss";
  std::string item_id;
  static void fields(auto& self, auto&& field) { field("item_id", self.item_id); }
};

/// Sets or takes away one of the marks “seen”, “begun”, “dropped”, “wished”, “owned” and “liked” of a work.
struct Mark {
  static constexpr const char* kind = "mark";
  std::string item_id;
  std::string mark;
  bool on = true;
  static void fields(auto& self, auto&& field) { field("item_id", self.item_id), field("mark", self.mark), field("on", self.on); }
};

/// Does one thing with many works of the library, as one batch that can be undone. Works that are as wanted already are left alone; a
/// Notice says how many were not.
struct ChangeTogether {
  static constexpr const char* kind = "change_together";
  std::string deed;  ///< name_of(ChangedTogether::Deed)
  std::vector<std::string> item_ids;
  double stars = 0;  ///< of "rated": 0.5 … 5 in steps of 0.5
  static void fields(auto& self, auto&& field) { field("deed", self.deed), field("item_ids", self.item_ids), field("stars", self.stars); }
};

/// Says of a song of the library that it is liked, disliked, or neither.
struct MarkSong {
  static constexpr const char* kind = "mark_song";
  std::string song_id;
  std::string opinion;  ///< "liked", "disliked" or "neither"
  static void fields(auto& self, auto&& field) { field("song_id", self.song_id), field("opinion", self.opinion); }
};

/// Asks for SongTaste, at once and with each change of it, or for no more of them. What is asked for is worked out only while it is.
struct WatchSongs {
  static constexpr const char* kind = "watch_songs";
  bool on = true;
  static void fields(auto& self, auto&& field) { field("on", self.on); }
};

struct Undo {
  static constexpr const char* kind = "undo";
  static void fields(auto&, auto&&) {}
};

struct Redo {
  static constexpr const char* kind = "redo";
  static void fields(auto&, auto&&) {}
};

struct ChangeSetting {
  static constexpr const char* kind = "change_setting";
  std::string key;
  std::string value;
  static void fields(auto& self, auto&& field) { field("key", self.key), field("value", self.value); }
};

/// Well-known titles to rate; answered by Suggestions.
struct Suggest {
  static constexpr const char* kind = "suggest";
  std::uint32_t count = 12;
  static void fields(auto& self, auto&& field) { field("count", self.count); }
};

/// A file the person dropped, picked or pasted (its bytes beside this); answered by ImportPreview, RestorePreview or Failed.
struct ReadFile {
  static constexpr const char* kind = "read_file";
  std::string name;
  static void fields(auto& self, auto&& field) { field("name", self.name); }
};

/// The report of the import that is previewed: a table of every line of its file, with what happens to it and why. Answered by FileReady.
struct ReportImport {
  static constexpr const char* kind = "report_import";
  static void fields(auto&, auto&&) {}
};

/// Takes the import that was previewed last, as one batch that can be undone.
struct ConfirmImport {
  static constexpr const char* kind = "confirm_import";
  static void fields(auto&, auto&&) {}
};

/// Takes the backup that was previewed last: beside what is there, or instead of it.
struct ConfirmRestore {
  static constexpr const char* kind = "confirm_restore";
  bool replace = false;
  static void fields(auto& self, auto&& field) { field("replace", self.replace); }
};

/// Forgets the previewed import or backup.
struct DropPreview {
  static constexpr const char* kind = "drop_preview";
  static void fields(auto&, auto&&) {}
};

/// Answered by FileReady with all events of what is shown.
struct MakeBackup {
  static constexpr const char* kind = "make_backup";
  /// For the file that follows each change: always of the person's own library, also behind a demo, and without a word of how far it is.
  bool own = false;
  static void fields(auto& self, auto&& field) { field("own", self.own); }
};

/// Answered by FileReady with the library as a file that another service or program reads, or by Failed where none of it has a place there.
struct Export {
  static constexpr const char* kind = "export";
  std::string service;  ///< key of one of exports::services()
  static void fields(auto& self, auto&& field) { field("service", self.service); }
};

/// Answered by FileReady with a file that opening storage kept aside.
struct FetchDamaged {
  static constexpr const char* kind = "fetch_damaged";
  std::string name;
  static void fields(auto& self, auto&& field) { field("name", self.name); }
};

struct OpenDemo {
  static constexpr const char* kind = "open_demo";
  static void fields(auto&, auto&&) {}
};

struct LeaveDemo {
  static constexpr const char* kind = "leave_demo";
  static void fields(auto&, auto&&) {}
};

/// Nothing stays on the device. Undo brings ratings, imports and keys back out of memory, until the next change or the end of this engine.
struct DeleteEverything {
  static constexpr const char* kind = "delete_everything";
  bool for_good = false;  ///< nothing is held for Undo either, also of what was deleted before
  static void fields(auto& self, auto&& field) { field("for_good", self.for_good); }
};

/// After StorageState "failed": tries again to write what is not on disk yet, for instance when the person has made room.
struct SaveAgain {
  static constexpr const char* kind = "save_again";
  static void fields(auto&, auto&&) {}
};

/// After the engine was started anew: what the interface knows to have happened and this engine does not, as storage is blocked, full, or
/// was not written yet when the one before ended. Taken into the library and its journal; events that are here already change nothing.
struct TakeBack {
  static constexpr const char* kind = "take_back";
  std::string device;         ///< Opened::device of the engine that ended: the count of its events goes on
  bool replace = false;       ///< what storage holds was to be gone (Opened::replaced)
  std::vector<Event> events;  ///< as event_bytes() beside the command, not in it
  static void fields(auto& self, auto&& field) { field("device", self.device), field("replace", self.replace); }
};

/// Stops a job that was announced by JobProgress; what it worked on is as before.
struct CancelJob {
  static constexpr const char* kind = "cancel_job";
  std::uint32_t job = 0;
  static void fields(auto& self, auto&& field) { field("job", self.job); }
};

/// How good the predictions of a type are, in full; answered by ModelReport, now and again whenever more of it is known or a newer model is
/// in use, until another type is asked for.
struct InspectModel {
  static constexpr const char* kind = "inspect_model";
  std::optional<MediaType> type;  ///< nothing: no model is looked at any more
  static void fields(auto& self, auto&& field) { field("type", self.type); }
};

/// Looks for parameters that predict this person's ratings of a type better than the default ones. A job, announced by JobProgress; what it
/// found is in ModelReport::tuning.
struct Tune {
  static constexpr const char* kind = "tune";
  MediaType type = MediaType::film;
  std::uint32_t seconds = 60;  ///< budget
  static void fields(auto& self, auto&& field) { field("type", self.type), field("seconds", self.seconds); }
};

/// Puts an earlier model of a type back into use, until its ratings change. @see ModelCard
struct RestoreModel {
  static constexpr const char* kind = "restore_model";
  MediaType type = MediaType::film;
  std::string card;  ///< ModelCard::id
  static void fields(auto& self, auto&& field) { field("type", self.type), field("card", self.card); }
};

/// The switch “Stay offline” of this device: nothing is asked of any service any more. Answered by Network.
struct StayOffline {
  static constexpr const char* kind = "stay_offline";
  bool on = true;
  static void fields(auto& self, auto&& field) { field("on", self.on); }
};

/// Asks for Network with each change of it, or for no more of them.
struct WatchNetwork {
  static constexpr const char* kind = "watch_network";
  bool on = true;
  static void fields(auto& self, auto&& field) { field("on", self.on); }
};

/// A picture that has a place on the screen.
struct WantedPoster {
  std::string address;  ///< poster_address() of the work
  std::string title;    ///< for the list of requests
  bool large = false;   ///< more than a list's row
  static void fields(auto& self, auto&& field) { field("address", self.address), field("title", self.title), field("large", self.large); }
  bool operator==(const WantedPoster& other) const { return address == other.address && large == other.large; }
};

/// What the screen lacks of pictures, in place of all earlier wishes; each is answered by a Poster, unless it is wished for no more.
struct ShowPosters {
  static constexpr const char* kind = "show_posters";
  std::vector<WantedPoster> wanted;
  static void fields(auto& self, auto&& field) { field("wanted", self.wanted); }
};

/// A key of the person's own for a service that wants one; kept on this device, outside of the library. Answered by Network.
struct KeepKey {
  static constexpr const char* kind = "keep_key";
  std::string service;  ///< OwnKey::service
  std::string key;      ///< empty: none any more
  static void fields(auto& self, auto&& field) { field("service", self.service), field("key", self.key); }
};

/// Looks up what the library's titles lack, in the background, or lets that rest; kept on this device. Answered by Filling.
struct FillFacts {
  static constexpr const char* kind = "fill_facts";
  bool on = true;
  static void fields(auto& self, auto&& field) { field("on", self.on); }
};

/// Which works a title of the library could be, for the person to say; answered by Matches, now and whenever a service has answered or the
/// library has changed, until another title is asked for.
struct FindMatches {
  static constexpr const char* kind = "find_matches";
  std::string item_id;      ///< empty: none any more
  std::string query;        ///< what to look for; empty: its title
  bool everywhere = false;  ///< also at the services, which are sent that
  static void fields(auto& self, auto&& field) {
    field("item_id", self.item_id), field("query", self.query), field("everywhere", self.everywhere);
  }
};

/// The person says which work a title is. @see hub::Matched
struct DecideMatch {
  static constexpr const char* kind = "decide_match";
  std::string item_id;
  std::string work_id;  ///< of one of the candidates; empty: none of them is it
  static void fields(auto& self, auto&& field) { field("item_id", self.item_id), field("work_id", self.work_id); }
};

/// What is to become of the model that reads what works are about. Answered by Stories.
struct WishTextModel {
  static constexpr const char* kind = "wish_text_model";
  std::string wish;  ///< "get": download what is missing of it; "stop": not now, what has come stays; "remove"
  static void fields(auto& self, auto&& field) { field("wish", self.wish); }
};

/// Rests the reading of stories in the background, or goes on with it. Answered by Stories.
struct PauseStories {
  static constexpr const char* kind = "pause_stories";
  bool on = true;
  static void fields(auto& self, auto&& field) { field("on", self.on); }
};

/// What is to become of the model that sees what posters look like, as WishTextModel. Answered by Looks.
struct WishPictureModel {
  static constexpr const char* kind = "wish_picture_model";
  std::string wish;
  static void fields(auto& self, auto&& field) { field("wish", self.wish); }
};

/// Another model is to see what posters look like; the one before is used until this one has seen all. Answered by Looks.
struct ChoosePictureModel {
  static constexpr const char* kind = "choose_picture_model";
  std::string model;  ///< ModelChoice::id
  static void fields(auto& self, auto&& field) { field("model", self.model); }
};

/// Rests the looking at posters in the background, or goes on with it. Answered by Looks.
struct PauseLooks {
  static constexpr const char* kind = "pause_looks";
  bool on = true;
  static void fields(auto& self, auto&& field) { field("on", self.on); }
};

/// Nobody sees the page (another tab is in front of it, the phone is locked), or it is seen again: what nobody waits for rests meanwhile.
struct PageHidden {
  static constexpr const char* kind = "page_hidden";
  bool hidden = true;
  static void fields(auto& self, auto&& field) { field("hidden", self.hidden); }
};

using Command = std::variant<Search, Inspect, Rate, ClearRating, Skip, Dismiss, Mark, ChangeTogether, MarkSong, WatchSongs, Undo, Redo,
                             ChangeSetting, Suggest, ReadFile, ConfirmImport, ConfirmRestore, DropPreview, MakeBackup, Export, FetchDamaged,
                             OpenDemo, LeaveDemo, DeleteEverything, SaveAgain, TakeBack, CancelJob, InspectModel, Tune, RestoreModel,
                             StayOffline, WatchNetwork, ShowPosters, KeepKey, WishTextModel, PauseStories, WishPictureModel,
                             ChoosePictureModel, PauseLooks, PageHidden, FillFacts, ReportImport, FindMatches, DecideMatch, FindInLibrary>;

/// Commands that leave the library as it is whatever comes of them. All others are answered, last of all, by a StorageState with their id.
template <typename T>
inline constexpr bool only_asks =
    std::is_same_v<T, Search> || std::is_same_v<T, Inspect> || std::is_same_v<T, Suggest> || std::is_same_v<T, ReadFile> ||
    std::is_same_v<T, DropPreview> || std::is_same_v<T, MakeBackup> || std::is_same_v<T, FetchDamaged> || std::is_same_v<T, Export> ||
    std::is_same_v<T, CancelJob> || std::is_same_v<T, InspectModel> || std::is_same_v<T, Tune> || std::is_same_v<T, RestoreModel> ||
    std::is_same_v<T, StayOffline> || std::is_same_v<T, WatchNetwork> || std::is_same_v<T, ShowPosters> || std::is_same_v<T, KeepKey> ||
    std::is_same_v<T, WishTextModel> || std::is_same_v<T, PauseStories> || std::is_same_v<T, WishPictureModel> ||
    std::is_same_v<T, ChoosePictureModel> || std::is_same_v<T, PauseLooks> || std::is_same_v<T, PageHidden> ||
    std::is_same_v<T, WatchSongs> || std::is_same_v<T, FillFacts> || std::is_same_v<T, ReportImport> || std::is_same_v<T, FindMatches> ||
    std::is_same_v<T, FindInLibrary>;

// ---------------------------------------------------------------- engine to interface

/// The library begins anew: forget the replica, EventsAdded follow. First message of all, and again at demo, restore, delete and hand-over
/// between tabs.
struct Opened {
  static constexpr const char* kind = "opened";
  std::string device;  ///< whose undo history is this tab's
  bool demo = false;
  bool read_only = false;             ///< another tab writes
  bool replaced = false;              ///< the history on disk is another and not part of this one, which is yet to take its place there
  std::vector<std::string> warnings;  ///< what opening storage found, in sentences
  std::vector<std::string> damaged_files;
  std::string undo;  ///< in words, what Undo would do before all events: until the next change, a restored backup is taken out again, or
                     ///< what was deleted comes back
  std::string redo;  ///< likewise
  bool deleted_held = false;  ///< what was deleted is still held for Undo
  static void fields(auto& self, auto&& field) {
    field("device", self.device), field("demo", self.demo), field("read_only", self.read_only), field("replaced", self.replaced),
        field("warnings", self.warnings), field("damaged_files", self.damaged_files), field("undo", self.undo), field("redo", self.redo),
        field("deleted_held", self.deleted_held);
  }
};

struct EventsAdded {
  static constexpr const char* kind = "events_added";
  std::vector<Event> events;  ///< as event_bytes() beside the message, not in it
  bool last = true;           ///< false while the history is still being sent after Opened
  static void fields(auto& self, auto&& field) { field("last", self.last); }
};

/// A service that was asked for what somebody typed or opened, and how that went.
struct AskedService {
  std::string name;   ///< "Wikidata"
  std::string state;  ///< "asking", "answered", "failed"
  std::string code;   ///< of a failure: "offline", "unreachable", "timeout", "busy", …
  std::string words;  ///< a sentence, of a failure
  static void fields(auto& self, auto&& field) {
    field("name", self.name), field("state", self.state), field("code", self.code), field("words", self.words);
  }
};

/// What is to be shown where a service's facts are.
struct Attribution {
  std::string name;     ///< of the service
  std::string words;    ///< its notice
  std::string address;  ///< what the notice links to: the service's page of the work, or of itself
  static void fields(auto& self, auto&& field) { field("name", self.name), field("words", self.words), field("address", self.address); }
};

/// What FindInLibrary has found: in the bytes beside it the keys (key_of) of the titles, best first; little endian, 8 bytes each.
struct FoundInLibrary {
  static constexpr const char* kind = "found_in_library";
  std::string query;
  std::string meant;  ///< where nothing is found as it was typed: the words that were looked for instead; else empty
  static void fields(auto& self, auto&& field) { field("query", self.query), field("meant", self.meant); }
};

/// Facts of an item as they stand for the predictor (library and catalogue merged), short enough for lists. Comes again, for the same
/// query, as services answer: what is known here first, then what they found, then what is about what was typed.
struct SearchDone {
  static constexpr const char* kind = "search_done";
  std::string query;
  MediaType type = MediaType::film;
  std::uint32_t total = 0;  ///< how many match; `items` may be fewer
  std::vector<Item> items;  ///< best first
  std::vector<AskedService> asked;
  std::vector<Attribution> attributions;  ///< of the services whose facts are among `items`
  std::vector<std::string> by_poster;     ///< ids of those of `items` whose posters look like what was typed; the very last ones
  std::vector<std::string> by_story;      ///< ids of those of `items` that were found by what they are about alone; the last ones
  static void fields(auto& self, auto&& field) {
    field("query", self.query), field("type", self.type), field("total", self.total), field("items", self.items),
        field("asked", self.asked), field("attributions", self.attributions), field("by_story", self.by_story),
        field("by_poster", self.by_poster);
  }
};

struct Suggestions {
  static constexpr const char* kind = "suggestions";
  std::vector<Item> items;
  static void fields(auto& self, auto&& field) { field("items", self.items); }
};

struct Reason {
  std::string group;
  std::string words;
  double stars = 0;  ///< signed
  static void fields(auto& self, auto&& field) { field("group", self.group), field("words", self.words), field("stars", self.stars); }
};

/// One of the person's own ratings that a prediction rests on.
struct CarriedBy {
  std::string item_id;
  std::string title;
  MediaType type = MediaType::film;
  double rated = 0;    ///< stars
  double stars = 0;    ///< what it adds to the prediction, signed
  double moves = 0;    ///< by how much the prediction would be another, had it not been rated, signed; 0 where that is not told
  std::string shared;  ///< what both works have in common, or empty
  static void fields(auto& self, auto&& field) {
    field("item_id", self.item_id), field("title", self.title), field("type", self.type), field("rated", self.rated),
        field("stars", self.stars), field("moves", self.moves), field("shared", self.shared);
  }
};

/// A work that is about something like another.
struct Similar {
  std::string item_id;
  std::string title;
  MediaType type = MediaType::film;
  std::optional<int> year;
  double likeness = 0;  ///< of what they are about, more than 0
  static void fields(auto& self, auto&& field) {
    field("item_id", self.item_id), field("title", self.title), field("type", self.type), field("year", self.year),
        field("likeness", self.likeness);
  }
};

struct Details {
  static constexpr const char* kind = "details";
  std::optional<Item> item;  ///< nothing when no such item is known
  std::string item_id;
  double stars = 0;  ///< predicted, 0.5 … 5
  double low = 0;    ///< 8 in 10 interval
  double high = 0;
  std::string basis;        ///< "none", "community", "baseline", "trees"
  std::string basis_words;  ///< what it rests on
  double base = 0;          ///< where the sum of reasons starts
  std::string base_words;
  std::vector<Reason> reasons;      ///< all of them, strongest first; base + Σ stars = prediction before clipping
  std::vector<CarriedBy> carried;   ///< strongest first
  std::string together;             ///< what two groups of facts make only together, as a sentence; empty where it is next to nothing
  bool held_out = false;            ///< the work is rated, and the prediction was made without that rating
  bool pending = false;             ///< a newer model of this type is being trained
  std::vector<AskedService> asked;  ///< for more facts of it
  std::vector<Attribution> attributions;
  std::vector<Similar> similar;  ///< most alike first; of the same type, then of others. Empty as long as the text model has not read it
  static void fields(auto& self, auto&& field) {
    field("similar", self.similar), field("carried", self.carried), field("together", self.together), field("held_out", self.held_out),
        field("item", self.item), field("item_id", self.item_id), field("stars", self.stars), field("low", self.low),
        field("high", self.high), field("basis", self.basis), field("basis_words", self.basis_words), field("base", self.base),
        field("base_words", self.base_words), field("reasons", self.reasons), field("pending", self.pending), field("asked", self.asked),
        field("attributions", self.attributions);
  }
};

/// One prediction in the bytes beside Predictions; little endian, 16 bytes. Its range comes with Details.
struct PredictionRecord {
  std::uint64_t key = 0;  ///< key_of(item id)
  float stars = 0;
  std::uint32_t basis = 0;  ///< 0 none, 1 community, 2 baseline, 3 trees
};
static_assert(sizeof(PredictionRecord) == 16);

/// New predictions of all known items of a type, as PredictionRecord[] in the bytes beside it.
struct Predictions {
  static constexpr const char* kind = "predictions";
  MediaType type = MediaType::film;
  std::uint32_t count = 0;
  static void fields(auto& self, auto&& field) { field("type", self.type), field("count", self.count); }
};

/// State of one type's model.
struct TypeTraining {
  MediaType type = MediaType::film;
  bool pending = false;                  ///< predictions of this type are being refreshed
  double progress = 0;                   ///< 0 … 1 of the run under way
  std::string basis;                     ///< of the model in use
  std::uint32_t ratings = 0;             ///< that it was trained on
  std::optional<double> rmse;            ///< on held-out ratings, stars
  std::optional<double> rmse_mean;       ///< of the person's own mean, on the same ratings
  std::optional<double> rmse_community;  ///< of the public's rating with the person's offset
  std::optional<double> coverage;        ///< share of held-out ratings inside their 8-in-10 range
  static void fields(auto& self, auto&& field) {
    field("type", self.type), field("pending", self.pending), field("progress", self.progress), field("basis", self.basis),
        field("ratings", self.ratings), field("rmse", self.rmse), field("rmse_mean", self.rmse_mean),
        field("rmse_community", self.rmse_community), field("coverage", self.coverage);
  }
};

struct Training {
  static constexpr const char* kind = "training";
  std::vector<TypeTraining> types;  ///< all five, in the order of MediaType
  static void fields(auto& self, auto&& field) { field("types", self.types); }
};

/// How far off one way of predicting was on the person's own held-out ratings, in stars.
struct MethodScore {
  std::string method;  ///< "final", "gaussian_process", "linear", "habit", "ridge", "cautious", "all_types", "neighbours", "plain_xgboost",
                       ///< "community", "mean"
  double rmse = 0;
  std::optional<double> mae;  ///< where it is known
  static void fields(auto& self, auto&& field) { field("method", self.method), field("rmse", self.rmse), field("mae", self.mae); }
};

/// Share of held-out ratings that fell into ranges which promised to hold `promised` of them.
struct CalibrationPoint {
  double promised = 0;  ///< 0 … 1
  double held = 0;      ///< 0 … 1
  static void fields(auto& self, auto&& field) { field("promised", self.promised), field("held", self.held); }
};

/// Error on the rest of the ratings when only so many of them are learnt from.
struct CurvePoint {
  std::uint32_t ratings = 0;
  double rmse = 0;
  double rmse_mean = 0;
  double rmse_community = 0;
  static void fields(auto& self, auto&& field) {
    field("ratings", self.ratings), field("rmse", self.rmse), field("rmse_mean", self.rmse_mean),
        field("rmse_community", self.rmse_community);
  }
};

/// A rating that was predicted badly while it was held out.
struct Miss {
  std::string item_id;
  std::string title;
  double rated = 0;      ///< stars
  double predicted = 0;  ///< stars, without this rating
  double low = 0;        ///< end of its 8-in-10 range
  double high = 0;
  bool suspect = false;  ///< so far off that a slip of the finger is likelier than taste
  std::string words;     ///< why it was expected otherwise: the strongest reasons of the prediction
  static void fields(auto& self, auto&& field) {
    field("item_id", self.item_id), field("title", self.title), field("rated", self.rated), field("predicted", self.predicted),
        field("low", self.low), field("high", self.high), field("suspect", self.suspect), field("words", self.words);
  }
};

/// How held-out predictions miss among the works that share something.
struct ErrorGroup {
  std::string dimension;  ///< "genre", "decade", "creator", "length", "source", "popularity"
  std::string name;       ///< “Horror”, “1990s”
  std::uint32_t count = 0;
  double gap = 0;  ///< mean of rating - prediction, shrunk towards 0; stars
  double low = 0;  ///< end of its 95 % interval
  double high = 0;
  bool clear = false;  ///< beyond chance, all groups considered (Benjamini and Hochberg 1995)
  std::string words;
  static void fields(auto& self, auto&& field) {
    field("dimension", self.dimension), field("name", self.name), field("count", self.count), field("gap", self.gap),
        field("low", self.low), field("high", self.high), field("clear", self.clear), field("words", self.words);
  }
};

/// One fit that was kept: what it was made of and how good it was.
struct ModelCard {
  std::string id;
  std::string made;  ///< ISO 8601, UTC
  std::string code;  ///< version of the program
  std::string data;  ///< hash of ratings and facts it learnt from
  std::uint32_t ratings = 0;
  std::optional<double> rmse;
  std::string parameters;  ///< in words; “default”
  bool in_use = false;
  static void fields(auto& self, auto&& field) {
    field("id", self.id), field("made", self.made), field("code", self.code), field("data", self.data), field("ratings", self.ratings),
        field("rmse", self.rmse), field("parameters", self.parameters), field("in_use", self.in_use);
  }
};

/// Where the search for better parameters stands, or what the last one found.
struct Tuning {
  bool running = false;
  double progress = 0;  ///< 0 … 1 of the budget
  std::uint32_t trials = 0;
  std::optional<double> rmse_default;    ///< on ratings that no trial saw
  std::optional<double> rmse_best;       ///< while it runs, the least on the trials' own held-out ratings so far
  std::optional<double> standard_error;  ///< of the difference
  bool kept = false;                     ///< the winner is in use
  std::string words;                     ///< what came of it, in a sentence; empty when there was no search
  static void fields(auto& self, auto&& field) {
    field("running", self.running), field("progress", self.progress), field("trials", self.trials),
        field("rmse_default", self.rmse_default), field("rmse_best", self.rmse_best), field("standard_error", self.standard_error),
        field("kept", self.kept), field("words", self.words);
  }
};

/// What the ratings of other types add to the predictions of one, by held-out error on this type's ratings.
struct TogetherScore {
  double rmse_alone = 0;
  double rmse_together = 0;
  double weight = 0;  ///< 0 … 1: how much of the model over all types is used
  static void fields(auto& self, auto&& field) {
    field("rmse_alone", self.rmse_alone), field("rmse_together", self.rmse_together), field("weight", self.weight);
  }
};

/// From how many ratings of a type on each part of its report can be worked out; 0 where that is not known.
struct ReportNeeds {
  std::uint32_t methods = 0;  ///< without these there is no report
  std::uint32_t calibration = 0;
  std::uint32_t curve = 0;
  std::uint32_t groups = 0;
  std::uint32_t together = 0;  ///< and ratings of at least one other type
  std::uint32_t tuning = 0;
  static void fields(auto& self, auto&& field) {
    field("methods", self.methods), field("calibration", self.calibration), field("curve", self.curve), field("groups", self.groups),
        field("together", self.together), field("tuning", self.tuning);
  }
};

/// Everything about how good the predictions of a type are. Parts that take longer come later, in a newer report.
struct ModelReport {
  static constexpr const char* kind = "model_report";
  MediaType type = MediaType::film;
  std::uint32_t ratings = 0;  ///< that the model in use learnt from
  std::string basis;
  bool pending = false;  ///< more of this report is being worked out
  double progress = 0;   ///< 0 … 1 of that
  ReportNeeds needs;
  std::optional<double> coverage;    ///< share of held-out ratings inside their 8-in-10 range
  std::vector<MethodScore> methods;  ///< "final" first
  std::vector<CalibrationPoint> calibration;
  std::vector<CurvePoint> curve;
  std::vector<Miss> misses;        ///< largest first
  std::vector<ErrorGroup> groups;  ///< clear ones first, then by size of the gap
  std::optional<TogetherScore> together;
  Tuning tuning;
  std::vector<ModelCard> cards;  ///< newest first
  static void fields(auto& self, auto&& field) {
    field("type", self.type), field("ratings", self.ratings), field("basis", self.basis), field("pending", self.pending),
        field("progress", self.progress), field("needs", self.needs), field("coverage", self.coverage), field("methods", self.methods),
        field("calibration", self.calibration), field("curve", self.curve), field("misses", self.misses), field("groups", self.groups),
        field("together", self.together), field("tuning", self.tuning), field("cards", self.cards);
  }
};

/// How well one way of telling what songs are liked did on songs that were held out.
struct LikeScore {
  std::string method;  ///< "final", "gaussian_process", "xgboost", "plain_xgboost", "share"
  double auc = 0.5;    ///< chance that of a liked and another song the liked one is put first
  double log_loss = 0;
  static void fields(auto& self, auto&& field) { field("method", self.method), field("auc", self.auc), field("log_loss", self.log_loss); }
};

/// Songs that were given about the same chance while they were held out, and how many of them are liked.
struct LikeBin {
  double promised = 0;  ///< mean of the chances
  double held = 0;      ///< share that is liked
  std::uint32_t songs = 0;
  static void fields(auto& self, auto&& field) { field("promised", self.promised), field("held", self.held), field("songs", self.songs); }
};

/// One song in the bytes beside SongTaste; little endian, 16 bytes.
struct SongRecord {
  std::uint64_t key = 0;  ///< key_of(song id)
  float chance = 0;       ///< that the person likes it, 0 … 1, without what they said of it
  float stars = 0;        ///< on the scale of their music ratings; 0 where there is none
};
static_assert(sizeof(SongRecord) == 16);

/// What is known of the person's taste in songs. All songs' chances as SongRecord[] in the bytes beside it, where they are new.
struct SongTaste {
  static constexpr const char* kind = "song_taste";
  bool pending = false;     ///< newer chances are being worked out
  double progress = 0;      ///< 0 … 1 of that
  std::uint32_t songs = 0;  ///< that the chances are of
  std::uint32_t liked = 0;
  std::uint32_t with_sound = 0;    ///< of how many it is known how they sound
  std::uint32_t ratings = 0;       ///< of music, that the stars are learnt from; 0: there are no stars
  std::uint32_t needed = 0;        ///< songs, liked and others, from which on there are chances
  std::vector<LikeScore> methods;  ///< "final" first; empty where there are too few songs
  std::vector<LikeBin> bins;       ///< of "final", rising
  std::optional<double> gap;       ///< mean distance between promised and held, 0 … 1
  static void fields(auto& self, auto&& field) {
    field("pending", self.pending), field("progress", self.progress), field("songs", self.songs), field("liked", self.liked),
        field("with_sound", self.with_sound), field("ratings", self.ratings), field("needed", self.needed), field("methods", self.methods),
        field("bins", self.bins), field("gap", self.gap);
  }
};

/// Where what the person did stands: "opening", "saving", "saved", "memory" (storage is blocked), "failed", "read_only", "demo".
struct StorageState {
  static constexpr const char* kind = "storage";
  std::string state;
  std::string message;  ///< a sentence, empty when all is well
  std::uint64_t bytes = 0;
  static void fields(auto& self, auto&& field) { field("state", self.state), field("message", self.message), field("bytes", self.bytes); }
};

/// One line of an import's preview.
struct PreviewLine {
  std::uint64_t line = 0;
  std::string title;   ///< empty for a skipped line that has none
  std::string detail;  ///< what will happen, or why it is skipped
  std::string file;    ///< of an archive: which file the line is in; else empty
  static void fields(auto& self, auto&& field) {
    field("line", self.line), field("title", self.title), field("detail", self.detail), field("file", self.file);
  }
};

struct ImportPreview {
  static constexpr const char* kind = "import_preview";
  std::string file;
  std::string source;
  std::uint32_t ratings = 0;  ///< rows understood
  std::uint32_t added = 0;    ///< of those, new
  std::uint32_t changed = 0;  ///< rated differently before
  std::uint32_t unchanged = 0;
  std::uint32_t skipped = 0;    ///< lines of which nothing is taken
  std::uint32_t to_review = 0;  ///< titles that could be works that are known, but not surely
  /// Of how many works it tells, besides or instead of a rating, that …
  std::uint32_t seen = 0;
  std::uint32_t begun = 0;
  std::uint32_t dropped = 0;
  std::uint32_t wished = 0;
  std::uint32_t owned = 0;
  std::uint32_t liked = 0;
  std::uint32_t again = 0;      ///< they were seen, read or played more than once
  std::uint32_t earlier = 0;    ///< they were rated on other days before
  std::uint32_t told_anew = 0;  ///< of which any of that is new, and the rating is not
  std::uint32_t songs = 0;
  std::uint32_t songs_liked = 0;
  std::uint32_t songs_disliked = 0;
  std::uint32_t songs_with_sound = 0;  ///< of which it is told how they sound
  std::uint32_t songs_anew = 0;        ///< of which anything is new
  std::vector<std::uint32_t> by_type;  ///< rows by MediaType
  std::vector<PreviewLine> changes;    ///< the first 200 that change something
  std::vector<PreviewLine> skips;      ///< the first 200
  std::vector<std::string> notes;
  static void fields(auto& self, auto&& field) {
    field("file", self.file), field("source", self.source), field("ratings", self.ratings), field("added", self.added),
        field("changed", self.changed), field("unchanged", self.unchanged), field("skipped", self.skipped), field("seen", self.seen),
        field("to_review", self.to_review), field("begun", self.begun), field("dropped", self.dropped), field("wished", self.wished),
        field("owned", self.owned), field("liked", self.liked), field("again", self.again), field("earlier", self.earlier),
        field("told_anew", self.told_anew), field("songs", self.songs), field("songs_liked", self.songs_liked),
        field("songs_disliked", self.songs_disliked), field("songs_with_sound", self.songs_with_sound),
        field("songs_anew", self.songs_anew), field("by_type", self.by_type), field("changes", self.changes), field("skips", self.skips),
        field("notes", self.notes);
  }
};

struct RestorePreview {
  static constexpr const char* kind = "restore_preview";
  std::string file;
  std::uint32_t events = 0;
  std::uint32_t ratings = 0;     ///< that the backup adds up to
  std::uint32_t new_events = 0;  ///< that are not here yet
  static void fields(auto& self, auto&& field) {
    field("file", self.file), field("events", self.events), field("ratings", self.ratings), field("new_events", self.new_events);
  }
};

/// A request that left this device, or that the cache answered in its place.
struct NetworkEntry {
  std::string time;  ///< ISO 8601, UTC
  std::string host;
  std::string purpose;
  std::uint64_t bytes = 0;  ///< of the answer
  std::string outcome;      ///< "under_way", "answered", "from_cache", "stopped", "failed"
  static void fields(auto& self, auto&& field) {
    field("time", self.time), field("host", self.host), field("purpose", self.purpose), field("bytes", self.bytes),
        field("outcome", self.outcome);
  }
};

/// A service that this page can ask with a key of the person's own.
struct OwnKey {
  std::string service;  ///< the word for it in commands
  std::string name;
  std::string address;  ///< where keys are given
  bool kept = false;    ///< there is one, which is never told
  std::string words;    ///< what came of the last one entered, in a sentence, or empty
  static void fields(auto& self, auto&& field) {
    field("service", self.service), field("name", self.name), field("address", self.address), field("kept", self.kept),
        field("words", self.words);
  }
};

/// What of the network there is to say. Comes after Opened, and with each change while it is watched.
struct Network {
  static constexpr const char* kind = "network";
  bool stay_offline = false;
  std::uint32_t sent = 0;             ///< requests that went out since the page was opened
  std::uint64_t bytes = 0;            ///< that came back
  std::uint64_t kept_bytes = 0;       ///< of answers that are kept to be used again
  std::vector<NetworkEntry> entries;  ///< newest first; only while it is watched
  std::vector<Attribution> services;  ///< those that may be asked; their notices
  std::string proxy;                  ///< the host by which some of them are, or empty
  std::vector<std::string> by_proxy;  ///< their names
  std::vector<OwnKey> own_keys;
  static void fields(auto& self, auto&& field) {
    field("proxy", self.proxy), field("by_proxy", self.by_proxy), field("own_keys", self.own_keys),
        field("stay_offline", self.stay_offline), field("sent", self.sent), field("bytes", self.bytes),
        field("kept_bytes", self.kept_bytes), field("entries", self.entries), field("services", self.services);
  }
};

/// A picture that was wished for; its pixels beside this: red, green, blue and alpha, a byte each, line by line from the top.
struct Poster {
  static constexpr const char* kind = "poster";
  std::string address;
  bool large = false;
  std::uint32_t width = 0;  ///< pixels; 0: there is none
  std::uint32_t height = 0;
  bool later = false;  ///< it did not come; another time it may
  static void fields(auto& self, auto&& field) {
    field("address", self.address), field("large", self.large), field("width", self.width), field("height", self.height),
        field("later", self.later);
  }
};

/// How a model that this page offers stands on this device, and what it is yet to be used for.
struct OnDevice {
  std::string state = "none";  ///< "none": this page has no such model; "absent", "downloading", "opening" (it is here and starts), "here"
  std::string name;            ///< of the model
  std::string licence;         ///< its SPDX identifier
  std::uint64_t download_bytes = 0;  ///< of all its files
  std::uint64_t got_bytes = 0;       ///< of those, what is on this device
  bool begun = false;                ///< some of that is this model's alone
  std::uint64_t memory_bytes = 0;    ///< that it takes while it works
  std::string code;        ///< why it could not be had or used: "network", "wrong_hash", "quota_exceeded", "blocked", "runtime"; or empty
  std::string words;       ///< that, in sentences
  std::uint32_t read = 0;  ///< works that have a vector of it
  std::uint32_t all = 0;   ///< works that can have one
  bool paused = false;     ///< by PauseStories or PauseLooks
  static void fields(auto& self, auto&& field) {
    field("state", self.state), field("name", self.name), field("licence", self.licence), field("download_bytes", self.download_bytes),
        field("got_bytes", self.got_bytes), field("begun", self.begun), field("memory_bytes", self.memory_bytes), field("code", self.code),
        field("words", self.words), field("read", self.read), field("all", self.all), field("paused", self.paused);
  }
};

/// The model that reads what works are about, and how far it has read. Comes after Opened, and with each change.
struct Stories : OnDevice {
  static constexpr const char* kind = "stories";
  bool older = false;  ///< what the model of an earlier page has read is used until this one has read all of that
  static void fields(auto& self, auto&& field) {
    OnDevice::fields(self, field);
    field("older", self.older);
  }
};

/// A model that can be chosen.
struct ModelChoice {
  std::string id;
  std::string name;
  std::uint64_t download_bytes = 0;
  static void fields(auto& self, auto&& field) {
    field("id", self.id), field("name", self.name), field("download_bytes", self.download_bytes);
  }
};

/// The same of the model that sees what posters look like. Comes after Opened, and with each change.
struct Looks : OnDevice {
  static constexpr const char* kind = "looks";
  std::string chosen;                ///< id of this model among the choices
  std::vector<ModelChoice> choices;  ///< all that this page has
  std::string used;                  ///< name of another one, whose vectors are used until this one has seen all; or empty
  bool describes = false;            ///< it finds posters by a description, too
  // Once all posters were seen: works that have a text beside the poster, and how many of these texts it has compared with them.
  std::uint32_t comparable = 0;
  std::uint32_t compared = 0;
  static void fields(auto& self, auto&& field) {
    OnDevice::fields(self, field);
    field("chosen", self.chosen), field("choices", self.choices), field("used", self.used), field("describes", self.describes),
        field("comparable", self.comparable), field("compared", self.compared);
  }
};

/// How the looking up of what the library lacks stands. Comes after Opened, and with each change.
struct Filling {
  static constexpr const char* kind = "filling";
  /// "none": no service can be asked; "off": not, or not any more; "asking"; "waiting": on, but nobody answers just now; "through": on, and
  /// every title has been asked for.
  std::string state = "none";
  std::uint32_t left = 0;                     ///< titles that lack facts and were not asked for
  std::uint32_t done = 0;                     ///< of this round
  std::uint32_t found = 0;                    ///< of those, the ones that somebody knew more of
  std::optional<std::uint32_t> seconds_left;  ///< at the pace so far
  std::string title;                          ///< that is being asked for, or empty
  std::string words;                          ///< why it waits, or empty
  std::vector<std::string> services;          ///< names of those that are asked
  static void fields(auto& self, auto&& field) {
    field("state", self.state), field("left", self.left), field("done", self.done), field("found", self.found),
        field("seconds_left", self.seconds_left), field("title", self.title), field("words", self.words), field("services", self.services);
  }
};

/// A work that a title could be.
struct MatchCandidate {
  Item item;
  bool in_library = false;
  double confidence = 0;  ///< that it is the work, by what the title's line says; 0 … 1
  static void fields(auto& self, auto&& field) {
    field("item", self.item), field("in_library", self.in_library), field("confidence", self.confidence);
  }
};

/// Works that a title of the library could be, the likeliest first; never itself.
struct Matches {
  static constexpr const char* kind = "matches";
  std::string item_id;
  std::string query;                       ///< as it was asked
  bool everywhere = false;                 ///< likewise
  Item line;                               ///< what its line in a file says of it, or its title alone
  std::vector<MatchCandidate> candidates;  ///< of the library, the catalogue and the services
  std::vector<AskedService> asked;
  static void fields(auto& self, auto&& field) {
    field("item_id", self.item_id), field("query", self.query), field("everywhere", self.everywhere), field("line", self.line),
        field("candidates", self.candidates), field("asked", self.asked);
  }
};

/// Titles of the library that could be works that are known, but not surely: what they are waits for the person. Comes after Opened, and
/// with each change.
struct Review {
  static constexpr const char* kind = "review";
  std::vector<std::string> item_ids;  ///< those that were rated last first
  static void fields(auto& self, auto&& field) { field("item_ids", self.item_ids); }
};

/// Services whose facts are in the library, to be named wherever these show. Comes after Opened, and when there are more of them.
struct Sources {
  static constexpr const char* kind = "sources";
  std::vector<Attribution> services;
  static void fields(auto& self, auto&& field) { field("services", self.services); }
};

struct JobProgress {
  static constexpr const char* kind = "job_progress";
  std::uint32_t job = 0;
  std::string label;    ///< “Reading ratings.csv”
  double progress = 0;  ///< 0 … 1
  bool ended = false;
  bool cancelled = false;
  bool file = true;  ///< of a file that is read or written; else of a search for better settings
  static void fields(auto& self, auto&& field) {
    field("job", self.job), field("label", self.label), field("progress", self.progress), field("ended", self.ended),
        field("cancelled", self.cancelled), field("file", self.file);
  }
};

/// A file for the person to keep; its bytes beside this.
struct FileReady {
  static constexpr const char* kind = "file_ready";
  std::string name;
  std::string mime;
  static void fields(auto& self, auto&& field) { field("name", self.name), field("mime", self.mime); }
};

/// Something was done that is worth saying, and can perhaps be undone.
struct Notice {
  static constexpr const char* kind = "notice";
  std::string text;
  bool undoable = false;
  static void fields(auto& self, auto&& field) { field("text", self.text), field("undoable", self.undoable); }
};

/// A command could not be carried out; nothing was changed.
struct Failed {
  static constexpr const char* kind = "failed";
  std::string code;
  std::string message;
  static void fields(auto& self, auto&& field) { field("code", self.code), field("message", self.message); }
};

using Message = std::variant<Opened, EventsAdded, SearchDone, Suggestions, Details, Predictions, Training, StorageState, ImportPreview,
                             RestorePreview, JobProgress, FileReady, Notice, Failed, ModelReport, Network, Poster, SongTaste, Stories,
                             Looks, Filling, Matches, Review, FoundInLibrary, Sources>;

// ---------------------------------------------------------------- the written form

/// @param id  which command this is; a Failed message that answers it carries the same. 0: none.
std::string write(const Command& command, std::uint32_t id = 0);
std::string write(const Message& message, std::uint32_t id = 0);

template <typename T>
struct Envelope {
  T body;
  std::uint32_t id = 0;
};

/// @return Error "bad_message" naming what was wrong.
Expected<Envelope<Command>> read_command(std::string_view json);
Expected<Envelope<Message>> read_message(std::string_view json);

}  // namespace hub::protocol
