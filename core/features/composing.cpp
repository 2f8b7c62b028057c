#include "core/features/composing.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <span>

#include "core/features/byte_pairs_tables.hpp"

namespace hub::features {
namespace {

/// Hangul syllables are joined and taken apart by rule (Unicode 15, 3.12).
constexpr char32_t first_syllable = 0xAC00;
constexpr char32_t first_lead = 0x1100;
constexpr char32_t first_vowel = 0x1161;
constexpr char32_t before_first_tail = 0x11A7;
constexpr char32_t leads = 19;
constexpr char32_t vowels = 21;
constexpr char32_t tails = 28;

/// No code point below is taken apart; none below the second is a mark.
constexpr char32_t first_with_parts = 0xC0;
constexpr char32_t first_mark = 0x300;

bool is_syllable(char32_t c) {
  return c >= first_syllable && c < first_syllable + leads * vowels * tails;
}

std::uint8_t class_of(char32_t c) {
  if (c < first_mark) return 0;
  const auto classes = byte_pairs::classes();
  const auto after =
      std::upper_bound(classes.begin(), classes.end(), c, [](char32_t value, std::uint32_t entry) { return value < entry >> 8; });
  return static_cast<std::uint8_t>(*std::prev(after) & 0xFF);
}

/// The place of `c` in a sorted list, or its size.
std::size_t place_in(std::span<const std::uint32_t> list, char32_t c) {
  const auto found = std::lower_bound(list.begin(), list.end(), c);
  return found != list.end() && *found == c ? static_cast<std::size_t>(found - list.begin()) : list.size();
}

/// Code points have 21 bits.
constexpr int bits = 21;

constexpr std::uint64_t key_of(char32_t first, char32_t second) {
  return std::uint64_t{first} << 2 * bits | std::uint64_t{second} << bits;
}

/// What two code points are joined to, in the lowest bits of their key; sorted.
const std::vector<std::uint64_t>& pairs() {
  static const auto sorted = [] {
    const auto parts = byte_pairs::parts();
    std::vector<std::uint64_t> made;
    for (std::size_t i = 0; i < parts.whole.size(); ++i)
      if ((parts.second[i] & 1) == 0) made.push_back(key_of(parts.first[i], parts.second[i] >> 1) | parts.whole[i]);
    std::sort(made.begin(), made.end());
    return made;
  }();
  return sorted;
}

std::optional<char32_t> joined(char32_t first, char32_t second) {
  if (second < first_mark) return std::nullopt;
  if (first >= first_lead && first < first_lead + leads && second >= first_vowel && second < first_vowel + vowels)
    return first_syllable + ((first - first_lead) * vowels + (second - first_vowel)) * tails;
  if (is_syllable(first) && (first - first_syllable) % tails == 0 && second > before_first_tail && second < before_first_tail + tails)
    return first + (second - before_first_tail);
  const auto key = key_of(first, second);
  const auto found = std::lower_bound(pairs().begin(), pairs().end(), key);
  if (found == pairs().end() || *found >> bits != key >> bits) return std::nullopt;
  return static_cast<char32_t>(*found & ((std::uint64_t{1} << bits) - 1));
}

}  // namespace

void Composing::put(char32_t c, std::u32string& out) {
  if (c < first_with_parts) return put_part(c, out);
  if (is_syllable(c)) {
    const char32_t place = c - first_syllable;
    put_part(first_lead + place / (vowels * tails), out);
    put_part(first_vowel + place % (vowels * tails) / tails, out);
    if (place % tails != 0) put_part(before_first_tail + place % tails, out);
    return;
  }
  const auto others = byte_pairs::others();
  if (const auto place = place_in(others.whole, c); place < others.whole.size()) return put(others.other[place], out);
  const auto parts = byte_pairs::parts();
  const auto place = place_in(parts.whole, c);
  if (place == parts.whole.size()) return put_part(c, out);
  put(parts.first[place], out);
  put(parts.second[place] >> 1, out);
}

/// @param c  one that is not taken apart.
void Composing::put_part(char32_t c, std::u32string& out) {
  const auto combining_class = class_of(c);
  if (combining_class != 0) return marks_.push_back({c, combining_class});
  join_marks();
  if (has_letter_ && marks_.empty()) {
    if (const auto whole = joined(letter_, c)) {
      letter_ = *whole;
      return;
    }
  }
  give(out);
  has_letter_ = true;
  letter_ = c;
}

void Composing::join_marks() {
  std::stable_sort(marks_.begin(), marks_.end(), [](const Mark& a, const Mark& b) { return a.combining_class < b.combining_class; });
  if (!has_letter_) return;
  // A mark is kept from the letter by one of its class that stays before it.
  std::uint8_t last_kept = 0;
  std::size_t kept = 0;
  for (const auto& mark : marks_) {
    const auto whole = mark.combining_class == last_kept ? std::nullopt : joined(letter_, mark.mark);
    if (whole) {
      letter_ = *whole;
    } else {
      last_kept = mark.combining_class;
      marks_[kept++] = mark;
    }
  }
  marks_.resize(kept);
}

void Composing::give(std::u32string& out) {
  if (has_letter_) out.push_back(letter_);
  for (const auto& mark : marks_) out.push_back(mark.mark);
  has_letter_ = false;
  marks_.clear();
}

void Composing::finish(std::u32string& out) {
  join_marks();
  give(out);
}

}  // namespace hub::features
