#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/imports/record.hpp"

namespace hub::imports {

/// How a service's entries become songs: a table of names (title, creator, album, date, milliseconds), and a function for the rest.
struct Listening {
  std::string_view name;
  std::span<const Name> names;
  /// Takes what the fields do not tell: whether the song is liked, its id, that it was played once.
  /// @param song    has title, artist, album, hours and last by now.
  /// @return        what the line says, in words for the person; it is skipped with them. Sets `taken` where it is a song.
  std::string (*fill)(const Record& record, Song& song, bool& taken);
  /// Whether the entry is an album that the person keeps; or null.
  bool (*kept_album)(const Record& record) = nullptr;
};

/// Reads JSON, or a table; each song once.
///
/// @param order  the fields of a table without headings; empty where it has them.
std::unique_ptr<Reader> read_songs(const Listening& listening, SourceFile&& file, std::span<const Field> order = {});

/// What is said of a play that lasted so long: half a minute is what services count as heard.
std::string count_play(Song& song, double milliseconds);

/// Adds to a song what is told of it elsewhere: plays and hours are summed, what was empty is filled in.
void add_listening(Song& song, Song other);

/// Where a record has a feature of how the song sounds.
constexpr Field audio_field(Audio audio) {
  return static_cast<Field>(static_cast<std::size_t>(Field::audio) + static_cast<std::size_t>(audio));
}

/// @return  the number; nothing where none was measured, as Spotify's -1 for the key says.
std::optional<double> read_audio(Audio audio, std::string_view written);

/// The names in "A;B", "A|B" or "A,B", the leading one first.
std::vector<std::string> artists_in(std::string_view written);

}  // namespace hub::imports
