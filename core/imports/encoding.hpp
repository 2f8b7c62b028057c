#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace hub::imports {

/// What the bytes of a text file were taken to mean. Decided once for the whole file: a file is never half in one encoding and half in
/// another.
enum class Encoding {
  utf8,
  utf16_le,
  utf16_be,
  windows_1252  ///< Western European, as Windows programs and old spreadsheets write it (WHATWG Encoding, index windows-1252)
};

struct DecodedText {
  std::string text;  ///< well-formed UTF-8, without a byte order mark and without NUL characters
  Encoding encoding = Encoding::utf8;
  bool marked = false;        ///< the file began with a byte order mark
  std::size_t replaced = 0;   ///< ill-formed places that became U+FFFD
  std::size_t nul_bytes = 0;  ///< NUL characters that were left out

  /// What the person should know about it, in whole sentences; nothing for plain UTF-8.
  std::vector<std::string> notes() const;
};

/// Decides and decodes. In this order: a byte order mark; the zero bytes that UTF-16 leaves in every other place; well-formed UTF-8; UTF-8
/// with little damage (a file cut off within a character, a few bad bytes among many good sequences); and else Windows-1252, in which every
/// byte means something.
///
/// @param bytes  the whole file, any size, any content.
DecodedText decode_text(const std::vector<std::uint8_t>& bytes);

}  // namespace hub::imports
