#include "core/predictor/inducing_process.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

namespace hub::predictor {

namespace {

/// Works that are described alike make the covariances singular; this much of their own keeps the factor finite. Stars².
constexpr double jitter = 1e-4;
constexpr Index columns_at_once = 128;

DenseMatrix with_jitter(DenseMatrix k) {
  k.diagonal().array() += jitter;
  return k;
}

template <typename Right>
DenseMatrix lower_times(const DenseMatrix& w, const Right& right) {
  return w.triangularView<Eigen::Lower>() * right;
}

}  // namespace

InducingProcess::InducingProcess(DenseMatrix k, Index expected) : expected_(expected), factorisation_(with_jitter(std::move(k))) {}

void InducingProcess::add(const DenseMatrix& k, const Vector& variance, double noise, const Vector& residual) {
  const Index n = size();
  const Index more = k.cols();
  if (n + more > u_.cols()) u_.conservativeResize(w_.rows(), std::max({n + more, expected_, u_.cols() + u_.cols() / 16}));
  auto u = u_.middleCols(n, more);
  u.noalias() = lower_times(w_, k);
  noise_.conservativeResize(n + more);
  residual_.conservativeResize(n + more);
  noise_.tail(more) = (variance - u.colwise().squaredNorm().transpose()).cwiseMax(0).array() + noise;
  residual_.tail(more) = residual;
  const DenseMatrix scaled = u * noise_.tail(more).cwiseSqrt().cwiseInverse().asDiagonal();
  information_.selfadjointView<Eigen::Lower>().rankUpdate(scaled);
}

InducingProcess InducingProcess::with_more_noise(double more) const {
  InducingProcess other(*this);
  other.noise_.array() += more;
  other.information_ = DenseMatrix::Identity(inducing(), inducing());
  for (Index begin = 0; begin < size(); begin += columns_at_once) {
    const Index count = std::min(columns_at_once, size() - begin);
    const DenseMatrix scaled = u_.middleCols(begin, count) * other.noise_.segment(begin, count).cwiseSqrt().cwiseInverse().asDiagonal();
    other.information_.selfadjointView<Eigen::Lower>().rankUpdate(scaled);
  }
  other.covariance_.resize(0, 0);
  return other;
}

bool InducingProcess::step() {
  if (inversion_) {
    if (inversion_->step()) return true;
    covariance_ = inversion_->take();
    inversion_.reset();
    inverse_factor_.resize(0, 0);
    covariance_ = DenseMatrix(covariance_.selfadjointView<Eigen::Lower>());
    leverage_.resize(size());
    for (Index begin = 0; begin < size(); begin += columns_at_once) {
      const Index count = std::min(columns_at_once, size() - begin);
      const auto u = u_.middleCols(begin, count);
      leverage_.segment(begin, count) = (covariance_ * u).cwiseProduct(u).colwise().sum().transpose();
    }
    solve();
    return false;
  }
  if (!factorisation_) {
    factorisation_.emplace(information_);
    return true;
  }
  if (factorisation_->step()) return true;
  auto inverse_factor = factorisation_->take_inverse();
  factorisation_.reset();
  if (w_.size() == 0) {
    w_ = std::move(inverse_factor);
    information_ = DenseMatrix::Identity(w_.rows(), w_.rows());
    return false;
  }
  inverse_factor_ = std::move(inverse_factor);
  inversion_.emplace(inverse_factor_);
  return true;
}

void InducingProcess::solve() {
  const auto u = u_.leftCols(size());
  gamma_ = covariance_ * (u * residual_.cwiseQuotient(noise_));
  coefficients_ = w_.triangularView<Eigen::Lower>().transpose() * gamma_;
  weights_ = (residual_ - u.transpose() * gamma_).cwiseQuotient(noise_);
  precision_ = (noise_ - leverage_).cwiseQuotient(noise_.cwiseAbs2());
}

Vector InducingProcess::without(Index i) const {
  // Sherman and Morrison: B⁻¹ without u uᵀ / d is B⁻¹ + B⁻¹ u uᵀ B⁻¹ / (d - uᵀ B⁻¹ u).
  const Vector direction = covariance_ * u_.col(i);
  const double error = (residual_[i] - u_.col(i).dot(gamma_)) / (noise_[i] - leverage_[i]);
  return gamma_ - direction * error;
}

Vector InducingProcess::alpha_without(Index i) const {
  return w_.triangularView<Eigen::Lower>().transpose() * without(i);
}

Vector InducingProcess::alpha_without(const std::vector<Index>& part) const {
  DenseMatrix scaled(inducing(), static_cast<Index>(part.size()));
  Vector moment = u_.leftCols(size()) * residual_.cwiseQuotient(noise_);
  for (std::size_t k = 0; k < part.size(); ++k) {
    const Index i = part[k];
    scaled.col(static_cast<Index>(k)) = u_.col(i) / std::sqrt(noise_[i]);
    moment -= u_.col(i) * (residual_[i] / noise_[i]);
  }
  DenseMatrix information = information_;
  information.selfadjointView<Eigen::Lower>().rankUpdate(scaled, -1);
  const Vector gamma = information.selfadjointView<Eigen::Lower>().llt().solve(moment);
  return w_.triangularView<Eigen::Lower>().transpose() * gamma;
}

Vector InducingProcess::explained_variance(const DenseMatrix& k) const {
  const DenseMatrix u = lower_times(w_, k);
  return (u - covariance_ * u).cwiseProduct(u).colwise().sum().transpose();
}

Vector InducingProcess::moves(const Vector& k) const {
  const Vector u = w_.triangularView<Eigen::Lower>() * k;
  // K⁻¹ Uᵀ u = D⁻¹ Uᵀ B⁻¹ u.
  const Vector solved = (u_.leftCols(size()).transpose() * (covariance_ * u)).cwiseQuotient(noise_);
  return -weights_.cwiseProduct(solved).cwiseQuotient(precision_);
}

Vector InducingProcess::carried(const Vector& k, Index left_out) const {
  const auto ratings = u_.leftCols(size());
  const Vector gamma = left_out < 0 ? gamma_ : without(left_out);
  Vector shares = (residual_ - ratings.transpose() * gamma).cwiseQuotient(noise_);
  if (left_out >= 0) shares[left_out] = 0;
  const Vector u = w_.triangularView<Eigen::Lower>() * k;
  return shares.cwiseProduct(ratings.transpose() * u);
}

void InducingProcess::change(Index i, double residual) {
  residual_[i] = residual;
  solve();
}

void InducingProcess::append(const Vector& k, double variance, double noise, double residual) {
  add(k, Vector::Constant(1, variance), noise, Vector::Constant(1, residual));
  const Index i = size() - 1;
  const Vector direction = covariance_ * u_.col(i);
  const double scale = 1 / (noise_[i] + u_.col(i).dot(direction));
  covariance_ -= (scale * direction) * direction.transpose();
  const Vector along = u_.leftCols(i).transpose() * direction;
  leverage_ -= scale * along.cwiseAbs2();
  leverage_.conservativeResize(i + 1);
  leverage_[i] = u_.col(i).dot(covariance_ * u_.col(i));
  solve();
}

void InducingProcess::remove(Index i) {
  const Index last = size() - 1;
  const Vector direction = covariance_ * u_.col(i);
  const double scale = 1 / (noise_[i] - leverage_[i]);
  covariance_ += (scale * direction) * direction.transpose();
  const Vector along = u_.leftCols(size()).transpose() * direction;
  leverage_ += scale * along.cwiseAbs2();
  const Vector scaled = u_.col(i) / std::sqrt(noise_[i]);
  information_.selfadjointView<Eigen::Lower>().rankUpdate(scaled, -1);
  for (Index k = i; k < last; ++k) {
    u_.col(k) = u_.col(k + 1).eval();
    noise_[k] = noise_[k + 1];
    residual_[k] = residual_[k + 1];
    leverage_[k] = leverage_[k + 1];
  }
  noise_.conservativeResize(last);
  residual_.conservativeResize(last);
  leverage_.conservativeResize(last);
  solve();
}

}  // namespace hub::predictor
