#include "core/predictor/rated_works.hpp"

#include <algorithm>
#include <cmath>

#include "core/predictor/lanes.hpp"

namespace hub::predictor {

using features::Encoded;
using features::Family;

namespace {

constexpr int community_term = static_cast<int>(Term::community);
constexpr int votes_term = static_cast<int>(Term::votes);
constexpr int year_term = static_cast<int>(Term::year);

constexpr double genre_reach = 0.5;
constexpr double embedding_reach = 0.4;
constexpr double days_of_drift = 180;

bool on_screen(MediaType type) {
  return type == MediaType::film || type == MediaType::show;
}

/// exp(-Δyear² / 0.5) and its fourth root by the difference in whole years, from -100 to 100.
struct YearTable {
  static constexpr std::size_t middle = RatedWorks::years - 1;
  std::array<double, 2 * middle + 1> near{};
  std::array<double, 2 * middle + 1> root{};
  YearTable() {
    for (std::size_t place = 0; place < near.size(); ++place) {
      const double difference = (static_cast<double>(place) - static_cast<double>(middle)) / 20;
      near[place] = std::exp(-difference * difference / 0.5);
      root[place] = std::exp(-difference * difference / 2);
    }
  }
};

const YearTable& year_table() {
  static const YearTable table;
  return table;
}

std::size_t place_of_year(const Terms& terms) {
  constexpr long latest = static_cast<long>(RatedWorks::years) - 1;
  return static_cast<std::size_t>(std::clamp(std::lround(terms[year_term] * 20) + 60, 0L, latest));
}

double embedding_covariance(const features::Quantised& x, const features::Quantised& y) {
  // A work without has nothing in common with others by it, and is not one like all.
  if (x.values.empty() || x.values.size() != y.values.size()) return 0;
  const double cosine = static_cast<double>(features::dot(x.values.data(), y.values.data(), x.values.size())) *
                        static_cast<double>(x.scale) * static_cast<double>(y.scale);
  return std::exp((std::min(cosine, 1.0) - 1) / embedding_reach);
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

RatedWorks::RatedWorks(std::vector<features::SharedEncoded> items, std::vector<double> days)
    : items_(std::move(items)), terms_(static_cast<Eigen::Index>(items_.size()), term_count), days_(std::move(days)), tokens_(items_) {
  years_.reserve(items_.size());
  types_.reserve(items_.size());
  agreements_.reserve(items_.size());
  for (std::size_t i = 0; i < items_.size(); ++i) {
    const Terms terms = terms_of(*items_[i]);
    terms_.row(static_cast<Eigen::Index>(i)) = terms.transpose();
    years_.push_back(static_cast<std::uint8_t>(place_of_year(terms)));
    types_.push_back(items_[i]->type);
    agreements_.push_back(agreement_or_mean(*items_[i]));
  }
}

double RatedWorks::near_year(std::size_t apart) {
  return year_table().near[YearTable::middle + apart];
}

Likeness RatedWorks::likeness(const Point& x, std::size_t reach) const {
  Likeness like{x, terms_of(x.item), 0, {}, {}, {}};
  like.year = place_of_year(like.terms);
  const Family* before = nullptr;
  for (const auto& [kernel, family] : set_kernels()) {
    // Two kernels of one family follow each other.
    if (before != nullptr && *before == family) continue;
    before = &family;
    for (const auto& token : x.item.of(family)) {
      if (const auto* slot = tokens_.find(token.key)) like.shared.push_back({family, *slot, token.weight});
    }
  }
  if (reach == 0) return like;

  // The joint kernel is a product of a root of in_public, one of the years and one of the genres.
  const auto n = static_cast<Eigen::Index>(reach);
  like.joint.setZero(n);
  like.in_public.resize(n);
  for (const auto& [family, slot, weight] : like.shared) {
    if (family != Family::genres) continue;
    for (const auto& [row, share] : tokens_.occurrences(slot)) {
      if (row >= reach) break;
      like.joint[static_cast<Eigen::Index>(row)] += weight * share;  // for now the cosine of the genres
    }
  }
  const double* community = terms_.col(community_term).data();
  const double* votes = terms_.col(votes_term).data();
  const double* root = year_table().root.data() + YearTable::middle - like.year;
  const auto take = [&](std::size_t i, const double* c, const double* v, double* near, double* joint) {
    const Lanes dc = load(c) - like.terms[community_term];
    const Lanes dv = load(v) - like.terms[votes_term];
    const Lanes fourth = exponential((dc * dc + dv * dv) * -0.25);
    const Lanes by_year{root[years_[i]], root[years_[std::min(i + 1, reach - 1)]]};
    store(joint, exponential((load(joint) - 1) * (1 / genre_reach)) * fourth * by_year);
    store(near, fourth * fourth);
  };
  std::size_t i = 0;
  for (; i + lane_count <= reach; i += lane_count) take(i, community + i, votes + i, like.in_public.data() + i, like.joint.data() + i);
  if (i < reach) {
    // The last of an odd number, beside nothing.
    double c[lane_count] = {community[i]};
    double v[lane_count] = {votes[i]};
    double near[lane_count] = {};
    double joint[lane_count] = {like.joint[n - 1]};
    take(i, c, v, near, joint);
    like.in_public[n - 1] = near[0];
    like.joint[n - 1] = joint[0];
  }
  return like;
}

void RatedWorks::covariances(const Likeness& x, const Weights& weights, std::span<double> out) const {
  const auto n = static_cast<Eigen::Index>(out.size());
  Eigen::Map<Eigen::VectorXd> sums(out.data(), n);
  const Terms scaled = term_weights(weights).cwiseProduct(x.terms);
  sums.noalias() = terms_.topRows(n) * scaled;
  const MediaType type = x.point.item.type;
  if (const double same_type = weights[Kernel::media_type]; same_type != 0) {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] += types_[i] == type ? same_type : 0.0;
  }
  for (const auto& [kernel, family] : set_kernels()) {
    const double weight = weights[kernel];
    const bool outside = kernel == Kernel::creators_outside_screen;
    if (weight == 0 || (outside && on_screen(type))) continue;
    for (const auto& shared : x.shared) {
      if (shared.family != family) continue;
      const double scale = weight * shared.weight;
      for (const auto& [row, share] : tokens_.occurrences(shared.slot)) {
        if (row >= out.size()) break;
        if (!outside || !on_screen(types_[row])) out[row] += scale * share;
      }
    }
  }
  if (falls_off(weights)) {
    const double year = weights[Kernel::near_year];
    const double* near = year_table().near.data() + YearTable::middle - x.year;
    for (std::size_t i = 0; i < out.size(); ++i) out[i] += year * near[years_[i]];
    sums.array() += weights[Kernel::near_public] * x.in_public.head(n) + weights[Kernel::joint] * x.joint.head(n);
  }
  for (std::size_t e = 0; e < features::embedding_count; ++e) {
    const double weight = weights[embedding_kernels[e]];
    const auto& own = x.point.item.embedded[e];
    if (weight <= 0 || own.values.empty()) continue;
    for (std::size_t i = 0; i < out.size(); ++i) out[i] += weight * embedding_covariance(own, items_[i]->embedded[e]);
  }
  if (const double scaled_agreement = weights[Kernel::agreement] * agreement_or_mean(x.point.item); scaled_agreement != 0) {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] += scaled_agreement * agreements_[i];
  }
  if (const double drift = weights[Kernel::date]; drift > 0) {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] += drift * drift_covariance(x.point.day, days_[i]);
  }
}

