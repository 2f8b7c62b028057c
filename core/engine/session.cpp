#include "core/engine/session.hpp"

#include <type_traits>

#include "core/engine/session_state.hpp"
#include "core/library/event_text.hpp"
#include "core/library/json.hpp"

namespace hub::engine {

namespace {

/// Milliseconds. They are a small file of the page itself, which comes at once but for a bad network.
constexpr double longest_wait_for_texts = 3000;

}  // namespace

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
    s.open_keys();
  }
  switch (s.mode) {
    case StorageMode::writer: s.storage_state = "saved"; break;
    case StorageMode::read_only: s.storage_state = "read_only"; break;
    case StorageMode::memory:
      s.storage_state = "memory";
      s.storage_message = s.what_to_know;
      break;
  }
  s.fill.open(s.store ? &s.files : nullptr, s.mode == StorageMode::writer);
  s.stories.open(s.store ? &s.files : nullptr, s.mode == StorageMode::writer);
  s.use_stories();
  s.sight.open(s.store ? &s.files : nullptr, s.mode == StorageMode::writer);
  if (s.texts_awaited) {
    s.texts_due = s.host.ticks() + longest_wait_for_texts;
    s.host.call_in(longest_wait_for_texts);
  }
  s.rebuild();
  (void)s.leave_older_stories();
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

void Session::receive(const protocol::ReadFile& command, std::unique_ptr<const imports::ByteSource> file, std::uint32_t id) {
  state_->read_file(command.name, std::move(file), id);
}

bool Session::run(double budget) {
  State& s = *state_;
  const double end = s.host.ticks() + budget;
  while (s.busy()) {
    // What the person waits for comes before what goes on by itself.
    if (s.reading) {
      s.step_reading();
    } else if (!s.writing.empty()) {
      s.step_writing();
    } else if (s.review_stale) {
      s.send_review();
    } else if (s.may_train()) {
      s.step_training();
    } else if (s.model_to_keep()) {
      s.step_keeping();
    } else if (s.songs_wait()) {
      s.step_songs();
    } else if (s.search && (!s.reporting || s.search_is_next)) {
      s.step_search();
      s.search_is_next = false;
    } else {
      s.step_reporting();
      s.search_is_next = true;
    }
    if (s.host.ticks() >= end) break;
  }
  s.share_memory();
  return s.busy();
}

void Session::arrived(std::uint32_t id, fetching::Arrival arrival) {
  state_->lookup.arrived(id, std::move(arrival));
  state_->step_matching();
  state_->fill.run();
}

void Session::time_passed() {
  State& s = *state_;
  s.fill.run();
  s.lookup.run();
  s.step_matching();
  s.tell_ledger();
  s.learn_facts();
  s.keep_answers();
  s.stories.run();
  s.sight.run();
  s.share_memory();
  s.keep_vectors();
  const double now = s.host.ticks();
  for (const double due : {s.training_due, s.songs_due, s.texts_awaited ? s.texts_due : 0})
    if (due > now) s.host.call_in(due - now);
  if (s.busy()) s.host.wake();
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
