#include "core/library/search.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <map>
#include <utility>

#include "core/library/text.hpp"

namespace hub {
namespace {

using Word = std::uint32_t;

constexpr std::size_t most_query_bytes = 200;
constexpr std::size_t most_query_words = 12;
constexpr std::size_t longest_compared = 32;  ///< letters; what a word has beyond them is not compared

/// How a word of the query was found in an item, the better the larger. That of the query is that of its worst word.
enum Quality : std::uint8_t { none, about_forgiven, about_begins, creator_forgiven, creator_begins, forgiven_two, forgiven_one, begins };
constexpr std::uint8_t title_prefix = begins + 1;
constexpr std::uint8_t whole_title = begins + 2;

/// Where an item has a word; of several places the one that counts most.
enum class Place : std::uint8_t { about, creator, title };

/// A work that has a word, and where: in one word of memory, as there are some dozen for each work.
class Posting {
 public:
  Posting(std::uint32_t slot, Place place) : packed_(slot << 2U | static_cast<std::uint32_t>(place)) {}
  std::uint32_t slot() const { return packed_ >> 2U; }
  Place place() const { return static_cast<Place>(packed_ & 3U); }

 private:
  std::uint32_t packed_;
};

/// What a word of the query is worth by the place where it was found.
struct Qualities {
  Quality title;
  Quality creator;
  Quality about;

  Quality at(Place place) const { return place == Place::title ? title : place == Place::creator ? creator : about; }
};

/// What counts as found; `names` are titles and creators.
enum class Reach : std::uint8_t { names, all };

struct Document {
  MediaType type;
  std::string title;     ///< normalised
  std::string original;  ///< normalised, empty when none
  float known = 0;       ///< below 1, the larger the more votes
  std::vector<Word> words;
};

bool is_article(std::string_view word) {
  return word == "the" || word == "a" || word == "an";
}

/// Words that titles are remembered without.
bool is_minor(std::string_view word) {
  return is_article(word) || word == "of" || word == "and" || word == "in" || word == "to";
}

std::string_view without_article(std::string_view title) {
  const std::size_t space = title.find(' ');
  return space != std::string_view::npos && is_article(title.substr(0, space)) ? title.substr(space + 1) : title;
}

template <typename Visit>
void each_word(std::string_view text, Visit&& visit) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) visit(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

/// A word as letters, to count those that differ.
struct Letters {
  std::array<char32_t, longest_compared> letter{};
  std::size_t count = 0;
  std::uint64_t mask = 0;  ///< a bit for each letter that occurs; some share one

  explicit Letters(std::string_view word) {
    for (std::size_t position = 0; position < word.size() && count < longest_compared; ++count) {
      const char32_t c = next_code_point(word, position);
      letter[count] = c;
      mask |= std::uint64_t{1} << bit_of(c);
    }
  }

  static unsigned bit_of(char32_t c) {
    if (c >= 'a' && c <= 'z') return static_cast<unsigned>(c - 'a');
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0') + 26;
    return static_cast<unsigned>(c % 28) + 36;
  }
};

/// What is kept of a word to dismiss it at once: most of them are.
struct Known {
  std::uint64_t mask;       ///< Letters::mask
  const std::string* text;  ///< the word, in the map of all words
  std::uint32_t count;      ///< Letters::count
};

/// Edits that turn `typed` into `word`, or into a beginning of it when `unfinished`: letters left out, put in or replaced and neighbours
/// swapped (optimal string alignment; Damerau 1964). @return at most most + 1.
unsigned edits_between(const Letters& typed, const Letters& word, bool unfinished, unsigned most) {
  using Row = std::array<std::uint8_t, longest_compared + 1>;
  std::array<Row, 3> rows;
  const std::size_t columns = std::min(word.count, typed.count + most);
  for (std::size_t j = 0; j <= columns; ++j) rows[0][j] = static_cast<std::uint8_t>(j);
  for (std::size_t i = 1; i <= typed.count; ++i) {
    Row& row = rows[i % 3];
    const Row& above = rows[(i - 1) % 3];
    row[0] = static_cast<std::uint8_t>(i);
    std::uint8_t least = row[0];
    for (std::size_t j = 1; j <= columns; ++j) {
      const bool same = typed.letter[i - 1] == word.letter[j - 1];
      auto best = static_cast<std::uint8_t>(std::min(std::min(above[j] + 1, row[j - 1] + 1), above[j - 1] + (same ? 0 : 1)));
      if (i > 1 && j > 1 && typed.letter[i - 1] == word.letter[j - 2] && typed.letter[i - 2] == word.letter[j - 1])
        best = std::min(best, static_cast<std::uint8_t>(rows[(i - 2) % 3][j - 2] + 1));
      row[j] = best;
      least = std::min(least, best);
    }
    if (least > most) return most + 1;
  }
  const Row& last = rows[typed.count % 3];
  if (!unfinished) return columns == word.count ? last[columns] : most + 1;
  return *std::min_element(last.begin(), last.begin() + static_cast<std::ptrdiff_t>(columns) + 1);
}

/// Among all that is known of works more words are near to one that was typed than among names: there a letter counts for more.
unsigned forgiven_in(const Letters& typed, Reach reach) {
  if (reach == Reach::all) return typed.count >= 5 ? 1 : 0;
  return typed.count >= 8 ? 2 : typed.count >= 4 ? 1 : 0;
}

std::string first_bytes(std::string_view text, std::size_t most) {
  return clean_text(std::string(text.substr(0, most)), most);
}

}  // namespace

struct SearchIndex::State {
  std::vector<Document> documents;
  std::map<std::string, Word, std::less<>> words;
  std::vector<Known> known;                    ///< by word
  std::vector<std::vector<Posting>> postings;  ///< by word
  /// All slots, those first that stand before others which fit a query equally well. Made when it is needed.
  mutable std::vector<std::uint32_t> placed;
  mutable std::vector<std::uint32_t> unplaced;  ///< slots that have changed since, some more than once

