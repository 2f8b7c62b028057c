#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/predictor/fit.hpp"
#include "core/predictor/predictor.hpp"

namespace hub::predictor {

struct Corpus::Statistics : features::Statistics {
  using features::Statistics::Statistics;
};

/// What a Model holds.
struct Model::State {
  MediaType type = MediaType::film;
  std::shared_ptr<const Corpus::Statistics> corpus;
  std::shared_ptr<const Ratings> ratings;  ///< nullptr when there are none
  Fit fit;
  double interval = 1.28;  ///< half width in standard deviations
  std::optional<Scores> scores;
};

/// A prediction before it is clipped, in its parts.
struct Composed {
  features::Encoded item;
  Fit::Parts parts;
  double trees = 0;  ///< their sum, times tree_share
  double stars() const { return item.prior_mean() + parts.ridge.sum() + trees; }
};

/// Predictions of items of the fit's own type. When XGBoost fails (out of memory), the rest stands without the trees.
std::vector<Composed> compose(const Fit& fit, const Ratings& ratings, std::vector<features::Encoded> items);

/// Stars clipped to the scale, with the interval clipped likewise.
Prediction clipped(double stars, double half_width, Basis basis);

/// Explanation of an item by a trained model: explain.cpp.
Explanation explain(const Model::State& state, const Item& item, const Prediction& prediction);

}  // namespace hub::predictor
