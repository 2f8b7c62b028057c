#include "core/predictor/token_table.hpp"

namespace hub::predictor {

using features::families;
using features::Family;

TokenTable::TokenTable(std::span<const features::SharedEncoded> rows) {
  std::vector<std::uint32_t> slots;
  for (const auto& row : rows) {
    for (const Family family : families) {
      for (const auto& token : row->of(family)) {
        const auto [found, is_new] = slot_of_.emplace(token.key, static_cast<std::uint32_t>(family_.size()));
        if (is_new) family_.push_back(family);
        slots.push_back(found->second);
      }
    }
  }
  begin_.assign(family_.size() + 1, 0);
  for (const auto slot : slots) ++begin_[slot + 1];
  for (std::size_t slot = 0; slot < family_.size(); ++slot) begin_[slot + 1] += begin_[slot];
  occurrences_.resize(slots.size());
  auto next = begin_;
  std::size_t entry = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (const Family family : families) {
      for (const auto& token : rows[i]->of(family)) occurrences_[next[slots[entry++]]++] = {static_cast<std::uint32_t>(i), token.weight};
    }
  }
}

const std::uint32_t* TokenTable::find(std::uint64_t key) const {
  const auto found = slot_of_.find(key);
  return found == slot_of_.end() ? nullptr : &found->second;
}

}  // namespace hub::predictor
