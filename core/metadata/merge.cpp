#include "core/metadata/merge.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/imports/matching.hpp"
#include "core/metadata/inquiry.hpp"

namespace hub::metadata {
namespace {

/// Ids of which a work has one.
constexpr std::array<std::string_view, 7> of_works{"imdb", "tmdb", "tvmaze", "wikidata", "rawg", "musicbrainz", "openlibrary"};

/// Services in the order of trust, for facts without an order of their own.
constexpr std::array<Service, service_count> by_trust{Service::tmdb,    Service::tvmaze, Service::musicbrainz, Service::open_library,
                                                      Service::omdb,    Service::rawg,   Service::wikidata,    Service::google_books,
                                                      Service::spotify, Service::itunes};
/// Wikidata knows first releases, and names series and awards one by one; shops and editions know their own.
constexpr std::array<Service, service_count> by_trust_of_records{
    Service::musicbrainz, Service::open_library, Service::wikidata, Service::tvmaze,  Service::tmdb,
    Service::omdb,        Service::rawg,         Service::itunes,   Service::spotify, Service::google_books};
/// Wikidata tells makers by their parts, but of shows and games rarely all; its descriptions are a line.
constexpr std::array<Service, service_count> by_trust_of_texts{
    Service::tmdb,         Service::omdb,        Service::tvmaze,  Service::open_library, Service::rawg,
    Service::google_books, Service::musicbrainz, Service::spotify, Service::itunes,       Service::wikidata};
/// Countries and the language of origin: a network's country is not always that of the show.
constexpr std::array<Service, service_count> by_trust_of_origin{
    Service::tmdb,         Service::wikidata,    Service::omdb,         Service::tvmaze,  Service::rawg,
    Service::open_library, Service::musicbrainz, Service::google_books, Service::spotify, Service::itunes};
/// Public ratings: by how many people they are of, as a rule.
constexpr std::array<std::string_view, 14> ratings_by_trust{"IMDb",    "MyAnimeList", "Goodreads",    "RateYourMusic",   "TMDB",
                                                            "RAWG",    "Metacritic",  "Open Library", "Rotten Tomatoes", "TVMaze",
                                                            "AniList", "MusicBrainz", "Google Books", "Spotify"};

template <typename List, typename One>
std::size_t place_in(const List& list, const One& one) {
  return static_cast<std::size_t>(std::find(list.begin(), list.end(), one) - list.begin());
}

std::size_t rank_of(const std::string& source, Fact fact) {
  if (source == "you") return 0;
  if (source == "catalogue") return 1;
  const auto service = service_named(source);
  if (!service) return 100;
  switch (fact) {
    case Fact::year:
    case Fact::series:
    case Fact::awards: return 10 + place_in(by_trust_of_records, *service);
    case Fact::synopsis: return 10 + place_in(by_trust_of_texts, *service);
    case Fact::countries:
    case Fact::language: return 10 + place_in(by_trust_of_origin, *service);
    default: return 10 + place_in(by_trust, *service);
  }
}

bool forbids(const std::string& source, Use use) {
  return !may(source, use);
}

bool stays(Fact fact, Use use) {
  if (fact == Fact::title || fact == Fact::ids) return true;
  return use == Use::keep && (fact == Fact::original_title || fact == Fact::year);
}

/// Whether both have an id of the service and it differs.
bool differ(const Ids& one, const Ids& other) {
  return std::any_of(of_works.begin(), of_works.end(), [&](std::string_view service) {
    const auto a = one.find(service);
    const auto b = other.find(service);
    return a != one.end() && b != other.end() && a->second != b->second;
  });
}

/// Items that are one work by now.
struct Work {
  std::vector<std::size_t> items;
  Ids ids;
};

/// Which items are one work: sets that are joined where nothing speaks against it.
class Works {
 public:
  explicit Works(std::span<const Item> items) : work_of_(items.size()), works_(items.size()) {
    std::iota(work_of_.begin(), work_of_.end(), std::size_t{0});
    for (std::size_t i = 0; i < items.size(); ++i) works_[i] = {{i}, items[i].ids};
  }

  /// @return whether they are one work now.
  bool join(std::size_t one, std::size_t other) {
    std::size_t first = work_of_[one];
    std::size_t second = work_of_[other];
    if (first == second) return true;
    if (differ(works_[first].ids, works_[second].ids)) return false;
    if (second < first) std::swap(first, second);
    for (const std::size_t item : works_[second].items) {
      work_of_[item] = first;
      works_[first].items.push_back(item);
    }
    works_[first].ids.insert(works_[second].ids.begin(), works_[second].ids.end());
    works_[second] = {};
    return true;
  }

