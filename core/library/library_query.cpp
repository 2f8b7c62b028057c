#include "core/library/library_query.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "core/library/text.hpp"

namespace hub {
namespace {

constexpr std::size_t most_text_bytes = 200;
constexpr std::size_t most_values = 20;

constexpr std::array<std::string_view, library_column_count> columns{"title", "by", "year",   "type",  "rating", "predicted", "gap",
                                                                     "date",  "",   "public", "genre", "length", "language",  "match"};
constexpr std::array<std::string_view, library_choice_count> choices{"", "unrated", "wished", "seen", "rated"};
constexpr std::array<std::string_view, library_grouping_count> groupings{"", "type", "decade", "genre", "maker", "rating", "year-rated"};

/// @return  the place of `name`, or nothing for what is not there.
template <typename Enum, std::size_t Count>
std::optional<Enum> named(const std::array<std::string_view, Count>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (name.empty() || found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

/// Signs that mean something between the values of an address.
bool is_reserved(char c) {
  return c == '&' || c == ',' || c == '=' || c == '%' || c == '#' || c == '+' || static_cast<unsigned char>(c) < 0x20;
}

std::string escaped(std::string_view value) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string text;
  for (const char c : value) {
    if (is_reserved(c)) {
      text += '%';
      text += digits[static_cast<unsigned char>(c) >> 4U];
      text += digits[static_cast<unsigned char>(c) & 15U];
    } else {
      text += c;
    }
  }
  return text;
}

/// A broken escape stays as it stands.
std::string unescaped(std::string_view value) {
  std::string text;
  for (std::size_t i = 0; i < value.size(); ++i) {
    unsigned code = 0;
    if (value[i] == '%' && i + 2 < value.size()) {
      const char* end = value.data() + i + 3;
      if (const auto [at, error] = std::from_chars(value.data() + i + 1, end, code, 16); error == std::errc() && at == end) {
        text += static_cast<char>(code);
        i += 2;
        continue;
      }
    }
    text += value[i];
  }
  return text;
}

/// Calls visit(part) for what stands between signs; at most so many times.
template <typename Visit>
void each_part(std::string_view text, char sign, std::size_t most, Visit&& visit) {
  while (!text.empty() && most-- > 0) {
    const std::size_t end = std::min(text.find(sign), text.size());
    if (end > 0) visit(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

std::vector<std::string> values_of(std::string_view text) {
  std::vector<std::string> values;
  each_part(text, ',', most_values, [&](std::string_view value) {
    std::string plain = clean_text(unescaped(value), most_text_bytes);
    if (!plain.empty() && std::find(values.begin(), values.end(), plain) == values.end()) values.push_back(std::move(plain));
  });
  return values;
}

std::string listed(const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) text += (text.empty() ? "" : ",") + escaped(value);
  return text;
}

/// Whole numbers as they are, stars with at most one digit behind the point.
std::string written(double number) {
  const auto tenths = static_cast<int>(std::lround(number * 10));
  std::string text = std::to_string(tenths / 10);
  if (tenths % 10 != 0) text += "." + std::to_string(std::abs(tenths % 10));
  return text;
}

std::optional<int> year_from(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < -9999 || number > 9999) return std::nullopt;
  return number;
}

/// "3", "3.5": half a star to five.
std::optional<double> stars_from(std::string_view text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  const auto whole = year_from(text.substr(0, point));
  if (!whole) return std::nullopt;
  const std::string_view rest = text.substr(std::min(point + 1, text.size()));
  const auto tenth = rest.empty() ? std::optional(0) : year_from(rest);
  if (!tenth || rest.size() > 1) return std::nullopt;
  const double stars = *whole + *tenth / 10.0;
  if (stars < 0.5 || stars > 5) return std::nullopt;
  return std::round(stars * 2) / 2;
}

template <typename T, typename Read>
Span<T> span_from(std::string_view text, Read&& read) {
  constexpr std::string_view between = "..";
  const std::size_t at = text.find(between);
  const std::string_view from = text.substr(0, at);
  const std::string_view to = at == std::string_view::npos ? from : text.substr(at + between.size());
  Span<T> span;
  if (!from.empty()) span.from = read(from);
  if (!to.empty()) span.to = read(to);
  // One that nothing can be within was not meant.
  if ((!from.empty() && !span.from) || (!to.empty() && !span.to) || (span.from && span.to && *span.from > *span.to)) return {};
  return span;
}

template <typename T>
std::string written(const Span<T>& span) {
  std::string text;
  if (span.from) text += written(static_cast<double>(*span.from));
  if (span.from && span.to && *span.from == *span.to) return text;
  text += "..";
  if (span.to) text += written(static_cast<double>(*span.to));
  return text;
}

}  // namespace

bool is_of(const LibraryTitle& title, LibraryChoice choice) {
  switch (choice) {
    case LibraryChoice::all: return true;
    case LibraryChoice::not_rated: return title.rating <= 0;
    case LibraryChoice::wished: return title.wished;
    case LibraryChoice::seen: return title.seen;
    case LibraryChoice::rated: return title.rating > 0;
  }
  return true;
}

double half_star(double stars) {
  return std::max(std::round(stars * 2) / 2, 0.5);
}

unsigned parts_against(const LibraryQuery& query, const LibraryTitle& title) {
  const Item& item = title.item;
  unsigned parts = 0;
  const auto leave_out = [&](LibraryPart part, bool out) { parts |= out ? bit_of(part) : 0U; };
  leave_out(LibraryPart::type, query.types != 0 && (query.types & (1U << index_of(item.type))) == 0);
  leave_out(LibraryPart::choice, !is_of(title, query.choice));
  leave_out(LibraryPart::genres, !std::all_of(query.genres.begin(), query.genres.end(), [&](const std::string& genre) {
              return std::find(item.genres.begin(), item.genres.end(), genre) != item.genres.end();
            }));
  leave_out(LibraryPart::language,
            !query.languages.empty() && std::find(query.languages.begin(), query.languages.end(), item.language) == query.languages.end());
  leave_out(LibraryPart::years, query.years.any() && !(item.year && query.years.holds(*item.year)));
  leave_out(LibraryPart::rating, query.rating.any() && !(title.rating > 0 && query.rating.holds(half_star(title.rating))));
  leave_out(LibraryPart::predicted, query.predicted.any() && !(title.predicted > 0 && query.predicted.holds(title.predicted)));
  return parts;
}

unsigned parts_asked(const LibraryQuery& query) {
  unsigned parts = 0;
  const auto asked = [&](LibraryPart part, bool is) { parts |= is ? bit_of(part) : 0U; };
  asked(LibraryPart::text, !query.text.empty());
  asked(LibraryPart::type, query.types != 0);
  asked(LibraryPart::choice, query.choice != LibraryChoice::all);
  asked(LibraryPart::genres, !query.genres.empty());
  asked(LibraryPart::language, !query.languages.empty());
  asked(LibraryPart::years, query.years.any());
  asked(LibraryPart::rating, query.rating.any());
  asked(LibraryPart::predicted, query.predicted.any());
  return parts;
}

LibraryQuery without(LibraryQuery query, LibraryPart part) {
  switch (part) {
    case LibraryPart::text: query.text.clear(); break;
    case LibraryPart::type: query.types = 0; break;
    case LibraryPart::choice: query.choice = LibraryChoice::all; break;
    case LibraryPart::genres: query.genres.clear(); break;
    case LibraryPart::language: query.languages.clear(); break;
    case LibraryPart::years: query.years = {}; break;
    case LibraryPart::rating: query.rating = {}; break;
    case LibraryPart::predicted: query.predicted = {}; break;
  }
  return query;
}

LibraryQuery without_filters(LibraryQuery query) {
  for (std::size_t part = 0; part < library_part_count; ++part) query = without(std::move(query), static_cast<LibraryPart>(part));
  return query;
}

bool falls_first(LibraryColumn column) {
  switch (column) {
    case LibraryColumn::title:
    case LibraryColumn::by:
    case LibraryColumn::type:
    case LibraryColumn::genres:
    case LibraryColumn::language: return false;
    default: return true;
  }
}

void order_as_usual(LibraryQuery& query) {
  const bool for_later = query.choice == LibraryChoice::wished || query.choice == LibraryChoice::seen;
  query.column = !query.text.empty() ? LibraryColumn::match : for_later ? LibraryColumn::predicted : LibraryColumn::date;
  query.descending = true;
}

std::string to_address(const LibraryQuery& query) {
  std::string text;
  const auto say = [&](std::string_view name, std::string_view value) {
    if (value.empty()) return;
    if (!text.empty()) text += '&';
    text += name;
    text += '=';
    text += value;
  };
  say("q", escaped(query.text));
  std::string types;
  for (const MediaType type : media_types)
    if ((query.types & (1U << index_of(type))) != 0) types += (types.empty() ? "" : ",") + std::string(name_of(type));
  say("type", types);
  say("state", choices[static_cast<std::size_t>(query.choice)]);
  say("genre", listed(query.genres));
  say("year", query.years.any() ? written(query.years) : "");
  say("rating", query.rating.any() ? written(query.rating) : "");
  say("predicted", query.predicted.any() ? written(query.predicted) : "");
  say("language", listed(query.languages));
  LibraryQuery usual = query;
  order_as_usual(usual);
  if (query.column != usual.column) say("sort", columns[static_cast<std::size_t>(query.column)]);
  if (query.descending != falls_first(query.column)) say("order", query.descending ? "falling" : "rising");
  say("group", groupings[static_cast<std::size_t>(query.grouping)]);
  if (query.covers) say("look", "covers");
  return text;
}

LibraryQuery library_query_from(std::string_view parameters) {
  LibraryQuery query;
  std::optional<LibraryColumn> column;
  std::optional<bool> descending;
  each_part(parameters, '&', 2 * most_values, [&](std::string_view parameter) {
    const std::size_t sign = parameter.find('=');
    if (sign == std::string_view::npos) return;
    const std::string_view name = parameter.substr(0, sign);
    const std::string_view value = parameter.substr(sign + 1);
    if (name == "q") {
      query.text = clean_text(unescaped(value), most_text_bytes);
    } else if (name == "type") {
      for (const std::string& one : values_of(value))
        if (const auto type = media_type_from(one)) query.types |= 1U << index_of(*type);
    } else if (name == "state") {
      query.choice = named<LibraryChoice>(choices, value).value_or(query.choice);
    } else if (name == "genre") {
      query.genres = values_of(value);
    } else if (name == "language") {
      query.languages = values_of(value);
    } else if (name == "year") {
      query.years = span_from<int>(value, year_from);
    } else if (name == "rating") {
      query.rating = span_from<double>(value, stars_from);
    } else if (name == "predicted") {
      query.predicted = span_from<double>(value, stars_from);
    } else if (name == "sort") {
      column = named<LibraryColumn>(columns, value);
    } else if (name == "order") {
      if (value == "rising" || value == "falling") descending = value == "falling";
    } else if (name == "group") {
      query.grouping = named<LibraryGrouping>(groupings, value).value_or(query.grouping);
    } else if (name == "look") {
      query.covers = value == "covers";
    }
  });
  order_as_usual(query);
  // Without words nothing fits them better than another.
  if (column && (*column != LibraryColumn::match || !query.text.empty())) {
    query.column = *column;
    query.descending = falls_first(*column);
  }
  if (descending && query.column != LibraryColumn::match) query.descending = *descending;
  return query;
}

}  // namespace hub
