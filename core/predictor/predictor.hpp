#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/features/work_vectors.hpp"
#include "core/library/error.hpp"
#include "core/library/item.hpp"
#include "core/predictor/settings.hpp"

namespace hub::predictor {

class FactorPool;

/// A rating to learn from.
struct Example {
  const Item* item = nullptr;  ///< not null; must live as long as the job and the model made of it
  double stars = 0;            ///< normalised, 0.5 … 5
  std::string date;            ///< ISO 8601, or empty
};

/// How much a prediction rests on. Each level needs more of the person's ratings than the one before.
enum class Basis {
  none,       ///< neither a public rating nor ratings of the person: the mean of all sources
  community,  ///< the public's rating, with no ratings of the person's to move it
  baseline,   ///< the Gaussian process and its companions
  trees       ///< these and gradient-boosted trees on what they leave
};

struct Prediction {
  float stars = 0;  ///< 0.5 … 5
  float low = 0;    ///< end of the interval that holds 8 in 10 of the person's own ratings, by conformal calibration on held-out ones
  float high = 0;
  Basis basis = Basis::none;
};

/// A prediction without its range.
struct Expectation {
  float stars = 0;  ///< 0.5 … 5
  Basis basis = Basis::none;
};

/// A part of a prediction, in stars. All parts and the base sum to the prediction before it is clipped to the scale.
struct Contribution {
  std::string group;  ///< "public", "habit", "people", "genres", "story", "era", "length", "popularity", "origin", …
  std::string words;  ///< plain language: “You rate films by Denis Villeneuve 0.6 above the public”
  double stars = 0;   ///< signed
};

/// One of the person's own ratings and its share in a prediction, in stars.
struct Carrier {
  std::string item_id;
  std::string title;
  double rating = 0;  ///< what the person gave it
  double stars = 0;   ///< signed
};

struct Explanation {
  double base = 0;                          ///< where the sum starts: the public's rating, or the mean of all sources
  std::string base_words;                   ///< “Public rating, 7,412 votes (IMDb)”
  std::vector<Contribution> contributions;  ///< largest magnitude first
  /// The same prediction split by the person's past ratings, largest magnitude first: prior_mean + carriers + trees = sum.
  std::vector<Carrier> carried_by;
  double prior_mean = 0;  ///< what is expected of anybody
  double trees = 0;       ///< what the trees add
  double sum = 0;         ///< base + contributions, before clipping
  Prediction prediction;
  bool held_out = false;    ///< the item is rated, and this is what the other ratings say of it
  std::string basis_words;  ///< what it rests on: “Learnt from 96 of your film ratings”, “Rate 8 more films and …”
};

/// One of the estimators that are combined.
struct EstimatorScore {
  std::string name;  ///< "gaussian_process", "linear", "habit", "ridge", "cautious", "all_types"
  double rmse = 0;   ///< leave-one-out, alone
  double share = 0;  ///< in the stack; all shares sum to 1
};

/// Errors on held-out ratings of the person, in stars: every figure on the screen is traced to one of these.
struct Scores {
  std::size_t ratings = 0;    ///< that were held out once each
  double rmse = 0;            ///< of the final prediction: estimators leave one out, trees a fifth
  double rmse_mean = 0;       ///< of the mean of the others
  double rmse_community = 0;  ///< of the public's rating moved by the person's own offset
  double coverage80 = 0;      ///< share of ratings inside their interval, its width learnt from the others
  std::vector<EstimatorScore> estimators;
  /// Whether ratings of other types help: errors of the stack without and with the model of all types together. Equal when there are none.
  double rmse_own_type = 0;
  double rmse_all_types = 0;
};

/// How far a prediction would move if one rating had not been given.
struct Influence {
  std::string item_id;
  std::string title;
  double rating = 0;
  double stars = 0;  ///< prediction without that rating minus prediction with it
};

/// What the trees see in one group of facts, or only in two of them together.
struct TreeEffect {
  std::string first;   ///< group, as in Contribution
  std::string second;  ///< equal to `first` for what the group adds on its own
  double stars = 0;    ///< signed
};

/// A prediction under changed facts.
struct WhatIf {
  Prediction before;
  Prediction after;
  std::vector<Contribution> changes;  ///< by group: what of the difference comes from where, largest magnitude first; without words
};

/// Statistics of the works themselves, never of ratings: means and deviations of votes and lengths, how often each keyword occurs.
/// Built once for catalogue and library together; a prediction depends on it.
class Corpus {
 public:
  /// @param embedders  what models tell of works.
  explicit Corpus(std::span<const Item* const> items, features::Embedders embedders = {});
  struct Statistics;
  const Statistics& statistics() const { return *statistics_; }
  /// Equal for equal statistics, whatever order the works came in.
  std::uint64_t fingerprint() const;

 private:
  std::shared_ptr<const Statistics> statistics_;
};

/// A trained predictor of one media type for one person. Immutable; cheap to copy.
class Model {
 public:
  Model();  ///< knows no ratings: community ratings only

  MediaType type() const;
  Basis basis() const;
  std::size_t rating_count() const;
  const std::optional<Scores>& scores() const;  ///< nothing below 5 ratings
  const Settings& settings() const;             ///< that it was trained with

