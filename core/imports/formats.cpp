#include <algorithm>
#include <array>

#include "core/imports/format.hpp"

namespace hub::imports {

std::span<const Format* const> formats() {
  static const std::array all{&imdb_ratings,     &letterboxd,    &goodreads, &rateyourmusic, &storygraph, &trakt,      &tmdb,
                              &myanimelist,      &kitsu,         &anilist,   &criticker,     &spotify,    &song_table, &lastfm,
                              &netflix,          &yamtrack,      &ryot,      &tvtime,        &steam,      &gog,        &grouvee,
                              &how_long_to_beat, &media_tracker, &any_table, &any_json};
  return all;
}

bool SourceFile::has_columns(std::initializer_list<std::string_view> names) const {
  return std::all_of(names.begin(), names.end(),
                     [&](std::string_view column) { return std::find(head.begin(), head.end(), column) != head.end(); });
}

}  // namespace hub::imports
