#include "core/library/item.hpp"

#include <algorithm>
#include <utility>

#include "core/library/leading_roles.hpp"

namespace hub {
namespace {

template <typename T>
void fill(T& field, const T& other) {
  if (field == T{}) field = other;
}

}  // namespace

const Item& SharedItem::none() {
  static const Item nothing;
  return nothing;
}

Item merged(Item item, const Item& other) {
  fill(item.title, other.title);
  fill(item.original_title, other.original_title);
  fill(item.year, other.year);
  fill(item.genres, other.genres);
  fill(item.creators, other.creators);
  fill(item.cast, other.cast);
  fill(item.keywords, other.keywords);
  fill(item.companies, other.companies);
  fill(item.countries, other.countries);
  fill(item.language, other.language);
  fill(item.length, other.length);
  fill(item.synopsis, other.synopsis);
  fill(item.poster, other.poster);
  fill(item.provenance, other.provenance);
  fill(item.retrieved, other.retrieved);
  item.ids.insert(other.ids.begin(), other.ids.end());
  for (const CommunityRating& rating : other.community) {
    const bool known =
        std::any_of(item.community.begin(), item.community.end(), [&](const CommunityRating& own) { return own.source == rating.source; });
    if (!known) item.community.push_back(rating);
  }
  return item;
}

std::vector<std::string> leading_creators(const Item& item, std::size_t most) {
  std::vector<std::string> names;
  const auto take = [&](std::string_view role) {
    for (const Creator& creator : item.creators) {
      if (names.size() == most) return;
      if (creator.role == role && std::find(names.begin(), names.end(), creator.name) == names.end()) names.push_back(creator.name);
    }
  };
  for (std::string_view role : leading_roles(item.type)) {
    take(role);
    if (!names.empty()) return names;
  }
  // A work whose makers have other parts only is told by those who are named first.
  if (!item.creators.empty()) take(item.creators.front().role);
  return names;
}

std::optional<double> community_out_of_five(const Item& item) {
  if (item.community.empty()) return std::nullopt;
  return item.community.front().out_of_five();
}

unsigned long long key_of(std::string_view item_id) {
  unsigned long long hash = 0xcbf29ce484222325ULL;
  for (char byte : item_id) {
    hash ^= static_cast<unsigned char>(byte);
    hash *= 0x100000001b3ULL;
  }
  return hash;
}

}  // namespace hub
