#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace hub {

/// Finds numbers by what they stand for, such as the rows of a table by their ids. Only the numbers are held, four bytes each and some to
/// spare; what they stand for stays with the caller, who says what its hash is and whether it is what is looked for. Open addressing with
/// linear probing (Knuth, The Art of Computer Programming 3, 6.4).
class NumberTable {
 public:
  /// @param hash  of what is looked for: 64 bits that need not be well mixed
  /// @param is  tells whether a number stands for it
  /// @return nothing where no number does
  template <typename Is>
  std::optional<std::uint32_t> find(std::uint64_t hash, Is&& is) const {
    if (cells_.empty()) return std::nullopt;
    for (std::size_t at = home(hash); cells_[at] != none; at = (at + 1) & (cells_.size() - 1))
      if (is(cells_[at])) return cells_[at];
    return std::nullopt;
  }

  /// @param number  below 2^32 - 1, of something that is not in here yet
  /// @param hash_of  gives the hash of what a number stands for: of this one and of all that are in here
  template <typename HashOf>
  void add(std::uint32_t number, HashOf&& hash_of) {
    if ((size_ + 1) * 5 > cells_.size() * 4) grow(hash_of);
    put(number, hash_of(number));
    ++size_;
  }

  void clear() { *this = {}; }
  std::size_t size() const { return size_; }

 private:
  static constexpr std::uint32_t none = 0xffffffff;

  std::size_t home(std::uint64_t hash) const {
    // The upper half of the product depends on all bits of the hash (Knuth 6.4, Fibonacci hashing).
    return static_cast<std::size_t>((hash * 0x9e3779b97f4a7c15ULL) >> 32U) & (cells_.size() - 1);
  }
  void put(std::uint32_t number, std::uint64_t hash) {
    std::size_t at = home(hash);
    while (cells_[at] != none) at = (at + 1) & (cells_.size() - 1);
    cells_[at] = number;
  }
  template <typename HashOf>
  void grow(HashOf&& hash_of) {
    std::vector<std::uint32_t> before(cells_.empty() ? 16 : cells_.size() * 2, none);
    before.swap(cells_);
    for (const std::uint32_t number : before)
      if (number != none) put(number, hash_of(number));
  }

  std::vector<std::uint32_t> cells_;  ///< as many as a power of two, of which four in five hold a number at most
  std::size_t size_ = 0;
};

}  // namespace hub
