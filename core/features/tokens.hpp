#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/features/feature.hpp"

namespace hub::features {

/// The sets that describe a work. Two works are alike in a family by the members they share.
enum class Family { creators, cast, genres, keywords, title_words, companies, language, countries, decade, series, awards };
inline constexpr std::size_t family_count = 11;
inline constexpr std::array<Family, family_count> families{Family::creators,    Family::cast,      Family::genres,   Family::keywords,
                                                           Family::title_words, Family::companies, Family::language, Family::countries,
                                                           Family::decade,      Family::series,    Family::awards};

constexpr std::size_t index_of(Family family) {
  return static_cast<std::size_t>(family);
}
std::string_view name_of(Family family);
Group group_of(Family family);

/// One word for one thing: trimmed, lower case (ASCII), runs of spaces as one.
std::string normalised(std::string_view text);

/// As normalised, with the names that services use for one genre made one ("Sci-Fi" is "science fiction").
std::string normalised_genre(std::string_view text);

/// As normalised, without what one writes and another does not: "The Expanse", "Expanse series" and "The Expanse Collection" are one.
std::string normalised_series(std::string_view text);

/// The words of a title that say something: lower case, without punctuation, articles, numerals and other words that titles share by
/// chance.
std::vector<std::string> title_words(std::string_view title);

/// Identifies a member of a family, equal in every build. @param text  normalised.
std::uint64_t token_key(Family family, std::string_view text);

}  // namespace hub::features
