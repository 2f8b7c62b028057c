#pragma once

#include <array>
#include <string_view>

#include "core/library/item.hpp"

namespace hub::predictor {

/// Facts that belong together, to be taken away from all works to see what they are worth.
enum class FactGroup {
  community,
  popularity,
  people,
  genres,
  story,
  era,
  length,
  origin,
  companies,
  series,
  awards,
  text,
  poster,
  agreement
};
inline constexpr std::size_t fact_group_count = 14;
inline constexpr std::array<FactGroup, fact_group_count> fact_groups{
    FactGroup::community, FactGroup::popularity, FactGroup::people, FactGroup::genres,    FactGroup::story,
    FactGroup::era,       FactGroup::length,     FactGroup::origin, FactGroup::companies, FactGroup::series,
    FactGroup::awards,    FactGroup::text,       FactGroup::poster, FactGroup::agreement};

/// The word in files and tables, as the feature groups are called: "public", "popularity", "people", …
std::string_view name_of(FactGroup group);

/// The item without these facts: "public" is the public's ratings, of which the votes stay; "popularity" the votes; "people" creators and
/// cast; "story" title, keywords and synopsis; "text" and "poster" are vectors and "agreement" how well the two fit each other, which are
/// no part of an item; "origin" language and countries.
Item without(Item item, FactGroup group);

}  // namespace hub::predictor
