#include "core/predictor/discoveries.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace hub::predictor {

double two_sided_p_value(double z) {
  return std::erfc(std::abs(z) / std::sqrt(2.0));
}

std::vector<double> false_discovery_rates(std::span<const double> p_values) {
  std::vector<std::size_t> order(p_values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p_values[a] > p_values[b]; });
  std::vector<double> adjusted(p_values.size());
  const auto n = static_cast<double>(p_values.size());
  double least = 1;
  for (std::size_t i = 0; i < order.size(); ++i) {
    // The largest p-value has rank n. A larger one's rate is never below a smaller one's.
    least = std::min(least, p_values[order[i]] * n / (n - static_cast<double>(i)));
    adjusted[order[i]] = least;
  }
  return adjusted;
}

}  // namespace hub::predictor
