#include "core/engine/session_state.hpp"

namespace hub::engine {
namespace {

/// Milliseconds from a mark on, in which the next may follow.
constexpr double rest_between_marks = 1000;

}  // namespace

void Session::State::send_songs(bool with_chances, std::uint32_t reply) {
  post(taste.told(library()), with_chances ? taste.records(library()) : Bytes(), reply);
}

void Session::State::step_songs() {
  const auto done = taste.step(library(), song_file());
  if (!done)
    fail(0, done.error().code, "Which songs you would like could not be worked out anew; what was known stays. " + done.error().message);
  const bool anew = done && *done;
  if (!anew && done && !songs_pace.due(taste.progress(), host.ticks())) return;
  send_songs(anew);
  const auto* chances = taste.take_new();
  // Without room for them they are worked out again when the page is opened again.
  if (!chances || !may_keep_models() || !song_file().write(taste.data(), *chances)) return;
  songs_unsynced = true;
  sync_models();
}

void Session::State::songs_changed() {
  taste.mark_stale();
  songs_due = host.ticks() + rest_between_marks;
  host.call_in(rest_between_marks);
  if (!watching_songs) return;
  songs_pace.restart(host.ticks());
  send_songs(false);
}

void Session::State::handle(const p::WatchSongs& command, Bytes, std::uint32_t reply) {
  watching_songs = command.on;
  if (!watching_songs) return;
  send_songs(true, reply);
  host.wake();
}

void Session::State::handle(const p::MarkSong& command, Bytes, std::uint32_t reply) {
  const Song* song = library().song(command.song_id);
  if (!song) return fail(reply, "unknown_song", "This song is not in your library any more.");
  if (command.opinion != "liked" && command.opinion != "disliked" && command.opinion != "neither")
    return fail(reply, "unknown_mark", "There is no such mark. Nothing was changed.");
  const SongMarked marked{command.song_id, command.opinion == "liked", command.opinion == "disliked"};
  if (song->liked == marked.liked && song->disliked == marked.disliked) return;
  commit({marked}, reply);
}

}  // namespace hub::engine
