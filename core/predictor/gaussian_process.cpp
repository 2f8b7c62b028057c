#include "core/predictor/gaussian_process.hpp"

#include <algorithm>
#include <cmath>

#include "core/predictor/lower_product.hpp"
#include "core/predictor/squared_norms.hpp"

namespace hub::predictor {

GaussianProcess::GaussianProcess(LowerTriangle<double> k, Vector residual) : factorisation_(std::move(k)), residual_(std::move(residual)) {}

GaussianProcess GaussianProcess::with_factor(LowerTriangle<float> inverse_factor, Vector residual) {
  return with_factor(std::make_shared<const LowerTriangle<float>>(std::move(inverse_factor)), std::move(residual));
}

GaussianProcess GaussianProcess::with_factor(std::shared_ptr<const LowerTriangle<float>> inverse_factor, Vector residual) {
  GaussianProcess process;
  process.w_ = std::move(inverse_factor);
  process.residual_ = std::move(residual);
  process.solve();
  return process;
}

bool GaussianProcess::step() {
  if (!factorisation_) return false;
  if (factorisation_->step()) return true;
  const auto inverse = factorisation_->take_inverse();
  factorisation_.reset();
  w_ = std::make_shared<const LowerTriangle<float>>(LowerTriangle<float>::of(inverse));
  solve();
  return false;
}

void GaussianProcess::solve() {
  alpha_ = transposed_times(*w_, times(*w_, residual_));
  precision_.resize(size());
  for (Index j = 0; j < size(); ++j) precision_[j] = w_->column(j).cast<double>().squaredNorm();
}

Vector GaussianProcess::inverse_column(Index i) const {
  const Index n = size();
  // What is above the diagonal is 0 in both.
  Vector column(n);
  for (Index j = 0; j < n; ++j) {
    const Index below = n - std::max(i, j);
    column[j] = w_->column(j).tail(below).cast<double>().dot(w_->column(i).tail(below).cast<double>());
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
  auto w = std::make_shared<LowerTriangle<float>>(n + 1);
  for (Index j = 0; j <= n; ++j) {
    auto column = w->column(j);
    if (j < n) column.head(n - j) = w_->column(j);
    column[n - j] = static_cast<float>(row[j]);
    row[j] = static_cast<double>(column[n - j]);
  }
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
  // Rotations of neighbouring rows leave Wᵀ W as it is. They gather column i in the last row; without that row and column the rest is the
  // factor of what K⁻¹ becomes, K⁻¹ - p pᵀ / p_i with p its column i.
  // Column i says what the rotations are; each column is then gone through once.
  Vector cosines = Vector::Ones(n);
  Vector sines = Vector::Zero(n);
  const Vector gathering = w_->column(i).cast<double>();
  double gathered = gathering[0];
  for (Index row = i; row + 1 < n; ++row) {
    const double below = gathering[row + 1 - i];
    const double length = std::hypot(gathered, below);
    if (length != 0) {
      cosines[row] = below / length;
      sines[row] = gathered / length;
    }
    gathered = length;
  }
  auto w = std::make_shared<LowerTriangle<float>>(n - 1);
  for (Index column = 0; column < n; ++column) {
    if (column == i) continue;
    // From one row above the diagonal on, into which the first rotation brings something.
    Vector numbers = Vector::Zero(n + 1 - column);
    numbers.tail(n - column) = w_->column(column).cast<double>();
    const auto at = [&](Index row) -> double& { return numbers[row + 1 - column]; };
    for (Index row = std::max(i, column - 1); row + 1 < n; ++row) {
      const double upper = at(row);
      const double lower = at(row + 1);
      at(row) = cosines[row] * upper - sines[row] * lower;
      at(row + 1) = sines[row] * upper + cosines[row] * lower;
    }
    const Index to = column < i ? column : column - 1;
    auto rest = w->column(to);
    for (Index row = to; row + 1 < n; ++row) rest[row - to] = static_cast<float>(at(row));
  }
  w_ = std::move(w);
  for (Index k = i; k + 1 < n; ++k) residual_[k] = residual_[k + 1];
  residual_.conservativeResize(n - 1);
  solve();
}

}  // namespace hub::predictor
