#include "core/predictor/inducing_process.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/predictor/lower_product.hpp"
#include "core/predictor/product.hpp"

namespace hub::predictor {

namespace {

/// Works that are described alike make the covariances singular; this much of their own keeps the factor finite. Stars².
constexpr double jitter = 1e-4;
/// Works asked about at once, from so many on, are worth laying out a factor for.
constexpr Index few = 4;

DenseMatrix with_jitter(DenseMatrix k) {
  k.diagonal().array() += jitter;
  return k;
}

Vector without_entry(const Vector& values, Index i) {
  Vector rest(values.size() - 1);
  rest << values.head(i), values.tail(rest.size() - i);
  return rest;
}

Vector with_entry(const Vector& values, double value) {
  Vector longer(values.size() + 1);
  longer << values, value;
  return longer;
}

}  // namespace

InducingProcess::InducingProcess(DenseMatrix k) : u_(k.rows()), information_(DenseMatrix::Identity(k.rows(), k.rows())) {
  factorisation_.emplace(LowerTriangle<double>::of(with_jitter(std::move(k))));
}

void InducingProcess::add(const DenseMatrix& k, const Vector& variance, double noise, const Vector& residual) {
  const Index n = size();
  const Index more = k.cols();
  const DenseMatrix u = whitened(k);
  u_.append(u);
  noise_.conservativeResize(n + more);
  residual_.conservativeResize(n + more);
  noise_.tail(more) = (variance - u.colwise().squaredNorm().transpose()).cwiseMax(0).array() + noise;
  residual_.tail(more) = residual;
}

InducingProcess InducingProcess::with_more_noise(double more) const {
  InducingProcess other(*this);
  other.noise_.array() += more;
  other.information_ = DenseMatrix::Identity(inducing(), inducing());
  other.v_.clear();
  return other;
}

bool InducingProcess::step() {
  if (factorisation_) {
    if (factorisation_->step()) return true;
    auto factor = factorisation_->take_inverse();
    factorisation_.reset();
    block_ = 0;
    if (!w_) {
      w_ = std::make_shared<const LowerTriangle<float>>(LowerTriangle<float>::of(factor));
      return false;
    }
    v_ = std::move(factor);
    norms_.emplace(v_);
    leverage_.resize(0);
    return true;
  }
  if (v_.rows() == 0) {
    Index begin = 0;
    for (std::size_t before = 0; before < block_; ++before) begin += u_.block(before).cols();
    const auto& u = u_.block(block_);
    add_information(u, noise_.segment(begin, u.cols()));
    if (++block_ == u_.blocks()) factorisation_.emplace(LowerTriangle<double>::of(information_));
    return true;
  }
  const Vector more = norms_->of(u_.block(block_).cast<double>());
  leverage_.conservativeResize(leverage_.size() + more.size());
  leverage_.tail(more.size()) = more;
  if (++block_ < u_.blocks()) return true;
  block_ = 0;
  norms_.reset();
  solve();
  return false;
}

/// W k, the u of works whose covariances with the inducing ones are k.
DenseMatrix InducingProcess::whitened(const DenseMatrix& k) const {
  DenseMatrix u = DenseMatrix::Zero(k.rows(), k.cols());
  if (k.cols() < few) {
    for (Index j = 0; j < k.cols(); ++j) u.col(j) = times(*w_, k.col(j));
    return u;
  }
  for (Index place = 0; place < w_->blocks(); ++place) {
    const Index begin = place * LowerTriangle<float>::width;
    const auto block = w_->block(place);
    add_product(u.bottomRows(block.rows()), 1, Panels(block.cast<double>()), Panels(k.middleRows(begin, block.cols()).transpose()));
  }
  return u;
}

void InducingProcess::add_information(const SharedColumns::Block& u, const Vector& noise) {
  const DenseMatrix scaled = u.cast<double>() * noise.cwiseSqrt().cwiseInverse().asDiagonal();
  const Panels panels(scaled);
  add_product(information_, 1, panels, panels, Shape::lower_sum);
}

void InducingProcess::solve() {
  gamma_ = covariance_times(u_.times(residual_.cwiseQuotient(noise_)));
  coefficients_ = transposed_times(*w_, gamma_);
  weights_ = (residual_ - u_.products(gamma_)).cwiseQuotient(noise_);
  precision_ = (noise_ - leverage_).cwiseQuotient(noise_.cwiseAbs2());
}

/// B⁻¹ x.
Vector InducingProcess::covariance_times(const Vector& x) const {
  return transposed_times(v_, times(v_, x));
}

Vector InducingProcess::without(Index i) const {
  // Sherman and Morrison: B⁻¹ without u uᵀ / d is B⁻¹ + B⁻¹ u uᵀ B⁻¹ / (d - uᵀ B⁻¹ u).
  const Vector u = u_.column(i);
  const double error = (residual_[i] - u.dot(gamma_)) / (noise_[i] - leverage_[i]);
  return gamma_ - covariance_times(u) * error;
}

Vector InducingProcess::alpha_without(Index i) const {
  return transposed_times(*w_, without(i));
}

Vector InducingProcess::alpha_without(const std::vector<Index>& part) const {
  Vector kept = residual_.cwiseQuotient(noise_);
  for (const Index i : part) kept[i] = 0;
  DenseMatrix information = information_;
  for (std::size_t begin = 0; begin < part.size(); begin += SharedColumns::most_in_block) {
    const auto end = std::min(part.size(), begin + SharedColumns::most_in_block);
    DenseMatrix scaled(inducing(), static_cast<Index>(end - begin));
    for (std::size_t k = begin; k < end; ++k) scaled.col(static_cast<Index>(k - begin)) = u_.column(part[k]) / std::sqrt(noise_[part[k]]);
    const Panels panels(scaled);
    add_product(information, -1, panels, panels, Shape::lower_sum);
  }
  const Vector gamma = information.selfadjointView<Eigen::Lower>().llt().solve(u_.times(kept));
  return transposed_times(*w_, gamma);
}

Vector InducingProcess::explained_variance(const DenseMatrix& k) const {
  const DenseMatrix u = whitened(k);
  const Vector before = u.colwise().squaredNorm().transpose();
  if (u.cols() >= few) return before - SquaredNorms(v_).of(u);
  Vector explained = before;
  for (Index i = 0; i < u.cols(); ++i) explained[i] -= times(v_, u.col(i)).squaredNorm();
  return explained;
}

Vector InducingProcess::moves(const Vector& k) const {
  // K⁻¹ Uᵀ u = D⁻¹ Uᵀ B⁻¹ u.
  const Vector solved = u_.products(covariance_times(whitened(k).col(0))).cwiseQuotient(noise_);
  return -weights_.cwiseProduct(solved).cwiseQuotient(precision_);
}

Vector InducingProcess::carried(const Vector& k, Index left_out) const {
  Vector shares = weights_;
  if (left_out >= 0) {
    shares = (residual_ - u_.products(without(left_out))).cwiseQuotient(noise_);
    shares[left_out] = 0;
  }
  return shares.cwiseProduct(u_.products(whitened(k).col(0)));
}

void InducingProcess::change(Index i, double residual) {
  residual_[i] = residual;
  solve();
}

void InducingProcess::append(const Vector& k, double variance, double noise, double residual) {
  add(k, Vector::Constant(1, variance), noise, Vector::Constant(1, residual));
  const Index i = size() - 1;
  const Vector u = u_.column(i);
  const Vector direction = covariance_times(u);
  const double before = u.dot(direction);
  const double scale = 1 / (noise_[i] + before);
  // Sherman and Morrison again, this time with u uᵀ / d.
  leverage_ = with_entry(leverage_, before) - scale * u_.products(direction).cwiseAbs2();
  update_factor(u, 1 / noise_[i]);
  solve();
}

void InducingProcess::remove(Index i) {
  const Vector u = u_.column(i);
  const Vector direction = covariance_times(u);
  const double scale = 1 / (noise_[i] - u.dot(direction));
  leverage_ = without_entry(leverage_ + scale * u_.products(direction).cwiseAbs2(), i);
  update_factor(u, -1 / noise_[i]);
  u_.remove(i);
  noise_ = without_entry(noise_, i);
  residual_ = without_entry(residual_, i);
  solve();
}

/// V becomes the factor of B + scale · u uᵀ: with p = V u it is L⁻¹ V for the Cholesky factor L of 1 + scale · p pᵀ, whose inverse is known
/// row by row. Of numbers x with these covariances, what the first i say of the next is scale · p_i (p · x) / s, s = 1 + scale · ‖p‖² over
/// those i, and what is left of its variance is the s after it by that before it.
void InducingProcess::update_factor(const Vector& u, double scale) {
  const Vector p = times(v_, u);
  const Index m = p.size();
  Vector keep(m);
  Vector take(m);
  double before = 1;
  for (Index i = 0; i < m; ++i) {
    const double after = before + scale * p[i] * p[i];
    keep[i] = std::sqrt(before / after);
    take[i] = scale * p[i] / before * keep[i];
    before = after;
  }
  for (Index column = 0; column < m; ++column) {
    double product = 0;
    for (Index i = column; i < m; ++i) {
      const double x = v_(i, column);
      v_(i, column) = keep[i] * x - take[i] * product;
      product += p[i] * x;
    }
  }
}

}  // namespace hub::predictor