  Word word(std::string_view text) {
    const auto found = words.find(text);
    if (found != words.end()) return found->second;
    const auto made = static_cast<Word>(known.size());
    const auto entry = words.emplace(std::string(text), made).first;
    const Letters its(text);
    known.push_back({its.mask, &entry->first, static_cast<std::uint32_t>(its.count)});
    postings.emplace_back();
    return made;
  }

  void enter(std::uint32_t slot, const Item& item) {
    unplaced.push_back(slot);
    Document& document = documents[slot];
    document.type = item.type;
    document.title = normalised_text(item.title);
    document.original = normalised_text(item.original_title);
    double votes = 0;
    for (const CommunityRating& rating : item.community)
      if (rating.votes) votes = std::max(votes, static_cast<double>(*rating.votes));
    document.known = static_cast<float>(std::log10(1 + votes) / 16);
    // The places that count most come first, so that a word keeps that of its first.
    const auto enter_words = [&](std::string_view text, Place place) {
      each_word(text, [&](std::string_view each) {
        const Word number = word(each);
        std::vector<Posting>& places = postings[number];
        if (!places.empty() && places.back().slot() == slot) return;
        places.emplace_back(slot, place);
        document.words.push_back(number);
      });
    };
    for (const std::string* title : {&item.title, &item.original_title.text()}) {
      enter_words(normalised_text(*title), Place::title);
      enter_words(normalised_text(joined(*title)), Place::title);
    }
    for (const Creator& creator : item.creators) enter_words(normalised_text(creator.name), Place::creator);
    for (const std::vector<std::string>* names : {&item.cast.list(), &item.genres, &item.keywords.list()})
      for (const std::string& name : *names) enter_words(normalised_text(name), Place::about);
    for (const Series& series : item.series) enter_words(normalised_text(series.name), Place::about);
    document.words.shrink_to_fit();
  }

  /// The title as people type it who leave out signs within words: "Spider-Man" is also "SpiderMan", "Schindler's" "Schindlers".
  static std::string joined(std::string_view title) {
    std::string text;
    for (std::size_t position = 0; position < title.size();) {
      const char32_t c = next_code_point(title, position);
      if (c != '-' && c != '\'' && c != '.' && c != 0xB7 && c != 0x2019 && c != 0x2010 && c != 0x2011) append_utf8(text, c);
    }
    return text;
  }

  void forget(std::uint32_t slot) {
    for (Word number : documents[slot].words)
      std::erase_if(postings[number], [&](const Posting& posting) { return posting.slot() == slot; });
    documents[slot].words.clear();
  }

  struct Query {
    std::string text;  ///< normalised
    std::vector<std::string> words;
    std::vector<std::string> minor;  ///< need not be found
  };

