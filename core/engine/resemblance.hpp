#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/engine/works.hpp"
#include "core/library/item.hpp"

namespace hub::engine {

/// The first thing that two works share and a person would name: a maker, a performer, a theme, a genre. Empty when there is none.
std::string shared_words(const Item& item, const Item& other);

/// How much of their genres and keywords two works share, where what few works have says more than what many have (inverse document
/// frequency; Spärck Jones 1972).
class SharedThemes {
 public:
  /// Counts how many of all works have each genre and keyword; again only where their number is another by more than one in a hundred.
  void learn(const std::vector<Works::Ref>& works);

  /// Cosine of the two works' weighted words, 0 … 1; 0 where one has none.
  double of(const Item& item, const Item& other) const;

 private:
  double weight(const std::string& word) const;

  std::unordered_map<std::string, std::uint32_t> counts_;
  std::size_t works_ = 0;
};

}  // namespace hub::engine
