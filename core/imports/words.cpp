#include "core/imports/words.hpp"

#include <array>

#include "core/library/text.hpp"

namespace hub::imports {
namespace {

/// The plain letters of U+00C0 to U+017F (Latin-1 Supplement and Latin Extended-A); '*' marks those that become two letters or none.
constexpr std::string_view plain_latin =
    "aaaaaa*ceeeeiiiidnooooo*ouuuuy**aaaaaa*ceeeeiiiidnooooo*ouuuuy*y"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii**jjkkklllllll"
    "lllnnnnnnnnnoooooo**rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static_assert(plain_latin.size() == 0x180 - 0xC0);

bool is_space_or_mark(char32_t code) {
  return code == 0xA0 || code == 0xAA || code == 0xB0 || code == 0xBA || code == 0xB7 || (code >= 0x2000 && code <= 0x206F) ||
         code == 0x3000 || code == 0xFEFF || code == 0x93C || (code >= 0x300 && code <= 0x36F);
}

}  // namespace

std::string comparable(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t position = 0; position < text.size();) {
    const char32_t code = next_code_point(text, position);
    if (code < 0x80) {
      const char letter = static_cast<char>(code);
      if ((letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9')) plain.push_back(letter);
      if (letter >= 'A' && letter <= 'Z') plain.push_back(static_cast<char>(letter - 'A' + 'a'));
    } else if (code >= 0xC0 && code < 0x180) {
      const char letter = plain_latin[code - 0xC0];
      if (letter != '*')
        plain.push_back(letter);
      else if (code == 0xDF)
        plain += "ss";
      else if (code == 0xC6 || code == 0xE6)
        plain += "ae";
      else if (code == 0x152 || code == 0x153)
        plain += "oe";
    } else if (code == 0x95B || code == 0x95E) {
      append_utf8(plain, code == 0x95B ? 0x91C : 0x92B);  // written with or without its dot, it is the same word
    } else if (!is_space_or_mark(code)) {
      append_utf8(plain, code);
    }
  }
  return plain;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::array<std::string_view, 7> spaces{" ", "\t", "\r", "\n", "\xC2\xA0", "\xE2\x80\xAF", "\xEF\xBB\xBF"};
  for (bool again = true; again;) {
    again = false;
    for (std::string_view space : spaces) {
      if (text.starts_with(space)) {
        text.remove_prefix(space.size());
        again = true;
      }
      if (text.ends_with(space)) {
        text.remove_suffix(space.size());
        again = true;
      }
    }
  }
  return text;
}

std::string quoted(std::string_view text, std::size_t most) {
  return "“" + clean_text(std::string(trimmed(text)), most) + "”";
}

std::string in_words(std::size_t count, std::string_view one, std::string_view several) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : several);
}

std::string_view without_guard(std::string_view value) {
  const bool guarded = value.size() > 1 && value[0] == '\'' && (value[1] == '=' || value[1] == '+' || value[1] == '-' || value[1] == '@');
  return guarded ? value.substr(1) : value;
}

}  // namespace hub::imports
