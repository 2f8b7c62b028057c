#include "core/predictor/ridge.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

namespace hub::predictor {

using features::families;
using features::Family;

namespace {
constexpr int most_sweeps = 25;
constexpr double small_change = 1e-4;  ///< stars: no effect moved by more in a sweep
}  // namespace

double family_variance(Family family) {
  switch (family) {
    case Family::creators: return 0.1;
    case Family::cast: return 0.05;
    case Family::genres: return 0.106;
    case Family::keywords: return 0.08;
    case Family::title_words: return 0.05;
    case Family::companies: return 0.03;
    case Family::language: return 0.014;
    case Family::countries: return 0.014;
    case Family::decade: return 0.02;
  }
  return 0;
}

TokenTable::TokenTable(std::span<const features::Encoded> rows) {
  row_begin_.push_back(0);
  for (const auto& row : rows) {
    for (const Family family : families) {
      for (const auto& token : row.of(family)) {
        const auto [found, is_new] = slot_of_.emplace(token.key, static_cast<std::uint32_t>(family_.size()));
        if (is_new) family_.push_back(family);
        entries_.push_back({found->second, token.weight});
      }
    }
    row_begin_.push_back(entries_.size());
  }
  slot_begin_.assign(family_.size() + 1, 0);
  for (const auto& entry : entries_) ++slot_begin_[entry.slot + 1];
  for (std::size_t slot = 0; slot < family_.size(); ++slot) slot_begin_[slot + 1] += slot_begin_[slot];
  occurrences_.resize(entries_.size());
  auto next = slot_begin_;
  for (std::size_t i = 0; i + 1 < row_begin_.size(); ++i) {
    for (const auto& entry : row(i)) occurrences_[next[entry.slot]++] = {static_cast<std::uint32_t>(i), entry.weight};
  }
}

const std::uint32_t* TokenTable::find(std::uint64_t key) const {
  const auto found = slot_of_.find(key);
  return found == slot_of_.end() ? nullptr : &found->second;
}

double RidgeParts::sum() const {
  double total = terms.sum();
  for (const double part : taste) total += part;
  return total;
}

Ridge::Ridge(const TokenTable& table, std::span<const std::uint8_t> use, std::span<const Terms> terms, std::span<const double> residual)
    : table_(&table),
      use_(use.begin(), use.end()),
      terms_(terms.begin(), terms.end()),
      left_(residual.begin(), residual.end()),
      squares_(table.slots(), 0.0),
      effects_(table.slots(), 0.0) {
  Eigen::Matrix<double, term_count, term_count> precision = term_variances().cwiseInverse().asDiagonal();
  precision *= ridge_noise;
  for (std::size_t i = 0; i < use_.size(); ++i) {
    if (use_[i] != 0) precision += terms_[i] * terms_[i].transpose();
  }
  inverse_ = precision.llt().solve(Eigen::Matrix<double, term_count, term_count>::Identity());
  for (std::uint32_t slot = 0; slot < table.slots(); ++slot) {
    for (const auto& [row, weight] : table.occurrences(slot)) {
      if (use_[row] != 0) squares_[slot] += weight * weight;
    }
  }
}

bool Ridge::sweep() {
  double largest = 0;
  // All numeric terms at once: they are correlated, so that one at a time would converge slowly.
  Terms moment = Terms::Zero();
  for (std::size_t i = 0; i < use_.size(); ++i) {
    if (use_[i] != 0) moment += terms_[i] * (left_[i] + weights_.dot(terms_[i]));
  }
  const Terms weights = inverse_ * moment;
  const Terms change = weights - weights_;
  weights_ = weights;
  largest = change.cwiseAbs().maxCoeff();
  for (std::size_t i = 0; i < use_.size(); ++i) {
    if (use_[i] != 0) left_[i] -= change.dot(terms_[i]);
  }

  for (std::uint32_t slot = 0; slot < effects_.size(); ++slot) {
    if (squares_[slot] == 0) continue;
    const auto occurrences = table_->occurrences(slot);
    double gradient = 0;
    for (const auto& [row, weight] : occurrences) {
      if (use_[row] != 0) gradient += weight * left_[row];
    }
    const double effect =
        (gradient + squares_[slot] * effects_[slot]) / (squares_[slot] + ridge_noise / family_variance(table_->family_of(slot)));
    const double moved = effect - effects_[slot];
    effects_[slot] = effect;
    largest = std::max(largest, std::abs(moved));
    for (const auto& [row, weight] : occurrences) left_[row] -= moved * weight;
  }
  ++sweeps_;
  return sweeps_ < most_sweeps && largest > small_change;
}

RidgeParts Ridge::parts(std::size_t row, const TokenTable& table, std::span<const Terms> terms) const {
  RidgeParts parts;
  parts.terms = weights_.cwiseProduct(terms[row]);
  for (const auto& [slot, weight] : table.row(row)) parts.taste[features::index_of(table.family_of(slot))] += effects_[slot] * weight;
  return parts;
}

RidgeParts Ridge::parts(const features::Encoded& item, const Terms& terms, const TokenTable& table) const {
  RidgeParts parts;
  parts.terms = weights_.cwiseProduct(terms);
  for (const Family family : families) {
    for (const auto& token : item.of(family)) {
      if (const auto* slot = table.find(token.key)) parts.taste[features::index_of(family)] += effects_[*slot] * token.weight;
    }
  }
  return parts;
}

void Ridge::finish() {
  use_ = {};
  terms_ = {};
  left_ = {};
  squares_ = {};
}

}  // namespace hub::predictor
