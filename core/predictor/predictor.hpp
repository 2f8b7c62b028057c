#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/library/error.hpp"
#include "core/library/item.hpp"

namespace hub::predictor {

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
  baseline,   ///< the public's rating mapped to this person, shrunk by the amount of data
  trees       ///< baseline plus gradient-boosted trees on its residual
};

struct Prediction {
  float stars = 0;  ///< 0.5 … 5
  float low = 0;    ///< end of the interval that holds 8 in 10 of the person's own ratings, by cross-validation residuals
  float high = 0;
  Basis basis = Basis::none;
};

/// A part of a prediction, in stars. All parts and the base sum to the prediction before it is clipped to the scale.
struct Contribution {
  std::string group;  ///< "public", "habit", "people", "genres", "story", "era", "length", "popularity", "origin", …
  std::string words;  ///< plain language: “You rate films by Denis Villeneuve 0.6 above the public”
  double stars = 0;   ///< signed
};

struct Explanation {
  double base = 0;                          ///< where the sum starts: the public's rating, or the mean of all sources
  std::string base_words;                   ///< “Public rating, 7,412 votes (IMDb)”
  std::vector<Contribution> contributions;  ///< largest magnitude first
  double sum = 0;                           ///< base + contributions, before clipping
  Prediction prediction;
  std::string basis_words;  ///< what it rests on: “Learnt from 96 of your film ratings”, “Rate 8 more films and …”
};

/// Errors on held-out ratings of the person, in stars: every figure on the screen is traced to one of these.
struct Scores {
  std::size_t ratings = 0;    ///< that were held out once each
  double rmse = 0;            ///< of the final prediction, 5-fold cross-validation
  double rmse_mean = 0;       ///< of the mean of the training part
  double rmse_community = 0;  ///< of the public's rating moved by the person's own offset
  double coverage80 = 0;      ///< share of ratings inside their interval
};

/// Statistics of the works themselves, never of ratings: means and deviations of votes and lengths, how often each keyword occurs.
/// Built once for catalogue and library together; a prediction depends on it.
class Corpus {
 public:
  explicit Corpus(std::span<const Item* const> items);
  struct Statistics;
  const Statistics& statistics() const { return *statistics_; }

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

  /// @return one prediction for each item, in order. Items of another type are predicted from the community rating alone.
  std::vector<Prediction> predict(std::span<const Item* const> items) const;
  Explanation explain(const Item& item) const;

  struct State;
  explicit Model(std::shared_ptr<const State> state);

 private:
  std::shared_ptr<const State> state_;
};

/// Training in slices of a few milliseconds, so that a worker stays responsive and a newer change can supersede it by dropping the job.
class TrainingJob {
 public:
  /// @param examples  ratings of items of `type`, in any order (the result does not depend on it); each item once. NaN or values off the
  /// scale are refused.
  /// @return          Error "bad_rating" or "wrong_type" naming the item.
  static Expected<TrainingJob> start(MediaType type, Corpus corpus, std::vector<Example> examples, std::uint64_t seed = 1);

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
Expected<Model> train(MediaType type, const Corpus& corpus, std::vector<Example> examples, std::uint64_t seed = 1);

}  // namespace hub::predictor