void RatedWorks::covariances(const Point& x, const Weights& weights, std::span<double> out) const {
  covariances(likeness(x, falls_off(weights) ? out.size() : 0), weights, out);
}

void RatedWorks::covariances(const Point& x, Kernel kernel, std::span<double> out) const {
  Weights one;
  one.of[index_of(kernel)] = 1;
  covariances(x, one, out);
}

bool falls_off(const Weights& weights) {
  return weights[Kernel::near_year] > 0 || weights[Kernel::near_public] > 0 || weights[Kernel::joint] > 0;
}

double agreement_or_mean(const Encoded& x) {
  return std::isnan(x.agreement) ? 0 : x.agreement;
}

double variance_without_embeddings(const Encoded& x, const Weights& weights) {
  double sum = 0;
  for (std::size_t e = 0; e < features::embedding_count; ++e)
    if (x.embedded[e].values.empty()) sum += unexplained_without * weights[embedding_kernels[e]];
  return sum;
}

double prior_variance(const Point& point, const Weights& weights) {
  const Encoded& x = point.item;
  const Terms own = terms_of(x);
  double sum = term_weights(weights).dot(own.cwiseProduct(own)) + weights[Kernel::media_type];
  for (const auto& [kernel, family] : set_kernels()) {
    if (x.of(family).empty() || (kernel == Kernel::creators_outside_screen && on_screen(x.type))) continue;
    sum += weights[kernel];
  }
  sum += weights[Kernel::near_year] + weights[Kernel::near_public];
  sum += weights[Kernel::joint] * (x.of(Family::genres).empty() ? std::exp(-1 / genre_reach) : 1.0);
  for (std::size_t e = 0; e < features::embedding_count; ++e)
    if (!x.embedded[e].values.empty()) sum += weights[embedding_kernels[e]];
  sum += weights[Kernel::agreement] * agreement_or_mean(x) * agreement_or_mean(x);
  sum += std::isnan(point.day) ? 0.0 : weights[Kernel::date];
  return sum + variance_without_embeddings(x, weights);
}

}  // namespace hub::predictor
