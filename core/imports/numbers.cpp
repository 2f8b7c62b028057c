#include "core/imports/numbers.hpp"

#include <cstddef>

#include "core/imports/words.hpp"

namespace hub::imports {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// The bytes of a thousands separator at the start of `text`, 0 if there is none.
std::size_t group_separator(std::string_view text) {
  for (std::string_view mark : {",", ".", " ", "'", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x99"})
    if (text.starts_with(mark)) return mark.size();
  return 0;
}

}  // namespace

std::optional<double> read_decimal(std::string_view text) {
  text = trimmed(text);
  if (text.empty() || text.size() > 15 || !is_digit(text.front()) || !is_digit(text.back())) return std::nullopt;
  double value = 0;
  double unit = 0;  // of the next decimal, 0 before the mark
  for (char c : text) {
    if (is_digit(c)) {
      const double digit = c - '0';
      if (unit == 0) {
        value = value * 10 + digit;
      } else {
        // Digits are collected as a whole number and divided once, so that "7.3" is the very same double as the literal.
        value = value * 10 + digit;
        unit *= 10;
      }
    } else if ((c == '.' || c == ',') && unit == 0) {
      unit = 1;
    } else {
      return std::nullopt;
    }
  }
  return unit == 0 ? value : value / unit;
}

std::optional<long> read_whole(std::string_view text) {
  text = trimmed(text);
  long value = 0;
  std::size_t digits = 0;
  std::size_t since_mark = 0;
  bool marked = false;
  while (!text.empty()) {
    if (is_digit(text.front())) {
      if (++digits > 9) return std::nullopt;
      value = value * 10 + (text.front() - '0');
      ++since_mark;
      text.remove_prefix(1);
      continue;
    }
    const std::size_t mark = group_separator(text);
    if (mark == 0 || since_mark == 0 || since_mark > 3 || (marked && since_mark == 1)) return std::nullopt;
    marked = true;
    since_mark = 0;
    text.remove_prefix(mark);
  }
  if (digits == 0 || (marked && since_mark != 3)) return std::nullopt;
  return value;
}

}  // namespace hub::imports
