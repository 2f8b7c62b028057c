#include "core/features/wordpiece.hpp"

#include <algorithm>
#include <array>

#include "core/features/wordpiece_tables.hpp"
#include "core/library/text.hpp"

namespace hub::features {
namespace {

bool is_in(std::span<const wordpiece::Range> ranges, char32_t c) {
  const auto after =
      std::upper_bound(ranges.begin(), ranges.end(), c, [](char32_t value, const auto& range) { return value < range.first; });
  return after != ranges.begin() && c <= std::prev(after)->last;
}

/// Hangul syllables are two or three letters (Unicode 15, 3.12).
constexpr char32_t first_syllable = 0xAC00;
constexpr char32_t last_syllable = 0xD7A3;
constexpr char32_t first_lead = 0x1100;
constexpr char32_t first_vowel = 0x1161;
constexpr char32_t before_first_tail = 0x11A7;
constexpr char32_t vowels = 21;
constexpr char32_t tails = 28;

/// The letters that a code point stands for, without accents and in lower case.
struct Letters {
  std::array<char32_t, 3> of{};
  std::size_t count = 1;
};

/// Marks that combine are gone by then, but for a few that are in no vocabulary: their canonical order, which the reference establishes,
/// makes no difference to which pieces are found.
Letters letters_of(char32_t c) {
  if (c >= first_syllable && c <= last_syllable) {
    const char32_t place = c - first_syllable;
    const char32_t tail = place % tails;
    return {{first_lead + place / (vowels * tails), first_vowel + place % (vowels * tails) / tails, before_first_tail + tail},
            tail > 0 ? 3u : 2u};
  }
  const auto runs = wordpiece::runs();
  const auto run = std::upper_bound(runs.begin(), runs.end(), c, [](char32_t value, const auto& one) { return value < one.first; });
  if (run != runs.begin()) {
    const auto& found = *std::prev(run);
    if (c <= found.last && (c - found.first) % found.step == 0) return {{found.to + (c - found.first)}, 1};
  }
  const auto longer = wordpiece::longer();
  const auto one = std::lower_bound(longer.begin(), longer.end(), c, [](const auto& entry, char32_t value) { return entry.from < value; });
  if (one != longer.end() && one->from == c) return {{one->first, one->second, one->third}, one->third != 0 ? 3u : 2u};
  return {{c}, 1};
}

bool is_space(char32_t c) {
  return c == ' ' || is_in(wordpiece::spaces(), c);
}

}  // namespace

Expected<WordPiece> WordPiece::read(std::string vocabulary) {
  WordPiece result;
  for (std::size_t at = 0; at < vocabulary.size();) {
    const auto end = std::min(vocabulary.find('\n', at), vocabulary.size());
    auto piece = vocabulary.substr(at, end - at);
    if (piece.ends_with('\r')) piece.pop_back();
    result.longest_piece_ = std::max(result.longest_piece_, piece.size());
    const auto id = static_cast<std::int32_t>(result.ids_.size());
    if (!result.ids_.emplace(std::move(piece), id).second)
      return failure("bad_vocabulary", "Line " + std::to_string(id + 1) + " of the vocabulary is there twice.");
    at = end + 1;
  }
  for (const std::string_view word : {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"}) {
    const auto found = result.ids_.find(word);
    if (found == result.ids_.end()) return failure("bad_vocabulary", "The vocabulary lacks " + std::string(word) + ".");
    result.specials_.push_back({word, found->second});
  }
  result.unknown_ = result.specials_[1].id;
  result.begin_ = result.specials_[2].id;
  result.end_ = result.specials_[3].id;
  return result;
}

/// A text on its way: words grow letter by letter and are cut when they end.
struct WordPiece::Cutting {
  const WordPiece& pieces;
  std::vector<std::int32_t>& ids;
  std::string word;
  std::size_t letters = 0;

  void end_word() {
    if (letters > 0) pieces.encode_word(word, letters, ids);
    word.clear();
    letters = 0;
  }
  void put(char32_t letter) {
    if (is_space(letter)) return end_word();
    const bool single = is_in(wordpiece::marks(), letter);
    if (single) end_word();
    append_utf8(word, letter);
    ++letters;
    if (single) end_word();
  }
};

std::vector<std::int32_t> WordPiece::encode(std::string_view text, std::size_t most) const {
  std::vector<std::int32_t> ids{begin_};
  const std::size_t room = std::max<std::size_t>(most, 2) - 1;
  while (!text.empty() && ids.size() < room) {
    // The five words are found in the text as it was written, before anything else is done to it.
    std::size_t at = text.size();
    const Special* next = nullptr;
    for (std::size_t open = text.find('['); open != text.npos && next == nullptr; open = text.find('[', open + 1)) {
      for (const Special& special : specials_)
        if (text.substr(open).starts_with(special.word)) next = &special;
      if (next != nullptr) at = open;
    }
    encode_plain(text.substr(0, at), ids, room);
    if (next == nullptr) break;
    ids.push_back(next->id);
    text.remove_prefix(at + next->word.size());
  }
  if (ids.size() > room) ids.resize(room);
  ids.push_back(end_);
  return ids;
}

void WordPiece::encode_plain(std::string_view text, std::vector<std::int32_t>& ids, std::size_t most) const {
  Cutting cutting{*this, ids, {}, 0};
  for (std::size_t at = 0; at < text.size() && ids.size() < most;) {
    const char32_t c = next_code_point(text, at);
    if (c >= 'a' && c <= 'z') {
      // Most of all text.
      cutting.word.push_back(static_cast<char>(c));
      ++cutting.letters;
      continue;
    }
    if (is_in(wordpiece::dropped(), c)) continue;
    const bool alone = is_in(wordpiece::alone(), c);
    if (alone) cutting.end_word();
    const auto letters = letters_of(c);
    for (std::size_t i = 0; i < letters.count; ++i) cutting.put(letters.of[i]);
    if (alone) cutting.end_word();
  }
  cutting.end_word();
}

void WordPiece::encode_word(std::string_view word, std::size_t letters, std::vector<std::int32_t>& ids) const {
  if (letters > longest_word) return ids.push_back(unknown_);
  const std::size_t before = ids.size();
  std::string inner;
  for (std::size_t at = 0; at < word.size();) {
    std::size_t length = std::min(word.size() - at, longest_piece_);
    for (;; --length) {
      if (length == 0) {
        ids.resize(before);
        return ids.push_back(unknown_);
      }
      const auto piece = word.substr(at, length);
      auto found = ids_.end();
      if (at == 0) {
        found = ids_.find(piece);
      } else {
        inner.assign("##").append(piece);
        found = ids_.find(inner);
      }
      if (found == ids_.end()) continue;
      ids.push_back(found->second);
      break;
    }
    at += length;
  }
}

}  // namespace hub::features
