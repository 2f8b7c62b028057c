#include "core/imports/encoding.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/library/text.hpp"

namespace hub::imports {
namespace {

/// What bytes 0x80 to 0x9F are in Windows-1252; the five that it leaves open are the control characters of Latin-1, as browsers have it.
constexpr std::array<char32_t, 32> windows_1252_high{0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                                     0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                                     0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

struct Utf8Survey {
  std::size_t sequences = 0;  ///< well-formed ones of two bytes and more
  std::size_t bad = 0;        ///< bytes that are part of none
  std::size_t last_bad = 0;   ///< where the last of them is
};

Utf8Survey survey_utf8(std::string_view text) {
  Utf8Survey survey;
  for (std::size_t position = 0; position < text.size();) {
    if (static_cast<unsigned char>(text[position]) < 0x80) {
      ++position;
      continue;
    }
    const std::size_t start = position;
    const char32_t code = next_code_point(text, position);
    if (position - start > 1 && code != 0) {
      ++survey.sequences;
    } else {
      ++survey.bad;
      survey.last_bad = start;
    }
  }
  return survey;
}

/// Whether the bytes are 16-bit units of mostly Latin text: one byte of most pairs is zero, and always the same one.
bool looks_like_utf16(std::string_view bytes, bool little_endian) {
  const std::size_t pairs = std::min<std::size_t>(bytes.size() / 2, 2048);
  if (pairs < 4) return false;
  std::size_t zero_high = 0;
  std::size_t zero_low = 0;
  for (std::size_t i = 0; i < pairs; ++i) {
    const char high = bytes[2 * i + (little_endian ? 1 : 0)];
    const char low = bytes[2 * i + (little_endian ? 0 : 1)];
    if (high == 0) ++zero_high;
    if (low == 0) ++zero_low;
  }
  return zero_high * 10 >= pairs * 4 && zero_low * 50 <= pairs;
}

void put(DecodedText& decoded, char32_t code) {
  if (code == 0)
    ++decoded.nul_bytes;
  else
    append_utf8(decoded.text, code);
}

void decode_utf16(std::string_view bytes, DecodedText& decoded) {
  const bool little_endian = decoded.encoding == Encoding::utf16_le;
  const auto unit = [&](std::size_t at) -> char32_t {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return little_endian ? static_cast<char32_t>(first | (second << 8)) : static_cast<char32_t>((first << 8) | second);
  };
  decoded.text.reserve(bytes.size() / 2 + bytes.size() / 8);
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    char32_t code = unit(at);
    if (code >= 0xD800 && code <= 0xDBFF && at + 3 < bytes.size()) {
      const char32_t low = unit(at + 2);
      if (low >= 0xDC00 && low <= 0xDFFF) {
        code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        at += 2;
      }
    }
    if (code >= 0xD800 && code <= 0xDFFF) {
      code = 0xFFFD;
      ++decoded.replaced;
    }
    put(decoded, code);
  }
  if (bytes.size() % 2 != 0) ++decoded.replaced;
}

void decode_windows_1252(std::string_view bytes, DecodedText& decoded) {
  decoded.text.reserve(bytes.size() + bytes.size() / 8);
  for (char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    put(decoded, value >= 0x80 && value < 0xA0 ? windows_1252_high[value - 0x80] : value);
  }
}

void decode_utf8(std::string_view bytes, const Utf8Survey& survey, DecodedText& decoded) {
  decoded.replaced = survey.bad;
  if (survey.bad == 0 && bytes.find('\0') == std::string_view::npos) {
    decoded.text.assign(bytes);
    return;
  }
  decoded.text.reserve(bytes.size());
  for (std::size_t position = 0; position < bytes.size();) put(decoded, next_code_point(bytes, position));
}

}  // namespace

DecodedText decode_text(const std::vector<std::uint8_t>& input) {
  std::string_view bytes(reinterpret_cast<const char*>(input.data()), input.size());
  DecodedText decoded;
  const auto begins = [&](std::string_view mark) {
    decoded.marked = bytes.starts_with(mark);
    if (decoded.marked) bytes.remove_prefix(mark.size());
    return decoded.marked;
  };

  if (begins("\xEF\xBB\xBF")) {
    decode_utf8(bytes, survey_utf8(bytes), decoded);
    return decoded;
  }
  if (begins("\xFF\xFE")) {
    decoded.encoding = Encoding::utf16_le;
  } else if (begins("\xFE\xFF")) {
    decoded.encoding = Encoding::utf16_be;
  } else if (looks_like_utf16(bytes, true)) {
    decoded.encoding = Encoding::utf16_le;
  } else if (looks_like_utf16(bytes, false)) {
    decoded.encoding = Encoding::utf16_be;
  }
  if (decoded.encoding != Encoding::utf8) {
    decode_utf16(bytes, decoded);
    return decoded;
  }

  const Utf8Survey survey = survey_utf8(bytes);
  const bool cut_off = survey.bad <= 3 && survey.bad > 0 && survey.last_bad + 1 == bytes.size() && survey.sequences > 0;
  if (survey.bad == 0 || cut_off || survey.sequences >= 4 * survey.bad) {
    decode_utf8(bytes, survey, decoded);
  } else {
    decoded.encoding = Encoding::windows_1252;
    decode_windows_1252(bytes, decoded);
  }
  return decoded;
}

std::vector<std::string> DecodedText::notes() const {
  std::vector<std::string> notes;
  if (encoding == Encoding::utf16_le || encoding == Encoding::utf16_be) notes.push_back("The file is written in UTF-16 and was converted.");
  if (encoding == Encoding::windows_1252)
    notes.push_back("The file is not written in UTF-8; it was read as Windows-1252. Please check a title with an accent.");
  if (replaced > 0)
    notes.push_back("Parts of the text are damaged: " + std::to_string(replaced) + " bytes mean nothing and are shown as “\uFFFD”.");
  if (nul_bytes > 0) notes.push_back("The file has " + std::to_string(nul_bytes) + " empty (NUL) characters, which were left out.");
  return notes;
}

}  // namespace hub::imports
