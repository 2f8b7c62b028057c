#include "core/predictor/parameter_search.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <utility>

namespace hub::predictor {

namespace {

/// Of a standard normal distribution, below z.
double normal_mass(double z) {
  return 0.5 * std::erfc(-z / std::sqrt(2.0));
}

/// A standard normal number (Box and Muller 1958).
double normal(Random& random) {
  const double radius = std::sqrt(-2 * std::log(1 - random.uniform()));
  return radius * std::cos(2 * std::numbers::pi * random.uniform());
}

}  // namespace

double Parameter::to_unit(double value) const {
  const double unit = logarithmic ? std::log(value / low) / std::log(high / low) : (value - low) / (high - low);
  return std::clamp(unit, 0.0, 1.0);
}

double Parameter::from_unit(double unit) const {
  const double at = std::clamp(unit, 0.0, 1.0);
  const double value = logarithmic ? low * std::pow(high / low, at) : low + at * (high - low);
  return std::clamp(whole ? std::round(value) : value, low, high);
}

ParzenEstimator::ParzenEstimator(std::span<const double> points) {
  std::vector<double> sorted(points.begin(), points.end());
  // The wide component in the middle is a neighbour like any other.
  constexpr double middle = 0.5;
  sorted.push_back(middle);
  std::sort(sorted.begin(), sorted.end());
  const double narrowest = 1 / std::min(100.0, static_cast<double>(sorted.size()) + 1);
  bool wide_is_there = false;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    Component one;
    one.mean = sorted[i];
    const double left = sorted[i] - (i > 0 ? sorted[i - 1] : 0);
    const double right = (i + 1 < sorted.size() ? sorted[i + 1] : 1) - sorted[i];
    one.sd = std::clamp(std::max(left, right), narrowest, 1.0);
    if (!wide_is_there && sorted[i] == middle) {
      one.sd = 1;
      wide_is_there = true;
    }
    one.mass = normal_mass((1 - one.mean) / one.sd) - normal_mass(-one.mean / one.sd);
    components_.push_back(one);
  }
}

double ParzenEstimator::log_density(double unit) const {
  double sum = 0;
  for (const auto& one : components_) {
    const double z = (unit - one.mean) / one.sd;
    sum += std::exp(-z * z / 2) / (std::sqrt(2 * std::numbers::pi) * one.sd * one.mass);
  }
  return std::log(std::max(sum / static_cast<double>(components_.size()), std::numeric_limits<double>::min()));
}

double ParzenEstimator::draw(Random& random) const {
  const auto& one = components_[static_cast<std::size_t>(random.below(components_.size()))];
  // At least three tenths of each component are within 0 … 1.
  for (int attempt = 0; attempt < 100; ++attempt) {
    const double unit = one.mean + one.sd * normal(random);
    if (unit >= 0 && unit <= 1) return unit;
  }
  return one.mean;
}

Search::Search(std::vector<Parameter> parameters, std::uint64_t seed) : Search(std::move(parameters), seed, Options{}) {}

Search::Search(std::vector<Parameter> parameters, std::uint64_t seed, Options options)
    : parameters_(std::move(parameters)), options_(options), random_(seed) {}

Point Search::ask() {
  Point point;
  ++asked_;
  if (asked_ <= options_.random_trials || trials_.size() < 4) {
    for (const auto& parameter : parameters_) point.push_back(parameter.from_unit(random_.uniform()));
    return point;
  }
  std::vector<std::size_t> order(trials_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return trials_[a].loss < trials_[b].loss; });
  const auto share = static_cast<std::size_t>(std::ceil(options_.best_share * static_cast<double>(trials_.size())));
  const auto best = std::clamp<std::size_t>(share, 2, 25);
  for (std::size_t k = 0; k < parameters_.size(); ++k) {
    const auto& parameter = parameters_[k];
    std::vector<double> good;
    std::vector<double> rest;
    for (std::size_t i = 0; i < order.size(); ++i) (i < best ? good : rest).push_back(parameter.to_unit(trials_[order[i]].point[k]));
    const ParzenEstimator of_good(good);
    const ParzenEstimator of_rest(rest);
    double chosen = 0.5;
    double highest = -std::numeric_limits<double>::infinity();
    for (std::size_t candidate = 0; candidate < options_.candidates; ++candidate) {
      const double unit = of_good.draw(random_);
      const double ratio = of_good.log_density(unit) - of_rest.log_density(unit);
      if (ratio > highest) {
        highest = ratio;
        chosen = unit;
      }
    }
    point.push_back(parameter.from_unit(chosen));
  }
  return point;
}

void Search::tell(Point point, double loss) {
  trials_.push_back({std::move(point), std::isfinite(loss) ? loss : std::numeric_limits<double>::infinity()});
}

const Trial& Search::best() const {
  return *std::min_element(trials_.begin(), trials_.end(), [](const Trial& a, const Trial& b) { return a.loss < b.loss; });
}

}  // namespace hub::predictor
