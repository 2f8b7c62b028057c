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

/// @param statistic  of units by their places. @param units  how many there are.
template <typename Statistic>
Difference percentile_interval(double value, std::size_t units, std::uint64_t seed, std::size_t resamples, Statistic&& statistic) {
  Difference result{value, value, value};
  if (units < 2 || resamples == 0) return result;
  Random random(seed);
  std::vector<std::size_t> drawn(units);
  std::vector<double> values(resamples);
  for (auto& one : values) {
    for (auto& place : drawn) place = static_cast<std::size_t>(random.below(units));
    one = statistic(drawn);
  }
  std::sort(values.begin(), values.end());
  result.low = quantile(values, 0.025);
  result.high = quantile(values, 0.975);
  return result;
}

}  // namespace

Difference rmse_difference(std::span<const PairedErrors> units, std::uint64_t seed, std::size_t resamples) {
  PairedErrors all;
  for (const auto& unit : units) add(all, unit);
  return percentile_interval(difference_of(all), units.size(), seed, resamples, [&](const std::vector<std::size_t>& drawn) {
    PairedErrors sums;
    for (const auto place : drawn) add(sums, units[place]);
    return difference_of(sums);
  });
}

Difference mean_difference(std::span<const double> differences, std::uint64_t seed, std::size_t resamples) {
  const auto n = static_cast<double>(differences.size());
  double sum = 0;
  for (const double one : differences) sum += one;
  return percentile_interval(sum / n, differences.size(), seed, resamples, [&](const std::vector<std::size_t>& drawn) {
    double of_drawn = 0;
    for (const auto place : drawn) of_drawn += differences[place];
    return of_drawn / n;
  });
}

}  // namespace hub::predictor
