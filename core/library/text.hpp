#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace hub {

/// Reads the code point that starts at `position` and moves `position` behind it.
///
/// @param text      any bytes; `position` must be below its size.
/// @return          the code point, or U+FFFD for a byte that is no part of well-formed UTF-8 (Unicode 15, table 3-7), which is then
/// skipped alone.
char32_t next_code_point(std::string_view text, std::size_t& position);

/// Appends `code_point` as UTF-8; surrogates and values above U+10FFFF as U+FFFD.
void append_utf8(std::string& text, char32_t code_point);

/// Text from elsewhere, made safe to show in one line: control characters and line ends become spaces, characters that reverse the reading
/// order of what follows (U+202A to U+202E, U+2066 to U+2069) are left out, ill-formed bytes become U+FFFD, and what is longer than `most`
/// bytes is cut between two code points. Cleaning twice gives the same as cleaning once.
std::string clean_text(std::string text, std::size_t most);

/// Whether clean_text would give `text` back as it is.
bool is_clean_text(std::string_view text, std::size_t most);

}  // namespace hub
