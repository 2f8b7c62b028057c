#pragma once

#include <memory>
#include <optional>
#include <unordered_map>
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
  std::shared_ptr<const Ratings> ratings;  ///< nullptr when there are none of the type
  Fit fit;
  double interval = 1.28;  ///< half width in standard deviations
  std::optional<Scores> scores;
  std::vector<double> held_out;                        ///< by rating of the type: final prediction without it, stars, not clipped
  std::vector<double> deviation;                       ///< standard deviation of the rating around it
  std::unordered_map<std::string, std::size_t> place;  ///< of an item among the ratings of the type

  const std::size_t* place_of(std::string_view item_id) const;
};

/// Days since some day, of an ISO 8601 date; nothing when there is none.
std::optional<double> day_of(const std::string& date);

/// What Model::save wrote, without what follows from it; factors that were left out are of no ratings.
/// @return  Error "bad_model" as TrainingJob::restore.
/// @param pool       what models of other types hold already; or null.
/// @param embedders  as of TrainingJob::restore.
Expected<std::shared_ptr<Model::State>> state_from(std::span<const std::uint8_t> bytes, FactorPool* pool, features::Embedders embedders);

/// @param examples  of the type and of others, in the order they are to have.
/// @param pool      what models of other types hold already; or null.
std::shared_ptr<Ratings> ratings_from(MediaType type, const Corpus& corpus, const std::vector<Example>& examples,
                                      FactorPool* pool = nullptr);

/// Fills what follows from fit and ratings: held-out predictions, interval, scores, places.
void complete(Model::State& state);

/// A prediction before it is clipped, in its parts.
struct Composed {
  double prior_mean = 0;
  KernelParts parts;
  double trees = 0;      ///< their sum, times tree_share
  double deviation = 0;  ///< 0 where it was not asked for
  double stars() const { return prior_mean + parts.sum() + trees; }
};

/// Predictions of items of the model's own type, as new works.
/// @param days             for each item when it is to be rated; NaN when not known.
/// @param with_deviations  which are most of the work where there are many ratings.
std::vector<Composed> compose(const Model::State& state, const std::vector<features::Encoded>& items, const std::vector<double>& days,
                              bool with_deviations);

/// The combination that has not seen a rating of the type.
Combination combination_without(const Model::State& state, std::size_t place);

/// Stars clipped to the scale, with the interval clipped likewise.
Prediction clipped(double stars, double half_width, Basis basis);

/// Explanation of an item by a trained model: explain.cpp.
/// @param rated  its place among the ratings of the type, or nullptr when it is to be taken as new.
Explanation explain(const Model::State& state, const Item& item, const Prediction& prediction, const std::size_t* rated);
/// @see Model::tree_effects
std::vector<TreeEffect> tree_effects(const Model::State& state, const Item& item, const std::size_t* rated);

}  // namespace hub::predictor
