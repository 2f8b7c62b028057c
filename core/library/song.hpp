#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hub {

/// What a service measured of how a song sounds. Popularity is among it as a fact about the song; it is never what is learnt.
enum class Audio : std::uint8_t {
  acousticness,
  danceability,
  duration_ms,
  energy,
  instrumentalness,
  key,
  liveness,
  loudness,
  mode,
  speechiness,
  tempo,
  time_signature,
  valence,
  popularity
};
inline constexpr std::size_t audio_count = 14;

struct AudioColumn {
  std::string_view name;  ///< as in tables and the journal: "danceability"
  std::string_view unit;
};
/// In the order of Audio.
inline constexpr std::array<AudioColumn, audio_count> audio_columns{{{"acousticness", "0 … 1"},
                                                                     {"danceability", "0 … 1"},
                                                                     {"duration_ms", "milliseconds"},
                                                                     {"energy", "0 … 1"},
                                                                     {"instrumentalness", "0 … 1"},
                                                                     {"key", "semitones above C"},
                                                                     {"liveness", "0 … 1"},
                                                                     {"loudness", "dB"},
                                                                     {"mode", "1 major, 0 minor"},
                                                                     {"speechiness", "0 … 1"},
                                                                     {"tempo", "beats per minute"},
                                                                     {"time_signature", "beats per bar"},
                                                                     {"valence", "0 … 1"},
                                                                     {"popularity", "0 … 100"}}};

/// By Audio; nothing where it was not measured.
using AudioFeatures = std::array<std::optional<double>, audio_count>;

/// A song that a person has heard, and whether they like it. Songs are no works that are rated.
struct Song {
  std::string id;  ///< see song_id
  std::string title;
  std::vector<std::string> artists;  ///< the leading one first
  std::string album;                 ///< or empty
  std::string spotify;               ///< Spotify's id, or empty
  AudioFeatures audio{};
  bool liked = false;            ///< kept in the person's library, or said so here
  bool disliked = false;         ///< hidden by the person, or said so here
  std::uint32_t plays = 0;       ///< how often it was heard for half a minute or more; 0 where that is not told
  std::uint32_t broken_off = 0;  ///< how often for less
  double hours = 0;              ///< that it was heard; 0 where that is not told
  std::string last;              ///< the latest day on which it was heard, ISO 8601 calendar date, or empty

  bool said_here = false;  ///< the person said here whether they like it, which no import changes

  bool has_audio() const;
  bool operator==(const Song&) const = default;
};

/// What a song is known by in whatever file it comes: its title and its leading artist, without regard to case, accents and punctuation.
/// @return  at most 200 bytes in one line, never empty.
std::string song_id(std::string_view title, std::string_view artist);

/// What `other` tells of the same song is added: what was missing is filled in, marks are united. Both may count the same plays, so of
/// counts the higher one stays.
void add_song(Song& song, const Song& other);

}  // namespace hub
