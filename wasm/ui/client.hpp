#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/library/library.hpp"
#include "core/library/number_table.hpp"
#include "core/protocol/outbox.hpp"
#include "core/protocol/protocol.hpp"
#include "wasm/platform/host.hpp"
#include "wasm/ui/moves.hpp"

namespace hub::ui {

/// What the engine last said an item would be rated.
struct Predicted {
  float stars = 0;
  std::uint32_t basis = 0;  ///< 0 none, 1 community, 2 baseline, 3 trees
};

/// Something to say in passing (a toast).
struct Toast {
  std::string text;
  bool undoable = false;
  bool error = false;
};

/// The interface's side of the conversation with the engine: a replica of the library built from the same events, the engine's last
/// answers, and one function for each thing a person can do. Views read it and call it; nothing else talks to the engine. Every message
/// asks for a frame by itself.
class Client {
 public:
  /// Listens to the engine. Call once.
  void start();

  // ---- what is so

  /// False until the library was sent for the first time (or while it is being sent anew).
  bool opened() const { return opened_; }
  bool demo() const { return state_.demo; }
  bool read_only() const { return state_.read_only; }
  /// Sentences about what opening storage found, and files that it kept aside.
  const std::vector<std::string>& warnings() const { return state_.warnings; }
  const std::vector<std::string>& damaged_files() const { return state_.damaged_files; }

  const Library& library() const { return library_; }
  /// Facts of an item as far as they are here: from the library or from the engine's answers. Valid until the next frame. Null when
  /// unknown.
  const Item* item(std::string_view id) const;
  /// The person's rating in stars, 0.5 … 5, or nothing.
  std::optional<double> rating(std::string_view id) const;
  std::optional<Predicted> predicted(std::string_view id) const { return predicted(key_of(id)); }
  /// @param key  key_of the item's id.
  std::optional<Predicted> predicted(std::uint64_t key) const;

  const protocol::TypeTraining& training(MediaType type) const { return training_[index_of(type)]; }
  /// Whether no prediction of any type is waiting to be refreshed.
  bool training_ready() const;
  const protocol::StorageState& storage() const { return storage_; }

  /// The last answer to search(), and whether a newer question is on its way.
  const protocol::SearchDone& results() const { return results_; }
  bool searching() const { return asked_query_ != results_.query || asked_type_ != results_.type || !search_answered_; }
  const std::vector<Item>& suggestions() const { return suggestions_; }

  /// The last answer to find_in_library().
  struct InLibrary {
    std::string query;
    std::string meant;                ///< @see protocol::FoundInLibrary
    std::vector<std::uint64_t> keys;  ///< best first
    std::uint64_t revision = 0;       ///< grows with every answer; 0: there was none
  };
  const InLibrary& in_library() const { return in_library_; }

  /// Of the item given to inspect(), once the engine has answered; of no other.
  const protocol::Details* details() const;
  /// Of the person's songs; null until it has come. Asked for by watch_songs().
  const protocol::SongTaste* song_taste() const { return song_taste_ ? &*song_taste_ : nullptr; }
  /// The chance that the person likes a song, and its stars; nothing where that is not known.
  /// @param key  key_of the song's id.
  std::optional<protocol::SongRecord> song_chance(std::uint64_t key) const;
  /// Grows with every change of the songs' chances.
  std::uint64_t songs_revision() const { return songs_revision_; }
  /// Of the type last asked for by inspect_model; null until it has come.
  const protocol::ModelReport* report() const;

  const std::optional<protocol::ImportPreview>& import_preview() const { return import_preview_; }
  const std::optional<protocol::RestorePreview>& restore_preview() const { return restore_preview_; }
  /// A job that takes long, with its progress.
  const std::optional<protocol::JobProgress>& job() const { return job_; }
  /// Why the last file could not be read; stays until the next file or dismiss_file_error().
  const std::optional<protocol::Failed>& file_error() const { return file_error_; }
  void dismiss_file_error() { file_error_.reset(); }

