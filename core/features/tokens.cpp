#include "core/features/tokens.hpp"

#include <algorithm>
#include <utility>

namespace hub::features {

std::string_view name_of(Group group) {
  switch (group) {
    case Group::community: return "public";
    case Group::habit: return "habit";
    case Group::people: return "people";
    case Group::genres: return "genres";
    case Group::story: return "story";
    case Group::era: return "era";
    case Group::length: return "length";
    case Group::popularity: return "popularity";
    case Group::origin: return "origin";
    case Group::companies: return "companies";
    case Group::alike: return "alike";
    case Group::series: return "series";
    case Group::awards: return "awards";
    case Group::poster: return "poster";
    case Group::agreement: return "agreement";
  }
  return "";
}

std::string_view name_of(Family family) {
  switch (family) {
    case Family::creators: return "creators";
    case Family::cast: return "cast";
    case Family::genres: return "genres";
    case Family::keywords: return "keywords";
    case Family::title_words: return "title_words";
    case Family::companies: return "companies";
    case Family::language: return "language";
    case Family::countries: return "countries";
    case Family::decade: return "decade";
    case Family::series: return "series";
    case Family::awards: return "awards";
  }
  return "";
}

Group group_of(Family family) {
  switch (family) {
    case Family::creators:
    case Family::cast: return Group::people;
    case Family::genres: return Group::genres;
    case Family::keywords:
    case Family::title_words: return Group::story;
    case Family::companies: return Group::companies;
    case Family::language:
    case Family::countries: return Group::origin;
    case Family::decade: return Group::era;
    case Family::series: return Group::series;
    case Family::awards: return Group::awards;
  }
  return Group::habit;
}

namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Bytes of other scripts count as letters: a word of Greek or Japanese is kept whole.
bool is_word_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

constexpr std::array<std::string_view, 62> stop_words{
    "a",  "an",  "and", "are",  "as",  "at",  "be",   "by",  "das",  "de",     "del",   "der",  "des",   "die",    "du", "el",
    "en", "et",  "for", "from", "her", "his", "i",    "ii",  "iii",  "in",     "into",  "is",   "it",    "iv",     "la", "las",
    "le", "les", "los", "me",   "my",  "no",  "not",  "of",  "on",   "one",    "or",    "our",  "part",  "s",      "t",  "the",
    "to", "und", "v",   "vol",  "vs",  "we",  "with", "you", "your", "volume", "novel", "book", "movie", "edition"};

constexpr std::array<std::pair<std::string_view, std::string_view>, 12> genre_synonyms{{{"animated", "animation"},
                                                                                        {"biographical", "biography"},
                                                                                        {"children's", "children"},
                                                                                        {"comedies", "comedy"},
                                                                                        {"historical", "history"},
                                                                                        {"historical fiction", "history"},
                                                                                        {"musicals", "musical"},
                                                                                        {"role playing", "role-playing"},
                                                                                        {"rpg", "role-playing"},
                                                                                        {"sci-fi", "science fiction"},
                                                                                        {"science-fiction", "science fiction"},
                                                                                        {"thrillers", "thriller"}}};

}  // namespace

std::string normalised(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (const char c : text) {
    if (!is_space(c)) {
      result.push_back(lower(c));
    } else if (!result.empty() && result.back() != ' ') {
      result.push_back(' ');
    }
  }
  if (!result.empty() && result.back() == ' ') result.pop_back();
  return result;
}

std::string normalised_genre(std::string_view text) {
  auto genre = normalised(text);
  for (const auto& [variant, name] : genre_synonyms) {
    if (genre == variant) return std::string(name);
  }
  return genre;
}

std::string normalised_series(std::string_view text) {
  auto name = normalised(text);
  constexpr std::string_view article = "the ";
  if (name.starts_with(article) && name.size() > article.size()) name.erase(0, article.size());
  for (const std::string_view noun : {" series", " collection", " franchise"})
    if (name.size() > noun.size() && name.ends_with(noun)) {
      name.resize(name.size() - noun.size());
      break;
    }
  return name;
}

std::vector<std::string> title_words(std::string_view title) {
  std::vector<std::string> words;
  std::string word;
  const auto finish = [&] {
    const bool number = word.size() < 3 && std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!word.empty() && !number && std::find(stop_words.begin(), stop_words.end(), word) == stop_words.end()) words.push_back(word);
    word.clear();
  };
  for (const char c : title) {
    const char small = lower(c);
    if (is_word_byte(small)) {
      word.push_back(small);
    } else if (c != '\'') {
      finish();
    }
  }
  finish();
  return words;
}

std::uint64_t token_key(Family family, std::string_view text) {
  // FNV-1a, 64 bits, started from the family so that a name is one thing as a creator and another as a keyword.
  std::uint64_t hash = 14695981039346656037ULL;
  const auto mix = [&](unsigned char byte) { hash = (hash ^ byte) * 1099511628211ULL; };
  mix(static_cast<unsigned char>(index_of(family) + 1));
  for (const char c : text) mix(static_cast<unsigned char>(c));
  return hash;
}

}  // namespace hub::features
