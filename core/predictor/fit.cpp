#include "core/predictor/fit.hpp"

#include <algorithm>
#include <cmath>

#include "core/predictor/stack.hpp"

namespace hub::predictor {

Vector Ratings::own_residual() const {
  Vector values(static_cast<Index>(own.size()));
  for (std::size_t k = 0; k < own.size(); ++k) values[static_cast<Index>(k)] = residual[static_cast<Index>(own[k])];
  return values;
}

bool Limits::is_exact(std::size_t ratings, std::size_t all) const {
  const auto product = static_cast<double>(ratings) * static_cast<double>(all);
  return ratings <= exact && product <= 2 * static_cast<double>(exact) * static_cast<double>(exact);
}

std::size_t Limits::inducing(std::size_t ratings, std::size_t all) const {
  if (is_exact(ratings, all)) return ratings;
  const auto affordable = static_cast<std::size_t>(std::sqrt(work / static_cast<double>(std::max(ratings, all))));
  return std::min(ratings, affordable);
}

std::array<LinearEstimator, 2> linear_estimators(const Fit& fit) {
  return {{{Estimator::linear, fit.linear, linear_weights()}, {Estimator::habit, fit.habit, habit_weights()}}};
}

void fit_linear(Fit& fit, const Ratings& ratings) {
  std::vector<Terms> terms;
  std::vector<double> residual;
  for (const auto row : ratings.own) {
    terms.push_back(ratings.works->terms(row));
    residual.push_back(ratings.residual[static_cast<Index>(row)]);
  }
  fit.linear = Linear(terms, residual);
  fit.habit = Linear(terms, residual, habit_variances());
}

void share_out(Fit& fit, const Ratings& ratings) {
  fit_linear(fit, ratings);
  std::vector<Estimator> present{Estimator::gaussian_process, Estimator::linear, Estimator::habit};
  for (std::size_t k = 1; k < fit.processes.size(); ++k) present.push_back(fit.processes[k].estimator);
  std::vector<Vector> left_out;
  left_out.reserve(present.size());
  for (const auto estimator : present) left_out.push_back(left_out_by(fit, ratings, estimator));
  const auto shares = stack_shares(ratings.own_residual(), left_out, fit.settings.stack_penalty);
  fit.shares = {};
  for (std::size_t k = 0; k < present.size(); ++k) fit.shares[index_of(present[k])] = shares[k];
}

void combine(Fit& fit, const Ratings& ratings) {
  fit.combination = Combination(ratings.works, members_of(fit, ratings));
  fit.main = {};
  if (fit.trees) {
    const auto& one = fit.processes.front();
    Member member{one.weights, 1, Vector::Zero(static_cast<Index>(ratings.works->size()))};
    for (std::size_t k = 0; k < one.rows.size(); ++k) member.alpha[static_cast<Index>(one.rows[k])] = one.alpha()[static_cast<Index>(k)];
    fit.main = Combination(ratings.works, {std::move(member)});
  }
  // The ratings are in a random order, so that some of them will do for a mean.
  constexpr std::size_t enough = 200;
  const auto count = std::min(enough, ratings.size());
  fit.typical = {};
  for (std::size_t k = 0; k < count; ++k) {
    const auto parts = fit.combination.parts(ratings.works->point(ratings.own[k]));
    for (std::size_t kernel = 0; kernel < kernel_count; ++kernel) fit.typical.of[kernel] += parts.of[kernel] / static_cast<double>(count);
  }
}

std::array<double, estimator_count> blended_shares(const Fit& fit) {
  auto shares = fit.shares;
  for (auto& share : shares) share *= 1 - fit.tree_share;
  shares[index_of(Estimator::gaussian_process)] += fit.tree_share / 2;
  shares[index_of(Estimator::linear)] += fit.tree_share / 2;
  return shares;
}

std::vector<Member> members_of(const Fit& fit, const Ratings& ratings, const std::size_t* left_out) {
  const auto shares = blended_shares(fit);
  const auto all = static_cast<Index>(ratings.works->size());
  std::vector<Member> members;
  for (const auto& one : fit.processes) {
    const double share = shares[index_of(one.estimator)];
    if (share == 0) continue;
    const Index without = left_out == nullptr ? -1 : one.place_of(ratings.own[*left_out]);
    const Vector alpha = without < 0 ? one.alpha() : one.alpha_without(without);
    Member member{one.weights, share, Vector::Zero(all)};
    for (std::size_t k = 0; k < one.rows.size(); ++k) member.alpha[static_cast<Index>(one.rows[k])] = alpha[static_cast<Index>(k)];
    members.push_back(std::move(member));
  }
  for (const auto& [estimator, linear, weights] : linear_estimators(fit)) {
    const double share = shares[index_of(estimator)];
    if (share == 0) continue;
    const Vector alpha = left_out != nullptr ? linear.alpha_without(*left_out) : linear.alpha();
    Member member{weights, share, Vector::Zero(all)};
    for (std::size_t k = 0; k < ratings.own.size(); ++k) member.alpha[static_cast<Index>(ratings.own[k])] = alpha[static_cast<Index>(k)];
    members.push_back(std::move(member));
  }
  return members;
}

Vector left_out_by(const Fit& fit, const Ratings& ratings, Estimator estimator) {
  Vector values = Vector::Zero(static_cast<Index>(ratings.size()));
  for (const auto& [name, linear, weights] : linear_estimators(fit)) {
    if (name != estimator) continue;
    const auto estimates = linear.leave_one_out();
    for (std::size_t k = 0; k < estimates.size(); ++k) values[static_cast<Index>(k)] = estimates[k].value;
    return values;
  }
  for (const auto& one : fit.processes) {
    if (one.estimator != estimator) continue;
    const Vector left_out = one.left_out();
    std::vector<Index> place(ratings.works->size(), -1);
    for (std::size_t k = 0; k < one.ratings.size(); ++k) place[one.ratings[k]] = static_cast<Index>(k);
    for (std::size_t k = 0; k < ratings.size(); ++k) values[static_cast<Index>(k)] = left_out[place[ratings.own[k]]];
  }
  return values;
}

Vector left_out_variance(const Fit& fit, const Ratings& ratings) {
  return fit.processes.front().precision().head(static_cast<Index>(ratings.size())).cwiseInverse();
}

Vector blended_left_out(const Fit& fit, const Ratings& ratings) {
  const auto shares = blended_shares(fit);
  Vector sum = Vector::Zero(static_cast<Index>(ratings.size()));
  for (std::size_t e = 0; e < estimator_count; ++e) {
    if (shares[e] != 0) sum += shares[e] * left_out_by(fit, ratings, static_cast<Estimator>(e));
  }
  return sum;
}

std::size_t reach_of(const Fit& fit) {
  std::size_t reach = std::max(fit.combination.reach(), fit.main.reach());
  for (const auto& one : fit.processes) reach = std::max(reach, falls_off(one.weights) ? one.reach() : 0);
  return reach;
}

std::vector<double> carried(const Fit& fit, const Ratings& ratings, std::span<const Member> members, const Likeness& x,
                            const std::size_t* left_out) {
  const auto shares = blended_shares(fit);
  const auto& works = *ratings.works;
  std::vector<double> sums(works.size(), 0.0);
  std::vector<double> covariances;
  // A coefficient of a rated work times its covariance is the share of its rating.
  const auto add = [&](const Member& member, std::size_t reach) {
    covariances.resize(reach);
    works.covariances(x, member.weights, covariances);
    for (std::size_t i = 0; i < reach; ++i) sums[i] += member.share * member.alpha[static_cast<Index>(i)] * covariances[i];
  };
  auto member = members.begin();
  for (const auto& one : fit.processes) {
    const double share = shares[index_of(one.estimator)];
    if (share == 0) continue;
    if (one.exact()) {
      add(*member, one.reach());
    } else {
      const Index without = left_out == nullptr ? -1 : one.place_of(ratings.own[*left_out]);
      const Vector by_rating = one.carried(one.covariances(works, x), without);
      for (std::size_t k = 0; k < one.ratings.size(); ++k) sums[one.ratings[k]] += share * by_rating[static_cast<Index>(k)];
    }
    ++member;
  }
  for (; member != members.end(); ++member) add(*member, works.size());
  return sums;
}

}  // namespace hub::predictor
