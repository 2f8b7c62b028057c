#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace hub::predictor {

/// Two methods on the same ratings of one unit, which is drawn or left out as a whole: a person, or a single rating.
struct PairedErrors {
  double first = 0;   ///< Σ(y - p)² of the one method, stars²
  double second = 0;  ///< of the other
  double count = 0;   ///< ratings
};

/// How much one method's error is above (or, negative, below) the other's; of root mean squared errors in stars.
struct Difference {
  double value = 0;  ///< on the units as they are
  double low = 0;    ///< ends of the 95 % interval over resampled units
  double high = 0;
  bool significant() const { return low > 0 || high < 0; }
};

/// Difference of two root mean squared errors, pooled over the units: first - second. The interval is the percentile bootstrap's (Efron
/// and Tibshirani 1993, 13.3). The same units and seed give the same bits everywhere.
///
/// @param units      at least one with a rating; with one alone the interval is the value.
/// @param resamples  1000 settle the ends to a few per cent of the interval's width.
Difference rmse_difference(std::span<const PairedErrors> units, std::uint64_t seed, std::size_t resamples = 1000);

/// Mean of paired differences, such as of two methods' losses for each song; the interval as above.
/// @param differences  at least one; with one alone the interval is the value.
Difference mean_difference(std::span<const double> differences, std::uint64_t seed, std::size_t resamples = 1000);

}  // namespace hub::predictor
