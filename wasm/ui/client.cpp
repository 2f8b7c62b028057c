#include "wasm/ui/client.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <span>
#include <utility>
#include <variant>

#include "core/library/event_bytes.hpp"
#include "wasm/ui/backup_file.hpp"
#include "wasm/ui/backup_reminder.hpp"
#include "wasm/ui/posters.hpp"

namespace hub::ui {
namespace {

/// Changes of items told one by one; when there are more, whoever follows them is quicker to look at all.
constexpr std::size_t changes_kept = 500;

}  // namespace

Client& client() {
  static Client instance;
  return instance;
}

void Client::start() {
  for (const MediaType type : media_types) {
    training_[index_of(type)].type = type;
    training_[index_of(type)].pending = true;
  }
  host::on_message([this](host::Message message) { receive(std::move(message)); });
  host::on_visibility([this](bool hidden) {
    send(protocol::PageHidden{hidden});
    if (hidden) backup_file::page_hidden();
  });
  host::on_engine_coming([this](double came, double all) { coming_ = Coming{came, all}; });
  host::on_engine_death([this](std::string_view reason) { engine_ended(reason); });
}

void Client::engine_ended(std::string_view reason) {
  const bool left = reason == host::engine_left;
  const bool yielded = reason == host::engine_yielded;
  if (!left && !yielded && (!opened_ || !rested_)) ++failed_starts_;
  if (yielded)
    toasts_.push_back({"Another tab keeps your ratings now, as it was asked to. This one follows it.", false, false});
  else if (opened_ && !engine_failed() && (!left || ends_with_engine()))
    toasts_.push_back({what_ended(), false, true});
  opened_ = rested_ = false;
  ended_ = true;
  taken_back_by_ = 0;
  outbox_.engine_ended();
  if (state_.demo) outbox_.clear();  // nothing of it is kept
  storage_.state = "opening";
  storage_.message.clear();
  job_.reset();
  reading_.clear();
  import_preview_.reset();
  restore_preview_.reset();
  if (!engine_failed()) host::restart_engine();
}

bool Client::ends_with_engine() const {
  return state_.demo || !reading_.empty() || import_preview_ || restore_preview_ || job_;
}

std::string Client::what_ended() const {
  std::string words = "The part of the page that keeps your ratings stopped and is being started again. ";
  if (state_.demo)
    words += "The demo ends with it; your own library is as it was.";
  else if (state_.read_only)
    words += "Nothing is lost: another tab keeps your ratings.";
  else if (storage_.state == "memory")
    words += "Your ratings are still here, but only in this tab: download a backup.";
  else if (storage_.state == "failed")
    words += "What could not be saved is still here, but only in this tab: download a backup.";
  else if (unsaved())
    words += "Nothing is lost: your last changes are still here and are saved next.";
  else
    words += "Nothing is lost: all of them had been saved.";
  std::string file = reading_;
  if (import_preview_) file = import_preview_->file;
  if (restore_preview_) file = restore_preview_->file;
  if (!file.empty())
    words += " Choose " + file + " once more.";
  else if (job_)
    words += " “" + job_->label + "” was stopped; begin it once more.";
  return words;
}

void Client::send(const protocol::Command& command, std::vector<host::Bulk> bulk) {
  const bool changes = std::visit([](const auto& body) { return !protocol::only_asks<std::decay_t<decltype(body)>>; }, command);
  if (changes && !opened_) {
    if (!ended_ || !state_.demo) outbox_.wait(command);
    return;
  }
  post(command, std::move(bulk));
  if (!changes) return;
  outbox_.sent(command, last_id_);
  if (storage_.state == "saved") storage_.state = "saving";
}

void Client::post(const protocol::Command& command, std::vector<host::Bulk> bulk) {
  host::post(protocol::write(command, ++last_id_), std::move(bulk));
}

bool Client::unsaved() const {
  if (kept_ || (!outbox_.empty() && !state_.demo)) return true;
  if (behind_demo_) return behind_demo_->replaced || behind_demo_->library.events().size() > behind_demo_->saved;
  const bool known = opened_ || ended_;  // and not being read from disk
  return known && !state_.demo && !state_.read_only && (state_.replaced || library_.events().size() > saved_);
}

void Client::keep_replica(const protocol::Opened& next) {
  Replica now{std::move(library_), state_.device, std::exchange(saved_, 0), state_.replaced};
  const bool own = !state_.demo && !state_.read_only;
  resuming_ = resuming_ || ended_;
  if (std::exchange(ended_, false)) {
    std::optional<Replica> last = std::exchange(behind_demo_, std::nullopt);
    if (own) last = std::move(now);
    // An engine that ended before it held what it was given back adds only what it had from disk.
    if (kept_ && last)
      (void)kept_->library.merge(last->library.events());
    else if (last && (last->replaced || !last->library.events().empty()))
      kept_ = std::move(last);
  } else if (!next.demo) {
    behind_demo_.reset();
  } else if (own) {
    behind_demo_ = std::move(now);
  }
}

std::vector<Event> Client::lacking() const {
  const std::vector<Event>& all = kept_->library.events();
  const bool whole = kept_->replaced && !state_.read_only;
  std::vector<Event> events;
  // Where another tab writes now, what had been saved is for that one to keep or to delete.
  for (std::size_t i = state_.read_only ? kept_->saved : 0; i < all.size(); ++i)
    if (whole || !library_.contains(all[i].id)) events.push_back(all[i]);
  return events;
}

void Client::resume() {
  bool told_more = false;
  if (kept_ && std::exchange(resuming_, false)) {
    told_more = library_.last_counter(kept_->device) > kept_->library.last_counter(kept_->device);
    const protocol::TakeBack back{kept_->device, kept_->replaced && !state_.read_only, lacking()};
    if (back.events.empty() && !back.replace) {
      kept_.reset();
    } else {
      const auto bytes = event_bytes(back.events);
      std::vector<host::Bulk> bulk;
      bulk.push_back(host::Bulk::from(std::as_bytes(std::span(bytes))));
      post(back, std::move(bulk));
      taken_back_by_ = last_id_;
      if (state_.read_only) warn("Another tab keeps your ratings now. It was given what you changed last.");
    }
  }
  resuming_ = false;
  protocol::Outbox::Resumed resumed = outbox_.resume(told_more);
  for (auto& [command, id, ends] : resumed.again) {
    if (const auto* rated = std::get_if<protocol::Rate>(&command)) {
      if (told_more && rating(rated->item_id) == rated->stars) continue;  // it was carried out and saved
      expect(rated->item_id, rated->stars);
    } else if (const auto* cleared = std::get_if<protocol::ClearRating>(&command)) {
      expect(cleared->item_id, std::nullopt);
    }
    post(command);
    outbox_.sent(std::move(command), last_id_, ends);
    if (storage_.state == "saved") storage_.state = "saving";
  }
  if (resumed.given_up > 0)
    warn("What you did last could not be done: that part of the page stopped each time it was tried.");
  else if (resumed.doubtful > 0)
    warn("Look at your last change: it is not certain whether Undo or Redo was done before that part of the page stopped.");
}

void Client::warn(std::string text) {
  // That the engine ended may not have been shown yet (a slow or hidden page), and of several only one is.
  if (!toasts_.empty() && toasts_.back().error)
    toasts_.back().text += " " + text;
  else
    toasts_.push_back({std::move(text), false, true});
}

void Client::receive(host::Message message) {
  auto envelope = protocol::read_message(message.json);
  if (!envelope) {
    misunderstood(envelope.error());
    return;
  }
  std::visit(
      [&](auto& body) {
        using T = std::decay_t<decltype(body)>;
        if constexpr (std::is_same_v<T, protocol::Predictions>) {
          if (!message.bulk.empty()) take(body, message.bulk[0]);
        } else if constexpr (std::is_same_v<T, protocol::EventsAdded>) {
          take(body, message.bulk);
        } else if constexpr (std::is_same_v<T, protocol::SongTaste> || std::is_same_v<T, protocol::FoundInLibrary>) {
          take(body, message.bulk);
        } else if constexpr (std::is_same_v<T, protocol::FileReady>) {
          if (envelope->id != 0 && envelope->id == own_backup_command_) {
            backup_file::take(message.bulk.empty() ? host::Bulk() : std::move(message.bulk[0]));
            return;
          }
          if (envelope->id != 0 && envelope->id == backup_command_ && !state_.demo) backup_reminder::backup_made();
          if (!message.bulk.empty()) host::download(body.name, body.mime, std::move(message.bulk[0]));
          toasts_.push_back({"Downloaded " + body.name, false, false});
        } else if constexpr (std::is_same_v<T, protocol::Poster>) {
          posters::take(body, message.bulk.empty() ? nullptr : &message.bulk[0]);
        } else if constexpr (std::is_same_v<T, protocol::StorageState>) {
          outbox_.answered(envelope->id);
          if (taken_back_by_ != 0 && envelope->id >= taken_back_by_) {
            taken_back_by_ = 0;
            kept_.reset();
          }
          on(body);
        } else if constexpr (std::is_same_v<T, protocol::Failed>) {
          // A file that cannot be read is said where the file was given, not in passing.
          if (envelope->id != 0 && envelope->id == file_command_) {
            reading_.clear();
            file_error_ = body;
          } else {
            on(body);
          }
        } else {
          on(body);
        }
      },
      envelope->body);
}

void Client::misunderstood(const Error& error) {
  toasts_.push_back({"The page misunderstood itself: " + error.message + " Reload it.", false, true});
}

void Client::remember(std::vector<Item> items) {
  for (Item& item : items) {
    std::string id = item.id;
    facts_.insert_or_assign(std::move(id), std::move(item));
  }
}

void Client::on(protocol::Opened& message) {
  posters::ask_again();
  keep_replica(message);
  state_ = std::move(message);
  if (!state_.read_only) turn_asked_ = false;
  opened_ = false;
  library_ = Library();
  predicted_.clear();
  predicted_places_.clear();
  moves_.forget();
  asked_ratings_.clear();
  import_preview_.reset();
  restore_preview_.reset();
  job_.reset();
  file_error_.reset();
  report_.reset();
  sources_.clear();
  search_answered_ = false;
  ++library_revision_;
  forget_changes();
  ++predictions_revision_;
  ++revision_;
  // An engine that was started again does not know what was being looked at.
  if (!inspected_.empty()) send(protocol::Inspect{inspected_});
  if (inspected_model_) send(protocol::InspectModel{inspected_model_});
  if (watching_network_) send(protocol::WatchNetwork{true});
  song_taste_.reset();
  song_chances_.clear();
  ++songs_revision_;
  if (watching_songs_) send(protocol::WatchSongs{true});
  matches_.reset();
  review_.clear();
  if (!asked_matches_.item_id.empty()) send(asked_matches_);
  backup_file::library_begins();
}

void Client::take(protocol::EventsAdded& message, std::span<const host::Bulk> bulk) {
  if (!bulk.empty()) {
    auto events = events_from_bytes(bulk[0].as<std::uint8_t>());
    if (!events) {
      misunderstood(events.error());
      return;
    }
    message.events = std::move(*events);
  }
  // A change since: its undo comes first.
  if (opened_) {
    state_.undo.clear();
    state_.deleted_held = false;
    state_.redo.clear();
  }
  ++library_revision_;
  bool others_suggested = false;
  for (Event& event : message.events) {
    std::vector<Event> one;
    one.push_back(std::move(event));
    const Change change = library_.merge(std::move(one));
    note(change);
    // Skipped, not interested, or one of these undone.
    others_suggested = others_suggested || (!change.ratings && !change.items.empty());
    for (const std::string& id : change.items) {
      const auto asked = asked_ratings_.find(id);
      if (asked != asked_ratings_.end() && --asked->second.waiting <= 0) asked_ratings_.erase(asked);
    }
  }
  if (message.last && !opened_) {
    opened_ = true;
    resume();
    send(protocol::Search{asked_query_, asked_type_, 50});
    others_suggested = true;
    if (std::exchange(restoring_, false)) backup_reminder::backup_made();
  }
  if (message.last) backup_file::library_changed();
  if (message.last && others_suggested) suggest(static_cast<std::uint32_t>(suggestions_.empty() ? 30 : suggestions_.size()));
  ++revision_;
}

void Client::note(const Change& change) {
  if (changed_items_.size() + change.items.size() > changes_kept) {
    forget_changes();
    return;
  }
  for (const std::string& id : change.items) changed_items_.push_back({library_revision_, id});
}

void Client::forget_changes() {
  changed_items_.clear();
  changes_known_from_ = library_revision_;
}

std::optional<std::vector<std::string>> Client::changed_since(std::uint64_t revision) const {
  if (revision < changes_known_from_) return std::nullopt;
  std::vector<std::string> ids;
  for (const ChangedItem& changed : changed_items_)
    if (changed.revision > revision) ids.push_back(changed.id);
  return ids;
}

void Client::on(protocol::SearchDone& message) {
  if (message.query != asked_query_ || message.type != asked_type_) return;  // an older question's answer
  search_answered_ = true;
  remember(message.items);
  results_ = std::move(message);
}

void Client::on(protocol::Suggestions& message) {
  remember(message.items);
  // What stays keeps its place, and the places of what is gone are taken by what is new: nothing moves under the hand.
  const auto is_among = [](const std::vector<Item>& items, const Item& item) {
    return std::any_of(items.begin(), items.end(), [&](const Item& other) { return other.id == item.id; });
  };
  std::vector<Item> fresh;
  for (const Item& item : message.items)
    if (!is_among(suggestions_, item)) fresh.push_back(item);
  std::vector<Item> next;
  auto newcomer = fresh.begin();
  for (Item& item : suggestions_) {
    if (is_among(message.items, item))
      next.push_back(std::move(item));
    else if (newcomer != fresh.end())
      next.push_back(std::move(*newcomer++));
  }
  next.insert(next.end(), std::make_move_iterator(newcomer), std::make_move_iterator(fresh.end()));
  suggestions_ = std::move(next);
}

void Client::on(protocol::Details& message) {
  if (message.item_id != inspected_) return;
  if (message.item) remember({*message.item});
  details_ = std::move(message);
}

void Client::on(protocol::ModelReport& message) {
  if (message.type != inspected_model_) return;
  report_ = std::move(message);
  ++revision_;
}

void Client::on(protocol::Training& message) {
  for (auto& type : message.types) training_[index_of(type.type)] = type;
  if (training_ready()) {
    rested_ = true;
    failed_starts_ = 0;
  }
  ++revision_;
}

void Client::on(protocol::StorageState& message) {
  storage_ = std::move(message);
  if (storage_.state != "saved") return;
  saved_ = library_.events().size();
  state_.replaced = false;
  // Said before the engine has come to what it was given since; its answer to that says anew how it stands.
  if (!outbox_.empty() || taken_back_by_ != 0) storage_.state = "saving";
}

void Client::on(protocol::ImportPreview& message) {
  reading_.clear();
  import_preview_ = std::move(message);
  restore_preview_.reset();
}

void Client::on(protocol::RestorePreview& message) {
  reading_.clear();
  restore_preview_ = std::move(message);
  import_preview_.reset();
}

void Client::on(protocol::JobProgress& message) {
  if (message.ended) {
    job_.reset();
    reading_.clear();
    if (message.cancelled) toasts_.push_back({"Stopped. Nothing was changed.", false, false});
  } else {
    job_ = std::move(message);
  }
}

void Client::on(protocol::Network& message) {
  if (network_.stay_offline && !message.stay_offline) posters::try_again();
  network_ = std::move(message);
}

void Client::on(protocol::Stories& message) {
  stories_ = std::move(message);
}

void Client::on(protocol::Looks& message) {
  looks_ = std::move(message);
}

void Client::on(protocol::Filling& message) {
  filling_ = std::move(message);
}

void Client::on(protocol::Sources& message) {
  sources_ = std::move(message.services);
}

void Client::on(protocol::Matches& message) {
  std::vector<Item> facts;
  for (const auto& candidate : message.candidates) facts.push_back(candidate.item);
  remember(std::move(facts));
  matches_ = std::move(message);
}

void Client::on(protocol::Review& message) {
  review_ = std::move(message.item_ids);
}

const protocol::Matches* Client::matches() const {
  const bool answered = matches_ && matches_->item_id == asked_matches_.item_id && matches_->query == asked_matches_.query &&
                        matches_->everywhere == asked_matches_.everywhere;
  return answered ? &*matches_ : nullptr;
}

void Client::on(protocol::Notice& message) {
  toasts_.push_back({std::move(message.text), message.undoable, false});
}

void Client::on(protocol::Failed& message) {
  asked_ratings_.clear();  // nothing was changed
  // Failures that come later from the job of a file have no command of their own.
  if (message.code == "not_a_backup" || message.code == "damaged" || message.code == "truncated" || message.code == "newer_version" ||
      message.code == "bad_event") {
    file_error_ = std::move(message);
    return;
  }
  toasts_.push_back({std::move(message.message), false, true});
}

void Client::take(const protocol::Predictions& message, const host::Bulk& bulk) {
  for (const auto& record : bulk.as<protocol::PredictionRecord>()) {
    const auto place = predicted_place(record.key);
    if (!place) {
      predicted_.emplace_back(record.key, Predicted{record.stars, record.basis});
      predicted_places_.add(static_cast<std::uint32_t>(predicted_.size() - 1), [&](std::uint32_t one) { return predicted_[one].first; });
      continue;
    }
    Predicted& held = predicted_[*place].second;
    if (held.stars > 0 && held.stars != record.stars) moves_.note(record.key, held.stars);
    held = {record.stars, record.basis};
  }
  ++predictions_revision_;
  ++revision_;
  // With nothing typed the results are the best of the type, which may be others now.
  if (asked_query_.empty() && message.type == asked_type_) send(protocol::Search{asked_query_, asked_type_, 50});
}

void Client::take(protocol::SongTaste& message, std::span<const host::Bulk> bulk) {
  // Most messages tell no more than how far it is.
  if (!bulk.empty() || (message.methods.empty() && !song_chances_.empty())) {
    song_chances_.clear();
    ++songs_revision_;
  }
  if (!bulk.empty())
    for (const auto& record : bulk[0].as<protocol::SongRecord>()) song_chances_[record.key] = record;
  song_taste_ = std::move(message);
}

void Client::take(protocol::FoundInLibrary& message, std::span<const host::Bulk> bulk) {
  if (message.query != asked_in_library_) return;  // an older question's answer
  in_library_ = {std::move(message.query), std::move(message.meant),
                 bulk.empty() ? std::vector<std::uint64_t>() : bulk[0].as<std::uint64_t>(), in_library_.revision + 1};
}

std::optional<protocol::SongRecord> Client::song_chance(std::uint64_t key) const {
  const auto found = song_chances_.find(key);
  return found == song_chances_.end() ? std::nullopt : std::optional(found->second);
}

const Item* Client::item(std::string_view id) const {
  // The engine's facts are merged with the catalogue's and so say more than the library's own.
  if (const auto found = facts_.find(std::string(id)); found != facts_.end()) return &found->second;
  const Entry* entry = library_.find(id);
  return entry ? &*entry->item : nullptr;
}

std::optional<double> Client::rating(std::string_view id) const {
  if (const auto asked = asked_ratings_.find(std::string(id)); asked != asked_ratings_.end()) return asked->second.stars;
  const Entry* entry = library_.find(id);
  if (!entry || !entry->rating) return std::nullopt;
  return entry->rating->normalised();
}

const Moves::Told* Client::moves() const {
  constexpr float shown = 0.005F;  // what does not show in two decimals has not moved
  if (!moves_.rated()) return nullptr;
  Moves::Told& told = moves_told_;
  if (std::exchange(moves_told_at_, predictions_revision_) != predictions_revision_ || told.item_id != *moves_.rated()) {
    told = {*moves_.rated(), {}, MediaType::film, 0, {}};
    const Item* rated = item(told.item_id);
    if (!rated) return nullptr;
    told.title = rated->title;
    told.type = rated->type;
    const auto own = key_of(told.item_id);
    const auto moved = [&](std::uint64_t key, float before) {
      const auto now = predicted(key);
      return key != own && now && std::abs(now->stars - before) >= shown ? now : std::nullopt;
    };
    for (const auto& [key, before] : moves_.before()) told.count += moved(key, before) ? 1 : 0;
    // What is not rated yet is what there is to choose from.
    for (const auto& [id, known] : facts_) {
      const auto before = moves_.before().find(key_of(id));
      if (before == moves_.before().end() || known.type != told.type || rating(id)) continue;
      if (const auto now = moved(before->first, before->second)) told.most.push_back({id, known.title, before->second, now->stars});
    }
    const auto by = [](const Move& move) { return std::abs(move.after - move.before); };
    std::sort(told.most.begin(), told.most.end(),
              [&](const Move& a, const Move& b) { return by(a) != by(b) ? by(a) > by(b) : a.title < b.title; });
    told.most.resize(std::min<std::size_t>(told.most.size(), 3));
  }
  return told.count > 0 ? &told : nullptr;
}

std::optional<Predicted> Client::predicted(std::uint64_t key) const {
  const auto place = predicted_place(key);
  if (!place) return std::nullopt;
  return predicted_[*place].second;
}

std::optional<std::uint32_t> Client::predicted_place(std::uint64_t key) const {
  return predicted_places_.find(key, [&](std::uint32_t place) { return predicted_[place].first == key; });
}

bool Client::training_ready() const {
  if (!opened_) return false;
  for (const auto& type : training_)
    if (type.pending) return false;
  return true;
}

const protocol::Details* Client::details() const {
  return details_ && details_->item_id == inspected_ ? &*details_ : nullptr;
}

const std::string& Client::undo_words() const {
  return state_.undo.empty() ? described(undo_described_, library_.undo_target(state_.device)) : state_.undo;
}

const std::string& Client::redo_words() const {
  return state_.redo.empty() ? described(redo_described_, library_.redo_target(state_.device)) : state_.redo;
}

const std::string& Client::described(Described& kept, const std::optional<EventId>& target) const {
  if (kept.revision != library_revision_ || kept.target != target) {
    kept = {library_revision_, target, target ? library_.describe(*target) : std::string()};
  }
  return kept.words;
}

void Client::search(std::string_view query, MediaType type) {
  if (query == asked_query_ && type == asked_type_ && search_answered_) return;
  asked_query_ = query;
  asked_type_ = type;
  search_answered_ = false;
  send(protocol::Search{asked_query_, type, 50});
}

void Client::find_in_library(std::string_view query) {
  if (query == asked_in_library_ && (query.empty() || asked_in_library_at_ == library_revision_)) return;
  asked_in_library_ = query;
  asked_in_library_at_ = library_revision_;
  if (query.empty())
    in_library_ = {{}, {}, {}, in_library_.revision + 1};
  else
    send(protocol::FindInLibrary{asked_in_library_});
}

void Client::suggest(std::uint32_t count) {
  send(protocol::Suggest{count});
}

void Client::inspect(std::string_view item_id) {
  if (item_id == inspected_) return;
  inspected_ = item_id;
  details_.reset();
  send(protocol::Inspect{inspected_});
}

const protocol::ModelReport* Client::report() const {
  return report_ ? &*report_ : nullptr;
}

void Client::inspect_model(std::optional<MediaType> type) {
  if (type == inspected_model_) return;
  inspected_model_ = type;
  report_.reset();
  send(protocol::InspectModel{type});
}

void Client::tune(MediaType type, std::uint32_t seconds) {
  send(protocol::Tune{type, seconds});
}

void Client::restore_model(MediaType type, std::string card) {
  send(protocol::RestoreModel{type, std::move(card)});
}

void Client::expect(std::string_view item_id, std::optional<double> stars) {
  if (read_only() || (ended_ && demo()) || rating(item_id) == stars) return;
  AskedRating& asked = asked_ratings_[std::string(item_id)];
  asked.stars = stars;
  ++asked.waiting;
}

void Client::rate(std::string_view item_id, double stars) {
  expect(item_id, stars);
  moves_.begin(item_id);
  send(protocol::Rate{std::string(item_id), stars});
}

void Client::clear_rating(std::string_view item_id) {
  expect(item_id, std::nullopt);
  moves_.begin(item_id);
  send(protocol::ClearRating{std::string(item_id)});
}

void Client::mark(std::string_view item_id, std::string_view mark, bool on) {
  send(protocol::Mark{std::string(item_id), std::string(mark), on});
}

void Client::find_matches(std::string_view item_id, std::string_view query, bool everywhere) {
  if (asked_matches_.item_id == item_id && asked_matches_.query == query && asked_matches_.everywhere == everywhere) return;
  asked_matches_ = {std::string(item_id), std::string(query), everywhere};
  send(asked_matches_);
}

void Client::decide_match(std::string_view item_id, std::string_view work_id) {
  send(protocol::DecideMatch{std::string(item_id), std::string(work_id)});
}

void Client::change_together(ChangedTogether::Deed deed, std::vector<std::string> item_ids, double stars) {
  send(protocol::ChangeTogether{name_of(deed), std::move(item_ids), stars});
}

void Client::skip(std::string_view item_id) {
  send(protocol::Skip{std::string(item_id)});
}
void Client::dismiss(std::string_view item_id) {
  send(protocol::Dismiss{std::string(item_id)});
}
void Client::undo() {
  send(protocol::Undo{});
}
void Client::redo() {
  send(protocol::Redo{});
}

void Client::read_file(std::string name, host::Bulk file) {
  file_error_.reset();
  import_preview_.reset();
  restore_preview_.reset();
  if (engine_failed()) {
    file_error_ = protocol::Failed{"no_engine", "The part of the page that reads files is not running. Start it first: Try again."};
    return;
  }
  reading_ = name;
  std::vector<host::Bulk> bulk;
  bulk.push_back(std::move(file));
  send(protocol::ReadFile{std::move(name)}, std::move(bulk));
  file_command_ = last_id_;
}

void Client::read_text(std::string name, std::string_view text) {
  read_file(std::move(name), host::Bulk::from(std::as_bytes(std::span<const char>(text.data(), text.size()))));
}

void Client::confirm_import() {
  import_preview_.reset();
  send(protocol::ConfirmImport{});
}

void Client::confirm_restore(bool replace) {
  restore_preview_.reset();
  restoring_ = true;
  send(protocol::ConfirmRestore{replace});
}

void Client::drop_preview() {
  import_preview_.reset();
  restore_preview_.reset();
  send(protocol::DropPreview{});
}

void Client::cancel_job() {
  if (job_) send(protocol::CancelJob{job_->job});
}

void Client::make_backup() {
  if (engine_failed())
    toasts_.push_back({"The part of the page that writes backups is not running. Start it first: Try again.", false, true});
  send(protocol::MakeBackup{});
  backup_command_ = last_id_;
}
void Client::make_own_backup() {
  send(protocol::MakeBackup{true});
  own_backup_command_ = last_id_;
}
void Client::write_export(std::string_view service) {
  send(protocol::Export{std::string(service)});
}

void Client::fetch_damaged(std::string_view name) {
  send(protocol::FetchDamaged{std::string(name)});
}
void Client::open_demo() {
  send(protocol::OpenDemo{});
}
void Client::leave_demo() {
  send(protocol::LeaveDemo{});
}
void Client::delete_everything(bool for_good) {
  // The link to a file of the person's own is one of the things that are to leave nothing here; the file is not.
  if (for_good) backup_file::stop();
  send(protocol::DeleteEverything{for_good});
}
void Client::save_again() {
  send(protocol::SaveAgain{});
}
std::string_view Client::opening_words() const {
  if (engine_failed()) return "Your library cannot be opened while that part of the page is not running. What was saved is safe.";
  return "Opening your library…";
}
void Client::take_turn() {
  turn_asked_ = true;
  host::take_turn();
}
void Client::start_engine_again() {
  failed_starts_ = 0;
  host::restart_engine();
}
void Client::stay_offline(bool on) {
  if (!on) posters::try_again();
  network_.stay_offline = on;
  send(protocol::StayOffline{on});
}
void Client::keep_key(std::string_view service, std::string_view key) {
  send(protocol::KeepKey{std::string(service), std::string(key)});
}
void Client::wish_text_model(std::string_view wish) {
  send(protocol::WishTextModel{std::string(wish)});
}
void Client::wish_picture_model(std::string_view wish) {
  send(protocol::WishPictureModel{std::string(wish)});
}
void Client::choose_picture_model(std::string_view id) {
  send(protocol::ChoosePictureModel{std::string(id)});
}
void Client::report_import() {
  send(protocol::ReportImport{});
}
void Client::fill_facts(bool on) {
  send(protocol::FillFacts{on});
}
void Client::pause_stories(bool on) {
  stories_.paused = on;
  send(protocol::PauseStories{on});
}
void Client::pause_looks(bool on) {
  looks_.paused = on;
  send(protocol::PauseLooks{on});
}
void Client::watch_network(bool on) {
  if (on == watching_network_) return;
  watching_network_ = on;
  send(protocol::WatchNetwork{on});
}
void Client::mark_song(std::string_view song_id, std::string_view opinion) {
  send(protocol::MarkSong{std::string(song_id), std::string(opinion)});
}
void Client::watch_songs(bool on) {
  if (on == watching_songs_) return;
  watching_songs_ = on;
  send(protocol::WatchSongs{on});
}
void Client::show_posters(const std::vector<protocol::WantedPoster>& wanted) {
  send(protocol::ShowPosters{wanted});
}
void Client::change_setting(std::string_view key, std::string_view value) {
  send(protocol::ChangeSetting{std::string(key), std::string(value)});
}

}  // namespace hub::ui