  const std::vector<Work>& all() const { return works_; }

 private:
  std::vector<std::size_t> work_of_;
  std::vector<Work> works_;
};

std::vector<Item> parts_of(const Work& work, std::span<const Item> items) {
  std::vector<Item> parts;
  for (const std::size_t item : work.items) parts.push_back(items[item]);
  return parts;
}

/// Those who date the edition at hand, not the work: it tells nothing against another date.
bool year_is_of_edition(const std::string& source) {
  const auto service = service_named(source);
  return service == Service::google_books || service == Service::spotify;
}

}  // namespace

bool may(const std::string& source, Use use) {
  const auto service = service_named(source);
  if (!service || use == Use::show) return true;
  return use == Use::keep ? info(*service).kept : info(*service).learnt_from;
}

Item allowed(Item item, Use use) {
  for (const Fact fact : all_facts) {
    if (stays(fact, use)) continue;
    if (fact == Fact::community) {
      // Each rating says itself whose it is; OMDb passes on those of others, with leave.
      std::erase_if(item.community, [&](const CommunityRating& rating) { return forbids(rating.source, use); });
      if (item.community.empty()) drop_fact(item, fact);
      continue;
    }
    if (forbids(source_of(item, fact).name, use)) drop_fact(item, fact);
  }
  return item;
}

Item merge(std::span<const Item> items) {
  Item whole = items.front();
  // One origin for the whole where that is so: then nothing needs a note.
  for (const Fact fact : all_facts) {
    if (fact == Fact::ids || fact == Fact::community) continue;
    const Item* best = nullptr;
    std::size_t best_rank = std::numeric_limits<std::size_t>::max();
    std::string best_date;
    for (const Item& item : items) {
      const FactSource source = source_of(item, fact);
      if (source.facts == 0) continue;
      const std::size_t rank = rank_of(source.name, fact);
      if (best && (rank > best_rank || (rank == best_rank && source.retrieved <= best_date))) continue;
      best = &item;
      best_rank = rank;
      best_date = source.retrieved;
    }
    if (best && best != &items.front()) take_fact(whole, *best, fact);
  }
  // A title in the original's script is no news beside itself.
  if (whole.original_title == whole.title) drop_fact(whole, Fact::original_title);
  for (const Item& item : items.subspan(1)) {
    take_fact(whole, item, Fact::ids);
    take_fact(whole, item, Fact::community);
  }
  std::stable_sort(whole.community.begin(), whole.community.end(), [](const CommunityRating& a, const CommunityRating& b) {
    return place_in(ratings_by_trust, a.source) < place_in(ratings_by_trust, b.source);
  });
  return whole;
}

std::vector<Item> unite(std::span<const Item> items) {
  Works works(items);
  std::unordered_map<std::string, std::size_t> by_id;
  for (std::size_t i = 0; i < items.size(); ++i)
    for (const auto& [service, id] : items[i].ids) {
      std::string key(name_of(items[i].type));
      key.append("/").append(service).append(":").append(id);
      const auto [place, fresh] = by_id.try_emplace(key, i);
      if (!fresh) works.join(place->second, i);
    }
  // Then by title: works as they are by now, each looked for among those before it.
  std::vector<Item> faces;
  std::vector<std::size_t> first_items;
  for (const Work& work : works.all()) {
    if (work.items.empty()) continue;
    faces.push_back(merge(parts_of(work, items)));
    first_items.push_back(work.items.front());
    if (year_is_of_edition(source_of(faces.back(), Fact::year).name)) faces.back().year.reset();
  }
  imports::Matcher before;
  for (const Item& face : faces) {
    const auto place = static_cast<std::size_t>(&face - faces.data());
    const Item* same = before.find(face);
    if (!same || !works.join(first_items[static_cast<std::size_t>(same - faces.data())], first_items[place])) before.add(face);
  }
  std::vector<Item> united;
  for (const Work& work : works.all()) {
    if (work.items.empty()) continue;
    const std::vector<Item> parts = parts_of(work, items);
    Item whole = merge(parts);
    // What no one has stored yet goes by the surest id that all of them know.
    if (std::string id = id_of(whole); !id.empty() && service_named(parts.front().provenance)) whole.id = std::move(id);
    united.push_back(std::move(whole));
  }
  return united;
}

}  // namespace hub::metadata
