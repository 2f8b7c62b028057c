#pragma once

#include <span>
#include <vector>

namespace hub::predictor {

/// One scale for a person who likes some music and rates other: what chance of a like is worth how many stars, and back.
///
/// By ranks: the song that is more likely to be liked than a share q of the songs the person has judged stands where a share q of their
/// ratings are below. That keeps the order of either, and the shape of how they rate. With few of either it falls back on what a like and
/// a dislike count as everywhere else (Rating::normalised): the chance p is worth 1.5 + 3 p stars. With n, the smaller of the two numbers,
/// the ranks have the weight n / (n + 20).
class CommonScale {
 public:
  CommonScale() = default;  ///< has seen nothing: 1.5 + 3 p

  /// @param probabilities  of a like, held out or leave-one-out, for the songs the person has judged; 0 … 1.
  /// @param stars          the person's ratings of other works of the type; 0.5 … 5.
  CommonScale(std::span<const double> probabilities, std::span<const double> stars);

  /// @param probability  0 … 1, clipped. @return  0.5 … 5; never less for a higher probability.
  double stars_of(double probability) const;

  /// The probability that is worth `stars`: the inverse of stars_of, to 1e-9 (where that jumps, because probabilities are equal, the place
  /// of the jump); 0 or 1 beyond its ends.
  double probability_of(double stars) const;

 private:
  std::vector<double> probabilities_;  ///< sorted
  std::vector<double> stars_;          ///< sorted
  double weight_ = 0;                  ///< of the ranks
};

}  // namespace hub::predictor
