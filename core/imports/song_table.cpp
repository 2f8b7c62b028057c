/// Tables of songs: what programs write of a playlist or of the songs that are kept at Spotify (Exportify: "Track Name", "Artist Name(s)",
/// "Danceability", …), and tables that say of each song whether it is liked ("song_title", "artist", "target"), with how the songs sound
/// where they tell that.

#include <algorithm>
#include <array>

#include "core/imports/service.hpp"
#include "core/imports/song_reader.hpp"
#include "core/imports/words.hpp"

namespace hub::imports {
namespace {

constexpr auto names = std::to_array<Name>({
    {"songtitle", Field::title},
    {"trackname", Field::title},
    {"tracktitle", Field::title},
    {"songname", Field::title},
    {"track", Field::title},
    {"song", Field::title},
    {"title", Field::title},
    {"name", Field::title},
    {"artist", Field::creator},
    {"artists", Field::creator},
    {"artistname", Field::creator},
    {"artistnames", Field::creator},
    {"trackartist", Field::creator},
    {"album", Field::album},
    {"albumname", Field::album},
    {"trackuri", Field::address},
    {"spotifyuri", Field::address},
    {"uri", Field::address},
    {"spotifyid", Field::service_id},
    {"trackid", Field::service_id},
    {"target", Field::liked},
    {"liked", Field::liked},
    {"like", Field::liked},
    {"loved", Field::liked},
    {"favorite", Field::liked},
    {"favourite", Field::liked},
    {"acousticness", audio_field(Audio::acousticness)},
    {"danceability", audio_field(Audio::danceability)},
    {"durationms", audio_field(Audio::duration_ms)},
    {"trackdurationms", audio_field(Audio::duration_ms)},
    {"energy", audio_field(Audio::energy)},
    {"instrumentalness", audio_field(Audio::instrumentalness)},
    {"key", audio_field(Audio::key)},
    {"liveness", audio_field(Audio::liveness)},
    {"loudness", audio_field(Audio::loudness)},
    {"mode", audio_field(Audio::mode)},
    {"speechiness", audio_field(Audio::speechiness)},
    {"tempo", audio_field(Audio::tempo)},
    {"timesignature", audio_field(Audio::time_signature)},
    {"valence", audio_field(Audio::valence)},
    {"popularity", audio_field(Audio::popularity)},
    {"trackpopularity", audio_field(Audio::popularity)},
});

/// So many columns that tell how something sounds are in no table of another kind.
constexpr std::ptrdiff_t sure_columns = 3;

bool has(const SourceFile& file, Field field) {
  return std::any_of(names.begin(), names.end(), [&](const Name& name) { return name.field == field && file.has_columns({name.name}); });
}

std::ptrdiff_t columns_of_sound(const SourceFile& file) {
  return std::count_if(names.begin(), names.end(), [&](const Name& name) {
    return name.field >= Field::audio && name.field <= Field::last_audio && file.has_columns({name.name});
  });
}

bool is_exportify(const SourceFile& file) {
  return file.has_columns({"trackname", "artistnames"}) && (file.has_columns({"trackuri"}) || file.has_columns({"spotifyid"}));
}

Certainty recognise(const SourceFile& file) {
  if (is_json(file) || !has(file, Field::title) || !has(file, Field::creator)) return Certainty::none;
  if (file.has_columns({"rating"}) || file.has_columns({"score"})) return Certainty::none;
  if (columns_of_sound(file) >= sure_columns || is_exportify(file)) return Certainty::sure;
  return has(file, Field::liked) ? Certainty::likely : Certainty::none;
}

void take_id(const Record& record, Song& song) {
  constexpr std::string_view of_track = "spotify:track:";
  const std::string& address = record[Field::address];
  constexpr std::size_t id_size = 22;
  if (address.starts_with(of_track))
    song.spotify = address.substr(of_track.size());
  else if (record[Field::service_id].size() == id_size)
    song.spotify = record[Field::service_id];
}

std::string heard(const Record& record, Song& song, bool& taken) {
  taken = true;
  take_id(record, song);
  return "A song, not rated.";
}

std::string liked(const Record& record, Song& song, bool& taken) {
  song.liked = true;
  return heard(record, song, taken);
}

std::string as_told(const Record& record, Song& song, bool& taken) {
  song.liked = is_set(record[Field::liked]);
  return heard(record, song, taken);
}

constexpr Listening listening_of(std::string (*fill)(const Record&, Song&, bool&)) {
  return {.name = "a table of songs", .names = names, .fill = fill};
}
constexpr Listening heard_songs = listening_of(heard);
constexpr Listening liked_songs = listening_of(liked);
constexpr Listening told_songs = listening_of(as_told);

/// “Liked Songs.csv”, “my_saved_tracks.csv”
bool named_liked(std::string_view name) {
  constexpr std::array<std::string_view, 5> said{"liked", "loved", "saved", "favorite", "favourite"};
  const std::string words = comparable(name);
  return std::any_of(said.begin(), said.end(), [&](std::string_view word) { return words.find(word) != std::string::npos; });
}

Expected<std::unique_ptr<Reader>> open(SourceFile&& file) {
  if (has(file, Field::liked)) return read_songs(told_songs, std::move(file));
  const bool kept = named_liked(file.name);
  file.notes.push_back(
      kept ? "All of these songs were taken as liked, as the file’s name says so."
           : "Nothing here says which songs you like; all were taken as heard. Where they are the songs you like, name the file "
             "“Liked songs” and bring it again, or mark them in Library.");
  return read_songs(kept ? liked_songs : heard_songs, std::move(file));
}

}  // namespace

const Format song_table{"a table of songs", recognise, open};

}  // namespace hub::imports
