#include "core/predictor/trial_process.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace hub::predictor {

namespace {

constexpr Index rows_a_step = 32;

RatedWorks of_rows(const RatedWorks& all, std::span<const std::uint32_t> rows) {
  std::vector<features::SharedEncoded> items;
  std::vector<double> days;
  items.reserve(rows.size());
  days.reserve(rows.size());
  for (const auto row : rows) {
    items.push_back(all.items()[row]);
    days.push_back(all.day(row));
  }
  return {std::move(items), std::move(days)};
}

}  // namespace

TrialProcess::TrialProcess(const Ratings& ratings, std::span<const std::uint32_t> rows, const Weights& weights)
    : weights_(weights),
      works_(of_rows(*ratings.works, rows)),
      covariances_(static_cast<Index>(rows.size())),
      residual_(static_cast<Index>(rows.size())) {
  for (std::size_t i = 0; i < rows.size(); ++i) residual_[static_cast<Index>(i)] = ratings.residual[static_cast<Index>(rows[i])];
}

bool TrialProcess::step() {
  if (process_) return process_->step();
  std::vector<double> row;
  for (const Index end = std::min(residual_.size(), row_ + rows_a_step); row_ < end; ++row_) {
    row.resize(static_cast<std::size_t>(row_) + 1);
    const auto place = static_cast<std::size_t>(row_);
    works_.covariances(works_.point(place), weights_, row);
    for (Index j = 0; j <= row_; ++j) covariances_(row_, j) = row[static_cast<std::size_t>(j)];
    covariances_(row_, row_) += weights_.noise + variance_without_embeddings(works_.item(place), weights_);
  }
  if (row_ == residual_.size()) process_.emplace(std::move(covariances_), std::move(residual_));
  return true;
}

}  // namespace hub::predictor
