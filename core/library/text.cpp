#include "core/library/text.hpp"

namespace hub {
namespace {

constexpr char32_t replacement = 0xFFFD;

/// Plain printable ASCII, which is most of all text, needs no decoding.
bool is_plain(std::string_view text) {
  for (char byte : text)
    if (static_cast<unsigned char>(byte) < 0x20 || static_cast<unsigned char>(byte) >= 0x7F) return false;
  return true;
}

bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
}

bool turns_direction(char32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

}  // namespace

char32_t next_code_point(std::string_view text, std::size_t& position) {
  const auto byte = [&](std::size_t offset) -> std::uint32_t {
    return position + offset < text.size() ? static_cast<unsigned char>(text[position + offset]) : 0;
  };
  const auto continues = [&](std::size_t offset) { return (byte(offset) & 0xC0) == 0x80; };
  const std::uint32_t lead = byte(0);
  char32_t code = replacement;
  std::size_t length = 1;
  if (lead < 0x80) {
    code = lead;
  } else if (lead >= 0xC2 && lead <= 0xDF && continues(1)) {
    code = ((lead & 0x1F) << 6) | (byte(1) & 0x3F);
    length = 2;
  } else if ((lead & 0xF0) == 0xE0 && continues(1) && continues(2)) {
    const char32_t decoded = ((lead & 0x0F) << 12) | ((byte(1) & 0x3F) << 6) | (byte(2) & 0x3F);
    if (decoded >= 0x800 && (decoded < 0xD800 || decoded > 0xDFFF)) {
      code = decoded;
      length = 3;
    }
  } else if (lead >= 0xF0 && lead <= 0xF4 && continues(1) && continues(2) && continues(3)) {
    const char32_t decoded = ((lead & 0x07) << 18) | ((byte(1) & 0x3F) << 12) | ((byte(2) & 0x3F) << 6) | (byte(3) & 0x3F);
    if (decoded >= 0x10000 && decoded <= 0x10FFFF) {
      code = decoded;
      length = 4;
    }
  }
  position += length;
  return code;
}

void append_utf8(std::string& text, char32_t c) {
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = replacement;
  const auto put = [&](char32_t byte) { text.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | (c >> 6));
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | (c >> 18));
    put(0x80 | ((c >> 12) & 0x3F));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

std::string clean_text(std::string text, std::size_t most) {
  if (text.size() <= most && is_plain(text)) return text;
  std::string clean;
  clean.reserve(text.size() < most ? text.size() : most);
  std::string one;
  for (std::size_t position = 0; position < text.size();) {
    char32_t c = next_code_point(text, position);
    if (turns_direction(c)) continue;
    if (is_control(c)) c = ' ';
    one.clear();
    append_utf8(one, c);
    if (clean.size() + one.size() > most) break;
    clean += one;
  }
  return clean;
}

bool is_clean_text(std::string_view text, std::size_t most) {
  if (text.size() > most) return false;
  return is_plain(text) || clean_text(std::string(text), most) == text;
}

}  // namespace hub
