#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace hub::features {

/// What a feature is about, as a person would put it. Explanations are summed by these.
enum class Group {
  community,
  habit,
  people,
  genres,
  story,
  era,
  length,
  popularity,
  origin,
  companies,
  alike,
  series,
  awards,
  poster,
  agreement
};
inline constexpr std::size_t group_count = 15;

constexpr std::size_t index_of(Group group) {
  return static_cast<std::size_t>(group);
}

/// "public", "habit", "people", "genres", "story", "era", "length", "popularity", "origin", "companies", "alike",
/// "series", "awards", "poster", "agreement".
std::string_view name_of(Group group);

/// One column of numbers.
struct Feature {
  std::string name;  ///< unique in its list, lower case with underscores
  Group group;
  std::string unit;  ///< "stars", "z-score", "20 years", "count", "0 or 1", …
};

}  // namespace hub::features
