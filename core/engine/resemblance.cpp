#include "core/engine/resemblance.hpp"

#include <algorithm>
#include <vector>

namespace hub::engine {
namespace {

const std::string* first_in_both(const std::vector<std::string>& left, const std::vector<std::string>& right) {
  const auto found = std::find_if(left.begin(), left.end(),
                                  [&](const std::string& one) { return std::find(right.begin(), right.end(), one) != right.end(); });
  return found == left.end() ? nullptr : &*found;
}

}  // namespace

std::string shared_words(const Item& item, const Item& other) {
  for (const Creator& one : item.creators)
    for (const Creator& another : other.creators)
      if (one.name == another.name) return one.name;
  if (const auto* name = first_in_both(item.cast, other.cast)) return *name;
  if (const auto* keyword = first_in_both(item.keywords, other.keywords)) return *keyword;
  if (const auto* genre = first_in_both(item.genres, other.genres)) return *genre;
  return {};
}

}  // namespace hub::engine