  /// The engine ended again and again before it came to rest; it is started once more by start_engine_again() alone.
  bool engine_failed() const { return failed_starts_ >= starts_tried; }
  /// How much of the engine has come, in bytes of all (0: not known), while it is waited for; nothing where it came at once.
  struct Coming {
    double came = 0;
    double all = 0;
  };
  const std::optional<Coming>& engine_coming() const { return coming_; }
  /// What a view says in place of a library that is not open: that it is on its way, or cannot come.
  std::string_view opening_words() const;
  /// Asks the tab that writes to let this one write.
  void take_turn();
  bool turn_asked() const { return turn_asked_; }
  /// Whether this page alone holds something of the person's own.
  bool unsaved() const;

  /// Grows with every change of the library or the predictions: for what views derive and keep.
  std::uint64_t revision() const { return revision_; }
  /// Grows with every change of the library alone, and of the predictions alone: `revision` also follows the progress of training.
  std::uint64_t library_revision() const { return library_revision_; }
  std::uint64_t predictions_revision() const { return predictions_revision_; }
  /// Ids of the items that may differ since library_revision() was `revision`. Nothing when all may: the library began anew, or so much has
  /// come since that it is not kept one by one.
  std::optional<std::vector<std::string>> changed_since(std::uint64_t revision) const;

  std::deque<Toast>& toasts() { return toasts_; }

  /// What of the network there is to say; its requests only while watch_network() is on.
  const protocol::Network& network() const { return network_; }

  /// The model that reads what works are about, and how far it is.
  const protocol::Stories& stories() const { return stories_; }
  const protocol::Looks& looks() const { return looks_; }

  /// How the looking up of what the library's titles lack stands.
  const protocol::Filling& filling() const { return filling_; }
  /// Services whose facts are in the library.
  const std::vector<protocol::Attribution>& sources() const { return sources_; }

  /// What the last rating that was given or cleared here has moved; null where there was none, or nothing moved so far.
  const Moves::Told* moves() const;

  /// Works that the title given to find_matches() could be; null until the engine has answered.
  const protocol::Matches* matches() const;
  /// Titles of the library that wait for the person to say which work they are.
  const std::vector<std::string>& review() const { return review_; }

  /// What Undo and Redo would do, in words; empty when there is nothing.
  const std::string& undo_words() const;
  const std::string& redo_words() const;
  /// Whether what was deleted is still held, for Undo.
  bool deleted_held() const { return state_.deleted_held; }

  // ---- what a person does

  void search(std::string_view query, MediaType type);
  /// Looks for words in the library, unless that was done since it has changed. Empty: nothing is looked for any more.
  void find_in_library(std::string_view query);
  void suggest(std::uint32_t count);
  void inspect(std::string_view item_id);
  /// Asks for reports on the model of a type, until another (or nothing) is asked for.
  void inspect_model(std::optional<MediaType> type);
  void tune(MediaType type, std::uint32_t seconds);
  void restore_model(MediaType type, std::string card);
  void rate(std::string_view item_id, double stars);
  void clear_rating(std::string_view item_id);
  /// @see protocol::Mark
  void mark(std::string_view item_id, std::string_view mark, bool on);
  /// One thing with many works, as one batch; @see protocol::ChangeTogether
  void change_together(ChangedTogether::Deed deed, std::vector<std::string> item_ids, double stars = 0);
  /// @see protocol::MarkSong
  void mark_song(std::string_view song_id, std::string_view opinion);
  /// Whether the chances of songs are worked out and told.
  void watch_songs(bool on);
  void skip(std::string_view item_id);
  void dismiss(std::string_view item_id);
  void undo();
  void redo();
  void read_file(std::string name, host::Bulk file);
  void read_text(std::string name, std::string_view text);
  void confirm_import();
  void confirm_restore(bool replace);
  /// Writes a table of every line of the previewed file, with what happens to it and why.
  void report_import();
  void drop_preview();
  void cancel_job();
  void make_backup();
  /// One of the person's own library for the file that is kept up to date (backup_file.hpp), where it arrives.
  void make_own_backup();
  /// @see protocol::Export
  void write_export(std::string_view service);
  void fetch_damaged(std::string_view name);
  void open_demo();
  void leave_demo();
  /// @see protocol::DeleteEverything
  void delete_everything(bool for_good);
  /// After a failure to save: tries again to write what is not on disk yet.
  void save_again();
  void start_engine_again();
  /// The switch of this device: nobody is asked any more.
  void stay_offline(bool on);
  /// A key of the person's own for a service; empty: none any more.
  void keep_key(std::string_view service, std::string_view key);
  /// @see protocol::WishTextModel
  void wish_text_model(std::string_view wish);
  /// @see protocol::WishPictureModel
  void wish_picture_model(std::string_view wish);
  /// @see protocol::ChoosePictureModel
  void choose_picture_model(std::string_view id);
  /// Looks up what the library's titles lack, or lets that rest.
  void fill_facts(bool on);
  /// @see protocol::FindMatches
  void find_matches(std::string_view item_id, std::string_view query, bool everywhere);
  /// @see protocol::DecideMatch
  void decide_match(std::string_view item_id, std::string_view work_id);
  /// Rests the reading of stories, or goes on with it.
  void pause_stories(bool on);
  /// Rests the looking at posters, or goes on with it.
  void pause_looks(bool on);
  /// Whether the requests are told one by one.
  void watch_network(bool on);
  /// What the screen lacks of pictures; @see posters.hpp, where they arrive.
  void show_posters(const std::vector<protocol::WantedPoster>& wanted);
  void change_setting(std::string_view key, std::string_view value);

