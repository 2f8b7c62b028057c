#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/features/feature.hpp"
#include "core/library/error.hpp"

namespace hub::predictor {

/// Row-major table of numbers; NaN where a value is missing.
struct Matrix {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<float> values;  ///< rows · columns

  Matrix() = default;
  Matrix(std::size_t row_count, std::size_t column_count) : rows(row_count), columns(column_count), values(row_count * column_count) {}
  std::span<float> row(std::size_t i) { return {values.data() + i * columns, columns}; }
  std::span<const float> row(std::size_t i) const { return {values.data() + i * columns, columns}; }
};

/// Gradient-boosted trees: XGBoost (Chen and Guestrin 2016) through its C API, on one thread, histogram method. Every error of XGBoost
/// comes back as Error "training_failed" or "bad_model" with its own words.
class Booster {
 public:
  enum class Objective {
    squared_error,  ///< labels and predictions are numbers of any size
    logistic        ///< labels are 0 or 1, margins and predictions log-odds
  };

  struct Parameters {
    Objective objective = Objective::squared_error;
    int max_depth = 3;
    double eta = 0.05;            ///< learning rate
    double min_child_weight = 5;  ///< ratings in a leaf, at least
    double lambda = 10;           ///< L2 penalty on leaf values
    int max_bin = 64;
    double subsample = 1;         ///< by XGBoost's own sampling, which differs between standard libraries; 1 where results must not
    double colsample_bytree = 1;  ///< likewise
    std::uint32_t seed = 1;
  };

  /// Prepares training; call round() for each tree.
  ///
  /// @param features  names of the columns.
  /// @param x         n x p, infinite values refused.
  /// @param labels    n, as the objective says.
  /// @param margins   n: where boosting starts from for each row (`base_margin`), or empty for 0.
  static Expected<Booster> begin(std::span<const features::Feature> features, const Matrix& x, std::span<const float> labels,
                                 std::span<const float> margins, const Parameters& parameters);

  /// One boosting round over all rows, or over those with a weight above 0: with weights drawn anew each round, subsampling that is equal
  /// in every build. @param weights  empty, or one for each row.
  Expected<void> round(std::span<const float> weights = {});

  /// Frees what only training needs: the data, XGBoost's histograms and caches. The trees stay as they are.
  Expected<void> end_training();

  /// @return  for each row the sum of the trees alone, without any margin; with Objective::logistic log-odds.
  Expected<std::vector<float>> predict(const Matrix& x) const;

  /// SHAP values (TreeSHAP, Lundberg et al. 2020).
  /// @return  rows x (columns + 1); the last column is the expectation over the training rows; a row sums to its prediction.
  Expected<Matrix> contributions(const Matrix& x) const;

  /// SHAP interaction values (Lundberg et al. 2020, algorithm 3) of one row, as many numbers as columns.
  /// @return  (columns + 1) x (columns + 1), symmetric: an effect of two columns together is there twice, half each; a line sums to its
  ///          column's SHAP value; the last diagonal value is the expectation.
  Expected<Matrix> interactions(std::span<const float> row) const;

  /// The trees and feature names as UBJSON.
  Expected<std::vector<std::uint8_t>> save() const;
  static Expected<Booster> load(std::span<const std::uint8_t> bytes);

  /// Names of the features as the model holds them.
  Expected<std::vector<std::string>> feature_names() const;
  int rounds() const { return rounds_; }

  Booster(Booster&& other) noexcept;
  Booster& operator=(Booster&& other) noexcept;
  ~Booster();

 private:
  Booster() = default;

  void* handle_ = nullptr;
  void* training_data_ = nullptr;
  std::vector<float> labels_;
  Objective objective_ = Objective::squared_error;
  int rounds_ = 0;
};

}  // namespace hub::predictor
