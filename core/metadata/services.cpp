#include "core/metadata/services.hpp"

#include <algorithm>
#include <array>

namespace hub::metadata {
namespace {

constexpr std::array<ServiceInfo, service_count> all{{
    {Service::wikidata, "Wikidata", "wikidata", Door::open, 0.2, 1, std::nullopt, "", true, true, 30, "Facts from Wikidata, CC0",
     "https://www.wikidata.org/"},
    {Service::itunes, "iTunes", "itunes", Door::open, 3, 4, std::nullopt, "", true, true, 30, "Facts from the iTunes Store",
     "https://www.apple.com/itunes/"},
    {Service::tvmaze, "TVMaze", "tvmaze", Door::open, 0.5, 4, std::nullopt, "", true, true, 30, "Facts from TVmaze, CC BY-SA 4.0",
     "https://www.tvmaze.com/"},
    {Service::musicbrainz, "MusicBrainz", "musicbrainz", Door::open, 1, 1, std::nullopt, "", true, true, 30,
     "Facts from MusicBrainz, CC0; tags and ratings CC BY-NC-SA 3.0", "https://musicbrainz.org/"},
    {Service::open_library, "Open Library", "openlibrary", Door::open, 1, 1, std::nullopt, "", true, true, 30, "Facts from Open Library",
     "https://openlibrary.org/"},
    {Service::omdb, "OMDb", "omdb", Door::key, 0.1, 2, 1'000, "apikey", true, true, 30, "Facts from OMDb, CC BY-NC 4.0",
     "https://www.omdbapi.com/"},
    {Service::tmdb, "TMDB", "tmdb", Door::key, 0.025, 4, std::nullopt, "api_key", false, false, 180,
     "This product uses the TMDB API but is not endorsed or certified by TMDB.", "https://www.themoviedb.org/"},
    {Service::rawg, "RAWG", "rawg", Door::key, 0.2, 2, 600, "key", true, true, 30, "Facts from RAWG", "https://rawg.io/"},
    {Service::spotify, "Spotify", "spotify", Door::proxy_only, 0.3, 1, std::nullopt, "", false, false, 1, "From Spotify",
     "https://open.spotify.com/"},
    {Service::google_books, "Google Books", "googlebooks", Door::key, 0.1, 2, 1'000, "key", false, true, 1, "Powered by Google",
     "https://books.google.com/"},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < all.size(); ++i)
    if (static_cast<std::size_t>(all[i].service) != i) return false;
  return true;
}
static_assert(in_order());

}  // namespace

const ServiceInfo& info(Service service) {
  return all[static_cast<std::size_t>(service)];
}

std::span<const ServiceInfo> services() {
  return all;
}

std::optional<Service> service_from(std::string_view word) {
  for (const ServiceInfo& one : all)
    if (one.word == word) return one.service;
  return std::nullopt;
}

std::optional<Service> service_named(std::string_view provenance) {
  for (const ServiceInfo& one : all)
    if (one.name == provenance) return one.service;
  return std::nullopt;
}

std::vector<Service> services_for(MediaType type) {
  switch (type) {
    case MediaType::film: return {Service::wikidata, Service::itunes, Service::omdb, Service::tmdb};
    case MediaType::show: return {Service::tvmaze, Service::wikidata, Service::omdb, Service::tmdb};
    case MediaType::game: return {Service::wikidata, Service::rawg};
    case MediaType::album: return {Service::musicbrainz, Service::itunes, Service::spotify};
    case MediaType::book: return {Service::open_library, Service::google_books};
  }
  return {};
}

bool knows(Service service, MediaType type) {
  const std::vector<Service> known = services_for(type);
  return std::find(known.begin(), known.end(), service) != known.end();
}

}  // namespace hub::metadata
