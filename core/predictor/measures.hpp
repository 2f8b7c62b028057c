#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace hub::predictor {

// How good predictions are. Every span holds one number for each rating, in the same order; all numbers are finite.

/// Ranks from 1, ties sharing their mean rank (Kendall 1945).
std::vector<double> ranks(std::span<const double> values);

/// Correlation of the ranks (Spearman 1904), -1 … 1; 0 where one side has one value only.
double spearman(std::span<const double> a, std::span<const double> b);

/// Pairs of ratings that differ, and how many of them the predictions put in the right order; equal predictions count one half.
struct PairOrder {
  double pairs = 0;
  double right = 0;
  double share() const { return pairs > 0 ? right / pairs : 0.5; }
};
PairOrder pair_order(std::span<const double> stars, std::span<const double> predicted);

/// The middle value, or the mean of the two in the middle; 0 of none.
double median(std::vector<double> values);

/// By linear interpolation between order statistics (Hyndman and Fan 1996, type 7). @param sorted  ascending, not empty. @param at  0 … 1.
double quantile(std::span<const double> sorted, double at);

// For classes: `liked` is 1 or 0, `probability` 0 … 1.

/// Area under the receiver operating characteristic: the chance that something liked ranks above something not liked (Hanley and McNeil
/// 1982), ties one half; 0.5 where there is one class only. @param score  any monotone score.
double area_under_curve(std::span<const double> liked, std::span<const double> score);

/// Mean of -ln of the probability given to what happened; probabilities are held 1e-15 away from 0 and 1.
double log_loss(std::span<const double> liked, std::span<const double> probability);

/// Mean squared distance of probability and outcome (Brier 1950).
double brier_score(std::span<const double> liked, std::span<const double> probability);

/// What came of predictions of about the same probability.
struct ReliabilityBin {
  double low = 0;  ///< low <= probability < high; the last bin holds 1 as well
  double high = 0;
  std::size_t count = 0;
  double predicted = 0;  ///< mean probability, 0 where the bin is empty
  double observed = 0;   ///< share that was liked, 0 where the bin is empty
};
std::vector<ReliabilityBin> reliability(std::span<const double> liked, std::span<const double> probability, std::size_t bins = 10);

/// Mean over predictions of the distance between `predicted` and `observed` of their bin (Naeini, Cooper and Hauskrecht 2015).
double expected_calibration_error(std::span<const ReliabilityBin> bins);

}  // namespace hub::predictor
