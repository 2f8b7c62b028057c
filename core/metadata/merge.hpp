#pragma once

#include <span>
#include <vector>

#include "core/library/item.hpp"
#include "core/metadata/services.hpp"

namespace hub::metadata {

/// What facts are used for.
enum class Use : std::uint8_t {
  show,  ///< on the screen, from the answer or a cache
  keep,  ///< in the library, for good
  learn  ///< as features of the predictor
};

/// Whether a source's terms allow that use of what it says (see the table in services.hpp). What is no service allows everything.
bool may(const std::string& source, Use use);

/// The item without the facts whose source's terms forbid the use (see the table in services.hpp). Title, original title, year and ids stay
/// under Use::keep; title and ids under Use::learn too. Facts from elsewhere (the catalogue, an export, the person) stay.
Item allowed(Item item, Use use);

/// One item of several that describe the same work: of each fact what the best source says, of ids and community ratings all, the most
/// trusted rating first. Each fact keeps where it came from and when (source_of).
///
/// What the person entered goes before the catalogue, the catalogue before services, these in an order of their own for each fact, exports
/// last; of one source the newest. The id is that of the first item, which is the one the library knows.
///
/// @param items  at least one, all of one type.
Item merge(std::span<const Item> items);

/// What several services found, each work once: items that are the same work are merged.
///
/// Two are the same when they share an id that names works (IMDb, TMDB, TVmaze, Wikidata, RAWG, MusicBrainz, Open Library) or an edition
/// (ISBN, Spotify, …); and else by title, year and makers with the care of imports::Matcher. They are never the same when an id that names
/// works differs: a remake, a work of the same name.
///
/// @param items  in the order in which they are to be shown; works keep the place of their first item.
std::vector<Item> unite(std::span<const Item> items);

}  // namespace hub::metadata
