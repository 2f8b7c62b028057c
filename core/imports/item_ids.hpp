#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/library/item.hpp"

namespace hub::imports {

/// `text` as a part of an id: normalised words with hyphens between them.
///
/// @param most  bytes, at least 20; what is longer ends in a hash of the whole.
std::string key_from(std::string_view text, std::size_t most = 100);

/// A title as books are told apart by: without the series that Goodreads puts behind it ("Red Mars (Mars Trilogy, #1)" is "Red Mars").
std::string_view without_series(std::string_view title);

/// The id of a work that the file identifies by words: the same words give the same id in every file and every year.
///
/// By the surest of the external ids that name works in this program (IMDb, then those of `own_ids`); else of the title and, behind two
/// hyphens, what tells works of one title apart: the first author of a book, the artist and year of an album, the year of all others. The
/// catalogue's ids have no two hyphens together, so that this can never be taken for one of them.
std::string id_of(const Item& item);

/// Whether id_of made the id of words, for want of an id that names the work.
bool is_by_words(std::string_view item_id);

}  // namespace hub::imports
