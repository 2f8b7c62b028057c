#include "core/predictor/measures.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hub::predictor {

namespace {

std::vector<std::size_t> ascending(std::span<const double> values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  return order;
}

double correlation(std::span<const double> a, std::span<const double> b) {
  const auto n = static_cast<double>(a.size());
  const double mean_a = std::accumulate(a.begin(), a.end(), 0.0) / n;
  const double mean_b = std::accumulate(b.begin(), b.end(), 0.0) / n;
  double ab = 0;
  double aa = 0;
  double bb = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - mean_a) * (b[i] - mean_b);
    aa += (a[i] - mean_a) * (a[i] - mean_a);
    bb += (b[i] - mean_b) * (b[i] - mean_b);
  }
  return aa > 1e-12 && bb > 1e-12 ? ab / std::sqrt(aa * bb) : 0;
}

/// Counts of what was put in, by rank, with the count up to a rank in logarithmic time (Fenwick 1994).
class RankCounts {
 public:
  explicit RankCounts(std::size_t ranks) : sums_(ranks + 1) {}

  void add(std::size_t rank) {
    for (std::size_t i = rank + 1; i < sums_.size(); i += i & (~i + 1)) sums_[i] += 1;
  }

  /// @return  how many are below `rank`.
  double below(std::size_t rank) const {
    double sum = 0;
    for (std::size_t i = rank; i > 0; i -= i & (~i + 1)) sum += sums_[i];
    return sum;
  }

 private:
  std::vector<double> sums_;
};

}  // namespace

std::vector<double> ranks(std::span<const double> values) {
  const auto order = ascending(values);
  std::vector<double> result(values.size());
  for (std::size_t i = 0; i < order.size();) {
    std::size_t end = i;
    while (end < order.size() && values[order[end]] == values[order[i]]) ++end;
    for (std::size_t k = i; k < end; ++k) result[order[k]] = (static_cast<double>(i + end) + 1) / 2;
    i = end;
  }
  return result;
}

double spearman(std::span<const double> a, std::span<const double> b) {
  return a.empty() ? 0 : correlation(ranks(a), ranks(b));
}

PairOrder pair_order(std::span<const double> stars, std::span<const double> predicted) {
  // The place of each prediction among the distinct ones.
  std::vector<std::size_t> place(predicted.size());
  const auto by_prediction = ascending(predicted);
  std::size_t distinct = 0;
  for (std::size_t i = 0; i < by_prediction.size(); ++i) {
    if (i > 0 && predicted[by_prediction[i]] != predicted[by_prediction[i - 1]]) ++distinct;
    place[by_prediction[i]] = distinct;
  }
  // Ratings from low to high, those that are equal together: each is compared with all that are lower.
  PairOrder result;
  RankCounts lower(distinct + 1);
  double seen = 0;
  const auto by_stars = ascending(stars);
  for (std::size_t i = 0; i < by_stars.size();) {
    std::size_t end = i;
    while (end < by_stars.size() && stars[by_stars[end]] == stars[by_stars[i]]) ++end;
    for (std::size_t k = i; k < end; ++k) {
      const auto at = place[by_stars[k]];
      const double below = lower.below(at);
      result.pairs += seen;
      result.right += below + (lower.below(at + 1) - below) / 2;
    }
    for (std::size_t k = i; k < end; ++k) lower.add(place[by_stars[k]]);
    seen += static_cast<double>(end - i);
    i = end;
  }
  return result;
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return quantile(values, 0.5);
}

double quantile(std::span<const double> sorted, double at) {
  const double place = at * static_cast<double>(sorted.size() - 1);
  const auto below = std::min(static_cast<std::size_t>(place), sorted.size() - 1);
  const auto above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

double area_under_curve(std::span<const double> liked, std::span<const double> score) {
  // A like and a dislike are a pair of different ratings.
  return pair_order(liked, score).share();
}

double log_loss(std::span<const double> liked, std::span<const double> probability) {
  double sum = 0;
  for (std::size_t i = 0; i < liked.size(); ++i) {
    const double p = std::clamp(probability[i], 1e-15, 1 - 1e-15);
    sum -= liked[i] > 0.5 ? std::log(p) : std::log1p(-p);
  }
  return liked.empty() ? 0 : sum / static_cast<double>(liked.size());
}

double brier_score(std::span<const double> liked, std::span<const double> probability) {
  double sum = 0;
  for (std::size_t i = 0; i < liked.size(); ++i) sum += (probability[i] - liked[i]) * (probability[i] - liked[i]);
  return liked.empty() ? 0 : sum / static_cast<double>(liked.size());
}

std::vector<ReliabilityBin> reliability(std::span<const double> liked, std::span<const double> probability, std::size_t bins) {
  std::vector<ReliabilityBin> table(bins);
  for (std::size_t k = 0; k < bins; ++k) {
    table[k].low = static_cast<double>(k) / static_cast<double>(bins);
    table[k].high = static_cast<double>(k + 1) / static_cast<double>(bins);
  }
  for (std::size_t i = 0; i < liked.size(); ++i) {
    auto& bin = table[std::min(bins - 1, static_cast<std::size_t>(std::max(0.0, probability[i]) * static_cast<double>(bins)))];
    ++bin.count;
    bin.predicted += probability[i];
    bin.observed += liked[i];
  }
  for (auto& bin : table) {
    if (bin.count == 0) continue;
    bin.predicted /= static_cast<double>(bin.count);
    bin.observed /= static_cast<double>(bin.count);
  }
  return table;
}

double expected_calibration_error(std::span<const ReliabilityBin> bins) {
  double sum = 0;
  double count = 0;
  for (const auto& bin : bins) {
    sum += static_cast<double>(bin.count) * std::abs(bin.predicted - bin.observed);
    count += static_cast<double>(bin.count);
  }
  return count > 0 ? sum / count : 0;
}

}  // namespace hub::predictor
