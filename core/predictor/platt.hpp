#pragma once

#include <span>

namespace hub::predictor {

/// The logistic function and its inverse; log_odds holds p 1e-12 away from 0 and 1.
double logistic(double log_odds);
double log_odds(double probability);

/// Turns any score that is higher for what is liked into log-odds: a · score + b, fitted by maximum likelihood (Platt 1999).
class PlattScaling {
 public:
  PlattScaling() = default;  ///< every score means one half

  /// Newton's method with a line search on Platt's smoothed targets (Lin, Lin and Weng 2007), which keep the fit finite where the classes
  /// do not overlap.
  ///
  /// @param liked  1 or 0.
  /// @param score  as many, finite; of songs that were held out when the score was made. Where there is one class only, every score gets
  ///               that class's share by Laplace's rule, (n + 1) / (n + 2).
  PlattScaling(std::span<const double> liked, std::span<const double> score);

  double log_odds_of(double score) const { return slope_ * score + offset_; }
  double slope() const { return slope_; }
  double offset() const { return offset_; }

 private:
  double slope_ = 0;
  double offset_ = 0;
};

}  // namespace hub::predictor
