#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hub::storage {

/// CRC-32C (Castagnoli polynomial 0x1EDC6F41, reflected; RFC 3720, B.4). Finds every error of one burst of up to 32 bits.
///
/// @param before  the sum of what came before, to sum in pieces: crc32c(b, n, crc32c(a, m)) is the sum of a followed by b. 0 to begin.
std::uint32_t crc32c(const void* bytes, std::size_t count, std::uint32_t before = 0);

inline std::uint32_t crc32c(std::string_view text, std::uint32_t before = 0) {
  return crc32c(text.data(), text.size(), before);
}

}  // namespace hub::storage
