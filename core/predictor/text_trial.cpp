#include "core/predictor/text_trial.hpp"

#include <cmath>

namespace hub::predictor {

namespace {

constexpr std::size_t fewest_with_text = 20;
constexpr std::size_t most_tried = 500;

}  // namespace

TextTrial::TextTrial(const Ratings& ratings) : ratings_(ratings) {
  for (const auto row : ratings.own)
    if (!ratings.works->item(row).embedding.values.empty()) rows_.push_back(row);
  decided_ = rows_.size() < fewest_with_text || 2 * rows_.size() < ratings.own.size();
  // The order of the ratings is random, so the first will do.
  if (rows_.size() > most_tried) rows_.resize(most_tried);
}

void TextTrial::finish() {
  const auto& process = process_->process();
  const Vector squares = (process.residual() - process.left_out()).cwiseAbs2();
  process_.reset();
  if (!with_text_) {
    without_ = squares;
    with_text_ = true;
    return;
  }
  const Vector gains = without_ - squares;
  gain_ = gains.sum();
  gain_squares_ = gains.squaredNorm();
  decided_ = true;
}

bool TextTrial::step() {
  if (decided_) return false;
  if (!process_) {
    process_.emplace(ratings_, rows_, gaussian_process_weights(with_text_));
    return true;
  }
  if (!process_->step()) finish();
  return !decided_;
}

bool TextTrial::helps() const {
  constexpr double standard_errors = 1;
  return gain_ > standard_errors * std::sqrt(gain_squares_);
}

}  // namespace hub::predictor
