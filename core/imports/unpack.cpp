#include "core/imports/unpack.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <cstdio>
#include <memory>

#include "core/imports/words.hpp"

namespace hub::imports {
namespace {

constexpr std::uint64_t suspicious_bytes = std::uint64_t{16} << 20;
constexpr std::uint64_t most_times = 200;
/// A member of gzip without content: its head, an empty block and its foot.
constexpr std::size_t least_gzip_bytes = 18;

struct Free {
  void operator()(libdeflate_decompressor* decompressor) const { libdeflate_free_decompressor(decompressor); }
};
using Decompressor = std::unique_ptr<libdeflate_decompressor, Free>;

std::string size_in_words(std::uint64_t bytes) {
  char text[32];
  if (bytes >= 1'000'000'000)
    std::snprintf(text, sizeof text, "%.1f GB", static_cast<double>(bytes) / 1e9);
  else if (bytes >= 1'000'000)
    std::snprintf(text, sizeof text, "%.1f MB", static_cast<double>(bytes) / 1e6);
  else
    std::snprintf(text, sizeof text, "%.0f kB", std::max(1.0, static_cast<double>(bytes) / 1e3));
  return text;
}

tl::unexpected<Error> damaged(const std::string& name) {
  return failure("damaged", "The file " + quoted(name, 80) +
                                " is damaged or cut off and cannot be unpacked. Nothing was changed. Please download it once more.");
}

}  // namespace

Expected<void> plausible_size(const std::string& name, std::uint64_t packed, std::uint64_t unpacked) {
  if (unpacked <= suspicious_bytes || (unpacked <= most_unpacked_bytes && unpacked / most_times <= packed)) return {};
  return failure("too_large", "The file " + quoted(name, 80) + " would unpack to " + size_in_words(unpacked) + " from " +
                                  size_in_words(packed) +
                                  ", which is more than an export has. It was not unpacked, and nothing was changed.");
}

Expected<std::vector<std::uint8_t>> inflated(const std::string& name, ByteSpan packed, std::uint64_t size) {
  if (auto plausible = plausible_size(name, packed.size(), size); !plausible) return tl::unexpected(std::move(plausible.error()));
  const Decompressor decompressor(libdeflate_alloc_decompressor());
  // One byte more, so that there is a place to write to for an empty file, too.
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(size) + 1);
  if (!decompressor || libdeflate_deflate_decompress(decompressor.get(), packed.data(), packed.size(), bytes.data(), bytes.size() - 1,
                                                     nullptr) != LIBDEFLATE_SUCCESS)
    return damaged(name);
  bytes.pop_back();
  return bytes;
}

bool is_gzip(ByteSpan bytes) {
  return bytes.size() >= 3 && bytes[0] == 0x1F && bytes[1] == 0x8B && bytes[2] == 8;
}

Expected<std::vector<std::uint8_t>> gunzipped(const std::string& name, ByteSpan bytes) {
  const Decompressor decompressor(libdeflate_alloc_decompressor());
  std::vector<std::uint8_t> all;
  const std::size_t packed = bytes.size();
  bool first = true;
  // Behind the last member some programs leave zeros, which mean nothing.
  for (; is_gzip(bytes); first = false) {
    if (!decompressor || bytes.size() < least_gzip_bytes) return damaged(name);
    // The foot of the file says how long its last member is; where there are several members, or the foot is wrong, it takes some tries.
    const ByteSpan foot = bytes.last(4);
    const std::uint64_t said = foot[0] | (std::uint64_t{foot[1]} << 8) | (std::uint64_t{foot[2]} << 16) | (std::uint64_t{foot[3]} << 24);
    std::uint64_t room = plausible_size(name, bytes.size(), said) ? std::max<std::uint64_t>(said, 1) : bytes.size();
    const std::size_t before = all.size();
    while (true) {
      if (auto plausible = plausible_size(name, packed, before + room); !plausible) return tl::unexpected(std::move(plausible.error()));
      all.resize(before + static_cast<std::size_t>(room));
      std::size_t taken = 0;
      std::size_t given = 0;
      const libdeflate_result result = libdeflate_gzip_decompress_ex(decompressor.get(), bytes.data(), bytes.size(), all.data() + before,
                                                                     all.size() - before, &taken, &given);
      if (result == LIBDEFLATE_INSUFFICIENT_SPACE) {
        room = std::max<std::uint64_t>(room * 2, 4096);
        continue;
      }
      if (result != LIBDEFLATE_SUCCESS) return damaged(name);
      all.resize(before + given);
      bytes = bytes.subspan(taken);
      break;
    }
  }
  if (first) return damaged(name);
  return all;
}

std::uint32_t crc32_of(ByteSpan bytes) {
  return libdeflate_crc32(0, bytes.data(), bytes.size());
}

}  // namespace hub::imports
