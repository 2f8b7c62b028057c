#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/library/error.hpp"

namespace hub::imports {

using ByteSpan = std::span<const std::uint8_t>;

/// A packed file that unpacks to more than this is refused, whatever it holds.
inline constexpr std::uint64_t most_unpacked_bytes = std::uint64_t{256} << 20;

/// Refuses what a small file would unpack to when it is made to fill the memory: more than most_unpacked_bytes, or, from 16 MiB on, more
/// than 200 times what it is packed into. Texts shrink to a fiftieth at the most.
///
/// @param name  of the file, for the sentence. @param packed, unpacked  bytes. @return  or Error "too_large".
Expected<void> plausible_size(const std::string& name, std::uint64_t packed, std::uint64_t unpacked);

/// Unpacks DEFLATE (RFC 1951).
///
/// @param size  bytes that come out; refused by plausible_size before memory is taken.
/// @return      exactly `size` bytes, or Error "too_large", or "damaged" where the data are no DEFLATE or another number of bytes.
Expected<std::vector<std::uint8_t>> inflated(const std::string& name, ByteSpan packed, std::uint64_t size);

bool is_gzip(ByteSpan bytes);

/// Unpacks gzip (RFC 1952), all members one after another; checksums are checked. @return  or Error "too_large" or "damaged".
Expected<std::vector<std::uint8_t>> gunzipped(const std::string& name, ByteSpan bytes);

/// CRC-32 as zip and gzip have it.
std::uint32_t crc32_of(ByteSpan bytes);

}  // namespace hub::imports
