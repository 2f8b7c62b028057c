#include <algorithm>
#include <cmath>

#include "core/predictor/state.hpp"

namespace hub::predictor {

std::vector<Composed> compose(const Model::State& state, const std::vector<features::Encoded>& items, const std::vector<double>& days,
                              bool with_deviations) {
  const auto& fit = state.fit;
  const auto& works = *state.ratings->works;
  const auto& gp = fit.processes.front();
  const std::size_t reach = reach_of(fit);
  std::vector<Composed> composed(items.size());
  Matrix rows(fit.trees ? items.size() : 0, state.ratings->tree_columns.size());

  // Variances some works at a time: a product of matrices is much faster than one of a matrix and a vector for each.
  constexpr std::size_t at_once = 1024;
  for (std::size_t begin = 0; begin < items.size(); begin += at_once) {
    const auto end = std::min(items.size(), begin + at_once);
    DenseMatrix k(static_cast<Index>(gp.rows.size()), static_cast<Index>(with_deviations ? end - begin : 0));
    for (std::size_t i = begin; i < end; ++i) {
      const auto like = works.likeness({items[i], days[i]}, reach);
      if (with_deviations) k.col(static_cast<Index>(i - begin)) = gp.covariances(works, like);
      composed[i].prior_mean = items[i].prior_mean();
      composed[i].parts = fit.combination.parts(like);
      if (fit.trees) fill_tree_row(items[i], fit.main.parts(like), *state.ratings->type, rows.row(i));
    }
    if (!with_deviations) continue;
    const Vector explained = gp.explained_variance(k);
    for (std::size_t i = begin; i < end; ++i) {
      const double variance = gp.variance({items[i], days[i]}) - explained[static_cast<Index>(i - begin)];
      composed[i].deviation = std::sqrt(std::max(variance, gp.weights.noise));
    }
  }
  if (fit.trees) {
    const auto sums = fit.trees.predict(rows);
    for (std::size_t i = 0; i < items.size(); ++i) composed[i].trees = fit.tree_share * sums[i];
  }
  return composed;
}

}  // namespace hub::predictor
