#include <algorithm>
#include <cmath>

#include "core/library/rating.hpp"
#include "core/predictor/state.hpp"

namespace hub::predictor {

Corpus::Corpus(std::span<const Item* const> items) : statistics_(std::make_shared<const Statistics>(items)) {}

std::vector<Composed> compose(const Fit& fit, const Ratings& ratings, std::vector<features::Encoded> items) {
  std::vector<Composed> composed;
  composed.reserve(items.size());
  Matrix rows(fit.trees ? items.size() : 0, ratings.tree_columns.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    auto parts = fit.parts(items[i], *ratings.table);
    if (fit.trees) fill_tree_row(items[i], parts.ridge, *ratings.type, rows.row(i));
    composed.push_back({std::move(items[i]), parts, 0});
  }
  if (fit.trees) {
    if (const auto sums = fit.trees->predict(rows)) {
      for (std::size_t i = 0; i < composed.size(); ++i) composed[i].trees = fit.tree_share * static_cast<double>((*sums)[i]);
    }
  }
  return composed;
}

Prediction clipped(double stars, double half_width, Basis basis) {
  const auto clip = [](double value) { return static_cast<float>(std::clamp(value, lowest_rating, highest_rating)); };
  return {clip(stars), clip(stars - half_width), clip(stars + half_width), basis};
}

namespace {

/// What anybody's rating would be expected to be.
Prediction public_prediction(const features::Encoded& item) {
  static const Linear nobody;
  return clipped(item.prior_mean(), 1.28 * std::sqrt(nobody.predict(terms_of(item)).variance),
                 item.has_community ? Basis::community : Basis::none);
}

}  // namespace

Model::Model() {
  auto state = std::make_shared<State>();
  state->corpus = std::make_shared<const Corpus::Statistics>();
  state_ = std::move(state);
}

Model::Model(std::shared_ptr<const State> state) : state_(std::move(state)) {}

MediaType Model::type() const {
  return state_->type;
}

Basis Model::basis() const {
  if (!state_->ratings) return Basis::community;
  return state_->fit.trees ? Basis::trees : Basis::baseline;
}

std::size_t Model::rating_count() const {
  return state_->ratings ? state_->ratings->size() : 0;
}

const std::optional<Scores>& Model::scores() const {
  return state_->scores;
}

std::vector<Prediction> Model::predict(std::span<const Item* const> items) const {
  std::vector<Prediction> predictions(items.size());
  std::vector<features::Encoded> own;
  std::vector<std::size_t> place;
  for (std::size_t i = 0; i < items.size(); ++i) {
    auto encoded = features::encode(*items[i], *state_->corpus);
    if (state_->ratings && items[i]->type == state_->type) {
      own.push_back(std::move(encoded));
      place.push_back(i);
    } else {
      predictions[i] = public_prediction(encoded);
    }
  }
  if (own.empty()) return predictions;
  const auto composed = compose(state_->fit, *state_->ratings, std::move(own));
  for (std::size_t i = 0; i < composed.size(); ++i) {
    predictions[place[i]] = clipped(composed[i].stars(), state_->interval * composed[i].parts.deviation, basis());
  }
  return predictions;
}

Explanation Model::explain(const Item& item) const {
  const Item* one = &item;
  return predictor::explain(*state_, item, predict({&one, 1}).front());
}

}  // namespace hub::predictor