  static Query understood(std::string_view typed) {
    Query query;
    query.text = normalised_text(first_bytes(typed, most_query_bytes));
    each_word(query.text, [&](std::string_view each) {
      if (query.words.size() < most_query_words) query.words.emplace_back(each);
    });
    // The last word may be the beginning of another ("the" of "theatre") and is needed; so is the first of nothing but minor ones.
    for (std::size_t i = 0; i + 1 < query.words.size();) {
      if (is_minor(query.words[i])) {
        query.minor.push_back(query.words[i]);
        query.words.erase(query.words.begin() + static_cast<std::ptrdiff_t>(i));
      } else {
        ++i;
      }
    }
    if (query.words.size() == 1 && !query.minor.empty() && is_minor(query.words.front()))
      query.words.insert(query.words.begin(), query.minor.begin(), query.minor.end());
    return query;
  }

  /// Calls visit(word, qualities) for the words of the index that `typed` may mean.
  template <typename Visit>
  void each_match(std::string_view typed, bool last, bool forgiving, Reach reach, Visit&& visit) const {
    const bool whole_only = typed.size() == 1 && !last;
    for (auto found = words.lower_bound(typed); found != words.end() && std::string_view(found->first).starts_with(typed); ++found) {
      if (whole_only && found->first.size() > 1) break;
      const bool one_letter = typed.size() == 1;
      visit(found->second, Qualities{begins, one_letter ? none : creator_begins, one_letter ? none : about_begins});
    }
    const Letters asked(typed);
    const unsigned most = forgiven_in(asked, reach);
    if (!forgiving || most == 0) return;
    for (Word number = 0; number < known.size(); ++number) {
      const Known& word = known[number];
      // Each edit makes up for one letter that is missing on either side: most words are dismissed by that alone.
      if (static_cast<unsigned>(std::popcount(asked.mask & ~word.mask)) > most || word.count + most < asked.count) continue;
      if (!last && (static_cast<unsigned>(std::popcount(word.mask & ~asked.mask)) > most || word.count > asked.count + most)) continue;
      const unsigned edits = edits_between(asked, Letters(*word.text), last, most);
      if (edits == 0 || edits > most) continue;
      visit(number, Qualities{edits == 1 ? forgiven_one : forgiven_two, creator_forgiven, about_forgiven});
    }
  }

  /// The worst quality by slot, `none` where a word was not found.
  std::vector<std::uint8_t> qualities(const Query& query, bool forgiving, Reach reach) const {
    std::vector<std::uint8_t> worst(documents.size(), begins);
    std::vector<std::uint8_t> found(documents.size());
    for (std::size_t i = 0; i < query.words.size(); ++i) {
      std::fill(found.begin(), found.end(), none);
      each_match(query.words[i], i + 1 == query.words.size(), forgiving, reach, [&](Word number, const Qualities& worth) {
        for (const Posting posting : postings[number]) {
          if (reach == Reach::names && posting.place() == Place::about) continue;
          const Quality quality = worth.at(posting.place());
          if (quality > found[posting.slot()]) found[posting.slot()] = quality;
        }
      });
      for (std::size_t slot = 0; slot < worst.size(); ++slot) worst[slot] = std::min(worst[slot], found[slot]);
    }
    return worst;
  }

  /// How well the query fits a document that has its words in the quality `found`.
  static std::uint8_t fit(const Document& document, const Query& query, std::uint8_t found) {
    if (found < begins) return found;
    std::uint8_t best = found;
    const std::string_view asked = query.text;
    const std::string_view bare = without_article(asked);
    for (const std::string* title : {&document.title, &document.original}) {
      if (title->empty()) continue;
      if (*title == asked || without_article(*title) == bare) return whole_title;
      if (title->starts_with(asked) || without_article(*title).starts_with(bare)) best = title_prefix;
    }
    return best;
  }

  /// The better known first, then the shorter title, then what was added first: an order that no query changes, so that none has to sort.
  const std::vector<std::uint32_t>& in_order() const {
    if (unplaced.empty()) return placed;
    struct Standing {
      float known;
      std::size_t length;
      std::uint32_t slot;
    };
    const auto standing = [&](std::uint32_t slot) { return Standing{documents[slot].known, documents[slot].title.size(), slot}; };
    const auto before = [](const Standing& a, const Standing& b) {
      if (a.known != b.known) return a.known > b.known;
      return a.length != b.length ? a.length < b.length : a.slot < b.slot;
    };
    std::vector<bool> moves(documents.size());
    std::vector<Standing> moved;
    for (const std::uint32_t slot : std::exchange(unplaced, {})) {
      if (!moves[slot]) moved.push_back(standing(slot));
      moves[slot] = true;
    }
    std::sort(moved.begin(), moved.end(), before);
    std::vector<std::uint32_t> all;
    all.reserve(documents.size());
    auto next = moved.begin();
    for (const std::uint32_t slot : placed) {
      if (moves[slot]) continue;
      const Standing here = standing(slot);
      for (; next != moved.end() && before(*next, here); ++next) all.push_back(next->slot);
      all.push_back(slot);
    }
    for (; next != moved.end(); ++next) all.push_back(next->slot);
    placed = std::move(all);
    return placed;
  }

