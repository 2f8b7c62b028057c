#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/features/encoding.hpp"
#include "core/library/error.hpp"
#include "core/library/item.hpp"
#include "core/predictor/booster.hpp"

namespace hub::predictor {

/// XGBoost as it is customarily set: depth 6, eta 0.1, subsample and colsample 0.8; to be run for `plain_rounds`.
Booster::Parameters plain_parameters(std::uint64_t seed);
inline constexpr int plain_rounds = 100;

/// Ratings of one person that are known, and works whose rating is asked for.
struct Question {
  std::vector<const Item*> train;
  std::vector<double> stars;  ///< of `train`, 0 … 5; at least one
  std::vector<const Item*> test;
  std::uint64_t seed = 1;
};

/// Simple predictors that the product's own has to beat. Each takes a question and gives stars for each work of `test`.
class Comparisons {
 public:
  /// @param items  all works, which statistics are made of (never of ratings); every work of a question is one of them.
  explicit Comparisons(std::span<const Item* const> items);

  /// The mean of the known ratings.
  std::vector<double> mean(const Question& question) const;

  /// The public's rating, moved by how much the person is above it on average, shrunk as by four ratings: s + c + Σ(y - s - c) / (n + 4)
  /// with the source's mean s and c above it.
  std::vector<double> community_offset(const Question& question) const;

  /// Ridge regression of y - m(x) on the public's rating, votes, year, length and whether the public's rating is unknown, with a penalty
  /// for each (Hoerl and Kennard 1970).
  std::vector<double> linear(const Question& question) const;

  /// The ten most similar known works, weighted by similarity: of what they were rated above the public's rating (Sarwar et al. 2001, with
  /// facts of the works in the place of other people's ratings). Similarity: cosines of creators, cast, genres, keywords, title words and
  /// companies, and how near year and public rating are.
  std::vector<double> neighbours(const Question& question) const;

  /// The common recipe: raw facts (public rating, votes, year, length, the 30 most common genres) straight into XGBoost with
  /// plain_parameters.
  Expected<std::vector<double>> plain_xgboost(const Question& question) const;

 private:
  const features::Encoded& of(const Item* item) const { return encoded_.at(item); }

  std::unordered_map<const Item*, features::Encoded> encoded_;
  std::vector<std::uint64_t> common_genres_;  ///< token keys
};

}  // namespace hub::predictor
