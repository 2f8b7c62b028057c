#include "core/predictor/embedding_trial.hpp"

#include <cmath>

namespace hub::predictor {

namespace {

constexpr std::size_t fewest_embedded = 20;
constexpr std::size_t most_tried = 500;

bool is_known(const features::Encoded& work, std::size_t tried) {
  return tried < features::embedding_count ? !work.embedded[tried].values.empty() : !std::isnan(work.agreement);
}

}  // namespace

EmbeddingTrial::EmbeddingTrial(const Ratings& ratings, std::size_t tried, const Reads& decided)
    : ratings_(ratings), tried_(tried), reads_(decided) {
  reads_[tried_] = false;
  for (const auto row : ratings.own)
    if (is_known(ratings.works->item(row), tried)) rows_.push_back(row);
  decided_ = rows_.size() < fewest_embedded || 2 * rows_.size() < ratings.own.size();
  // The order of the ratings is random, so the first will do.
  if (rows_.size() > most_tried) rows_.resize(most_tried);
}

void EmbeddingTrial::finish() {
  const auto& process = process_->process();
  const Vector squares = (process.residual() - process.left_out()).cwiseAbs2();
  process_.reset();
  bool& with_it = reads_[tried_];
  if (!with_it) {
    without_ = squares;
    with_it = true;
    return;
  }
  const Vector gains = without_ - squares;
  gain_ = gains.sum();
  gain_squares_ = gains.squaredNorm();
  decided_ = true;
}

bool EmbeddingTrial::step() {
  if (decided_) return false;
  if (!process_) {
    process_.emplace(ratings_, rows_, gaussian_process_weights(reads_));
    return true;
  }
  if (!process_->step()) finish();
  return !decided_;
}

bool EmbeddingTrial::helps() const {
  constexpr double standard_errors = 1;
  return gain_ > standard_errors * std::sqrt(gain_squares_);
}

}  // namespace hub::predictor
