#include <array>

#include "core/library/search.hpp"
#include "core/library/text.hpp"

namespace hub {
namespace {

/// Code points from `first` to `last`, all of which are read as `base`.
struct Fold {
  char32_t first;
  char32_t last;
  std::string_view base;
};

/// Latin letters with accents and their plain ones, in order of code points (Unicode 15: Latin-1 Supplement, Latin Extended-A, the pinyin,
/// Vietnamese and Romanian letters of Extended-B, Latin Extended Additional).
constexpr auto latin = std::to_array<Fold>({
    {0xAA, 0xAA, "a"},     {0xB2, 0xB2, "2"},      {0xB3, 0xB3, "3"},     {0xB5, 0xB5, "μ"},     {0xB9, 0xB9, "1"},
    {0xBA, 0xBA, "o"},     {0xBD, 0xBD, "1 2"},    {0xC0, 0xC5, "a"},     {0xC6, 0xC6, "ae"},    {0xC7, 0xC7, "c"},
    {0xC8, 0xCB, "e"},     {0xCC, 0xCF, "i"},      {0xD0, 0xD0, "d"},     {0xD1, 0xD1, "n"},     {0xD2, 0xD6, "o"},
    {0xD8, 0xD8, "o"},     {0xD9, 0xDC, "u"},      {0xDD, 0xDD, "y"},     {0xDE, 0xDE, "th"},    {0xDF, 0xDF, "ss"},
    {0xE0, 0xE5, "a"},     {0xE6, 0xE6, "ae"},     {0xE7, 0xE7, "c"},     {0xE8, 0xEB, "e"},     {0xEC, 0xEF, "i"},
    {0xF0, 0xF0, "d"},     {0xF1, 0xF1, "n"},      {0xF2, 0xF6, "o"},     {0xF8, 0xF8, "o"},     {0xF9, 0xFC, "u"},
    {0xFD, 0xFD, "y"},     {0xFE, 0xFE, "th"},     {0xFF, 0xFF, "y"},     {0x100, 0x105, "a"},   {0x106, 0x10D, "c"},
    {0x10E, 0x111, "d"},   {0x112, 0x11B, "e"},    {0x11C, 0x123, "g"},   {0x124, 0x127, "h"},   {0x128, 0x131, "i"},
    {0x132, 0x133, "ij"},  {0x134, 0x135, "j"},    {0x136, 0x138, "k"},   {0x139, 0x142, "l"},   {0x143, 0x14B, "n"},
    {0x14C, 0x151, "o"},   {0x152, 0x153, "oe"},   {0x154, 0x159, "r"},   {0x15A, 0x161, "s"},   {0x162, 0x167, "t"},
    {0x168, 0x173, "u"},   {0x174, 0x175, "w"},    {0x176, 0x178, "y"},   {0x179, 0x17E, "z"},   {0x17F, 0x17F, "s"},
    {0x18F, 0x18F, "ə"},   {0x1A0, 0x1A1, "o"},    {0x1AF, 0x1B0, "u"},   {0x1CD, 0x1CE, "a"},   {0x1CF, 0x1D0, "i"},
    {0x1D1, 0x1D2, "o"},   {0x1D3, 0x1DC, "u"},    {0x1E6, 0x1E7, "g"},   {0x1EA, 0x1ED, "o"},   {0x1F8, 0x1F9, "n"},
    {0x218, 0x219, "s"},   {0x21A, 0x21B, "t"},    {0x1E00, 0x1E01, "a"}, {0x1E02, 0x1E07, "b"}, {0x1E08, 0x1E09, "c"},
    {0x1E0A, 0x1E13, "d"}, {0x1E14, 0x1E1D, "e"},  {0x1E1E, 0x1E1F, "f"}, {0x1E20, 0x1E21, "g"}, {0x1E22, 0x1E2B, "h"},
    {0x1E2C, 0x1E2F, "i"}, {0x1E30, 0x1E35, "k"},  {0x1E36, 0x1E3D, "l"}, {0x1E3E, 0x1E43, "m"}, {0x1E44, 0x1E4B, "n"},
    {0x1E4C, 0x1E53, "o"}, {0x1E54, 0x1E57, "p"},  {0x1E58, 0x1E5F, "r"}, {0x1E60, 0x1E69, "s"}, {0x1E6A, 0x1E71, "t"},
    {0x1E72, 0x1E7B, "u"}, {0x1E7C, 0x1E7F, "v"},  {0x1E80, 0x1E89, "w"}, {0x1E8A, 0x1E8D, "x"}, {0x1E8E, 0x1E8F, "y"},
    {0x1E90, 0x1E95, "z"}, {0x1E96, 0x1E96, "h"},  {0x1E97, 0x1E97, "t"}, {0x1E98, 0x1E98, "w"}, {0x1E99, 0x1E99, "y"},
    {0x1E9B, 0x1E9B, "s"}, {0x1E9E, 0x1E9E, "ss"}, {0x1EA0, 0x1EB7, "a"}, {0x1EB8, 0x1EC7, "e"}, {0x1EC8, 0x1ECB, "i"},
    {0x1ECC, 0x1EE3, "o"}, {0x1EE4, 0x1EF1, "u"},  {0x1EF2, 0x1EF9, "y"},
});

std::string_view latin_base(char32_t c) {
  for (std::size_t low = 0, high = latin.size(); low < high;) {
    const std::size_t middle = (low + high) / 2;
    if (c > latin[middle].last)
      low = middle + 1;
    else if (c < latin[middle].first)
      high = middle;
    else
      return latin[middle].base;
  }
  return {};
}

char32_t greek_or_cyrillic(char32_t c) {
  switch (c) {
    case 0x386:
    case 0x3AC: return 0x3B1;
    case 0x388:
    case 0x3AD: return 0x3B5;
    case 0x389:
    case 0x3AE: return 0x3B7;
    case 0x38A:
    case 0x390:
    case 0x3AA:
    case 0x3AF:
    case 0x3CA: return 0x3B9;
    case 0x38C:
    case 0x3CC: return 0x3BF;
    case 0x38E:
    case 0x3AB:
    case 0x3B0:
    case 0x3CB:
    case 0x3CD: return 0x3C5;
    case 0x38F:
    case 0x3CE: return 0x3C9;
    case 0x3C2: return 0x3C3;  // final sigma
    case 0x401:
    case 0x451: return 0x435;  // ё is often written е
    default: break;
  }
  if (c >= 0x391 && c <= 0x3A9) return c + 0x20;
  if (c >= 0x400 && c <= 0x40F) return c + 0x50;
  if (c >= 0x410 && c <= 0x42F) return c + 0x20;
  if (c >= 0x460 && c <= 0x4FF && c % 2 == 0 && !(c >= 0x482 && c <= 0x489) && c != 0x4C0) return c + 1;
  return c;
}

/// Marks that stand over or under the letter before them.
bool is_combining(char32_t c) {
  return (c >= 0x300 && c <= 0x36F) || (c >= 0xFE00 && c <= 0xFE0F) || c == 0x200D || c == 0xAD || c == 0x200B;
}

bool is_separator(char32_t c) {
  return c < 0xC0 || c == 0xD7 || c == 0xF7 || (c >= 0x2000 && c <= 0x2BFF) || (c >= 0x2E00 && c <= 0x2E7F) ||
         (c >= 0x3000 && c <= 0x3004) || (c >= 0x3008 && c <= 0x3020) || c == 0x30FB || c == 0x30A0 || c == 0xFEFF || c == 0xFFFD ||
         (c >= 0xFF5F && c <= 0xFF65);
}

}  // namespace

std::string normalised_text(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  const auto separate = [&] {
    if (!plain.empty() && plain.back() != ' ') plain.push_back(' ');
  };
  for (std::size_t position = 0; position < text.size();) {
    char32_t c = next_code_point(text, position);
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;  // full-width forms
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      plain.push_back(static_cast<char>(c));
    } else if (c >= 'A' && c <= 'Z') {
      plain.push_back(static_cast<char>(c - 'A' + 'a'));
    } else if (c == '&') {
      separate();
      plain += "and ";
    } else if (is_combining(c)) {
      continue;
    } else if (const std::string_view base = latin_base(c); !base.empty()) {
      plain += base;
    } else if (is_separator(c)) {
      separate();
    } else {
      append_utf8(plain, greek_or_cyrillic(c));
    }
  }
  while (!plain.empty() && plain.back() == ' ') plain.pop_back();
  return plain;
}

}  // namespace hub
