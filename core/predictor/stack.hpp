#pragma once

#include <span>
#include <vector>

#include "core/predictor/matrices.hpp"

namespace hub::predictor {

/// Shares of several estimators in a weighted mean, learnt from what each says of a rating without having seen it (stacked generalisation,
/// Wolpert 1992; non-negative, Breiman 1996).
///
/// With e the errors of the first estimator and d_k the differences of the others from it, the weights minimise ‖e - Σ w_k d_k‖² + penalty
/// ‖w‖² over w >= 0 and are divided by max(1, Σ w); the first estimator gets what is left. With few ratings nearly all stays with the first
/// estimator.
///
/// @param stars     n ratings (any origin, the same for all).
/// @param left_out  for each estimator its n leave-one-out predictions; at least one estimator.
/// @param penalty   above 0, stars².
/// @return          as many shares as estimators, each 0 … 1, summing to 1.
std::vector<double> stack_shares(const Vector& stars, std::span<const Vector> left_out, double penalty = 3);

}  // namespace hub::predictor
