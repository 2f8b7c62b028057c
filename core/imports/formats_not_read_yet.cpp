#include <array>
#include <utility>

#include "core/imports/format.hpp"

namespace hub::imports {
namespace {

constexpr std::size_t beginning = 8 * 1024;

bool begins_with_any(const SourceFile& file, std::initializer_list<std::string_view> words) {
  const std::string_view head = std::string_view(file.text).substr(0, beginning);
  for (std::string_view word : words)
    if (head.find(word) != std::string_view::npos) return true;
  return false;
}

bool is_json(const SourceFile& file) {
  const std::size_t first = file.text.find_first_not_of(" \t\r\n");
  return first != std::string::npos && (file.text[first] == '{' || file.text[first] == '[');
}

Certainty sure_if(bool recognised) {
  return recognised ? Certainty::sure : Certainty::none;
}

template <const char* service>
Expected<std::unique_ptr<Reader>> refuse(SourceFile&&) {
  return failure("not_yet", "This looks like an export from " + std::string(service) +
                                ". This page does not read those yet, only the ratings export from IMDb. Nothing was changed.");
}

constexpr char letterboxd[] = "Letterboxd";
constexpr char goodreads[] = "Goodreads";
constexpr char storygraph[] = "The StoryGraph";
constexpr char rateyourmusic[] = "RateYourMusic";
constexpr char tmdb[] = "TMDB";
constexpr char trakt[] = "Trakt";
constexpr char myanimelist[] = "MyAnimeList";
constexpr char anilist[] = "AniList";
constexpr char kitsu[] = "Kitsu";
constexpr char spotify[] = "Spotify";
constexpr char yamtrack[] = "Yamtrack";
constexpr char netflix[] = "Netflix";
constexpr char criticker[] = "Criticker";

// By the headings and field names that files of these services were seen to have (README.md).
constexpr std::array<Format, 13> not_read_yet{{
    {letterboxd,
     [](const SourceFile& file) {
       return sure_if(file.has_columns({"letterboxduri"}) || file.has_columns({"title", "rewatch", "watcheddate"}));
     },
     refuse<letterboxd>},
    {goodreads,
     [](const SourceFile& file) {
       return sure_if(file.has_columns({"bookid", "myrating"}) || file.has_columns({"bookid", "bookshelves"}));
     },
     refuse<goodreads>},
    {storygraph,
     [](const SourceFile& file) {
       return sure_if(file.has_columns({"starrating", "readstatus"}));
     },
     refuse<storygraph>},
    {rateyourmusic, [](const SourceFile& file) { return sure_if(file.has_columns({"rymalbum"})); }, refuse<rateyourmusic>},
    {yamtrack,
     [](const SourceFile& file) {
       return sure_if(file.has_columns({"mediaid", "source", "mediatype"}));
     },
     refuse<yamtrack>},
    {tmdb,
     [](const SourceFile& file) {
       return sure_if(file.has_columns({"tmdbid", "imdbid", "name"}));
     },
     refuse<tmdb>},
    {trakt,
     [](const SourceFile& file) {
       return sure_if(file.has_columns({"traktid"}) || (is_json(file) && begins_with_any(file, {"\"trakt\""})));
     },
     refuse<trakt>},
    {myanimelist,
     [](const SourceFile& file) {
       return sure_if(begins_with_any(file, {"<myanimelist>"}) || (is_json(file) && begins_with_any(file, {"\"list_status\""})));
     },
     refuse<myanimelist>},
    {anilist,
     [](const SourceFile& file) {
       return sure_if(is_json(file) && begins_with_any(file, {"anilist.co", "anilistcdn"}));
     },
     refuse<anilist>},
    {kitsu,
     [](const SourceFile& file) {
       return sure_if(is_json(file) && begins_with_any(file, {"\"libraryEntries\"", "kitsu.io", "kitsu.app"}));
     },
     refuse<kitsu>},
    {spotify,
     [](const SourceFile& file) {
       return sure_if(is_json(file) && begins_with_any(file, {"spotify:", "\"msPlayed\"", "\"ms_played\""}));
     },
     refuse<spotify>},
    {netflix, [](const SourceFile& file) { return sure_if(file.head.size() == 2 && file.head[0] == "title" && file.head[1] == "date"); },
     refuse<netflix>},
    {criticker,
     [](const SourceFile& file) {
       return sure_if(begins_with_any(file, {"<recentratings>", "criticker.com"}));
     },
     refuse<criticker>},
}};

}  // namespace

std::span<const Format> formats_not_read_yet() {
  return not_read_yet;
}

}  // namespace hub::imports
