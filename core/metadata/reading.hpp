#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/library/item.hpp"
#include "core/metadata/answer.hpp"
#include "core/metadata/request.hpp"

/// How a service's own file turns answers into items; for inquiry.cpp and the files of the services alone.
namespace hub::metadata {

inline constexpr std::size_t most_results = 25;  ///< of one search
inline constexpr std::size_t most_cast = 20;     ///< leading performers of one work
inline constexpr std::size_t most_awards = 20;   ///< of one work, by name

/// What the answers have led to so far.
struct Findings {
  MediaType type = MediaType::film;
  std::vector<Item> items;    ///< of a search: best first; of details: one, which is there from the beginning
  std::vector<Request> more;  ///< what is to be asked next
};

/// One service. Each function is pure.
struct Reading {
  /// @param words  as typed, not empty.
  Request (*search)(MediaType type, std::string_view words);
  /// @param id  the service's own, or another that it can be asked by. @return nothing when it is none.
  std::optional<Request> (*details)(MediaType type, std::string_view id);
  /// Takes in the answer to `asked`.
  Expected<void> (*read)(const Request& asked, Value answer, Findings& findings);
};

extern const Reading wikidata, itunes, tvmaze, musicbrainz, open_library, omdb, tmdb, rawg, spotify, google_books;

/// A name that is not known yet: stands in a list of the item until an answer tells it, and is left out when none does.
/// @param key  what it is known by: "Q25188", "/authors/OL23919A".
std::string pending(std::string_view key);

/// Puts `name` in the place of each pending(key), and leaves it out where the list has it already.
void settle(Item& item, std::string_view key, std::string_view name);

/// Leaves out what is still pending.
void drop_pending(Item& item);

/// Appends `name`, trimmed, unless it is empty, there already, or the list has `most` by now.
void add(std::vector<std::string>& names, std::string_view name, std::size_t most = 50);
void add(std::vector<Creator>& creators, std::string_view role, std::string_view name);
/// @param part  see Series.
void add(std::vector<Series>& series, std::string_view name, std::string_view part);
/// The same in lower case, as keywords are.
void add_keyword(std::vector<std::string>& names, std::string_view name);

/// Each of the names between commas ("A, B").
std::vector<std::string> separated(std::string_view names);

/// Takes the rating if it is one: above 0 and within its scale. What nobody has rated stands as 0 with most services.
void add_rating(Item& item, std::string_view source, std::optional<double> rating, double scale, std::optional<long> votes);

/// Sets the id if it is of the form that the service has; see has_form.
void put_id(Item& item, std::string_view service, std::string_view id);

/// Whether `id` has the form that ids of `service` (a key of Item::ids) have: "tt0133093", digits, a UUID, …
bool has_form(std::string_view service, std::string_view id);

/// The year at the beginning of a date, or the one number of four digits in it ("October 1, 1988"); nothing for zeroes.
std::optional<int> year_of(std::string_view date);

/// A number above zero; what is zero with a service is not known.
std::optional<double> positive(std::optional<double> value);

/// Text without its tags, with what its entities stand for, and in single spaces.
std::string plain_text(std::string_view html);

/// The address with https for http, or empty when it is neither.
std::string secure(std::string_view address);

/// The same text in the original's script, where it differs.
void set_original_title(Item& item, std::string_view title);

/// `genres` and `creators` a service writes in one string are told apart in its own file; here what all share.
std::string lower_case(std::string_view text);

/// ISO 639-1 for a language's English name, its code of three letters (ISO 639-2, either form) or of two, or Wikidata's id of it. Empty for
/// one that is not in the table.
std::string language_code(std::string_view name);

/// ISO 3166-1 alpha-2 for a country's English name or Wikidata's id of it; a code of two capitals stays. Empty for one that is not in the
/// table.
std::string country_code(std::string_view name);

}  // namespace hub::metadata
