#include <algorithm>

#include "core/imports/zip.hpp"
#include "core/library/text.hpp"

namespace hub::imports {
namespace {

constexpr std::size_t longest_name = 300;

/// Bytes 0x80 to 0xFF in IBM's code page 437, in which names are written where nothing else is said (APPNOTE, appendix D).
constexpr std::u16string_view code_page_437 =
    u"ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒ"
    u"áíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
    u"└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
    u"αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■ ";
static_assert(code_page_437.size() == 128);

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t before = at;
    if (next_code_point(text, at) == 0xFFFD && at - before == 1) return false;
  }
  return true;
}

}  // namespace

std::string zip_entry_name(std::string_view written, bool utf8) {
  std::string text;
  if (utf8 || is_utf8(written)) {
    text = written;
  } else {
    for (const char c : written) {
      const auto byte = static_cast<unsigned char>(c);
      append_utf8(text, byte < 0x80 ? byte : code_page_437[byte - 0x80]);
    }
  }
  std::replace(text.begin(), text.end(), '\\', '/');
  std::string name;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    const std::string_view part = rest.substr(0, slash);
    rest.remove_prefix(std::min(slash + 1, rest.size()));
    const bool drive = name.empty() && part.size() == 2 && part[1] == ':';
    if (part.empty() || part == "." || part == ".." || drive) continue;
    if (!name.empty()) name += '/';
    name += part;
  }
  return clean_text(std::move(name), longest_name);
}

}  // namespace hub::imports
