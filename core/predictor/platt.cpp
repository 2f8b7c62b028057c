#include "core/predictor/platt.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace hub::predictor {

double logistic(double log_odds) {
  // The exponential of a negative number only, so that nothing overflows.
  const double small = std::exp(-std::abs(log_odds));
  return log_odds >= 0 ? 1 / (1 + small) : small / (1 + small);
}

double log_odds(double probability) {
  const double p = std::clamp(probability, 1e-12, 1 - 1e-12);
  return std::log(p) - std::log1p(-p);
}

PlattScaling::PlattScaling(std::span<const double> liked, std::span<const double> score) {
  double positive = 0;
  for (const double one : liked) positive += one > 0.5 ? 1 : 0;
  const double negative = static_cast<double>(liked.size()) - positive;
  if (positive + negative == 0) return;
  if (positive == 0 || negative == 0) {
    offset_ = std::log((positive + 1) / (negative + 1));
    return;
  }
  std::vector<double> target;
  for (const double one : liked) target.push_back(one > 0.5 ? (positive + 1) / (positive + 2) : 1 / (negative + 2));

  const auto loss = [&](double slope, double offset) {
    double sum = 0;
    for (std::size_t i = 0; i < score.size(); ++i) {
      const double z = slope * score[i] + offset;
      // -t ln p - (1 - t) ln(1 - p), with p = 1 / (1 + exp(-z))
      sum += std::max(z, 0.0) - target[i] * z + std::log1p(std::exp(-std::abs(z)));
    }
    return sum;
  };
  offset_ = std::log((positive + 1) / (negative + 1));
  double current = loss(slope_, offset_);
  for (int iteration = 0; iteration < 100; ++iteration) {
    double gradient_slope = 0;
    double gradient_offset = 0;
    // A touch of the identity keeps the Hessian invertible where all scores are equal.
    double ss = 1e-12;
    double so = 0;
    double oo = 1e-12;
    for (std::size_t i = 0; i < score.size(); ++i) {
      const double p = logistic(slope_ * score[i] + offset_);
      const double curvature = p * (1 - p);
      gradient_slope += (p - target[i]) * score[i];
      gradient_offset += p - target[i];
      ss += curvature * score[i] * score[i];
      so += curvature * score[i];
      oo += curvature;
    }
    if (std::abs(gradient_slope) < 1e-9 && std::abs(gradient_offset) < 1e-9) return;
    const double determinant = ss * oo - so * so;
    if (!(determinant > 0)) return;
    const double step_slope = -(oo * gradient_slope - so * gradient_offset) / determinant;
    const double step_offset = -(ss * gradient_offset - so * gradient_slope) / determinant;
    const double descent = gradient_slope * step_slope + gradient_offset * step_offset;
    double step = 1;
    double next = loss(slope_ + step_slope, offset_ + step_offset);
    while (next > current + 1e-4 * step * descent && step > 1e-10) {
      step /= 2;
      next = loss(slope_ + step * step_slope, offset_ + step * step_offset);
    }
    if (step <= 1e-10) return;
    slope_ += step * step_slope;
    offset_ += step * step_offset;
    current = next;
  }
}

}  // namespace hub::predictor
