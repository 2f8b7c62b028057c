#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hub::cli {

/// All of a file, or of the standard input for "-"; nothing when it cannot be opened.
std::optional<std::vector<std::uint8_t>> bytes_of_file(const std::string& name);

}  // namespace hub::cli
