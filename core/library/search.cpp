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
enum Quality : std::uint8_t { none, creator_forgiven, creator_begins, forgiven_two, forgiven_one, begins };
constexpr float title_prefix = begins + 1;
constexpr float whole_title = begins + 2;

struct Posting {
  std::uint32_t slot;
  bool title;  ///< in a title, not only in a creator's name
};

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

unsigned forgiven_in(const Letters& typed) {
  return typed.count >= 8 ? 2 : typed.count >= 4 ? 1 : 0;
}

std::string first_bytes(std::string_view text, std::size_t most) {
  return clean_text(std::string(text.substr(0, most)), most);
}

}  // namespace

struct SearchIndex::State {
  std::vector<Document> documents;
  std::map<std::string, Word, std::less<>> words;
  std::vector<Letters> letters;                ///< by word
  std::vector<std::vector<Posting>> postings;  ///< by word

  Word word(std::string_view text) {
    const auto found = words.find(text);
    if (found != words.end()) return found->second;
    const auto made = static_cast<Word>(letters.size());
    words.emplace(std::string(text), made);
    letters.emplace_back(text);
    postings.emplace_back();
    return made;
  }

  void enter(std::uint32_t slot, const Item& item) {
    Document& document = documents[slot];
    document.type = item.type;
    document.title = normalised_text(item.title);
    document.original = normalised_text(item.original_title);
    double votes = 0;
    for (const CommunityRating& rating : item.community)
      if (rating.votes) votes = std::max(votes, static_cast<double>(*rating.votes));
    document.known = static_cast<float>(std::log10(1 + votes) / 16);
    const auto enter_words = [&](std::string_view text, bool title) {
      each_word(text, [&](std::string_view each) {
        const Word number = word(each);
        std::vector<Posting>& places = postings[number];
        if (!places.empty() && places.back().slot == slot) {
          places.back().title = places.back().title || title;
        } else {
          places.push_back({slot, title});
          document.words.push_back(number);
        }
      });
    };
    for (const std::string* title : {&item.title, &item.original_title}) {
      enter_words(normalised_text(*title), true);
      enter_words(normalised_text(joined(*title)), true);
    }
    for (const Creator& creator : item.creators) enter_words(normalised_text(creator.name), false);
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
    for (Word number : documents[slot].words) std::erase_if(postings[number], [&](const Posting& posting) { return posting.slot == slot; });
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

  /// Calls visit(word, quality if in a title, quality if in a name) for the words of the index that `typed` may mean.
  template <typename Visit>
  void each_match(std::string_view typed, bool last, bool forgiving, Visit&& visit) const {
    const bool whole_only = typed.size() == 1 && !last;
    for (auto found = words.lower_bound(typed); found != words.end() && std::string_view(found->first).starts_with(typed); ++found) {
      if (whole_only && found->first.size() > 1) break;
      visit(found->second, begins, typed.size() > 1 ? creator_begins : none);
    }
    const Letters asked(typed);
    const unsigned most = forgiven_in(asked);
    if (!forgiving || most == 0) return;
    for (Word number = 0; number < letters.size(); ++number) {
      const Letters& word = letters[number];
      // Each edit makes up for one letter that is missing on either side: most words are dismissed by that alone.
      if (static_cast<unsigned>(std::popcount(asked.mask & ~word.mask)) > most || word.count + most < asked.count) continue;
      if (!last && (static_cast<unsigned>(std::popcount(word.mask & ~asked.mask)) > most || word.count > asked.count + most)) continue;
      const unsigned edits = edits_between(asked, word, last, most);
      if (edits == 0 || edits > most) continue;
      visit(number, edits == 1 ? forgiven_one : forgiven_two, creator_forgiven);
    }
  }

  /// The worst quality by slot, `none` where a word was not found.
  std::vector<std::uint8_t> qualities(const Query& query, bool forgiving) const {
    std::vector<std::uint8_t> worst(documents.size(), begins);
    std::vector<std::uint8_t> found(documents.size());
    for (std::size_t i = 0; i < query.words.size(); ++i) {
      std::fill(found.begin(), found.end(), none);
      each_match(query.words[i], i + 1 == query.words.size(), forgiving, [&](Word number, Quality in_title, Quality in_name) {
        for (const Posting& posting : postings[number]) {
          const Quality quality = posting.title ? in_title : in_name;
          if (quality > found[posting.slot]) found[posting.slot] = quality;
        }
      });
      for (std::size_t slot = 0; slot < worst.size(); ++slot) worst[slot] = std::min(worst[slot], found[slot]);
    }
    return worst;
  }

  float rank(const Document& document, const Query& query, std::uint8_t quality) const {
    float rank = quality;
    const std::string_view asked = query.text;
    const std::string_view bare = without_article(asked);
    for (const std::string* title : {&document.title, &document.original}) {
      if (title->empty() || quality < begins) continue;
      if (*title == asked || without_article(*title) == bare)
        rank = std::max(rank, whole_title);
      else if (title->starts_with(asked) || without_article(*title).starts_with(bare))
        rank = std::max(rank, title_prefix);
    }
    return rank + document.known;
  }

  std::vector<Hit> collect(const Query& query, bool forgiving, std::optional<MediaType> type) const {
    const std::vector<std::uint8_t> found = qualities(query, forgiving);
    std::vector<Hit> hits;
    for (std::uint32_t slot = 0; slot < found.size(); ++slot) {
      const Document& document = documents[slot];
      if (found[slot] == none || (type && document.type != *type)) continue;
      hits.push_back({slot, rank(document, query, found[slot])});
    }
    return hits;
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
  std::vector<Hit> hits = state_->collect(understood, false, type);
  if (hits.size() < limit) hits = state_->collect(understood, true, type);
  if (total) *total = hits.size();
  const auto better = [&](const Hit& a, const Hit& b) {
    if (a.score != b.score) return a.score > b.score;
    const std::size_t one = state_->documents[a.slot].title.size();
    const std::size_t other = state_->documents[b.slot].title.size();
    return one != other ? one < other : a.slot < b.slot;
  };
  const std::size_t kept = std::min(limit, hits.size());
  std::partial_sort(hits.begin(), hits.begin() + static_cast<std::ptrdiff_t>(kept), hits.end(), better);
  hits.resize(kept);
  return hits;
}

std::size_t SearchIndex::size() const {
  return state_->documents.size();
}

}  // namespace hub
