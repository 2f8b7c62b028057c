#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/predictor/booster.hpp"
#include "core/predictor/linear.hpp"
#include "core/predictor/random.hpp"
#include "core/predictor/ridge.hpp"
#include "core/predictor/tree_features.hpp"

namespace hub::predictor {

/// All ratings of one person for one type, as numbers; what every fit on some of them shares.
struct Ratings {
  std::vector<features::Encoded> items;
  std::vector<double> stars;
  std::vector<Terms> terms;
  std::vector<double> residual;     ///< stars - m(x)
  std::vector<std::uint32_t> fold;  ///< which of the `folds` parts the rating is in
  std::uint32_t folds = 0;
  std::optional<TokenTable> table;
  const features::TypeStatistics* type = nullptr;
  std::vector<features::Feature> tree_columns;

  std::size_t size() const { return stars.size(); }
};

/// From this many ratings on there are trees.
inline constexpr std::size_t fewest_ratings_for_trees = 20;

/// What is learnt from some ratings: a linear model (which also tells how uncertain a prediction is), the ridge over people, genres and so
/// on, and trees on what the ridge leaves. A further estimator becomes a further member here and a further stage of Fitting.
struct Fit {
  Linear linear;
  std::optional<Ridge> ridge;  ///< always there once fitted
  std::shared_ptr<const Booster> trees;
  double tree_share = 0;  ///< a: how much of the trees' sum is believed
  std::size_t rating_count = 0;

  struct Parts {
    RidgeParts ridge;
    double deviation = 0;  ///< standard deviation of a new rating by the linear model, stars
  };
  Parts parts(const features::Encoded& item, const TokenTable& table) const;
};

/// Fits on the rows with `use` set, in small steps. Trees start from (base_margin) and see (affinities) only what fits on the other four
/// fifths of the used rows say of each of them: with its own rating in the encoding a tree would read the answer off.
class Fitting {
 public:
  /// @param ratings  must outlive the fitting.
  Fitting(const Ratings& ratings, std::vector<std::uint8_t> use);

  /// @return false when done.
  Expected<bool> step();
  std::size_t steps_done() const { return steps_done_; }
  std::size_t steps_expected() const;
  Fit take() { return std::move(fit_); }
  /// Rows x columns of all ratings, filled for the used rows only; out of fold. For tests.
  const Matrix& encodings() const { return encodings_; }

 private:
  enum class Stage { inner, full, start_trees, trees, done };
  bool with_trees() const { return used_ >= fewest_ratings_for_trees; }

  const Ratings& ratings_;
  std::vector<std::uint8_t> use_;
  std::size_t used_ = 0;
  Stage stage_ = Stage::inner;
  std::uint32_t inner_fold_ = 0;
  std::vector<std::uint32_t> inner_folds_;
  std::optional<Ridge> running_;
  std::vector<double> margin_;  ///< out of fold, of the used rows
  Matrix encodings_;
  std::optional<Booster> booster_;
  Fit fit_;
  std::size_t steps_done_ = 0;
};

/// a = most · n / (n + half).
double tree_share(std::size_t ratings);

}  // namespace hub::predictor
