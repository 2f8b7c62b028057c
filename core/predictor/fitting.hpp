#pragma once

#include <deque>
#include <functional>
#include <memory>

#include "core/predictor/drift.hpp"
#include "core/predictor/embedding_trial.hpp"
#include "core/predictor/factor_pool.hpp"
#include "core/predictor/fit.hpp"

namespace hub::predictor {

/// Makes a Fit in steps of a few milliseconds each: covariances, factors, shares of the stack, what the trees may see of each rating, and
/// the trees.
///
/// Trees start from (base_margin) and see (affinities) only what fits on the other four fifths of the ratings say of each of them: with its
/// own rating in the encoding a tree would read the answer off.
class Fitting {
 public:
  /// @param ratings  at least one of the type.
  /// @param pool     where factors are looked for and left for others; or null.
  explicit Fitting(std::shared_ptr<const Ratings> ratings, const Settings& settings = {}, std::shared_ptr<FactorPool> pool = {},
                   Limits limits = {});
  /// Takes up a fit that was kept: factors that are of no ratings, and what follows from the rest.
  Fitting(std::shared_ptr<const Ratings> ratings, Fit kept, std::shared_ptr<FactorPool> pool);
  Fitting(const Fitting&) = delete;
  Fitting& operator=(const Fitting&) = delete;

  /// @return false when done; Error "training_failed" with XGBoost's own words.
  Expected<bool> step();
  double progress() const;  ///< 0 … 1
  Fit take() { return std::move(fit_); }

 private:
  /// Called until it says false.
  struct Task {
    double work = 0;  ///< about how long it takes, in any unit
    std::function<Expected<bool>()> step;
  };

  void plan();
  void plan_kept();
  void plan_combination();
  void plan_process(Estimator estimator, std::vector<std::uint32_t> rows);
  /// The works of all types that one process learns from, in an order that is the same whichever type is predicted.
  std::vector<std::uint32_t> rows_of_all_types() const;
  void find_shared(const std::vector<std::uint32_t>& rows, const Weights& weights);
  Vector residual_of(const std::vector<std::uint32_t>& rows) const;
  void plan_inducing(Estimator estimator);
  Weights weights_of(Estimator estimator) const;
  void plan_trees();
  void grow(std::optional<std::uint32_t> without_fold);

  void fill_covariances(const std::vector<std::uint32_t>& rows, const Weights& weights);
  bool add_ratings(Estimator estimator);
  Vector alpha_without(const std::vector<Index>& seen) const;
  void encode_fold(std::uint32_t fold);

  std::shared_ptr<const Ratings> ratings_;
  std::shared_ptr<FactorPool> pool_;
  Limits limits_;
  Fit fit_;
  std::deque<Task> tasks_;
  double work_done_ = 0;
  double work_all_ = 0;

  std::optional<DriftTrial> drift_;
  std::optional<EmbeddingTrial> tried_;
  LowerTriangle<double> covariances_;  ///< of the process being fitted
  std::size_t row_ = 0;
  std::uint64_t key_ = 0;      ///< of the factor that is looked for
  FactorPool::Factor shared_;  ///< if it was found
  std::optional<GaussianProcess> fitting_;
  std::optional<InducingProcess> inducing_;
  std::optional<Inversion> inversion_;
  LowerTriangle<double> inverse_;
  std::array<std::vector<float>, 2> margins_;  ///< out of fold, by rating of the type
  std::optional<TreeGrowth> growth_;
};

}  // namespace hub::predictor
