#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/metadata/request.hpp"

// A table's rows stay whole.
// clang-format off

/// Pictures of works, at hosts of their own. What their documentation says, as read in November 2026:
///
/// | host | of | browsers may read it | sizes, terms |
/// |---|---|---|---|
/// | coverartarchive.org | MusicBrainz | yes; it passes on to archive.org, whose machines mostly allow it | 250, 500, 1200 px; no limit stated; pictures belong to their owners |
/// | covers.openlibrary.org | Open Library | yes; older ones are passed on to archive.org | M and L; by number without limit; no bulk download |
/// | static.tvmaze.com | TVMaze | not documented | 210 px or as it was given; linking from pages is welcome, CC BY-SA |
/// | image.tmdb.org | TMDB | yes | 342 px; with TMDB's notice |
/// | m.media-amazon.com and its kin | OMDb | no | by the proxy alone |
/// | media.rawg.io | RAWG | no | by the proxy alone |
/// | i.scdn.co | Spotify | no | by the proxy alone, unaltered |
/// | books.google.com | Google Books | no | by the proxy alone |
/// | commons.wikimedia.org | Wikidata | no: it passes on without leave, and its files' own addresses are made of hashes | left out |
/// | mzstatic.com | iTunes | – | left out: only to promote the store |
///
/// Kept on the device no longer than ServiceInfo::cache_days of the service.
// clang-format on
namespace hub::metadata {

enum class PictureSize : std::uint8_t {
  small,  ///< for a row of a list
  large   ///< for a wall and for one work alone
};

/// The bytes of one picture: larger ones are not taken in.
inline constexpr std::size_t most_picture_bytes = std::size_t{1} << 20U;

/// What to ask for, in the smallest form that the host has for the size.
///
/// @param address  as Item::poster, or poster_address. @return nothing for an address at any other host.
std::optional<Request> picture_request(std::string_view address, PictureSize size);

}  // namespace hub::metadata
