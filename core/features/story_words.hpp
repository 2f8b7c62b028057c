#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/library/item.hpp"

namespace hub::features {

/// Works by the words of what is written about them: title, genres, keywords and synopsis. For descriptions that somebody types while there
/// is no model that reads them; it knows words, not what they mean, and takes no download.
class StoryWords {
 public:
  struct Found {
    std::uint32_t place = 0;  ///< in the order of adding
    float score = 0;          ///< BM25; comparable within one search
    float share = 0;          ///< of what the words tell altogether, how much the work has: 0 … 1
    std::uint32_t words = 0;  ///< how many of them it has
  };

  void add(const Item& work);

  /// The works that have any of the words, the best first, of equals the earlier one: BM25 (Robertson and Zaragoza 2009) with k1 = 1.2 and
  /// b = 0.75. Articles and the like do not count; a word that nothing is told with counts as the rarest in `share`.
  std::vector<Found> search(std::string_view words, std::size_t most) const;

 private:
  struct Occurrence {
    std::uint32_t place = 0;
    std::uint32_t count = 0;
  };

  double rarity(std::size_t works) const;

  std::unordered_map<std::string, std::vector<Occurrence>> words_;
  std::vector<std::uint32_t> lengths_;  ///< in words, of each work
  std::uint64_t all_words_ = 0;
};

}  // namespace hub::features
