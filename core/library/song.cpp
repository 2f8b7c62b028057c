#include "core/library/song.hpp"

#include <algorithm>

#include "core/library/search.hpp"
#include "core/library/text.hpp"

namespace hub {
namespace {

constexpr std::size_t most_title_part = 120;
constexpr std::size_t most_artist_part = 70;

/// Titles such as “???” have nothing but what is left out.
std::string part(std::string_view text, std::size_t most) {
  std::string normalised = normalised_text(text);
  if (normalised.empty()) normalised = std::string(text);
  return clean_text(std::move(normalised), most);
}

}  // namespace

bool Song::has_audio() const {
  // Length and popularity say nothing of the sound, and come with lists that tell nothing else.
  for (std::size_t i = 0; i < audio.size(); ++i)
    if (audio[i] && i != static_cast<std::size_t>(Audio::duration_ms) && i != static_cast<std::size_t>(Audio::popularity)) return true;
  return false;
}

std::string song_id(std::string_view title, std::string_view artist) {
  const std::string of_title = part(title, most_title_part);
  return artist.empty() ? of_title : of_title + " / " + part(artist, most_artist_part);
}

void add_song(Song& song, const Song& other) {
  if (song.title.empty()) song.title = other.title;
  if (song.artists.size() < other.artists.size()) song.artists = other.artists;
  if (song.album.empty()) song.album = other.album;
  if (song.spotify.empty()) song.spotify = other.spotify;
  for (std::size_t i = 0; i < song.audio.size(); ++i)
    if (!song.audio[i]) song.audio[i] = other.audio[i];
  if (!song.said_here) {
    song.liked |= other.liked;
    song.disliked |= other.disliked;
  }
  song.plays = std::max(song.plays, other.plays);
  song.broken_off = std::max(song.broken_off, other.broken_off);
  song.hours = std::max(song.hours, other.hours);
  song.last = std::max(song.last, other.last);
}

}  // namespace hub
