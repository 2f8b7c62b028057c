#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "core/library/item.hpp"

/// Facts and figures as a person reads them, in plain English.
namespace hub::ui::words {

/// With `decimals` digits behind the point: "4.12".
std::string number(double value, int decimals);
/// With a sign, also for plus and with a true minus: "+0.31", "−0.16".
std::string signed_number(double value, int decimals);
/// A rating in stars, as short as it can be: "4", "4.5".
std::string stars(double value);
/// With separators of thousands: "192,955".
std::string count(std::uint64_t value);
/// "1 rating", "12 ratings".
std::string count(std::uint64_t value, std::string_view one, std::string_view several);
/// "18 KB", "2.4 MB".
std::string size(std::uint64_t bytes);
/// An ISO 8601 date or a part of one: "31 May 2024", "May 2024", "2024"; other text as it is.
std::string date(std::string_view iso);
/// The same with the month cut short, for narrow columns: "31 May 2024", "28 Sep 2026".
std::string short_date(std::string_view iso);
/// The English name of a language by its ISO 639-1 code, or nothing when it is not known here.
std::string_view language(std::string_view code);
/// "2 h 46 min", "52 min an episode", "412 pages", "30 h to play"; empty when unknown.
std::string length(const Item& item);
/// The same for a narrow column: "2 h 46 min", "52 min", "412 pages", "30 h".
std::string short_length(const Item& item);
/// Up to `most` of the creators who are told first: "Denis Villeneuve", "Jonathan Nolan, Lisa Joy".
std::string makers(const Item& item, std::size_t most = 2);
/// "2016 · Denis Villeneuve", leaving out what is not known.
std::string year_and_makers(const Item& item);
/// Where its facts came from: "Catalogue", "Wikidata · iTunes", "IMDb export".
std::string sources(const Item& item);
/// "2024 · 2 h 46 min · Denis Villeneuve · English", leaving out what is not known.
std::string facts(const Item& item);
/// Parts with `between` between them, empty ones left out.
std::string joined(std::initializer_list<std::string_view> parts, std::string_view between = " · ");
/// All of a list as in a sentence: "A", "A and B", "A, B and C".
std::string enumerated(const std::vector<std::string>& parts);
/// The first `most` of a list, with commas.
std::string list(const std::vector<std::string>& parts, std::size_t most);

}  // namespace hub::ui::words
