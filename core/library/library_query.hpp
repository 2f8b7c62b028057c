#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/library/item.hpp"

/// What a person looks at of their library: which titles, in which order, put together how; and the same as the address bar says it.
namespace hub {

/// What titles are put in order by. `match` is how well they fit the words that are looked for.
enum class LibraryColumn : std::uint8_t {
  title,
  by,
  year,
  type,
  rating,
  predicted,
  gap,
  date,
  mark,
  community,
  genres,
  length,
  language,
  match
};
inline constexpr std::size_t library_column_count = 14;

/// Which titles of the library are shown.
enum class LibraryChoice : std::uint8_t { all, not_rated, wished, seen, rated };
inline constexpr std::size_t library_choice_count = 5;

/// What titles are put together by: each by its first genre and its first maker, so that it stands in one place.
enum class LibraryGrouping : std::uint8_t { none, type, decade, genre, creator, rating, year_rated };
inline constexpr std::size_t library_grouping_count = 7;

/// From one number to another, both included; an end that is not there is open.
template <typename T>
struct Span {
  std::optional<T> from;
  std::optional<T> to;

  bool any() const { return from || to; }
  bool holds(T number) const { return (!from || number >= *from) && (!to || number <= *to); }
  bool operator==(const Span&) const = default;
};

struct LibraryQuery {
  std::string text;    ///< words to look for, as typed
  unsigned types = 0;  ///< bit by MediaType; 0: all
  LibraryChoice choice = LibraryChoice::all;
  std::vector<std::string> genres;     ///< all of them, each as works have it
  std::vector<std::string> languages;  ///< one of them, as Item::language
  Span<int> years;
  Span<double> rating;     ///< the person's own, in stars; titles without are left out where it is set
  Span<double> predicted;  ///< likewise
  LibraryColumn column = LibraryColumn::date;
  bool descending = true;
  LibraryGrouping grouping = LibraryGrouping::none;
  bool covers = false;  ///< as a wall of covers, else as a list

  bool operator==(const LibraryQuery&) const = default;
};

/// What a title can be left out by.
enum class LibraryPart : std::uint8_t { text, type, choice, genres, years, rating, predicted, language };
inline constexpr std::size_t library_part_count = 8;

constexpr unsigned bit_of(LibraryPart part) {
  return 1U << static_cast<unsigned>(part);
}

/// What of a title a query is asked about.
struct LibraryTitle {
  const Item& item;
  double rating = 0;     ///< stars, 0: not rated
  double predicted = 0;  ///< stars, 0: not known
  bool wished = false;
  bool seen = false;  ///< and not rated
};

bool is_of(const LibraryTitle& title, LibraryChoice choice);

/// The half star that a finer rating is nearest to: it is what is drawn, and what the ends of a span are given in.
double half_star(double stars);

/// The parts of the query that leave the title out: 0 where it is shown. The text is not looked at.
unsigned parts_against(const LibraryQuery& query, const LibraryTitle& title);

/// The parts of the query that leave anything out at all, bit by LibraryPart.
unsigned parts_asked(const LibraryQuery& query);

/// The query without that part.
LibraryQuery without(LibraryQuery query, LibraryPart part);
/// Without all of them: everything is shown.
LibraryQuery without_filters(LibraryQuery query);

/// Words first rise, figures and dates first fall: what one most often wants.
bool falls_first(LibraryColumn column);

/// Puts a query in the order that it has when no other was chosen: what fits words best, what stands on a list for later best for the
/// person, else what was rated last.
void order_as_usual(LibraryQuery& query);

/// What differs from the usual, for the address bar: "type=film,show&genre=Horror&year=1990..1999&sort=title". Empty where nothing does.
/// A sign within a value that would end it is written as an escape (“%26”).
std::string to_address(const LibraryQuery& query);

/// @param parameters  as of to_address, from anywhere: what is not known or makes no sense is passed over.
LibraryQuery library_query_from(std::string_view parameters);

}  // namespace hub