  /// Best first.
  /// @param wanted  called with a slot.
  template <typename Wanted>
  std::vector<Hit> collect(const Query& query, bool forgiving, Reach reach, Wanted&& wanted) const {
    std::vector<std::uint8_t> fits = qualities(query, forgiving, reach);
    std::array<std::size_t, whole_title + 1> first{};  // by fit, where the hits of that fit begin
    for (std::uint32_t slot = 0; slot < fits.size(); ++slot) {
      if (fits[slot] == none) continue;
      fits[slot] = wanted(slot) ? fit(documents[slot], query, fits[slot]) : std::uint8_t{none};
      ++first[fits[slot]];
    }
    std::size_t all = 0;
    for (std::size_t each = whole_title; each > none; --each) all += std::exchange(first[each], all);
    std::vector<Hit> hits(all);
    for (const std::uint32_t slot : in_order())
      if (fits[slot] != none) hits[first[fits[slot]]++] = {slot, static_cast<float>(fits[slot]) + documents[slot].known};
    return hits;
  }

  /// The query as `document` has it: words that are none of its own in the spelling that it has.
  std::string meant(const Query& query, const Document& document) const {
    std::string words_meant;
    std::size_t i = 0;
    each_word(query.text, [&](std::string_view typed) {
      if (!words_meant.empty()) words_meant += ' ';
      if (i >= query.words.size() || query.words[i] != typed) {
        words_meant += typed;
        return;
      }
      const bool last = ++i == query.words.size();
      Quality best = none;
      Word number = 0;
      each_match(typed, last, true, Reach::all, [&](Word one, const Qualities& worth) {
        if (worth.title > best && std::find(document.words.begin(), document.words.end(), one) != document.words.end()) {
          best = worth.title;
          number = one;
        }
      });
      if (best == none || best == begins)
        words_meant += typed;
      else
        words_meant += *known[number].text;
    });
    return words_meant;
  }
};

SearchIndex::SearchIndex() : state_(std::make_unique<State>()) {}
SearchIndex::~SearchIndex() = default;
SearchIndex::SearchIndex(SearchIndex&&) noexcept = default;
SearchIndex& SearchIndex::operator=(SearchIndex&&) noexcept = default;

std::uint32_t SearchIndex::add(const Item& item) {
  const auto slot = static_cast<std::uint32_t>(state_->documents.size());
  state_->documents.emplace_back();
  state_->enter(slot, item);
  return slot;
}

void SearchIndex::replace(std::uint32_t slot, const Item& item) {
  state_->forget(slot);
  state_->enter(slot, item);
}

std::vector<SearchIndex::Hit> SearchIndex::search(std::string_view query, std::optional<MediaType> type, std::size_t limit,
                                                  std::size_t* total) const {
  if (total) *total = 0;
  const State::Query understood = State::understood(query);
  if (understood.words.empty()) return {};
  const auto of_type = [&](std::uint32_t slot) { return !type || state_->documents[slot].type == *type; };
  std::vector<Hit> hits = state_->collect(understood, false, Reach::names, of_type);
  if (hits.size() < limit) hits = state_->collect(understood, true, Reach::names, of_type);
  if (total) *total = hits.size();
  hits.resize(std::min(limit, hits.size()));
  return hits;
}

SearchIndex::All SearchIndex::search_all(std::string_view query, const std::vector<bool>& among) const {
  All all;
  const State::Query understood = State::understood(query);
  if (understood.words.empty()) return all;
  const auto wanted = [&](std::uint32_t slot) { return slot < among.size() && among[slot]; };
  all.hits = state_->collect(understood, false, Reach::all, wanted);
  const bool forgiven = all.hits.empty();
  if (forgiven) all.hits = state_->collect(understood, true, Reach::all, wanted);
  if (forgiven && !all.hits.empty()) all.meant = state_->meant(understood, state_->documents[all.hits.front().slot]);
  return all;
}

std::size_t SearchIndex::size() const {
  return state_->documents.size();
}

}  // namespace hub
