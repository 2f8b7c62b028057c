#include <algorithm>

#include "core/library/rating.hpp"
#include "core/predictor/state.hpp"

namespace hub::predictor {

namespace {

/// The rated works again, with one more or one less.
std::shared_ptr<const RatedWorks> works_without(const RatedWorks& works, std::size_t row) {
  std::vector<features::SharedEncoded> items;
  std::vector<double> days;
  for (std::size_t i = 0; i < works.size(); ++i) {
    if (i == row) continue;
    items.push_back(works.items()[i]);
    days.push_back(works.day(i));
  }
  return std::make_shared<const RatedWorks>(std::move(items), std::move(days));
}

std::shared_ptr<const RatedWorks> works_with(const RatedWorks& works, features::Encoded item, double day) {
  std::vector<features::SharedEncoded> items(works.items().begin(), works.items().end());
  std::vector<double> days;
  for (std::size_t i = 0; i < works.size(); ++i) days.push_back(works.day(i));
  items.push_back(std::make_shared<const features::Encoded>(std::move(item)));
  days.push_back(day);
  return std::make_shared<const RatedWorks>(std::move(items), std::move(days));
}

void append(Vector& values, double value) {
  values.conservativeResize(values.size() + 1);
  values[values.size() - 1] = value;
}

void remove(Vector& values, std::size_t place) {
  for (auto k = static_cast<Index>(place); k + 1 < values.size(); ++k) values[k] = values[k + 1];
  values.conservativeResize(values.size() - 1);
}

void change(Fit& fit, Ratings& ratings, std::uint32_t row, double stars) {
  const auto i = static_cast<Index>(row);
  ratings.residual[i] += stars - ratings.stars[row];
  ratings.stars[row] = stars;
  for (auto& one : fit.processes) one.change(row, ratings.residual[i]);
}

void append(Fit& fit, Ratings& ratings, const Example& example, features::Encoded encoded) {
  const double prior_mean = encoded.prior_mean();
  const double day = day_of(example.date).value_or(ratings.today);
  const Point point{encoded, day};
  const double residual = example.stars - prior_mean;
  const auto row = static_cast<std::uint32_t>(ratings.works->size());
  if (fit.trees) {
    // Neither the process nor the trees have seen it yet, so what they say of it now is what they say without it.
    Matrix encodings(fit.encodings.rows + 1, fit.encodings.columns);
    std::copy(fit.encodings.values.begin(), fit.encodings.values.end(), encodings.values.begin());
    fill_tree_row(encoded, fit.main.parts(point), *ratings.type, encodings.row(fit.encodings.rows));
    fit.encodings = std::move(encodings);
  }
  fit.fold.push_back(fold_count);
  for (auto& one : fit.processes) one.append(*ratings.works, point, row, residual);
  ratings.works = works_with(*ratings.works, std::move(encoded), day);
  if (!(day <= ratings.today)) ratings.today = day;
  ratings.ids.push_back(example.item->id);
  ratings.titles.push_back(example.item->title);
  ratings.stars.push_back(example.stars);
  append(ratings.residual, residual);
  ratings.own.push_back(row);
}

void remove(Fit& fit, Ratings& ratings, std::size_t place) {
  const auto row = ratings.own[place];
  // A work that stands for others stays among the works, without its rating.
  const bool stays = std::any_of(fit.processes.begin(), fit.processes.end(), [](const Process& one) { return !one.exact(); });
  const auto after = [row, stays](std::vector<std::uint32_t>& rows) {
    for (auto& one : rows) one -= one > row && !stays ? 1 : 0;
  };
  for (auto& one : fit.processes) {
    one.remove(row);
    after(one.rows);
    after(one.ratings);
  }
  if (fit.trees) {
    auto& values = fit.encodings.values;
    const auto begin = values.begin() + static_cast<std::ptrdiff_t>(place * fit.encodings.columns);
    values.erase(begin, begin + static_cast<std::ptrdiff_t>(fit.encodings.columns));
    --fit.encodings.rows;
  }
  fit.fold.erase(fit.fold.begin() + static_cast<std::ptrdiff_t>(place));
  if (!stays) {
    ratings.works = works_without(*ratings.works, row);
    ratings.ids.erase(ratings.ids.begin() + static_cast<std::ptrdiff_t>(row));
    ratings.titles.erase(ratings.titles.begin() + static_cast<std::ptrdiff_t>(row));
    ratings.stars.erase(ratings.stars.begin() + static_cast<std::ptrdiff_t>(row));
    remove(ratings.residual, row);
  }
  ratings.own.erase(ratings.own.begin() + static_cast<std::ptrdiff_t>(place));
  after(ratings.own);
}

/// Everything that follows from factors and ratings.
void refresh(Model::State& state, std::shared_ptr<Ratings> ratings) {
  auto& fit = state.fit;
  share_out(fit, *ratings);
  if (fit.trees) fit.tree_share = tree_share(ratings->size(), fit.settings);
  combine(fit, *ratings);
  state.ratings = std::move(ratings);
  complete(state);
}

}  // namespace

Expected<Model> Model::updated(const Example& example) const {
  const auto& item = *example.item;
  if (state_->ratings && item.type != state_->type) {
    return failure("wrong_type", "“" + item.title + "” is not one of the " + std::string(noun_of(state_->type, true)) + ".");
  }
  if (!(example.stars >= lowest_rating && example.stars <= highest_rating)) {
    return failure("bad_rating", "The rating of “" + item.title + "” is not on the scale from 0.5 to 5.");
  }
  if (!state_->ratings) return failure("not_trained", "There is nothing to update yet.");
  auto state = std::make_shared<State>(*state_);
  auto ratings = std::make_shared<Ratings>(*state_->ratings);
  if (const auto* place = state_->place_of(item.id)) {
    change(state->fit, *ratings, ratings->own[*place], example.stars);
  } else {
    append(state->fit, *ratings, example, features::encode(item, *state_->corpus));
  }
  refresh(*state, std::move(ratings));
  return Model(std::move(state));
}

Model Model::updated_without(std::string_view item_id) const {
  const auto* place = state_->place_of(item_id);
  if (place == nullptr) return *this;
  auto state = std::make_shared<State>(*state_);
  if (state_->ratings->size() == 1) {
    state->ratings.reset();
    state->fit = {};
    state->scores.reset();
    state->place.clear();
    return Model(std::move(state));
  }
  auto ratings = std::make_shared<Ratings>(*state_->ratings);
  remove(state->fit, *ratings, *place);
  refresh(*state, std::move(ratings));
  return Model(std::move(state));
}

}  // namespace hub::predictor
