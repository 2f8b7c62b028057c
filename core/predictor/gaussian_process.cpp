#include "core/predictor/gaussian_process.hpp"

#include <cmath>

namespace hub::predictor {

namespace {

/// W x for lower triangular W, column by column, so that zeros above the diagonal are not visited.
Vector times(const DenseMatrix& w, const Vector& x) {
  const Index n = w.rows();
  Vector result = Vector::Zero(n);
  for (Index j = 0; j < n; ++j) {
    if (x[j] != 0) result.tail(n - j) += x[j] * w.col(j).tail(n - j);
  }
  return result;
}

/// Wᵀ x.
Vector transposed_times(const DenseMatrix& w, const Vector& x) {
  const Index n = w.rows();
  Vector result(n);
  for (Index j = 0; j < n; ++j) result[j] = w.col(j).tail(n - j).dot(x.tail(n - j));
  return result;
}

}  // namespace

GaussianProcess::GaussianProcess(DenseMatrix k, Vector residual) : factorisation_(std::move(k)), residual_(std::move(residual)) {}

GaussianProcess GaussianProcess::with_factor(DenseMatrix inverse_factor, Vector residual) {
  GaussianProcess process;
  process.w_ = std::move(inverse_factor);
  process.residual_ = std::move(residual);
  process.solve();
  return process;
}

bool GaussianProcess::step() {
  if (!factorisation_) return false;
  if (factorisation_->step()) return true;
  w_ = factorisation_->take_inverse();
  factorisation_.reset();
  solve();
  return false;
}

void GaussianProcess::solve() {
  alpha_ = transposed_times(w_, times(w_, residual_));
  precision_ = w_.colwise().squaredNorm().transpose();
}

Vector GaussianProcess::inverse_column(Index i) const {
  const Index n = size();
  Vector column = Vector::Zero(n);
  column.tail(n - i) = w_.col(i).tail(n - i);
  return transposed_times(w_, column);
}

Vector GaussianProcess::alpha_without(Index i) const {
  Vector alpha = alpha_ - inverse_column(i) * (alpha_[i] / precision_[i]);
  alpha[i] = 0;
  return alpha;
}

Vector GaussianProcess::explained_variance(const DenseMatrix& k) const {
  // Most of the work of predicting thousands of works. Half the width is twice as fast, and right to about 1e-5 stars².
  using Halves = Eigen::MatrixXf;
  constexpr Index rows_at_once = 128;
  const Index n = size();
  const Halves covariances = k.cast<float>();
  Vector sums = Vector::Zero(k.cols());
  for (Index row = 0; row < n; row += rows_at_once) {
    const Index rows = std::min(rows_at_once, n - row);
    const Halves factor = w_.block(row, 0, rows, row + rows).cast<float>();
    const Halves part = factor * covariances.topRows(row + rows);
    sums += part.colwise().squaredNorm().transpose().cast<double>();
  }
  return sums;
}

Vector GaussianProcess::moves(const Vector& k) const {
  return -alpha_.cwiseProduct(transposed_times(w_, times(w_, k))).cwiseQuotient(precision_);
}

void GaussianProcess::change(Index i, double residual) {
  residual_[i] = residual;
  alpha_ = transposed_times(w_, times(w_, residual_));
}

void GaussianProcess::append(const Vector& k, double variance, double residual) {
  const Index n = size();
  const Vector l = times(w_, k);
  const double pivot = std::sqrt(std::max(variance - l.squaredNorm(), 1e-12));
  w_.conservativeResize(n + 1, n + 1);
  w_.col(n).setZero();
  w_.row(n).head(n) = -transposed_times(w_.topLeftCorner(n, n), l).transpose() / pivot;
  w_(n, n) = 1 / pivot;
  residual_.conservativeResize(n + 1);
  residual_[n] = residual;
  solve();
}

void GaussianProcess::remove(Index i) {
  const Index n = size();
  // Rotations of neighbouring rows leave Wᵀ W as it is. They gather column i in the last row; without that row and column the rest is the
  // factor of what K⁻¹ becomes, K⁻¹ - p pᵀ / p_i with p its column i.
  for (Index row = i; row + 1 < n; ++row) {
    const double a = w_(row, i);
    const double b = w_(row + 1, i);
    const double length = std::hypot(a, b);
    if (length == 0) continue;
    const double cosine = b / length;
    const double sine = a / length;
    for (Index column = 0; column <= row + 1; ++column) {
      const double upper = w_(row, column);
      const double lower = w_(row + 1, column);
      w_(row, column) = cosine * upper - sine * lower;
      w_(row + 1, column) = sine * upper + cosine * lower;
    }
  }
  for (Index column = i; column + 1 < n; ++column) w_.col(column) = w_.col(column + 1);
  w_.conservativeResize(n - 1, n - 1);
  for (Index column = 1; column < n - 1; ++column) w_.col(column).head(column).setZero();
  for (Index k = i; k + 1 < n; ++k) residual_[k] = residual_[k + 1];
  residual_.conservativeResize(n - 1);
  solve();
}

}  // namespace hub::predictor
