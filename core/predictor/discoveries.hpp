#pragma once

#include <span>
#include <vector>

namespace hub::predictor {

/// Chance that a standard normal number is at least this far from 0, on either side.
double two_sided_p_value(double z);

/// p-values adjusted for many questions asked at once: those at most q are findings of which no more than a share q is expected to be false
/// (Benjamini and Hochberg 1995).
///
/// @param p_values  0 … 1, in any order. @return  as many, in the same order, each at least its p-value.
std::vector<double> false_discovery_rates(std::span<const double> p_values);

}  // namespace hub::predictor
