#include "core/predictor/pair_words.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

namespace hub::predictor {

namespace {

constexpr double least_told = 0.02;

/// A group as part of a sentence; empty for the person's habit.
std::string_view told_as(std::string_view group) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 13> names{{{"public", "public rating"},
                                                                                 {"people", "people"},
                                                                                 {"genres", "genres"},
                                                                                 {"story", "themes"},
                                                                                 {"era", "year"},
                                                                                 {"length", "length"},
                                                                                 {"popularity", "popularity"},
                                                                                 {"origin", "language"},
                                                                                 {"companies", "companies"},
                                                                                 {"alike", "likeness to what you rated"},
                                                                                 {"series", "series"},
                                                                                 {"awards", "awards"},
                                                                                 {"poster", "poster"}}};
  const auto found = std::find_if(names.begin(), names.end(), [&](const auto& one) { return one.first == group; });
  return found == names.end() ? std::string_view() : found->second;
}

}  // namespace

std::string words_of_pair(std::span<const TreeEffect> effects) {
  const auto pair = std::find_if(effects.begin(), effects.end(), [](const TreeEffect& effect) {
    return effect.first != effect.second && !told_as(effect.first).empty() && !told_as(effect.second).empty();
  });
  if (pair == effects.end() || std::abs(pair->stars) < least_told) return {};
  std::string words(told_as(pair->first));
  words.front() = static_cast<char>(words.front() - 'a' + 'A');
  words += " and ";
  words += told_as(pair->second);
  const long hundredths = std::lround(std::abs(pair->stars) * 100);
  const std::string amount = std::to_string(hundredths / 100) + "." + (hundredths % 100 < 10 ? "0" : "") + std::to_string(hundredths % 100);
  return words + " together make " + (pair->stars > 0 ? "+" : "−") + amount + " of it";
}

}  // namespace hub::predictor
