#include <cmath>

#include "core/predictor/interval.hpp"
#include "core/predictor/stack.hpp"
#include "core/predictor/state.hpp"

namespace hub::predictor {

namespace {

constexpr std::size_t fewest_ratings_for_scores = 5;

double root_mean_square(const Vector& errors) {
  return std::sqrt(errors.squaredNorm() / static_cast<double>(errors.size()));
}

/// Share of ratings inside an interval whose width was learnt from the other folds.
double honest_coverage(const std::vector<double>& scores) {
  std::size_t inside = 0;
  for (std::size_t fold = 0; fold < fold_count; ++fold) {
    std::vector<double> others;
    for (std::size_t i = 0; i < scores.size(); ++i) {
      if (i % fold_count != fold) others.push_back(scores[i]);
    }
    const double width = interval_width(others);
    for (std::size_t i = fold; i < scores.size(); i += fold_count) inside += scores[i] <= width ? 1 : 0;
  }
  return static_cast<double>(inside) / static_cast<double>(scores.size());
}

/// Error of the stack of some estimators, its shares learnt anew.
double stacked_error(const Vector& residual, std::span<const Vector> left_out, double penalty) {
  const auto shares = stack_shares(residual, left_out, penalty);
  Vector error = residual;
  for (std::size_t k = 0; k < shares.size(); ++k) error -= shares[k] * left_out[k];
  return root_mean_square(error);
}

Scores scores_of(const Model::State& state, const std::vector<double>& distances) {
  const auto& ratings = *state.ratings;
  const auto n = ratings.size();
  const auto count = static_cast<double>(n);
  const Vector residual = ratings.own_residual();
  Vector stars(residual.size());
  Vector gap(residual.size());
  Vector error(residual.size());
  for (std::size_t k = 0; k < n; ++k) {
    const auto i = static_cast<Index>(k);
    const auto& item = ratings.works->item(ratings.own[k]);
    stars[i] = ratings.stars[ratings.own[k]];
    gap[i] = stars[i] - item.source_mean - item.community;
    error[i] = stars[i] - static_cast<double>(clipped(state.held_out[k], 0, Basis::none).stars);
  }
  Scores scores;
  scores.ratings = n;
  scores.rmse = root_mean_square(error);
  // Each rating beside the mean of the others, and beside the public's rating with the offset that the others have.
  scores.rmse_mean = root_mean_square((stars.array() - (stars.sum() - stars.array()) / (count - 1)).matrix());
  scores.rmse_community = root_mean_square((gap.array() - (gap.sum() - gap.array()) / (count - 1 + 4)).matrix());
  scores.coverage80 = honest_coverage(distances);

  std::vector<Vector> own_type;
  for (std::size_t e = 0; e < estimator_count; ++e) {
    const auto estimator = static_cast<Estimator>(e);
    const bool present =
        estimator == Estimator::linear || estimator == Estimator::habit ||
        std::any_of(state.fit.processes.begin(), state.fit.processes.end(), [&](const Process& one) { return one.estimator == estimator; });
    if (!present) continue;
    auto left_out = left_out_by(state.fit, ratings, estimator);
    scores.estimators.push_back({std::string(name_of(estimator)), root_mean_square(residual - left_out), state.fit.shares[e]});
    if (estimator == Estimator::all_types) {
      auto all = own_type;
      all.push_back(std::move(left_out));
      scores.rmse_all_types = stacked_error(residual, all, state.fit.settings.stack_penalty);
    } else {
      own_type.push_back(std::move(left_out));
    }
  }
  scores.rmse_own_type = stacked_error(residual, own_type, state.fit.settings.stack_penalty);
  if (scores.rmse_all_types == 0) scores.rmse_all_types = scores.rmse_own_type;
  return scores;
}

}  // namespace

void complete(Model::State& state) {
  const auto& ratings = *state.ratings;
  const auto& fit = state.fit;
  const auto n = ratings.size();
  const Vector left_out = blended_left_out(fit, ratings);
  const Vector variance = left_out_variance(fit, ratings);
  state.held_out.assign(n, 0.0);
  state.deviation.assign(n, 0.0);
  state.place.clear();
  std::vector<double> trees(n, 0.0);
  for (std::size_t fold = 0; fold <= fold_count && fit.trees; ++fold) {
    std::vector<std::size_t> part;
    for (std::size_t k = 0; k < n; ++k) {
      if (fit.fold[k] == fold) part.push_back(k);
    }
    Matrix rows(part.size(), fit.encodings.columns);
    for (std::size_t i = 0; i < part.size(); ++i) {
      const auto from = fit.encodings.row(part[i]);
      std::copy(from.begin(), from.end(), rows.row(i).begin());
    }
    const auto sums = (fold < fold_count ? fit.fold_trees[fold] : fit.trees).predict(rows);
    for (std::size_t i = 0; i < part.size(); ++i) trees[part[i]] = fit.tree_share * sums[i];
  }
  std::vector<double> distances;
  for (std::size_t k = 0; k < n; ++k) {
    const auto i = static_cast<Index>(k);
    const auto row = ratings.own[k];
    state.place.emplace(ratings.ids[row], k);
    state.held_out[k] = ratings.works->item(row).prior_mean() + left_out[i] + trees[k];
    state.deviation[k] = std::sqrt(variance[i]);
    distances.push_back(std::abs(ratings.stars[row] - state.held_out[k]) / state.deviation[k]);
  }
  state.interval = interval_width(distances);
  state.scores.reset();
  if (n >= fewest_ratings_for_scores) state.scores = scores_of(state, distances);
}

}  // namespace hub::predictor