 private:
  /// A command that changes the library also ends “Saved”, until the engine has answered. Where there is no engine it waits for the next.
  void send(const protocol::Command& command, std::vector<host::Bulk> bulk = {});
  void post(const protocol::Command& command, std::vector<host::Bulk> bulk = {});
  void engine_ended(std::string_view reason);
  std::string what_ended() const;
  /// Whether there is something that the next engine cannot go on with.
  bool ends_with_engine() const;
  /// The library is about to begin anew: what only this replica may hold is kept, until the engine holds it.
  void keep_replica(const protocol::Opened& next);
  /// Gives an engine that has just opened what the one before took with it.
  void resume();
  std::vector<Event> lacking() const;
  void warn(std::string text);
  void receive(host::Message message);
  void misunderstood(const Error& error);
  void remember(std::vector<Item> items);
  std::optional<std::uint32_t> predicted_place(std::uint64_t key) const;
  void note(const Change& change);
  void forget_changes();
  /// Shows a rating at once, before the engine has confirmed it.
  void expect(std::string_view item_id, std::optional<double> stars);

  void on(protocol::Opened& message);
  void take(protocol::EventsAdded& message, std::span<const host::Bulk> bulk);
  void on(protocol::SearchDone& message);
  void on(protocol::Suggestions& message);
  void on(protocol::Details& message);
  void on(protocol::ModelReport& message);
  void on(protocol::Training& message);
  void on(protocol::StorageState& message);
  void on(protocol::ImportPreview& message);
  void on(protocol::RestorePreview& message);
  void on(protocol::JobProgress& message);
  void on(protocol::Network& message);
  void take(protocol::SongTaste& message, std::span<const host::Bulk> bulk);
  void take(protocol::FoundInLibrary& message, std::span<const host::Bulk> bulk);
  void on(protocol::Stories& message);
  void on(protocol::Looks& message);
  void on(protocol::Filling& message);
  void on(protocol::Sources& message);
  void on(protocol::Matches& message);
  void on(protocol::Review& message);
  void on(protocol::Notice& message);
  void on(protocol::Failed& message);
  void take(const protocol::Predictions& message, const host::Bulk& bulk);

