#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/predictor/bootstrap.hpp"
#include "core/predictor/for_each.hpp"
#include "core/predictor/predictor.hpp"

namespace hub::predictor {

enum class Protocol {
  cv5,       ///< five folds of each person's ratings, by seed
  temporal,  ///< the first 80 % by date teach, the rest is predicted; people with at least six distinct dates
  curve      ///< n ratings teach, the rest is predicted, for growing n
};

/// One rating of one person to be scored on, in the order of the file.
struct RatedItem {
  const Item* item = nullptr;
  double stars = 0;  ///< value · 5 / scale, without any offset; may be 0
  std::string date;  ///< ISO 8601 or empty
};

struct Person {
  std::string name;
  std::vector<RatedItem> ratings;  ///< a work that comes again counts once, the first time
};

/// Errors in stars.
struct Measures {
  double rmse = 0;
  double mae = 0;
  double r2_train_mean = 0;  ///< 1 - Σ(y - p)² / Σ(y - mean of the training part)²
  double r2 = 0;             ///< the ordinary one: 1 - Σ(y - p)² / Σ(y - mean of the ratings that are predicted)²
  double spearman = 0;       ///< of a person's predicted and given ratings; pooled: the mean over people
  double pair_order = 0;     ///< within one person and fold: share of differing pairs in the right order, equal predictions one half
};

/// How one way of predicting did. `final` is the product's own predictor; the others, which it has to beat, are "mean",
/// "community_offset", "linear", "neighbours" and "plain_xgboost" (comparisons.hpp).
struct MethodScores {
  std::string name;
  Measures pooled;         ///< over all ratings of all people
  Measures median;         ///< over people
  Difference final_minus;  ///< RMSE of `final` - RMSE of this method: below 0 where `final` is better
};

/// What the predictor loses without a group of facts (ablation.hpp).
struct GroupScores {
  std::string group;
  double rmse = 0;  ///< pooled, without it
  Difference lost;  ///< RMSE without it - RMSE with it: above 0 where it helps
};

/// One of the estimators that the predictor combines, on the ratings that taught it.
struct EstimatorSummary {
  std::string name;    ///< as EstimatorScore has it
  double rmse = 0;     ///< leave-one-out, alone; pooled over all models
  double share = 0;    ///< in the stack, mean over models by their number of ratings
  double ratings = 0;  ///< that taught these models, in all
};

struct PersonScores {
  std::string name;
  std::size_t ratings = 0;         ///< that were predicted
  std::vector<Measures> measures;  ///< one for each method, in the order of Evaluation::methods
  double coverage80 = 0;
  double width80 = 0;
};

struct Evaluation {
  std::size_t people = 0;
  std::size_t ratings = 0;  ///< that were predicted
  std::vector<MethodScores> methods;
  std::vector<GroupScores> groups;  ///< those that were asked for, the greatest loss first
  std::vector<EstimatorSummary> estimators;
  std::vector<PersonScores> by_person;  ///< in the order in which they were given
  double beats_mean = 0;                ///< share of people whose RMSE is lower with `final`
  double beats_community = 0;
  double coverage80 = 0;         ///< share of ratings inside the interval that is to hold 80 %
  double width80 = 0;            ///< mean width of the interval, stars
  double share_r2_positive = 0;  ///< of people (with Protocol::curve: runs) whose r2_train_mean of `final` is above 0
  double seconds = 0;            ///< it took; with Protocol::curve the share that this n took

  const MethodScores& of(std::string_view method) const;  ///< `method` must be there
};

struct EvaluationOptions {
  Protocol protocol = Protocol::cv5;
  std::uint64_t seed = 1;
  std::size_t fewest = 20;                                 ///< people with fewer ratings are left out
  bool groups = false;                                     ///< measure also without each group of facts; takes as long again for each
  features::Embedders embedders;                           ///< what models tell of the works
  ForEach for_each = one_after_another;                    ///< how the parts are run; the result does not depend on it
  std::function<void(std::size_t, std::size_t)> progress;  ///< told how many parts are done, of how many; perhaps from several threads at
                                                           ///< a time
};

/// @param items  all works, the rated ones among them. Statistics come from these and never from ratings.
/// @return       under 0 the evaluation, or with Protocol::curve one under each number of ratings that teach. Intervals of differences are
///               by bootstrap over people, over ratings where there is one person. An error is the predictor's.
Expected<std::map<std::size_t, Evaluation>> evaluate(std::span<const Item* const> items, std::span<const Person> people,
                                                     const EvaluationOptions& options);

}  // namespace hub::predictor
