#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/library/media_type.hpp"

// A table's rows stay whole.
// clang-format off

/// Facts from the services of the world: what to ask them, and what their answers say. Pure functions; nothing here touches a network.
///
/// What the services' documentation and terms say, as read in November 2026. “Kept” is what may stay in the library for good; “learnt from”
/// is what the predictor may be trained with. A service's facts are left out of the use that its terms forbid (see allowed in merge.hpp).
///
/// | service | key | pace | browsers | licence, attribution | kept | learnt from |
/// |---|---|---|---|---|---|---|
/// | Wikidata | none | no fixed figure: one at a time, honour Retry-After; query service 5 at once, 60 s each | yes (`origin=*`; query service always) | CC0; naming it is a courtesy | yes | yes |
/// | iTunes Search | none | about 20 a minute | not documented, answers come with the header or by JSONP: where a browser is refused, the service did not answer | Apple's terms: artwork, previews and descriptions only to promote the store, beside its badge; so **artwork and descriptions are left out**, plain facts are taken | yes | yes |
/// | TVMaze | none | 20 in 10 s, more from its cache | yes | CC BY-SA 4.0: link to TVMaze wherever its facts show | yes | yes |
/// | MusicBrainz | none | 1 a second | yes | facts CC0; tags, genres and ratings CC BY-NC-SA 3.0 | yes | yes |
/// | Cover Art Archive | none | no limit stated | yes | pictures belong to their owners: shown small, from the archive's address, kept like any browser's cache (pictures.hpp) | address only | – |
/// | Open Library | none | 1 a second (3 for those who name themselves, which a browser cannot); covers by number unlimited, by ISBN 100 in 5 min | yes | open data; a link back is asked for; no bulk download of covers | yes | yes |
/// | OMDb | yes | 1,000 a day | yes | CC BY-NC 4.0: name OMDb, nothing commercial; its own poster service is for patrons and is not used | yes | yes |
/// | TMDB | yes | about 40 a second | yes | logo or name and the sentence of `notice`; no cache older than 6 months; **no use in training or validating machine learning** | no (cache only) | **no** |
/// | RAWG | yes | 20,000 a month | yes | an active link to RAWG on every page with its facts; no copy of its database | yes | yes |
/// | Spotify | yes, secret | rolling 30 s, honour Retry-After; searches of 10 at the most | no (token from the proxy) | link to the album at Spotify, pictures unaltered; nothing stored beyond use; **nothing to be ingested by machine learning** | no (cache only) | **no** |
/// | Google Books | yes | 1,000 a day | yes | “powered by Google” and a link to the book; no copies beyond what the answer's cache headers allow | no (cache only) | yes, while shown |
///
/// Titles, years of release and ids say which work is meant; they stay whatever their source, so that a rating has something to be of.
// clang-format on
namespace hub::metadata {

enum class Service : std::uint8_t { wikidata, itunes, tvmaze, musicbrainz, open_library, omdb, tmdb, rawg, spotify, google_books };

inline constexpr std::size_t service_count = 10;

/// How a service is reached.
enum class Door : std::uint8_t {
  open,       ///< by anyone
  key,        ///< with a key of the page's host (by the proxy) or of the person
  proxy_only  ///< with a secret that no browser may hold
};

struct ServiceInfo {
  Service service;
  std::string_view name;  ///< "TVMaze": Item::provenance of its facts
  std::string_view word;  ///< "tvmaze": of its ids in Item::ids, the first part of a path at the proxy, and on the command line
  Door door;
  double pause;                    ///< seconds between two requests, on average, that its rules allow
  unsigned at_once;                ///< requests that may be out at once, and follow each other without a pause
  std::optional<long> per_day;     ///< requests, where that is limited
  std::string_view key_parameter;  ///< of a query that carries a key, or empty
  bool kept;                       ///< its facts may stay in the library for good
  bool learnt_from;                ///< the predictor may learn from them
  int cache_days;                  ///< the oldest answer that may be shown from a cache
  std::string_view notice;         ///< what is to be shown wherever its facts are
  std::string_view address;        ///< what the notice links to
};

const ServiceInfo& info(Service service);

/// All of them, in the order of the enumeration.
std::span<const ServiceInfo> services();

/// @param word  as ServiceInfo::word. @return nothing for anything else.
std::optional<Service> service_from(std::string_view word);

/// The service whose facts carry this provenance, or nothing ("catalogue", "IMDb export").
std::optional<Service> service_named(std::string_view provenance);

/// Those that know works of the type: the open ones first.
std::vector<Service> services_for(MediaType type);

/// Whether `service` knows works of the type.
bool knows(Service service, MediaType type);

}  // namespace hub::metadata
