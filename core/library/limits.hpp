#pragma once

#include <cstddef>
#include <cstdint>

#include "core/library/error.hpp"
#include "core/library/event.hpp"

/// What a well-formed item, rating and event is. Files from elsewhere are held to it when they are read, and the journal when it is
/// written, so that nothing is stored which could not be read again.
namespace hub {

inline constexpr std::size_t most_id_bytes = 200;
inline constexpr std::size_t most_title_bytes = 1'000;
inline constexpr std::size_t most_name_bytes = 300;  ///< of a person, genre, keyword, company, service …
inline constexpr std::size_t most_synopsis_bytes = 10'000;
inline constexpr std::size_t most_address_bytes = 2'000;
inline constexpr std::size_t most_list_entries = 200;
inline constexpr std::size_t most_setting_bytes = 65'536;
inline constexpr std::size_t most_import_entries = 1'000'000;
inline constexpr std::int64_t latest_time = std::int64_t{1} << 53;  ///< of an event: what every JSON reader keeps exactly

/// The item with what can be mended mended: texts made safe and short enough to show (see clean_text), empty list entries and those beyond
/// the most left out, a poster that is not an https address left out. What cannot be mended is left for check.
Item cleaned(Item item);

/// Likewise; a date that is no calendar date is left out.
Rating cleaned(Rating rating);
/// Dates that are none are dropped; counts are held within what check() takes.
Deeds cleaned(Deeds deeds);
/// Texts are made safe and short enough to show, numbers that are none or beyond all that is measured are left out.
Song cleaned(Song song);
Imported::Line cleaned(Imported::Line line);

/// Whether `date` is empty or a plausible ISO 8601 calendar date such as 2024-05-31.
bool is_date(std::string_view date);

/// Whether `id` is a type's name, a slash and a key of printable characters without spaces, and the type is `type`.
bool is_item_id(std::string_view id);
bool is_item_id(std::string_view id, MediaType type);

/// @return  Error "bad_item", "bad_rating" or "bad_event" naming the field that no reader would accept.
Expected<void> check(const Item& item);
Expected<void> check(const Rating& rating);
Expected<void> check(const Event& event);

}  // namespace hub
