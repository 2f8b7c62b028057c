#include "core/predictor/drift.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <span>

namespace hub::predictor {

namespace {

constexpr std::size_t fewest_dated = 40;
constexpr std::size_t fewest_days = 6;
constexpr std::size_t most_tried = 500;  ///< the latest ones: drift is about now
constexpr std::size_t origins = 2;

Weights trial_weights(bool with_drift) {
  auto weights = gaussian_process_weights({});
  if (with_drift) weights.of[index_of(Kernel::date)] = drift_weight;
  return weights;
}

}  // namespace

DriftTrial::DriftTrial(const Ratings& ratings) : ratings_(ratings) {
  std::set<double> days;
  for (const auto row : ratings.own) {
    if (std::isnan(ratings.works->day(row))) continue;
    rows_.push_back(row);
    days.insert(ratings.works->day(row));
  }
  if (rows_.size() < fewest_dated || days.size() < fewest_days) return;
  std::stable_sort(rows_.begin(), rows_.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return ratings.works->day(a) < ratings.works->day(b); });
  if (rows_.size() > most_tried) rows_.erase(rows_.begin(), rows_.end() - static_cast<std::ptrdiff_t>(most_tried));
  trials_ = 2 * origins;
}

void DriftTrial::begin() {
  const auto weights = trial_weights(trial_ % 2 == 1);
  const std::size_t n = rows_.size() * (3 + trial_ / 2) / 5;
  process_.emplace(ratings_, std::span(rows_).first(n), weights);
}

void DriftTrial::finish() {
  const auto weights = trial_weights(trial_ % 2 == 1);
  const auto& process = process_->process();
  const auto n = static_cast<std::size_t>(process.size());
  const std::size_t end = std::min(rows_.size(), rows_.size() * (4 + trial_ / 2) / 5);
  std::vector<double> covariances(ratings_.works->size());
  if (trial_ % 2 == 0) without_.clear();
  auto& errors = errors_[trial_ % 2];
  const double left_out = (process.residual() - process.left_out()).squaredNorm() / static_cast<double>(n);
  for (std::size_t i = n; i < end; ++i) {
    ratings_.works->covariances(ratings_.works->point(rows_[i]), weights, covariances);
    double predicted = 0;
    for (std::size_t j = 0; j < n; ++j) predicted += process.alpha()[static_cast<Index>(j)] * covariances[rows_[j]];
    const double error = ratings_.residual[static_cast<Index>(rows_[i])] - predicted;
    errors.ahead += error * error / std::max(left_out, 1e-6);
    errors.count += 1;
    if (trial_ % 2 == 0) {
      without_.push_back(error * error);
    } else {
      const double gain = without_[i - n] - error * error;
      gain_ += gain;
      gain_squares_ += gain * gain;
    }
  }
}

bool DriftTrial::step() {
  if (trial_ == trials_) return false;
  if (!process_) {
    begin();
    return true;
  }
  if (process_->step()) return true;
  finish();
  process_.reset();
  ++trial_;
  return trial_ < trials_;
}

double DriftTrial::ahead() const {
  constexpr double prior_weight = 20;  // as of an interval's width
  const auto& errors = errors_[drifts() ? 1 : 0];
  return std::sqrt(std::max(1.0, (errors.ahead + prior_weight) / (errors.count + prior_weight)));
}

bool DriftTrial::drifts() const {
  constexpr double standard_errors = 2;
  return gain_ > standard_errors * std::sqrt(gain_squares_);
}

}  // namespace hub::predictor
