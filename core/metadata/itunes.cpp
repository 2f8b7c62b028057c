/// The iTunes Search API (https://performance-partners.apple.com/search-api): films and albums of the store.
///
/// Artwork, previews and descriptions may be used to promote the store alone, beside its badge: they are not taken. The store's country is
/// not the work's.

#include <algorithm>

#include "core/metadata/reading.hpp"

namespace hub::metadata {
namespace {

constexpr std::string_view host = "itunes.apple.com";
constexpr double minute = 60'000;  // milliseconds

Request search(MediaType type, std::string_view words) {
  const bool film = type == MediaType::film;
  return {
      Service::itunes, Ask::search, std::string(host),
      path_with("/search", {{"term", words}, {"media", film ? "movie" : "music"}, {"entity", film ? "movie" : "album"}, {"limit", "15"}})};
}

std::optional<Request> details(MediaType type, std::string_view id) {
  if (!has_form("itunes", id)) return std::nullopt;
  // An album's songs are asked for with it: their lengths add up to its own.
  return Request{Service::itunes, Ask::details, std::string(host),
                 path_with("/lookup", {{"id", id}, {"entity", type == MediaType::album ? "song" : ""}})};
}

Item film_from(Value film) {
  Item item;
  item.type = MediaType::film;
  item.title = film["trackName"].text();
  item.year = year_of(film["releaseDate"].text());
  add(item.genres, film["primaryGenreName"].text());
  // Of a film, the artist is who directed it.
  for (const std::string& name : separated(film["artistName"].text())) add(item.creators, "director", name);
  if (const auto length = positive(film["trackTimeMillis"].number())) item.length = *length / minute;
  put_id(item, "itunes", film["trackId"].id());
  return item;
}

/// "℗ 1997 Parlophone" and the like: what follows the year.
std::string label_in(const std::string& copyright) {
  const std::size_t year = copyright.find_first_of("0123456789");
  if (year == std::string::npos) return {};
  const std::size_t name = copyright.find(' ', year);
  const bool dated = name != std::string::npos && name - year == 4;
  return dated ? copyright.substr(name + 1) : std::string();
}

/// @param single  becomes whether the store calls it one by its name.
Item album_from(Value album, bool& single) {
  Item item;
  item.type = MediaType::album;
  item.title = album["collectionName"].text();
  single = item.title.ends_with(" - Single");
  if (item.title.ends_with(" - EP")) item.title.resize(item.title.size() - 5);
  std::string artist = album["collectionArtistName"].text();
  if (artist.empty()) artist = album["artistName"].text();
  add(item.creators, "artist", artist);
  // A song's date may be that of another record it was on first.
  if (album["wrapperType"].text() == "collection") item.year = year_of(album["releaseDate"].text());
  add(item.genres, album["primaryGenreName"].text());
  add(item.companies, label_in(album["copyright"].text()));
  put_id(item, "itunes", album["collectionId"].id());
  return item;
}

/// The sum of the songs' lengths, once all of them are there.
std::optional<double> length_of(Value results, const std::string& album, long tracks) {
  double sum = 0;
  long known = 0;
  for (const Value song : results) {
    if (song["kind"].text() != "song" || song["collectionId"].id() != album) continue;
    const auto length = positive(song["trackTimeMillis"].number());
    if (!length) return std::nullopt;
    sum += *length;
    ++known;
  }
  return known > 0 && known == tracks ? std::optional(sum / minute) : std::nullopt;
}

void read_albums(Value results, std::vector<Item>& items) {
  for (const Value result : results) {
    if (items.size() == most_results) return;
    const std::string wrapper = result["wrapperType"].text();
    const bool album = wrapper == "collection" && result["collectionType"].text() == "Album";
    if (!album && !(wrapper == "track" && result["kind"].text() == "song")) continue;
    const std::string id = result["collectionId"].id();
    const bool there = std::any_of(items.begin(), items.end(), [&](const Item& item) {
      const auto known = item.ids.find("itunes");
      return known != item.ids.end() && known->second == id;
    });
    if (there) continue;
    bool single = false;
    Item item = album_from(result, single);
    if (single) continue;
    item.length = length_of(results, id, result["trackCount"].whole().value_or(0));
    items.push_back(std::move(item));
  }
}

Expected<void> read(const Request& asked, Value answer, Findings& findings) {
  findings.items.clear();
  if (findings.type == MediaType::album) {
    read_albums(answer["results"], findings.items);
  } else {
    for (const Value result : answer["results"]) {
      if (findings.items.size() == most_results) break;
      if (result["kind"].text() == "feature-movie") findings.items.push_back(film_from(result));
    }
  }
  if (asked.ask != Ask::details) return {};
  if (findings.items.empty()) return failure("not_found", "iTunes does not know this work.");
  findings.items.resize(1);
  return {};
}

}  // namespace

const Reading itunes{search, details, read};

}  // namespace hub::metadata
