#include "core/predictor/fit.hpp"

#include <algorithm>
#include <cmath>

namespace hub::predictor {

namespace {

constexpr std::uint32_t inner_fold_count = 5;
constexpr int tree_rounds = 80;

std::vector<std::uint8_t> without_fold(const std::vector<std::uint8_t>& use, const std::vector<std::uint32_t>& folds, std::uint32_t fold) {
  auto rest = use;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    if (folds[i] == fold) rest[i] = 0;
  }
  return rest;
}

}  // namespace

double tree_share(std::size_t ratings) {
  const auto n = static_cast<double>(ratings);
  constexpr double most = 0.4;
  constexpr double half = 200;
  return most * n / (n + half);
}

Fit::Parts Fit::parts(const features::Encoded& item, const TokenTable& table) const {
  const auto terms = terms_of(item);
  return {ridge->parts(item, terms, table), std::sqrt(linear.predict(terms).variance)};
}

Fitting::Fitting(const Ratings& ratings, std::vector<std::uint8_t> use) : ratings_(ratings), use_(std::move(use)) {
  inner_folds_.assign(ratings.size(), inner_fold_count);
  for (std::size_t i = 0; i < ratings.size(); ++i) {
    // The ratings are in an order by hash already, so that dealing them out in turn is a random and even division.
    if (use_[i] != 0) inner_folds_[i] = static_cast<std::uint32_t>(used_++ % inner_fold_count);
  }
  margin_.assign(ratings.size(), 0.0);
  fit_.rating_count = used_;
  if (!with_trees()) stage_ = Stage::full;
  if (with_trees()) encodings_ = Matrix(ratings.size(), ratings.tree_columns.size());
}

std::size_t Fitting::steps_expected() const {
  return with_trees() ? 8 * (inner_fold_count + 1) + 1 + static_cast<std::size_t>(tree_rounds) : 8;
}

Expected<bool> Fitting::step() {
  ++steps_done_;
  switch (stage_) {
    case Stage::inner: {
      if (!running_) {
        running_.emplace(*ratings_.table, without_fold(use_, inner_folds_, inner_fold_), ratings_.terms, ratings_.residual);
      }
      if (running_->sweep()) return true;
      for (std::size_t i = 0; i < ratings_.size(); ++i) {
        if (inner_folds_[i] != inner_fold_) continue;
        const auto parts = running_->parts(i, *ratings_.table, ratings_.terms);
        margin_[i] = parts.sum();
        fill_tree_row(ratings_.items[i], parts, *ratings_.type, encodings_.row(i));
      }
      running_.reset();
      if (++inner_fold_ == inner_fold_count) stage_ = Stage::full;
      return true;
    }
    case Stage::full: {
      if (!fit_.ridge) {
        std::vector<Terms> terms;
        std::vector<double> residual;
        for (std::size_t i = 0; i < ratings_.size(); ++i) {
          if (use_[i] == 0) continue;
          terms.push_back(ratings_.terms[i]);
          residual.push_back(ratings_.residual[i]);
        }
        fit_.linear = Linear(terms, residual);
        fit_.ridge.emplace(*ratings_.table, use_, ratings_.terms, ratings_.residual);
      }
      if (fit_.ridge->sweep()) return true;
      fit_.ridge->finish();
      stage_ = with_trees() ? Stage::start_trees : Stage::done;
      return stage_ != Stage::done;
    }
    case Stage::start_trees: {
      Matrix x(used_, ratings_.tree_columns.size());
      std::vector<float> labels;
      std::vector<float> margins;
      for (std::size_t i = 0; i < ratings_.size(); ++i) {
        if (use_[i] == 0) continue;
        std::copy(encodings_.row(i).begin(), encodings_.row(i).end(), x.row(labels.size()).begin());
        labels.push_back(rounded(ratings_.residual[i]));
        margins.push_back(rounded(margin_[i]));
      }
      auto booster = Booster::begin(ratings_.tree_columns, x, labels, margins, {});
      if (!booster) return tl::unexpected(booster.error());
      booster_.emplace(std::move(*booster));
      stage_ = Stage::trees;
      return true;
    }
    case Stage::trees: {
      if (auto done = booster_->round(); !done) return tl::unexpected(done.error());
      if (booster_->rounds() < tree_rounds) return true;
      booster_->end_training();
      fit_.trees = std::make_shared<const Booster>(std::move(*booster_));
      fit_.tree_share = tree_share(used_);
      stage_ = Stage::done;
      return false;
    }
    case Stage::done: break;
  }
  return false;
}

}  // namespace hub::predictor
