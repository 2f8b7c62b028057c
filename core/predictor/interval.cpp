#include "core/predictor/interval.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace hub::predictor {

double interval_width(std::span<const double> scores) {
  constexpr double gaussian = 1.28;  // holds 8 in 10
  constexpr double prior_weight = 20;
  if (scores.empty()) return gaussian;
  std::vector<double> sorted(scores.begin(), scores.end());
  std::sort(sorted.begin(), sorted.end());
  const auto n = static_cast<double>(sorted.size());
  const auto rank = std::min(sorted.size(), static_cast<std::size_t>(std::ceil(0.8 * (n + 1))));
  const double quantile = std::max(0.05, sorted[rank - 1]);
  return std::exp((n * std::log(quantile) + prior_weight * std::log(gaussian)) / (n + prior_weight));
}

}  // namespace hub::predictor
