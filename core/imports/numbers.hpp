#pragma once

#include <optional>
#include <string_view>

namespace hub::imports {

/// A number with a point or a comma before its decimals: "7.3", "7,3", "8". Nothing for anything else, also for a sign or an exponent.
std::optional<double> read_decimal(std::string_view text);

/// A whole number, also with its thousands apart: "1234567", "1,234,567", "1.234.567", "1 234 567", "12,34,567" (Indian grouping).
std::optional<long> read_whole(std::string_view text);

}  // namespace hub::imports
