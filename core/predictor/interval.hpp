#pragma once

#include <span>

namespace hub::predictor {

/// How many standard deviations reach to either side of a prediction so that 8 in 10 ratings fall inside: split conformal prediction with
/// normalised residuals (Lei et al. 2018), shrunk towards the Gaussian value where there are few residuals.
///
/// @param scores  |rating - held-out prediction| / standard deviation of that prediction, one for each rating; may be empty.
/// @return        exp((n ln q + 20 ln 1.28) / (n + 20)), q the ceil(0.8 (n + 1))-th smallest score.
double interval_width(std::span<const double> scores);

}  // namespace hub::predictor
