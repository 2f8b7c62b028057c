#include "core/imports/byte_source.hpp"

#include <algorithm>

namespace hub::imports {

Expected<std::vector<std::uint8_t>> HeldBytes::read(std::uint64_t offset, std::uint64_t count) const {
  const std::uint64_t from = std::min<std::uint64_t>(offset, bytes_.size());
  const std::uint64_t to = from + std::min<std::uint64_t>(count, bytes_.size() - from);
  return std::vector<std::uint8_t>(bytes_.begin() + static_cast<std::ptrdiff_t>(from), bytes_.begin() + static_cast<std::ptrdiff_t>(to));
}

Error unreadable() {
  return {
      "unreadable",
      "This file cannot be read: it was moved, changed or taken away since it was chosen. Nothing was changed. Please choose it once more."};
}

}  // namespace hub::imports
