/// Spotify's data: the library (YourLibrary.json), the last year's plays (StreamingHistory_music_0.json and older names) and those of all
/// years (Streaming_History_Audio_2019-2020_1.json). None of it is a rating: songs are liked and heard, and albums kept.

#include <array>

#include "core/imports/numbers.hpp"
#include "core/imports/service.hpp"
#include "core/imports/song_reader.hpp"

namespace hub::imports {
namespace {

constexpr std::array<Name, 18> names{{{"track", Field::title},
                                      {"trackName", Field::title},
                                      {"master_metadata_track_name", Field::title},
                                      {"artist", Field::creator},
                                      {"artistName", Field::creator},
                                      {"master_metadata_album_artist_name", Field::creator},
                                      {"album", Field::album},
                                      {"master_metadata_album_album_name", Field::album},
                                      {"uri", Field::address},
                                      {"spotify_track_uri", Field::address},
                                      {"endTime", Field::date},
                                      {"ts", Field::date},
                                      {"msPlayed", Field::milliseconds},
                                      {"ms_played", Field::milliseconds},
                                      {"episodeName", Field::episode},
                                      {"episode_name", Field::episode},
                                      {"podcastName", Field::medium},
                                      {"audiobook_title", Field::medium}}};

std::string fill(const Record& record, Song& song, bool& taken) {
  constexpr std::string_view of_track = "spotify:track:";
  const std::string& address = record[Field::address];
  if (address.starts_with(of_track)) song.spotify = address.substr(of_track.size());
  if (record.has(Field::milliseconds)) {
    if (record.has(Field::episode) || record.has(Field::medium)) return "This is a podcast or an audiobook, which has no place here.";
    if (!record.has(Field::title)) return "This play has no title: the song is no longer there.";
    taken = true;
    return count_play(song, read_decimal(record[Field::milliseconds]).value_or(0));
  }
  if (record.within == "tracks") {
    taken = song.liked = true;
    return "Kept in your library, and not rated.";
  }
  if (record.within == "bannedTracks") {
    taken = song.disliked = true;
    return "Hidden by you, and not rated.";
  }
  if (record.within == "albums") return "An album in your library, not rated.";
  if (record.within == "artists" || record.within == "bannedArtists") return "This is an artist, and not a work.";
  if (record.within == "shows" || record.within == "episodes") return "This is a podcast, which has no place here.";
  return "This is no song that you have kept or heard.";
}

const Listening listening{
    .name = "Spotify", .names = names, .fill = fill, .kept_album = [](const Record& record) { return record.within == "albums"; }};

Certainty recognise(const SourceFile& file) {
  if (!is_json(file)) return Certainty::none;
  const bool plays = begins_with_any(file, {"\"msPlayed\"", "\"ms_played\""});
  const bool library = begins_with_any(file, {"\"tracks\""}) && begins_with_any(file, {"spotify:", "\"bannedTracks\""});
  return plays || library ? Certainty::sure : Certainty::none;
}

}  // namespace

const Format spotify{"Spotify", recognise,
                     [](SourceFile&& file) -> Expected<std::unique_ptr<Reader>> { return read_songs(listening, std::move(file)); }};

}  // namespace hub::imports
