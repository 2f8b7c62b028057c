#include <algorithm>
#include <cmath>
#include <limits>

#include "core/library/rating.hpp"
#include "core/predictor/state.hpp"

namespace hub::predictor {

Corpus::Corpus(std::span<const Item* const> items, features::Embedders embedders)
    : statistics_(std::make_shared<const Statistics>(items, std::move(embedders))) {}

const std::size_t* Model::State::place_of(std::string_view item_id) const {
  const auto found = place.find(std::string(item_id));
  return found == place.end() ? nullptr : &found->second;
}

Combination combination_without(const Model::State& state, std::size_t place) {
  return Combination(state.ratings->works, members_of(state.fit, *state.ratings, &place));
}

Prediction clipped(double stars, double half_width, Basis basis) {
  const auto clip = [](double value) { return static_cast<float>(std::clamp(value, lowest_rating, highest_rating)); };
  return {clip(stars), clip(stars - half_width), clip(stars + half_width), basis};
}

namespace {

/// What anybody's rating would be expected to be.
Prediction public_prediction(const features::Encoded& item) {
  static const auto nobody = gaussian_process_weights({});
  return clipped(item.prior_mean(),
                 1.28 * std::sqrt(prior_variance({item, std::numeric_limits<double>::quiet_NaN()}, nobody) + nobody.noise),
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

const Settings& Model::settings() const {
  return state_->fit.settings;
}

std::optional<Prediction> Model::held_out(std::string_view item_id) const {
  const auto* place = state_->place_of(item_id);
  if (place == nullptr) return std::nullopt;
  return clipped(state_->held_out[*place], state_->interval * state_->deviation[*place], basis());
}

std::vector<Prediction> Model::predict(std::span<const Item* const> items, std::span<const std::string> dates) const {
  return predicted(items, dates, true);
}

std::vector<Expectation> Model::expect(std::span<const Item* const> items) const {
  std::vector<Expectation> expectations;
  expectations.reserve(items.size());
  for (const auto& prediction : predicted(items, {}, false)) expectations.push_back({prediction.stars, prediction.basis});
  return expectations;
}

std::vector<Prediction> Model::predicted(std::span<const Item* const> items, std::span<const std::string> dates, bool with_range) const {
  std::vector<Prediction> predictions(items.size());
  std::vector<features::Encoded> own;
  std::vector<double> days;
  std::vector<std::size_t> place;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const bool of_type = state_->ratings && items[i]->type == state_->type;
    if (const auto known = of_type ? held_out(items[i]->id) : std::nullopt) {
      predictions[i] = *known;
      continue;
    }
    auto encoded = features::encode(*items[i], *state_->corpus);
    if (of_type) {
      own.push_back(std::move(encoded));
      days.push_back(dates.empty() ? state_->ratings->today : day_of(dates[i]).value_or(std::numeric_limits<double>::quiet_NaN()));
      place.push_back(i);
    } else {
      predictions[i] = public_prediction(encoded);
    }
  }
  if (own.empty()) return predictions;
  const auto composed = compose(*state_, own, days, with_range);
  for (std::size_t i = 0; i < composed.size(); ++i) {
    const double wider = std::isnan(days[i]) ? 1 : state_->fit.ahead;
    predictions[place[i]] = clipped(composed[i].stars(), wider * state_->interval * composed[i].deviation, basis());
  }
  return predictions;
}

Explanation Model::explain(const Item& item) const {
  const Item* one = &item;
  const bool of_type = state_->ratings && item.type == state_->type;
  return predictor::explain(*state_, item, predict({&one, 1}).front(), of_type ? state_->place_of(item.id) : nullptr);
}

std::vector<TreeEffect> Model::tree_effects(const Item& item) const {
  return predictor::tree_effects(*state_, item, state_->place_of(item.id));
}

std::vector<Influence> Model::influence(const Item& item, std::size_t most) const {
  if (!state_->ratings || item.type != state_->type) return {};
  const auto& ratings = *state_->ratings;
  const auto& works = *ratings.works;
  const auto encoded = features::encode(item, *state_->corpus);
  const Point point{encoded, ratings.today};
  const auto shares = blended_shares(state_->fit);
  std::vector<double> moved(works.size(), 0.0);
  for (const auto& one : state_->fit.processes) {
    const double share = shares[index_of(one.estimator)];
    if (share == 0) continue;
    const Vector moves = one.moves(one.covariances(works, point));
    for (std::size_t k = 0; k < one.ratings.size(); ++k) moved[one.ratings[k]] += share * moves[static_cast<Index>(k)];
  }
  for (const auto& [estimator, linear, weights] : linear_estimators(state_->fit)) {
    const double share = shares[index_of(estimator)];
    if (share == 0) continue;
    const auto moves = linear.moves(terms_of(encoded));
    for (std::size_t k = 0; k < moves.size(); ++k) moved[ratings.own[k]] += share * moves[k];
  }
  std::vector<Influence> list;
  for (std::size_t row = 0; row < moved.size(); ++row) {
    if (moved[row] != 0 && ratings.ids[row] != item.id)
      list.push_back({ratings.ids[row], ratings.titles[row], ratings.stars[row], moved[row]});
  }
  std::stable_sort(list.begin(), list.end(), [](const Influence& a, const Influence& b) { return std::abs(a.stars) > std::abs(b.stars); });
  if (list.size() > most) list.resize(most);
  return list;
}

WhatIf Model::what_if(const Item& item, const Item& changed) const {
  const auto before = explain(item);
  const bool of_type = state_->ratings && changed.type == state_->type;
  const auto* place = of_type ? state_->place_of(item.id) : nullptr;
  WhatIf result;
  result.before = before.prediction;
  auto after = predictor::explain(*state_, changed, {}, place);
  const float half = (before.prediction.high - before.prediction.low) / 2;
  result.after = clipped(after.sum, static_cast<double>(half), before.prediction.basis);
  std::vector<Contribution> changes{{"public", "", after.base - before.base}};
  const auto add = [&](const std::vector<Contribution>& parts, double sign) {
    for (const auto& part : parts) {
      const auto found =
          std::find_if(changes.begin(), changes.end(), [&](const Contribution& change) { return change.group == part.group; });
      if (found == changes.end()) {
        changes.push_back({part.group, "", sign * part.stars});
      } else {
        found->stars += sign * part.stars;
      }
    }
  };
  add(after.contributions, 1);
  add(before.contributions, -1);
  changes.erase(std::remove_if(changes.begin(), changes.end(), [](const Contribution& change) { return change.stars == 0; }),
                changes.end());
  std::stable_sort(changes.begin(), changes.end(),
                   [](const Contribution& a, const Contribution& b) { return std::abs(a.stars) > std::abs(b.stars); });
  result.changes = std::move(changes);
  return result;
}

}  // namespace hub::predictor
