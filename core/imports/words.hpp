#pragma once

#include <string>
#include <string_view>

namespace hub::imports {

/// Text by which column headings and fixed words are compared: ASCII and Latin letters in lower case without accents, digits, other scripts
/// as they are; spaces and punctuation left out. "Runtime (mins)" and "runtime mins" give "runtimemins", "Série télévisée" gives
/// "serietelevisee".
std::string comparable(std::string_view text);

/// Without the spaces (also no-break ones) at both ends.
std::string_view trimmed(std::string_view text);

}  // namespace hub::imports
