#include "core/predictor/trees.hpp"

#include <utility>

namespace hub::predictor {

std::vector<double> Trees::predict(const Matrix& rows) const {
  std::vector<double> sums(rows.rows, 0.0);
  if (!*this) return sums;
  for (const auto& forest : forests) {
    const auto predicted = forest->predict(rows);
    if (!predicted) return std::vector<double>(rows.rows, 0.0);
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += static_cast<double>((*predicted)[i]) / 2;
  }
  return sums;
}

std::vector<double> Trees::contributions(std::span<const float> row) const {
  std::vector<double> sums(row.size() + 1, 0.0);
  if (!*this) return sums;
  Matrix one(1, row.size());
  one.values.assign(row.begin(), row.end());
  for (const auto& forest : forests) {
    const auto shap = forest->contributions(one);
    if (!shap) return std::vector<double>(row.size() + 1, 0.0);
    for (std::size_t column = 0; column < sums.size(); ++column) sums[column] += static_cast<double>(shap->values[column]) / 2;
  }
  return sums;
}

std::vector<double> Trees::interactions(std::span<const float> row) const {
  const std::size_t size = (row.size() + 1) * (row.size() + 1);
  std::vector<double> sums(size, 0.0);
  if (!*this) return sums;
  for (const auto& forest : forests) {
    const auto square = forest->interactions(row);
    if (!square) return std::vector<double>(size, 0.0);
    for (std::size_t i = 0; i < size; ++i) sums[i] += static_cast<double>(square->values[i]) / 2;
  }
  return sums;
}

TreeGrowth::TreeGrowth(std::span<const features::Feature> columns, Matrix x, std::vector<float> labels,
                       std::array<std::vector<float>, 2> margins, const Settings& settings)
    : columns_(columns), x_(std::move(x)), labels_(std::move(labels)), margins_(std::move(margins)), settings_(settings), random_(1) {}

Expected<bool> TreeGrowth::step() {
  if (forest_ == margins_.size()) return false;
  if (!growing_) {
    Booster::Parameters parameters;
    parameters.max_depth = settings_.max_depth;
    parameters.eta = settings_.eta;
    parameters.min_child_weight = settings_.min_child_weight;
    parameters.lambda = settings_.lambda;
    parameters.seed = static_cast<std::uint32_t>(forest_ + 1);
    auto booster = Booster::begin(columns_, x_, labels_, margins_[forest_], parameters);
    if (!booster) return tl::unexpected(booster.error());
    growing_.emplace(std::move(*booster));
    return true;
  }
  // XGBoost's own sampling differs between standard libraries; this draws the same in every build.
  if (settings_.subsample < 1) {
    weights_.resize(labels_.size());
    for (auto& weight : weights_) weight = random_.uniform() < settings_.subsample ? 1.0F : 0.0F;
  }
  if (auto done = growing_->round(weights_); !done) return tl::unexpected(done.error());
  if (growing_->rounds() < settings_.rounds) return true;
  if (auto done = growing_->end_training(); !done) return tl::unexpected(done.error());
  trees_.forests[forest_] = std::make_shared<const Booster>(std::move(*growing_));
  growing_.reset();
  ++forest_;
  return forest_ < margins_.size();
}

double tree_share(std::size_t ratings, const Settings& settings) {
  const auto n = static_cast<double>(ratings);
  return settings.trees_most * n / (n + settings.trees_half);
}

}  // namespace hub::predictor
