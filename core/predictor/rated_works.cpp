#include "core/predictor/rated_works.hpp"

#include <algorithm>
#include <cmath>

namespace hub::predictor {

using features::Encoded;
using features::Family;

namespace {

constexpr int community_term = static_cast<int>(Term::community);
constexpr int votes_term = static_cast<int>(Term::votes);
constexpr int year_term = static_cast<int>(Term::year);

constexpr double genre_reach = 0.5;
constexpr double text_reach = 0.4;
constexpr double days_of_drift = 180;

bool on_screen(const Encoded& item) {
  return item.type == MediaType::film || item.type == MediaType::show;
}

/// exp(-Δyear² / 0.5) and its fourth root by the difference in whole years: years reach from 1940 to 2040 (features::Encoded::year).
struct YearTable {
  std::array<double, 101> near{};
  std::array<double, 101> root{};
  YearTable() {
    for (std::size_t years = 0; years < near.size(); ++years) {
      const double difference = static_cast<double>(years) / 20;
      near[years] = std::exp(-difference * difference / 0.5);
      root[years] = std::exp(-difference * difference / 2);
    }
  }
};

const YearTable& year_table() {
  static const YearTable table;
  return table;
}

double dot(const std::vector<float>& a, const std::vector<float>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
  return sum;
}

double text_covariance(const Encoded& a, const Encoded& b) {
  return std::exp((dot(a.embedding, b.embedding) - 1) / text_reach);
}

double drift_covariance(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return 0;
  return std::exp(-std::abs(a - b) / days_of_drift);
}

/// Weights of the six numeric terms, in their order.
Terms term_weights(const Weights& weights) {
  Terms list;
  list << weights[Kernel::constant], weights[Kernel::community], weights[Kernel::votes], weights[Kernel::year], weights[Kernel::length],
      weights[Kernel::unknown_public];
  return list;
}

}  // namespace

RatedWorks::RatedWorks(std::vector<Encoded> items, std::vector<double> days)
    : items_(std::move(items)), days_(std::move(days)), tokens_(items_) {
  terms_.reserve(items_.size());
  for (const auto& item : items_) terms_.push_back(terms_of(item));
}

RatedWorks::Near RatedWorks::near(const Terms& x, std::size_t i, double genres) const {
  // The joint kernel is a product of powers of the other two and of one over genres, so that only few exponentials are to be taken.
  static const double no_genre_in_common = std::exp(-1 / genre_reach);
  const Terms& y = terms_[i];
  const auto& table = year_table();
  const auto years = std::min<std::size_t>(100, static_cast<std::size_t>(std::lround(std::abs(x[year_term] - y[year_term]) * 20)));
  const double community = x[community_term] - y[community_term];
  const double votes = x[votes_term] - y[votes_term];
  Near near;
  near.year = table.near[years];
  near.in_public = std::exp(-(community * community + votes * votes) / 2);
  const double by_genres = genres == 0 ? no_genre_in_common : std::exp((genres - 1) / genre_reach);
  near.joint = by_genres * table.root[years] * std::sqrt(near.in_public);
  return near;
}

void RatedWorks::covariances(const Point& x, const Weights& weights, std::span<double> out) const {
  const std::size_t n = out.size();
  const Terms own = terms_of(x.item);
  const Terms scaled = term_weights(weights).cwiseProduct(own);
  const double same_type = weights[Kernel::media_type];
  for (std::size_t i = 0; i < n; ++i) {
    out[i] = scaled.dot(terms_[i]) + (items_[i].type == x.item.type ? same_type : 0.0);
  }

  const bool is_near = weights[Kernel::near_year] > 0 || weights[Kernel::near_public] > 0 || weights[Kernel::joint] > 0;
  std::vector<double> genres(is_near ? n : 0, 0.0);
  for (const auto& [kernel, family] : set_kernels()) {
    const double weight = weights[kernel];
    const bool genre = family == Family::genres && is_near;
    if (weight == 0 && !genre) continue;
    const bool outside = kernel == Kernel::creators_outside_screen;
    if (outside && on_screen(x.item)) continue;
    for (const auto& token : x.item.of(family)) {
      const auto* slot = tokens_.find(token.key);
      if (slot == nullptr) continue;
      for (const auto& [row, share] : tokens_.occurrences(*slot)) {
        if (row >= n) break;
        if (genre) genres[row] += token.weight * share;
        if (!outside || !on_screen(items_[row])) out[row] += weight * token.weight * share;
      }
    }
  }
  if (is_near) {
    const double year = weights[Kernel::near_year];
    const double in_public = weights[Kernel::near_public];
    const double joint = weights[Kernel::joint];
    for (std::size_t i = 0; i < n; ++i) {
      const auto one = near(own, i, genres[i]);
      out[i] += year * one.year + in_public * one.in_public + joint * one.joint;
    }
  }
  if (const double text = weights[Kernel::text]; text > 0) {
    for (std::size_t i = 0; i < n; ++i) out[i] += text * text_covariance(x.item, items_[i]);
  }
  if (const double drift = weights[Kernel::date]; drift > 0) {
    for (std::size_t i = 0; i < n; ++i) out[i] += drift * drift_covariance(x.day, days_[i]);
  }
}

void RatedWorks::covariances(const Point& x, Kernel kernel, std::span<double> out) const {
  Weights one;
  one.of[index_of(kernel)] = 1;
  covariances(x, one, out);
}

double prior_variance(const Point& point, const Weights& weights) {
  const Encoded& x = point.item;
  const Terms own = terms_of(x);
  double sum = term_weights(weights).dot(own.cwiseProduct(own)) + weights[Kernel::media_type];
  for (const auto& [kernel, family] : set_kernels()) {
    if (x.of(family).empty() || (kernel == Kernel::creators_outside_screen && on_screen(x))) continue;
    sum += weights[kernel];
  }
  sum += weights[Kernel::near_year] + weights[Kernel::near_public];
  sum += weights[Kernel::joint] * (x.of(Family::genres).empty() ? std::exp(-1 / genre_reach) : 1.0);
  sum += weights[Kernel::text] * text_covariance(x, x) + (std::isnan(point.day) ? 0.0 : weights[Kernel::date]);
  return sum;
}

}  // namespace hub::predictor
