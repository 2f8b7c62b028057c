#include <algorithm>
#include <array>
#include <cstdio>

#include "core/library/event.hpp"

namespace hub {
namespace {

constexpr std::array<const char*, ChangedTogether::deed_count> names{"rated", "unrated", "wished", "unwished", "seen", "removed"};

std::string titles(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " title" : " titles");
}

/// The stars of the rating, as the page writes them: "4.0".
std::string stars(const std::optional<Rating>& rating) {
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "%.1f", rating ? rating->normalised() : 0.0);
  return text.data();
}

}  // namespace

const char* name_of(ChangedTogether::Deed deed) {
  return names[static_cast<std::size_t>(deed)];
}

std::optional<ChangedTogether::Deed> together_deed_from(std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<ChangedTogether::Deed>(found - names.begin());
}

std::string ChangedTogether::words() const {
  const std::string what = titles(item_ids.size());
  switch (deed) {
    case Deed::rated: return "rated " + what + " " + stars(rating);
    case Deed::unrated: return "took the rating of " + what + " away";
    case Deed::wished: return "put " + what + " on the wish list";
    case Deed::unwished: return "took " + what + " off the wish list";
    case Deed::seen: return "marked " + what + " as seen";
    case Deed::removed: return "removed " + what + " from the library";
  }
  return {};
}

std::string ChangedTogether::message() const {
  const std::string what = titles(item_ids.size());
  switch (deed) {
    case Deed::rated: return what + " rated " + stars(rating);
    case Deed::unrated: return what + (item_ids.size() == 1 ? " has" : " have") + " no rating any more";
    case Deed::wished: return what + " put on your wish list";
    case Deed::unwished: return what + " taken off your wish list";
    case Deed::seen: return what + " marked as seen";
    case Deed::removed: return what + " removed from your library";
  }
  return {};
}

}  // namespace hub
