#include "core/predictor/splits.hpp"

#include <algorithm>
#include <numeric>
#include <set>
#include <utility>

#include "core/predictor/random.hpp"

namespace hub::predictor {

namespace {

Split cut(const std::vector<std::size_t>& order, std::size_t size, bool is_future) {
  const auto middle = order.begin() + static_cast<std::ptrdiff_t>(size);
  return {{order.begin(), middle}, {middle, order.end()}, is_future};
}

}  // namespace

std::vector<std::size_t> shuffled(std::size_t n, std::uint64_t seed) {
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  Random random(seed);
  for (std::size_t i = n; i > 1; --i) std::swap(order[i - 1], order[static_cast<std::size_t>(random.below(i))]);
  return order;
}

std::vector<Split> cross_validation(std::size_t n, std::size_t folds, std::uint64_t seed) {
  std::vector<Split> splits(folds);
  const auto order = shuffled(n, seed);
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t fold = 0; fold < folds; ++fold) (k % folds == fold ? splits[fold].test : splits[fold].train).push_back(order[k]);
  }
  return splits;
}

std::vector<Split> by_date(std::span<const std::string> dates) {
  std::set<std::string> distinct(dates.begin(), dates.end());
  distinct.erase("");
  if (distinct.size() < 6) return {};
  std::vector<std::size_t> order(dates.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return dates[a] < dates[b]; });
  return {cut(order, order.size() * 4 / 5, true)};
}

Split first_ratings(std::size_t n, std::size_t size, std::uint64_t seed) {
  return cut(shuffled(n, seed), std::min(size, n), false);
}

}  // namespace hub::predictor
