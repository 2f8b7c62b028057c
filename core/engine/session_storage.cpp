#include "core/engine/session_state.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "core/engine/portions.hpp"
#include "core/library/event_text.hpp"
#include "core/library/limits.hpp"

namespace hub::engine {

void Session::State::keep(const std::vector<Event>& events) {
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

void Session::State::write_anew() {
  const auto replaced = store->replace_all(own.events());
  unwritten = !replaced;
  if (!replaced) return storage_failed(replaced.error());
  replaced_unsynced = true;
  begin_sync();
  training_waits = true;
}

void Session::State::begin_sync() {
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

void Session::State::tell_tabs(bool reset, const std::vector<Event>& events) {
  if (reset || !events.empty()) broadcast_events("events", events, reset);
}

void Session::State::broadcast_events(const char* what, const std::vector<Event>& events, bool reset) {
  in_portions(events, [&](std::span<const Event> portion, bool) {
    std::string told = std::string("{\"reset\":") + (std::exchange(reset, false) ? "true" : "false") + ",\"" + what + "\":[";
    for (const Event& event : portion) {
      if (told.back() != '[') told += ',';
      told += event_text(event);
    }
    told += "]}";
    host.broadcast(told);
  });
}

void Session::State::storage_failed(const Error& error) {
  lookup.cache().withdraw();
  stories.files().withdraw();
  sight.withdraw();
  // Models that were not durable yet may be what there was no room for; the next write-back is for the ratings alone.
  for (const auto& [type, id] : unsynced_models) models.remove(type, id);
  unsynced_models.clear();
  if (std::exchange(songs_unsynced, false)) song_file().remove();
  storage_state = "failed";
  storage_message = error.message;
  send_storage();
}

void Session::State::replace_history(std::vector<Event> events, bool anew) {
  if (anew) name_device(host.random_id());
  replaced_on_disk = replaced_on_disk || (anew && store);
  own = Library();
  (void)own.merge(std::move(events));
  if (store) write_anew();
  rebuild();
}

void Session::State::take_back(const std::vector<Event>& events, const std::string& its_device) {
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

void Session::State::name_device(const std::string& name) {
  device = name;
  if (store) (void)files.write(device_file, bytes_of(device));
}

void Session::State::handle(const p::FetchDamaged& command, Bytes, std::uint32_t reply) {
  if (std::find(damaged_files.begin(), damaged_files.end(), command.name) == damaged_files.end())
    return fail(reply, "not_found", "There is no such file.");
  auto bytes = files.read(command.name);
  if (!bytes) return fail(reply, bytes.error().code, bytes.error().message);
  post(p::FileReady{"media-hub-" + command.name, "application/octet-stream"}, std::move(*bytes), reply);
}

void Session::State::handle(const p::DeleteEverything& command, Bytes, std::uint32_t reply) {
  if (may_change(reply)) delete_everything(command.for_good, reply);
}

void Session::State::delete_everything(bool for_good, std::uint32_t reply) {
  std::optional<Restored> held;
  if (!for_good && (!own.events().empty() || !own_keys.all().empty()))
    held = Restored{.what = "deleted everything", .other = own.events(), .deletion = true, .keys = own_keys.all()};
  for (const std::string& name : damaged_files) (void)files.remove(name);
  damaged_files.clear();
  warnings.clear();
  models.remove_all();
  unsynced_models.clear();
  song_file().remove();
  songs_unsynced = false;
  lookup.cache().remove_all();
  host.forget_all();
  stories.remove_all();
  sight.remove_all();
  use_stories();
  fill.remove_all();
  for (const auto& [service, key] : own_keys.all()) lookup.queue().own_key(service, {});
  own_keys.remove_all(&files);
  key_words.clear();
  restored = std::move(held);
  replace_history({}, true);
  send_network();
  post(p::Notice{for_good ? "Everything on this device was deleted, for good." : "Everything on this device was deleted.",
                 restored.has_value()},
       {}, reply);
}

void Session::State::handle(const p::SaveAgain&, Bytes, std::uint32_t) {
  if (!store || storage_state != "failed") return;
  if (unwritten)
    write_anew();
  else
    begin_sync();
}

void Session::State::handle(const p::TakeBack& command, Bytes, std::uint32_t reply) {
  if (mode == StorageMode::read_only) return hand_over(command.events);
  const EventId next{command.device, 1};
  if (const auto fine = check(Event{next, 0, Undone{next}}); !fine) return fail(reply, fine.error().code, fine.error().message);
  if (!command.replace) return take_back(command.events, command.device);
  name_device(command.device);
  restored.reset();
  replaced_on_disk = true;
  replace_history(command.events, false);
}

void Session::State::hand_over(const std::vector<Event>& events) {
  broadcast_events("handed", events, false);
  handed.insert(handed.end(), events.begin(), events.end());
}

}  // namespace hub::engine
