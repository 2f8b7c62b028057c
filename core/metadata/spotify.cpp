/// Spotify's Web API (https://developer.spotify.com/documentation/web-api): albums. Facts of it are shown, never stored or learnt from.

#include "core/metadata/reading.hpp"

namespace hub::metadata {
namespace {

constexpr std::string_view host = "api.spotify.com";
constexpr double minute = 60'000;  // milliseconds
/// Spotify calls both a single and an EP "single"; a single has up to three tracks.
constexpr long most_tracks_of_single = 3;

Request search(MediaType, std::string_view words) {
  return {Service::spotify, Ask::search, std::string(host), path_with("/v1/search", {{"q", words}, {"type", "album"}, {"limit", "10"}})};
}

std::optional<Request> details(MediaType, std::string_view id) {
  if (!has_form("spotify", id)) return std::nullopt;
  return Request{Service::spotify, Ask::details, std::string(host), "/v1/albums/" + percent_encoded(id)};
}

bool is_single(Value album) {
  return album["album_type"].text() == "single" && album["total_tracks"].whole().value_or(0) <= most_tracks_of_single;
}

std::optional<double> length_of(Value album) {
  double sum = 0;
  long known = 0;
  for (const Value track : album["tracks"]["items"]) {
    const auto length = positive(track["duration_ms"].number());
    if (!length) return std::nullopt;
    sum += *length;
    ++known;
  }
  // A long album's tracks come on several pages, of which this is the first.
  const bool all = known > 0 && known == album["tracks"]["total"].whole().value_or(0);
  return all ? std::optional(sum / minute) : std::nullopt;
}

Item album_from(Value album) {
  Item item;
  item.type = MediaType::album;
  item.title = album["name"].text();
  item.year = year_of(album["release_date"].text());
  for (const Value genre : album["genres"]) add(item.genres, genre.text());
  for (const Value artist : album["artists"]) add(item.creators, "artist", artist["name"].text());
  add(item.companies, album["label"].text());
  item.length = length_of(album);
  item.poster = secure(album["images"].front()["url"].text());
  put_id(item, "spotify", album["id"].text());
  put_id(item, "upc", album["external_ids"]["upc"].id());
  return item;
}

Expected<void> read(const Request& asked, Value answer, Findings& findings) {
  if (asked.ask == Ask::details) {
    findings.items = {album_from(answer)};
    return {};
  }
  for (const Value album : answer["albums"]["items"]) {
    if (findings.items.size() == most_results) break;
    if (album.is_object() && !is_single(album)) findings.items.push_back(album_from(album));
  }
  return {};
}

}  // namespace

const Reading spotify{search, details, read};

}  // namespace hub::metadata
