#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/predictor/booster.hpp"
#include "core/predictor/random.hpp"
#include "core/predictor/settings.hpp"

namespace hub::predictor {

/// Gradient-boosted trees on what two estimators leave: one forest starts from (`base_margin`) the Gaussian process, the other from the
/// linear model. Their mean is less wrong than either, as they start from different errors.
struct Trees {
  std::array<std::shared_ptr<const Booster>, 2> forests;
  explicit operator bool() const { return forests[0] != nullptr; }

  /// Mean of the two forests' sums for each row. When XGBoost fails (out of memory) it is 0: the rest of a prediction stands without it.
  std::vector<double> predict(const Matrix& rows) const;
  /// Mean of the SHAP values of the two forests, for one row: as many as columns, and the expectation.
  std::vector<double> contributions(std::span<const float> row) const;
  /// Mean of the two forests' SHAP interaction values for one row, line by line as Booster::interactions has them.
  std::vector<double> interactions(std::span<const float> row) const;
};

/// Grows the trees, a round a step.
class TreeGrowth {
 public:
  /// @param x        n x p.
  /// @param labels   n residuals above the prior mean.
  /// @param margins  for each forest its n starting points, by fits that have not seen the row's own rating.
  TreeGrowth(std::span<const features::Feature> columns, Matrix x, std::vector<float> labels, std::array<std::vector<float>, 2> margins,
             const Settings& settings);

  Expected<bool> step();  ///< false when done
  Trees take() { return std::move(trees_); }

 private:
  std::span<const features::Feature> columns_;
  Matrix x_;
  std::vector<float> labels_;
  std::array<std::vector<float>, 2> margins_;
  Settings settings_;
  std::size_t forest_ = 0;
  std::optional<Booster> growing_;
  Random random_;               ///< which ratings each tree is grown from
  std::vector<float> weights_;  ///< 1 for a rating that the next tree is grown from, else 0
  Trees trees_;
};

/// From this many ratings on there are trees.
inline constexpr std::size_t fewest_ratings_for_trees = 20;

/// a: how much of the trees' say counts beside the stack's, trees_most · n / (n + trees_half).
double tree_share(std::size_t ratings, const Settings& settings);

}  // namespace hub::predictor
