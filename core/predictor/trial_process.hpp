#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/predictor/fit.hpp"

namespace hub::predictor {

/// Begins the exact process of some ratings alone, under a weighted sum of kernels, for a trial of whether a kernel helps; call step()
/// until it says false.
/// @param rows  of Ratings::works; each of them has a text where that kernel has a weight.
inline GaussianProcess trial_process(const Ratings& ratings, std::span<const std::uint32_t> rows, const Weights& weights) {
  const auto n = static_cast<Index>(rows.size());
  LowerTriangle<double> k(n);
  Vector residual(n);
  std::vector<double> covariances(ratings.works->size());
  for (Index i = 0; i < n; ++i) {
    const auto row = rows[static_cast<std::size_t>(i)];
    ratings.works->covariances(ratings.works->point(row), weights, covariances);
    for (Index j = 0; j <= i; ++j) k(i, j) = covariances[rows[static_cast<std::size_t>(j)]];
    k(i, i) += weights.noise;
    residual[i] = ratings.residual[static_cast<Index>(row)];
  }
  return GaussianProcess(std::move(k), std::move(residual));
}

}  // namespace hub::predictor
