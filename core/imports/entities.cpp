#include <array>
#include <utility>

#include "core/imports/record.hpp"
#include "core/library/text.hpp"

namespace hub::imports {
namespace {

/// Those of XML, and of HTML's those that stand in titles and names.
constexpr std::array<std::pair<std::string_view, char16_t>, 36> named{
    {{"amp", '&'},     {"lt", '<'},      {"gt", '>'},       {"quot", '"'},     {"apos", '\''},    {"nbsp", 0xA0},
     {"iexcl", 0xA1},  {"laquo", 0xAB},  {"raquo", 0xBB},   {"iquest", 0xBF},  {"Agrave", 0xC0},  {"Auml", 0xC4},
     {"Aring", 0xC5},  {"Eacute", 0xC9}, {"Ouml", 0xD6},    {"Oslash", 0xD8},  {"Uuml", 0xDC},    {"szlig", 0xDF},
     {"agrave", 0xE0}, {"aacute", 0xE1}, {"auml", 0xE4},    {"aring", 0xE5},   {"ccedil", 0xE7},  {"egrave", 0xE8},
     {"eacute", 0xE9}, {"iacute", 0xED}, {"ntilde", 0xF1},  {"oacute", 0xF3},  {"ouml", 0xF6},    {"oslash", 0xF8},
     {"uacute", 0xFA}, {"uuml", 0xFC},   {"ndash", 0x2013}, {"mdash", 0x2014}, {"rsquo", 0x2019}, {"hellip", 0x2026}}};

/// The character that `name`, the part between "&" and ";", stands for; 0 when it stands for none.
char32_t meant_by(std::string_view name) {
  if (name.size() < 2 || name.front() != '#') {
    for (const auto& [known, character] : named)
      if (known == name) return character;
    return 0;
  }
  name.remove_prefix(1);
  const bool hexadecimal = name.front() == 'x' || name.front() == 'X';
  if (hexadecimal) name.remove_prefix(1);
  if (name.empty() || name.size() > 7) return 0;
  char32_t code = 0;
  for (char c : name) {
    const char lower = static_cast<char>(c | 0x20);
    if (c >= '0' && c <= '9')
      code = code * (hexadecimal ? 16 : 10) + static_cast<char32_t>(c - '0');
    else if (hexadecimal && lower >= 'a' && lower <= 'f')
      code = code * 16 + static_cast<char32_t>(lower - 'a' + 10);
    else
      return 0;
  }
  return code;
}

}  // namespace

std::string decode_entities(std::string_view text) {
  std::string plain;
  while (true) {
    const std::size_t mark = text.find('&');
    plain += text.substr(0, mark);
    if (mark == std::string_view::npos) return plain;
    text.remove_prefix(mark);
    const std::size_t end = text.substr(0, 12).find(';');
    const char32_t code = end == std::string_view::npos ? 0 : meant_by(text.substr(1, end - 1));
    if (code == 0) {
      plain += '&';
      text.remove_prefix(1);
    } else {
      append_utf8(plain, code);
      text.remove_prefix(end + 1);
    }
  }
}

}  // namespace hub::imports
