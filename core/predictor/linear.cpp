#include "core/predictor/linear.hpp"

#include <Eigen/Cholesky>
#include <cmath>

namespace hub::predictor {

features::Group group_of(Term term) {
  switch (term) {
    case Term::constant: return features::Group::habit;
    case Term::community:
    case Term::unknown_public: return features::Group::community;
    case Term::votes: return features::Group::popularity;
    case Term::year: return features::Group::era;
    case Term::length: return features::Group::length;
  }
  return features::Group::habit;
}

Terms terms_of(const features::Encoded& item) {
  const auto or_mean = [](double value) { return std::isnan(value) ? 0.0 : value; };
  Terms terms;
  terms << 1.0, 2 * item.community, or_mean(item.votes), or_mean(item.year), or_mean(item.length), item.has_community ? 0.0 : 1.0;
  return terms;
}

const Terms& term_variances() {
  static const Terms variances = (Terms() << 0.255, 0.148, 0.081, 0.038, 0.008, 0.3).finished();
  return variances;
}

const Terms& habit_variances() {
  static const Terms variances = (Terms() << term_variances()[0], 0, 0, 0, 0, 0).finished();
  return variances;
}

Linear::Linear() : Linear(std::span<const Terms>{}, std::span<const double>{}) {}

Linear::Linear(std::span<const Terms> terms, std::span<const double> residual, const Terms& variances)
    : seen_(terms.begin(), terms.end()), residual_(residual.begin(), residual.end()) {
  using Square = Eigen::Matrix<double, term_count, term_count>;
  Square information = Square::Zero();
  Terms moment = Terms::Zero();
  for (std::size_t i = 0; i < seen_.size(); ++i) {
    information += seen_[i] * seen_[i].transpose() / linear_noise;
    moment += seen_[i] * residual_[i] / linear_noise;
  }
  // (V⁻¹ + M)⁻¹ = S (1 + S M S)⁻¹ S with S² = V, where variances may be 0.
  const Terms scale = variances.cwiseSqrt();
  const Square scaled = Square::Identity() + scale.asDiagonal() * information * scale.asDiagonal();
  covariance_ = scale.asDiagonal() * scaled.llt().solve(Square(scale.asDiagonal()));
  weights_ = covariance_ * moment;
}

Estimate Linear::predict(const Terms& x) const {
  return {weights_.dot(x), linear_noise + x.dot(covariance_ * x)};
}

std::vector<Estimate> Linear::leave_one_out() const {
  std::vector<Estimate> left_out(seen_.size());
  for (std::size_t i = 0; i < seen_.size(); ++i) {
    const double leverage = seen_[i].dot(covariance_ * seen_[i]) / linear_noise;
    const double error = (residual_[i] - weights_.dot(seen_[i])) / (1 - leverage);
    left_out[i] = {residual_[i] - error, linear_noise / (1 - leverage)};
  }
  return left_out;
}

Eigen::VectorXd Linear::alpha() const {
  Eigen::VectorXd alpha(static_cast<Eigen::Index>(seen_.size()));
  for (std::size_t j = 0; j < seen_.size(); ++j)
    alpha[static_cast<Eigen::Index>(j)] = (residual_[j] - weights_.dot(seen_[j])) / linear_noise;
  return alpha;
}

Eigen::VectorXd Linear::alpha_without(std::size_t i) const {
  const Terms direction = covariance_ * seen_[i];
  const double leverage = seen_[i].dot(direction) / linear_noise;
  const double error = (residual_[i] - weights_.dot(seen_[i])) / (1 - leverage);
  const Terms weights = weights_ - direction * (error / linear_noise);
  Eigen::VectorXd alpha(static_cast<Eigen::Index>(seen_.size()));
  for (std::size_t j = 0; j < seen_.size(); ++j)
    alpha[static_cast<Eigen::Index>(j)] = (residual_[j] - weights.dot(seen_[j])) / linear_noise;
  alpha[static_cast<Eigen::Index>(i)] = 0;
  return alpha;
}

std::vector<double> Linear::moves(const Terms& x) const {
  std::vector<double> moves;
  moves.reserve(seen_.size());
  for (std::size_t i = 0; i < seen_.size(); ++i) {
    const Terms direction = covariance_ * seen_[i];
    const double leverage = seen_[i].dot(direction) / linear_noise;
    const double error = (residual_[i] - weights_.dot(seen_[i])) / (1 - leverage);
    moves.push_back(-x.dot(direction) * error / linear_noise);
  }
  return moves;
}

}  // namespace hub::predictor
