#include "core/library/item.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/library/leading_roles.hpp"

namespace hub {
namespace {

template <typename T>
void fill(T& field, const T& other) {
  if (field == T{}) field = other;
}

/// Calls `act` with pointers to the field of the fact in both items.
template <typename OneItem, typename Act>
void with_field(OneItem& item, const Item& other, Fact fact, Act&& act) {
  switch (fact) {
    case Fact::title: return act(item.title, other.title);
    case Fact::original_title: return act(item.original_title, other.original_title);
    case Fact::year: return act(item.year, other.year);
    case Fact::genres: return act(item.genres, other.genres);
    case Fact::creators: return act(item.creators, other.creators);
    case Fact::cast: return act(item.cast, other.cast);
    case Fact::keywords: return act(item.keywords, other.keywords);
    case Fact::companies: return act(item.companies, other.companies);
    case Fact::countries: return act(item.countries, other.countries);
    case Fact::language: return act(item.language, other.language);
    case Fact::length: return act(item.length, other.length);
    case Fact::ids: return act(item.ids, other.ids);
    case Fact::community: return act(item.community, other.community);
    case Fact::synopsis: return act(item.synopsis, other.synopsis);
    case Fact::poster: return act(item.poster, other.poster);
    case Fact::series: return act(item.series, other.series);
    case Fact::awards: return act(item.awards, other.awards);
    case Fact::awards_won: return act(item.awards_won, other.awards_won);
    case Fact::nominations: return act(item.nominations, other.nominations);
  }
}

bool is_united(Fact fact) {
  return fact == Fact::ids || fact == Fact::community;
}

/// Adds what `other` knows beyond `item`. @return whether there was anything.
bool unite(Item& item, const Item& other, Fact fact) {
  if (fact == Fact::ids) {
    const std::size_t before = item.ids.size();
    item.ids.insert(other.ids.begin(), other.ids.end());
    return item.ids.size() > before;
  }
  const std::size_t before = item.community.size();
  for (const CommunityRating& rating : other.community) {
    const bool known =
        std::any_of(item.community.begin(), item.community.end(), [&](const CommunityRating& own) { return own.source == rating.source; });
    if (!known) item.community.push_back(rating);
  }
  return item.community.size() > before;
}

void note_source(Item& item, const FactSource& source, Fact fact) {
  for (FactSource& known : item.sources)
    if (known.name == source.name && known.retrieved == source.retrieved) {
      known.facts |= set_of(fact);
      return;
    }
  item.sources.push_back({source.name, source.retrieved, set_of(fact)});
}

void forget_source(Item& item, Fact fact) {
  for (FactSource& known : item.sources) known.facts &= ~set_of(fact);
  item.sources.erase_if([](const FactSource& known) { return known.facts == 0; });
}

}  // namespace

SharedItem::SharedItem(Item item) {
  // As it stays as it is, there are tens of thousands, and most say little.
  for (auto* list : {&item.cast, &item.keywords, &item.companies, &item.countries, &item.awards}) list->tidy();
  item.series.tidy();
  item.sources.tidy();
  item.genres.shrink_to_fit();
  item.creators.shrink_to_fit();
  item.community.shrink_to_fit();
  item.ids.shrink_to_fit();
  item_ = std::make_shared<const Item>(std::move(item));
}

const Item& SharedItem::none() {
  static const Item nothing;
  return nothing;
}

std::string_view name_of(Fact fact) {
  constexpr std::array<std::string_view, all_facts.size()> names{
      "title", "original_title", "year",     "genres", "creators", "cast",   "keywords",   "companies",  "countries", "language", "length",
      "ids",   "community",      "synopsis", "poster", "series",   "awards", "awards_won", "nominations"};
  return names[static_cast<std::size_t>(fact)];
}

bool has(const Item& item, Fact fact) {
  static const Item nothing;
  bool differs = false;
  with_field(item, nothing, fact, [&](const auto& field, const auto& empty) { differs = field != empty; });
  return differs;
}

FactSource source_of(const Item& item, Fact fact) {
  if (!has(item, fact)) return {};
  for (const FactSource& source : item.sources)
    if (source.facts & set_of(fact)) return {source.name, source.retrieved, set_of(fact)};
  return {item.provenance, item.retrieved, set_of(fact)};
}

void take_fact(Item& item, const Item& other, Fact fact) {
  if (!has(other, fact)) return;
  const bool had = has(item, fact);
  const FactSource source = source_of(other, fact);
  if (is_united(fact)) {
    // What the item itself had is noted first, since a source that is noted stands for all of the fact.
    const FactSource own = source_of(item, fact);
    if (!unite(item, other, fact)) return;
    if (own.name == source.name && own.retrieved == source.retrieved) return;
    const bool noted =
        std::any_of(item.sources.begin(), item.sources.end(), [&](const FactSource& one) { return one.facts & set_of(fact); });
    if (had && !noted) item.sources.push_front({own.name, own.retrieved, 0});
    if (had) note_source(item, own, fact);
  } else {
    with_field(item, other, fact, [](auto& field, const auto& taken) { field = taken; });
    forget_source(item, fact);
    if (source.name == item.provenance && source.retrieved == item.retrieved) return;
  }
  note_source(item, source, fact);
}

void drop_fact(Item& item, Fact fact) {
  static const Item nothing;
  with_field(item, nothing, fact, [](auto& field, const auto& empty) { field = empty; });
  forget_source(item, fact);
}

Item merged(Item item, const Item& other) {
  // An item of no known origin takes over that of the other, whose facts then need no note.
  fill(item.provenance, other.provenance);
  fill(item.retrieved, other.retrieved);
  for (const Fact fact : all_facts)
    if (is_united(fact) || !has(item, fact)) take_fact(item, other, fact);
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