  static constexpr int starts_tried = 2;  ///< a start may fail for once (a network that was gone); the same failure twice stays
  std::optional<Coming> coming_;
  bool opened_ = false;
  bool turn_asked_ = false;  ///< of the tab that writes, which has not answered
  int failed_starts_ = 0;    ///< in a row
  bool rested_ = false;      ///< this engine has opened the library and learnt from it
  bool ended_ = false;       ///< the engine has ended, and the next has not begun to send the library
  bool resuming_ = false;    ///< the library that is being sent is the first of an engine that was started again
  protocol::Opened state_;
  Library library_;
  std::size_t saved_ = 0;  ///< how many of its events are known to be on disk
  struct Replica {
    Library library;
    std::string device;
    std::size_t saved = 0;
    bool replaced = false;
  };
  std::optional<Replica> behind_demo_;  ///< the person's own, while the demo is shown
  std::optional<Replica> kept_;         ///< of an engine that has ended, until another holds it
  std::uint32_t taken_back_by_ = 0;     ///< id of the command that gives it to that one
  protocol::Outbox outbox_;
  std::string reading_;  ///< name of the file that was given and not answered yet
  std::unordered_map<std::string, Item> facts_;
  std::vector<std::pair<std::uint64_t, Predicted>> predicted_;  ///< by key_of the item
  NumberTable predicted_places_;
  /// What the person has just asked for, until the engine's events say the same; `waiting` of them are on their way.
  struct AskedRating {
    std::optional<double> stars;
    int waiting = 0;
  };
  std::unordered_map<std::string, AskedRating> asked_ratings_;
  std::array<protocol::TypeTraining, media_type_count> training_;
  protocol::StorageState storage_{.state = "opening", .message = {}, .bytes = 0};
  protocol::SearchDone results_;
  std::string asked_query_;
  MediaType asked_type_ = MediaType::film;
  bool search_answered_ = false;
  std::vector<Item> suggestions_;
  InLibrary in_library_;
  std::string asked_in_library_;
  /// What an event did, in words: asked for in each frame, and long to find of an import of thousands of titles.
  struct Described {
    std::uint64_t revision = 0;  ///< library_revision_
    std::optional<EventId> target;
    std::string words;
  };
  const std::string& described(Described& kept, const std::optional<EventId>& target) const;
  mutable Described undo_described_;
  mutable Described redo_described_;

  std::uint64_t asked_in_library_at_ = 0;  ///< library_revision_
  std::string inspected_;
  std::optional<protocol::Details> details_;
  std::optional<MediaType> inspected_model_;
  std::optional<protocol::ModelReport> report_;
  std::optional<protocol::ImportPreview> import_preview_;
  std::optional<protocol::RestorePreview> restore_preview_;
  std::optional<protocol::JobProgress> job_;
  protocol::Network network_;
  bool watching_network_ = false;
  std::optional<protocol::SongTaste> song_taste_;
  std::unordered_map<std::uint64_t, protocol::SongRecord> song_chances_;
  std::uint64_t songs_revision_ = 1;
  bool watching_songs_ = false;
  protocol::Stories stories_;
  protocol::Looks looks_;
  protocol::Filling filling_;
  std::vector<protocol::Attribution> sources_;
  protocol::FindMatches asked_matches_;
  std::optional<protocol::Matches> matches_;
  std::vector<std::string> review_;
  std::optional<protocol::Failed> file_error_;
  std::uint32_t file_command_ = 0;        ///< id of the last read_file, so that its failure is told apart
  std::uint32_t backup_command_ = 0;      ///< id of the last make_backup
  std::uint32_t own_backup_command_ = 0;  ///< and of the last make_own_backup
  bool restoring_ = false;                ///< a backup has been agreed to, and its library has not come yet
  std::uint32_t last_id_ = 0;
  std::uint64_t revision_ = 1;
  std::uint64_t library_revision_ = 1;
  std::uint64_t predictions_revision_ = 1;
  struct ChangedItem {
    std::uint64_t revision;  ///< of the library, with this change
    std::string id;
  };
  std::vector<ChangedItem> changed_items_;
  std::uint64_t changes_known_from_ = 1;  ///< revision since which `changed_items_` holds every change
  std::deque<Toast> toasts_;
  Moves moves_;
  mutable Moves::Told moves_told_;
  mutable std::uint64_t moves_told_at_ = 0;  ///< predictions_revision_
};

/// The one client of the page.
Client& client();

}  // namespace hub::ui
