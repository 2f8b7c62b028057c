#include "core/predictor/stack.hpp"

#include <algorithm>
#include <cmath>

namespace hub::predictor {

std::vector<double> stack_shares(const Vector& stars, std::span<const Vector> left_out, double penalty) {
  const std::size_t others = left_out.size() - 1;
  const Vector error = stars - left_out[0];
  std::vector<double> gram(others * others);
  std::vector<double> moment(others);
  for (std::size_t a = 0; a < others; ++a) {
    const Vector difference = left_out[a + 1] - left_out[0];
    moment[a] = difference.dot(error);
    for (std::size_t b = 0; b < others; ++b) gram[a * others + b] = difference.dot(left_out[b + 1] - left_out[0]);
    gram[a * others + a] += penalty;
  }
  // Coordinate descent: strictly convex and few dimensions, so it arrives at the only minimum.
  std::vector<double> weights(others, 0.0);
  for (int sweep = 0; sweep < 10000; ++sweep) {
    double moved = 0;
    for (std::size_t a = 0; a < others; ++a) {
      double gradient = moment[a];
      for (std::size_t b = 0; b < others; ++b) gradient -= gram[a * others + b] * weights[b];
      const double next = std::max(0.0, weights[a] + gradient / gram[a * others + a]);
      moved = std::max(moved, std::abs(next - weights[a]));
      weights[a] = next;
    }
    if (moved < 1e-12) break;
  }
  double sum = 0;
  for (const double weight : weights) sum += weight;
  const double scale = 1 / std::max(1.0, sum);
  std::vector<double> shares{std::max(0.0, 1 - sum * scale)};
  for (const double weight : weights) shares.push_back(weight * scale);
  return shares;
}

}  // namespace hub::predictor
