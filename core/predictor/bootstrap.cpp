#include "core/predictor/bootstrap.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/predictor/measures.hpp"
#include "core/predictor/random.hpp"

namespace hub::predictor {

namespace {

double difference_of(const PairedErrors& sums) {
  return sums.count > 0 ? std::sqrt(sums.first / sums.count) - std::sqrt(sums.second / sums.count) : 0;
}

void add(PairedErrors& sums, const PairedErrors& unit) {
  sums.first += unit.first;
  sums.second += unit.second;
  sums.count += unit.count;
}

}  // namespace

Difference rmse_difference(std::span<const PairedErrors> units, std::uint64_t seed, std::size_t resamples) {
  PairedErrors all;
  for (const auto& unit : units) add(all, unit);
  Difference result;
  result.value = result.low = result.high = difference_of(all);
  if (units.size() < 2 || resamples == 0) return result;

  Random random(seed);
  std::vector<double> differences(resamples);
  for (auto& difference : differences) {
    PairedErrors drawn;
    for (std::size_t i = 0; i < units.size(); ++i) add(drawn, units[static_cast<std::size_t>(random.below(units.size()))]);
    difference = difference_of(drawn);
  }
  std::sort(differences.begin(), differences.end());
  result.low = quantile(differences, 0.025);
  result.high = quantile(differences, 0.975);
  return result;
}

}  // namespace hub::predictor
