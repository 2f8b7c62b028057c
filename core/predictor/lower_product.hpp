#pragma once

#include "core/predictor/lower_triangle.hpp"
#include "core/predictor/matrices.hpp"

namespace hub::predictor {

/// W x for lower triangular W, column by column, so that zeros above the diagonal are not visited.
/// @param x  W.cols() numbers. @return as many.
template <typename Number>
Vector times(const LowerTriangle<Number>& w, const Vector& x) {
  const Index n = w.rows();
  Vector result = Vector::Zero(n);
  for (Index j = 0; j < n; ++j) {
    if (x[j] != 0) result.tail(n - j) += x[j] * w.column(j).template cast<double>();
  }
  return result;
}

/// Wᵀ x.
template <typename Number>
Vector transposed_times(const LowerTriangle<Number>& w, const Vector& x) {
  const Index n = w.rows();
  Vector result(n);
  for (Index j = 0; j < n; ++j) result[j] = w.column(j).template cast<double>().dot(x.tail(n - j));
  return result;
}

}  // namespace hub::predictor
