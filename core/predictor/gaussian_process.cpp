#include "core/predictor/gaussian_process.hpp"

#include <algorithm>
#include <cmath>

#include "core/predictor/squared_norms.hpp"

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
  process.w_ = std::make_shared<const DenseMatrix>(std::move(inverse_factor));
  process.residual_ = std::move(residual);
  process.solve();
  return process;
}

bool GaussianProcess::step() {
  if (!factorisation_) return false;
  if (factorisation_->step()) return true;
  w_ = std::make_shared<const DenseMatrix>(factorisation_->take_inverse());
  factorisation_.reset();
  solve();
  return false;
}

void GaussianProcess::solve() {
  alpha_ = transposed_times(*w_, times(*w_, residual_));
  precision_ = w_->colwise().squaredNorm().transpose();
}

Vector GaussianProcess::inverse_column(Index i) const {
  const Index n = size();
  // What is above the diagonal is 0 in both.
  Vector column(n);
  for (Index j = 0; j < n; ++j) {
    const Index below = n - std::max(i, j);
    column[j] = w_->col(j).tail(below).dot(w_->col(i).tail(below));
  }
  return column;
}

Vector GaussianProcess::alpha_without(Index i) const {
  Vector alpha = alpha_ - inverse_column(i) * (alpha_[i] / precision_[i]);
  alpha[i] = 0;
  return alpha;
}

Vector GaussianProcess::explained_variance(const DenseMatrix& k) const {
  constexpr Index few = 4;
  if (k.cols() >= few) return SquaredNorms(*w_).of(k);
  // Another copy of the factor would take longer than using it.
  Vector sums(k.cols());
  for (Index i = 0; i < k.cols(); ++i) sums[i] = times(*w_, k.col(i)).squaredNorm();
  return sums;
}

Vector GaussianProcess::moves(const Vector& k) const {
  return -alpha_.cwiseProduct(transposed_times(*w_, times(*w_, k))).cwiseQuotient(precision_);
}

void GaussianProcess::change(Index i, double residual) {
  residual_[i] = residual;
  alpha_ = transposed_times(*w_, times(*w_, residual_));
}

void GaussianProcess::append(const Vector& k, double variance, double residual) {
  const Index n = size();
  const Vector l = times(*w_, k);
  const double pivot = std::sqrt(std::max(variance - l.squaredNorm(), 1e-12));
  Vector row(n + 1);
  row.head(n) = -transposed_times(*w_, l) / pivot;
  row[n] = 1 / pivot;
  auto w = std::make_shared<DenseMatrix>(n + 1, n + 1);
  w->topLeftCorner(n, n) = *w_;
  w->col(n).setZero();
  w->row(n) = row.transpose();
  w_ = std::move(w);
  const auto append_to = [n](Vector& values, double value) {
    values.conservativeResize(n + 1);
    values[n] = value;
  };
  append_to(residual_, residual);
  append_to(alpha_, 0);
  append_to(precision_, 0);
  // K⁻¹ = Wᵀ W has one more product of a row of W with itself.
  alpha_ += row * row.dot(residual_);
  precision_ += row.cwiseAbs2();
}

void GaussianProcess::remove(Index i) {
  const Index n = size();
  DenseMatrix w = *w_;
  // Rotations of neighbouring rows leave Wᵀ W as it is. They gather column i in the last row; without that row and column the rest is the
  // factor of what K⁻¹ becomes, K⁻¹ - p pᵀ / p_i with p its column i.
  // Column i says what the rotations are; each column is then gone through once.
  Vector cosines = Vector::Ones(n);
  Vector sines = Vector::Zero(n);
  double gathered = w(i, i);
  for (Index row = i; row + 1 < n; ++row) {
    const double below = w(row + 1, i);
    const double length = std::hypot(gathered, below);
    if (length != 0) {
      cosines[row] = below / length;
      sines[row] = gathered / length;
    }
    gathered = length;
  }
  for (Index column = 0; column < n; ++column) {
    for (Index row = std::max(i, column - 1); row + 1 < n; ++row) {
      const double upper = w(row, column);
      const double lower = w(row + 1, column);
      w(row, column) = cosines[row] * upper - sines[row] * lower;
      w(row + 1, column) = sines[row] * upper + cosines[row] * lower;
    }
  }
  for (Index column = i; column + 1 < n; ++column) w.col(column) = w.col(column + 1);
  w.conservativeResize(n - 1, n - 1);
  for (Index column = 1; column < n - 1; ++column) w.col(column).head(column).setZero();
  w_ = std::make_shared<const DenseMatrix>(std::move(w));
  for (Index k = i; k + 1 < n; ++k) residual_[k] = residual_[k + 1];
  residual_.conservativeResize(n - 1);
  solve();
}

}  // namespace hub::predictor
