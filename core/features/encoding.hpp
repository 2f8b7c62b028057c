#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "core/features/statistics.hpp"
#include "core/features/tokens.hpp"
#include "core/features/vector_store.hpp"

namespace hub::features {

/// A member of a family, weighted so that the squares of an item's weights in one family sum to 1: the dot product of two items is then the
/// cosine of their sets. Keywords and title words weigh by inverse document frequency, the others alike.
struct Token {
  std::uint64_t key = 0;
  double weight = 0;
};

/// A work as numbers.
struct Encoded {
  MediaType type = MediaType::film;
  bool has_community = false;
  double base = 0;         ///< the public's rating, or the mean of its source; stars
  double source_mean = 0;  ///< stars
  double community = 0;    ///< c: above the mean of the source, shrunk where votes are few; stars; 0 when missing
  double votes = 0;        ///< z-score of log10(1 + votes); NaN when missing
  double year = 0;         ///< (year - 2000) / 20, clipped to -3 … 2; NaN when missing
  double length = 0;       ///< z-score of ln(length), clipped to ±3; NaN when missing
  double awards_won = 0;   ///< as many as a source counts; NaN when missing
  double nominations = 0;  ///< likewise
  /// How well its poster fits what is written about it, beside other works of its type: z-score of Embedders::agreement, clipped to ±3; NaN
  /// when missing.
  double agreement = std::numeric_limits<double>::quiet_NaN();
  std::array<std::vector<Token>, family_count> tokens;
  /// What is written about the work, and its poster, as vectors (Statistics::embedded), less the mean of all works, then of length 1; empty
  /// when there is none.
  std::array<Quantised, embedding_count> embedded;

  /// m(x): what is expected of anybody before a rating is known; stars.
  double prior_mean() const { return source_mean + 0.9 * community; }
  const std::vector<Token>& of(Family family) const { return tokens[index_of(family)]; }
  const Quantised& of(Embedding embedding) const { return embedded[index_of(embedding)]; }
};

/// One for all models that learn from the work.
using SharedEncoded = std::shared_ptr<const Encoded>;

/// Never fails: what an item does not say is missing.
Encoded encode(const Item& item, const Statistics& statistics);

/// The normalised members of a family as they stand in the item, with the words to show for them, in the item's order.
struct Member {
  std::uint64_t key = 0;
  std::string words;
};
std::vector<Member> members(const Item& item, Family family);

}  // namespace hub::features
