#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hub::imports {

/// Text by which column headings and fixed words are compared: ASCII and Latin letters in lower case without accents, digits, other scripts
/// as they are; spaces and punctuation left out. "Runtime (mins)" and "runtime mins" give "runtimemins", "Série télévisée" gives
/// "serietelevisee".
std::string comparable(std::string_view text);

/// Without the spaces (also no-break ones) at both ends.
std::string_view trimmed(std::string_view text);

/// A value of the file within a sentence: in quotation marks, in one line, and cut after `most` bytes.
std::string quoted(std::string_view text, std::size_t most = 40);

/// "1 rating", "7 ratings".
std::string in_words(std::size_t count, std::string_view one, std::string_view several);

/// A table's value without the apostrophe that keeps spreadsheets from taking what follows for a formula.
std::string_view without_guard(std::string_view value);

}  // namespace hub::imports
