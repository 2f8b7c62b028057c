#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/library/compact.hpp"
#include "core/library/ids.hpp"
#include "core/library/media_type.hpp"
#include "core/library/name.hpp"
#include "core/library/seldom.hpp"
#include "core/library/seldom_text.hpp"

namespace hub {

/// A person or studio who made a work, with the part they had in it ("director", "author", "artist", "developer", …).
struct Creator {
  Name role;
  std::string name;
  bool operator==(const Creator&) const = default;
};

/// A series or franchise that a work belongs to.
struct Series {
  std::string name;
  std::string part;  ///< which of it the work is, as the source numbers it ("2", "0.5", "1-3"), or empty
  bool operator==(const Series&) const = default;
};

/// The public's mean rating at one source.
struct CommunityRating {
  Name source;          ///< "IMDb", "TMDB", "MyAnimeList", "Metacritic", "RateYourMusic", "Goodreads", …
  double rating = 0;    ///< on the source's own scale
  double scale = 10;    ///< the highest value of that scale: 5, 10 or 100
  Compact<long> votes;  ///< how many people; nothing when unknown
  Name date;            ///< when the figure was true, ISO 8601 (year, month or day), or empty

  double out_of_five() const { return rating / scale * 5.0; }
  bool operator==(const CommunityRating&) const = default;
};

/// The facts of an item that may come from different sources. The order is that of the fields of Item.
enum class Fact : std::uint8_t {
  title,
  original_title,
  year,
  genres,
  creators,
  cast,
  keywords,
  companies,
  countries,
  language,
  length,
  ids,
  community,
  synopsis,
  poster,
  series,
  awards,
  awards_won,
  nominations
};

inline constexpr std::array<Fact, 19> all_facts{
    Fact::title,     Fact::original_title, Fact::year,     Fact::genres,     Fact::creators,   Fact::cast,      Fact::keywords,
    Fact::companies, Fact::countries,      Fact::language, Fact::length,     Fact::ids,        Fact::community, Fact::synopsis,
    Fact::poster,    Fact::series,         Fact::awards,   Fact::awards_won, Fact::nominations};

/// The word in files: the name of Item's field.
std::string_view name_of(Fact fact);

/// A set of facts: bit n stands for the fact of number n.
using FactSet = std::uint32_t;

constexpr FactSet set_of(Fact fact) {
  return FactSet{1} << static_cast<unsigned>(fact);
}

/// One source of an item and what was taken from it.
struct FactSource {
  Name name;       ///< as Item::provenance: "Wikidata", "IMDb export", …
  Name retrieved;  ///< when, ISO 8601 date, or empty
  FactSet facts = 0;

  bool operator==(const FactSource&) const = default;
};

/// A work. Facts only, nothing of the person; a fact that is not known is absent (empty or nullopt), never zero and never guessed.
struct Item {
  std::string id;  ///< stable for ever: the type, a slash and a key, such as "film/tt0133093" or "book/middlemarch"
  MediaType type = MediaType::film;
  std::string title;
  SeldomText original_title;  ///< in its own script, where it differs from the title
  Compact<int> year;          ///< of first release; negative before the common era
  std::vector<std::string> genres;
  std::vector<Creator> creators;           ///< the most important first
  Seldom<std::string> cast;                ///< leading performers, the most important first
  Seldom<std::string> keywords;            ///< themes, settings, moods; lower case
  Seldom<std::string> companies;           ///< production companies, networks, publishers, labels
  Seldom<std::string> countries;           ///< ISO 3166-1 alpha-2
  Name language;                           ///< ISO 639-1 of the original, "zxx" for no words, or empty
  Compact<double> length;                  ///< minutes (film, episode of a show, album), hours (game), pages (book)
  Ids ids;                                 ///< external ids by service: "imdb", "tmdb", "isbn", "musicbrainz", …
  std::vector<CommunityRating> community;  ///< the most trusted source first
  SeldomText synopsis;
  SeldomText poster;           ///< address of a cover image, or empty
  Seldom<Series> series;       ///< that it belongs to, the narrowest first
  Seldom<std::string> awards;  ///< that it has won, by name, each once; rarely all of them
  Compact<long> awards_won;    ///< how many it has won in all, where a source counts them
  Compact<long> nominations;   ///< how many it was nominated for, likewise
  Name provenance;             ///< where the facts came from: "catalogue", "IMDb export", …
  Name retrieved;              ///< when, ISO 8601 date, or empty
  /// What came from elsewhere than `provenance`: each fact stands with one source, ids and community ratings, which are united, with all
  /// that gave any. Empty for the many items that come from one source.
  Seldom<FactSource> sources;

  bool operator==(const Item&) const = default;
};

/// Whether the item says anything of `fact`.
bool has(const Item& item, Fact fact);

/// Where `fact` came from and when: the first of `sources` that gave it, else the item's provenance. Empty for what the item does not say.
FactSource source_of(const Item& item, Fact fact);

/// Gives `item` what `other` says of `fact` (for ids and community ratings: also what `other` says), and notes where it came from.
void take_fact(Item& item, const Item& other, Fact fact);

/// Takes `fact` out of the item, and what was noted of its source.
void drop_fact(Item& item, Fact fact);

/// The facts of an item as events and the library hold them: one copy for all who speak of it, which is never changed. A history of imports
/// and the library that it adds up to would else hold everything twice.
class SharedItem {
 public:
  SharedItem() = default;
  // From an item without further ado: that they are shared concerns nobody who makes an event.
  SharedItem(Item item);  // NOLINT(google-explicit-constructor)

  const Item& operator*() const { return item_ ? *item_ : none(); }
  const Item* operator->() const { return &**this; }
  operator const Item&() const { return **this; }  // NOLINT(google-explicit-constructor)

  /// Null where no facts were given.
  const std::shared_ptr<const Item>& pointer() const { return item_; }

  bool operator==(const SharedItem& other) const { return item_ == other.item_ || **this == *other; }

 private:
  static const Item& none();

  std::shared_ptr<const Item> item_;
};

/// Fills what `item` does not say from `other`, which describes the same work; `item`'s own facts win, ids and community ratings are
/// united. Where each fact came from stays known.
Item merged(Item item, const Item& other);

/// The names of the creators who are told first: directors of films, creators of shows, authors, artists, developers; at most `most` of
/// them.
std::vector<std::string> leading_creators(const Item& item, std::size_t most = 3);

/// The public's rating in stars out of 5 by the first source there is, or nothing.
std::optional<double> community_out_of_five(const Item& item);

/// 64-bit FNV-1a hash of an item's id: the key under which bulk arrays name items across the worker boundary.
unsigned long long key_of(std::string_view item_id);

}  // namespace hub
