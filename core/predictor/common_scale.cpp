#include "core/predictor/common_scale.hpp"

#include <algorithm>

#include "core/library/rating.hpp"
#include "core/predictor/measures.hpp"

namespace hub::predictor {

namespace {

/// Where `value` stands among sorted values, 0 … 1: the inverse of `quantile`, the middle of the range where several are equal.
double rank_among(std::span<const double> sorted, double value) {
  const auto at = [&](auto place) { return static_cast<double>(place - sorted.begin()); };
  const auto low = std::lower_bound(sorted.begin(), sorted.end(), value);
  const auto high = std::upper_bound(sorted.begin(), sorted.end(), value);
  const auto last = static_cast<double>(sorted.size() - 1);
  if (low != high) return (at(low) + at(high) - 1) / 2 / last;
  if (low == sorted.begin()) return 0;
  if (low == sorted.end()) return 1;
  const double below = *(low - 1);
  return (at(low) - 1 + (value - below) / (*low - below)) / last;
}

}  // namespace

CommonScale::CommonScale(std::span<const double> probabilities, std::span<const double> stars)
    : probabilities_(probabilities.begin(), probabilities.end()), stars_(stars.begin(), stars.end()) {
  std::sort(probabilities_.begin(), probabilities_.end());
  std::sort(stars_.begin(), stars_.end());
  const auto n = static_cast<double>(std::min(probabilities_.size(), stars_.size()));
  weight_ = n < 2 ? 0 : n / (n + 20);
}

double CommonScale::stars_of(double probability) const {
  const double p = std::clamp(probability, 0.0, 1.0);
  const double disliked = Rating{0, RatingScale::like, "", ""}.normalised();
  const double liked = Rating{1, RatingScale::like, "", ""}.normalised();
  const double everywhere = disliked + (liked - disliked) * p;
  if (weight_ == 0) return everywhere;
  return weight_ * quantile(stars_, rank_among(probabilities_, p)) + (1 - weight_) * everywhere;
}

double CommonScale::probability_of(double stars) const {
  double low = 0;
  double high = 1;
  if (stars <= stars_of(low)) return low;
  if (stars >= stars_of(high)) return high;
  while (high - low > 1e-10) {
    const double middle = (low + high) / 2;
    (stars_of(middle) < stars ? low : high) = middle;
  }
  return (low + high) / 2;
}

}  // namespace hub::predictor