  /// @return one prediction for each item, in order. Items of another type are predicted from the community rating alone. For an item
  /// that is rated, told by its id, it is what the other ratings say of it (held_out): a prediction that has seen its own answer would
  /// flatter the model.
  ///
  /// @param dates  for each item when it is to be rated, ISO 8601, or empty when not known: some people's strictness drifts. Without dates
  /// it is the day of the latest rating. On a day that is known an interval is as much wider as their own past says that the future is
  /// further off than what is left out of it.
  std::vector<Prediction> predict(std::span<const Item* const> items, std::span<const std::string> dates = {}) const;

  /// The stars and the basis of predict, without dates, for whoever shows no ranges: those are most of the work where there are many
  /// ratings.
  std::vector<Expectation> expect(std::span<const Item* const> items) const;

  /// Why predict says what it says.
  Explanation explain(const Item& item) const;

  /// The trees' part of explain by groups and by pairs of groups: SHAP interaction values (Lundberg et al. 2020), of which each pair is
  /// told once and whole. They sum to Explanation::trees.
  /// @return  largest magnitude first; empty where there are no trees, and for another type.
  std::vector<TreeEffect> tree_effects(const Item& item) const;

  /// The prediction for a rated item made without its rating: leave-one-out in closed form, trees grown without a fifth of the ratings that
  /// it is in. Nothing when it is not rated.
  std::optional<Prediction> held_out(std::string_view item_id) const;

  /// Which single past ratings, left out, would move the prediction of an item most (Cook 1977; closed form, without the trees).
  /// @return  at most `most`, largest magnitude first. Empty without ratings or for another type.
  std::vector<Influence> influence(const Item& item, std::size_t most = 10) const;

  /// What would be predicted if the facts of an item were those of `changed` (same id).
  WhatIf what_if(const Item& item, const Item& changed) const;

  /// The model after one more rating or one changed, without starting over: the factors are updated in O(n²), the shares of the stack
  /// learnt anew. The trees stay as they are until the next training.
  /// @return  Error "wrong_type" or "bad_rating" as TrainingJob::start.
  Expected<Model> updated(const Example& example) const;

  /// The model without one rating; itself when there is none of this item.
  Model updated_without(std::string_view item_id) const;

  /// Everything that a model is, for load(), which gives equal predictions bit for bit. Little endian. The trees are in it as XGBoost's
  /// UBJSON. The factors, which grow with the square of the ratings, are left out where it would be more than `most` with them, and worked
  /// out again by load(): equal but for rounding where the model was updated since its training. @param most  bytes.
  /// @return  Error "too_large" where the rest is more too, or where there are too many ratings for exact factors, "bad_model" with
  /// XGBoost's own words.
  Expected<std::vector<std::uint8_t>> save(std::size_t most = SIZE_MAX) const;
  /// TrainingJob::restore, step to the end, finish.
  static Expected<Model> load(std::span<const std::uint8_t> bytes, features::Embedders embedders = {});

  struct State;
  explicit Model(std::shared_ptr<const State> state);

 private:
  std::vector<Prediction> predicted(std::span<const Item* const> items, std::span<const std::string> dates, bool with_range) const;

  std::shared_ptr<const State> state_;
};

/// Training in slices of a few milliseconds, so that a worker stays responsive and a newer change can supersede it by dropping the job.
class TrainingJob {
 public:
  /// @param examples  ratings of items of `type`, in any order (the result does not depend on it); each item once. NaN or values off the
  /// scale are refused.
  /// @param others    ratings of items of other types: a model of all types together learns from them and is used as far as it helps.
  /// @param settings  within the ranges of tunable_parameters().
  /// @param pool      what models of other types have worked out, and this one may use; or null.
  /// @return          Error "bad_rating" or "wrong_type" naming the item.
  static Expected<TrainingJob> start(MediaType type, Corpus corpus, std::vector<Example> examples, std::uint64_t seed = 1,
                                     std::vector<Example> others = {}, const Settings& settings = {},
                                     std::shared_ptr<FactorPool> pool = {});

  /// Takes up a model that was saved. What is left to do are factors, where they were left out; nothing is learnt again.
  /// @param embedders  vectors for works that are yet to be predicted; of another model than what was learnt from, they are left alone.
  /// @return  Error "bad_model" for what Model::save of this version did not write, or what was damaged since (CRC-32C).
  static Expected<TrainingJob> restore(std::span<const std::uint8_t> bytes, std::shared_ptr<FactorPool> pool = {},
                                       features::Embedders embedders = {});

  MediaType type() const;
  const Settings& settings() const;

  /// Does the next slice. @return false when finished; Error "training_failed" with XGBoost's own words.
  Expected<bool> step();
  double progress() const;  ///< 0 … 1, by work done
  Model finish();           ///< once step has returned false

  TrainingJob(TrainingJob&&) noexcept;
  TrainingJob& operator=(TrainingJob&&) noexcept;
  ~TrainingJob();

 private:
  struct Work;
  explicit TrainingJob(std::unique_ptr<Work> work);
  std::unique_ptr<Work> work_;
};

/// start, step to the end, finish.
Expected<Model> train(MediaType type, const Corpus& corpus, std::vector<Example> examples, std::uint64_t seed = 1,
                      std::vector<Example> others = {}, const Settings& settings = {});

}  // namespace hub::predictor
