#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace hub {

/// Finds by key (key_of) what stands in a row elsewhere and has its key there: holds nothing but places in that row, in an open table with
/// linear probing (Knuth, The Art of Computer Programming 3, 6.4, algorithm L). The keys are hashes already, so that a look-up is mostly
/// one look into the table and one at the row.
class PlacesByKey {
 public:
  void clear() { table_.clear(), held_ = 0; }

  /// @param place   below 2^32 - 1; the key must not be held yet.
  /// @param key_at  called with places that are held, and returns the keys that stand there.
  template <typename KeyAt>
  void add(std::uint64_t key, std::uint32_t place, KeyAt&& key_at) {
    // At most half of it is used: what lies between the places that are is what ends a search.
    if (2 * (held_ + 1) > table_.size()) grow(key_at);
    put(key, place);
    ++held_;
  }

  /// @return  nothing where the key is not held.
  template <typename KeyAt>
  std::optional<std::uint32_t> find(std::uint64_t key, KeyAt&& key_at) const {
    if (table_.empty()) return std::nullopt;
    for (std::size_t at = first(key); table_[at] != 0; at = next(at))
      if (key_at(table_[at] - 1) == key) return table_[at] - 1;
    return std::nullopt;
  }

 private:
  static constexpr std::size_t smallest = 64;

  std::size_t first(std::uint64_t key) const { return static_cast<std::size_t>(key ^ key >> 32U) & (table_.size() - 1); }
  std::size_t next(std::size_t at) const { return (at + 1) & (table_.size() - 1); }

  void put(std::uint64_t key, std::uint32_t place) {
    std::size_t at = first(key);
    while (table_[at] != 0) at = next(at);
    table_[at] = place + 1;
  }

  template <typename KeyAt>
  void grow(KeyAt&& key_at) {
    const std::vector<std::uint32_t> before =
        std::exchange(table_, std::vector<std::uint32_t>(table_.empty() ? smallest : 2 * table_.size()));
    for (const std::uint32_t one : before)
      if (one != 0) put(key_at(one - 1), one - 1);
  }

  std::vector<std::uint32_t> table_;  ///< places, each one more than it is; 0: nothing. As long as a power of two.
  std::size_t held_ = 0;
};

}  // namespace hub
