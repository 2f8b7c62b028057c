#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/features/encoding.hpp"

namespace hub::predictor {

/// The members (people, genres, keywords, …) that rated works have, numbered, with the works that have them: an inverted index, by which
/// the cosines of one set with all others cost only what they share.
class TokenTable {
 public:
  struct Entry {
    std::uint32_t slot = 0;
    double weight = 0;
  };
  struct Occurrence {
    std::uint32_t row = 0;
    double weight = 0;
  };

  explicit TokenTable(std::span<const features::SharedEncoded> rows);

  std::size_t slots() const { return family_.size(); }
  features::Family family_of(std::uint32_t slot) const { return family_[slot]; }

  /// Works that have a member, in their order.
  std::span<const Occurrence> occurrences(std::uint32_t slot) const {
    return {occurrences_.data() + begin_[slot], begin_[slot + 1] - begin_[slot]};
  }

  /// @return  the slot of a member that some rated work has, or nullptr.
  const std::uint32_t* find(std::uint64_t key) const;

 private:
  std::unordered_map<std::uint64_t, std::uint32_t> slot_of_;
  std::vector<features::Family> family_;
  std::vector<std::size_t> begin_;
  std::vector<Occurrence> occurrences_;
};

}  // namespace hub::predictor
