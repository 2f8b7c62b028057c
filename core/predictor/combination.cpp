#include "core/predictor/combination.hpp"

#include <numeric>

#include "core/predictor/lanes.hpp"

namespace hub::predictor {

namespace {

/// The kernel of each numeric term.
constexpr std::array<Kernel, term_count> numeric{Kernel::constant, Kernel::community, Kernel::votes,
                                                 Kernel::year,     Kernel::length,    Kernel::unknown_public};

}  // namespace

double KernelParts::sum() const {
  return std::accumulate(of.begin(), of.end(), 0.0);
}

Combination::Combination(std::shared_ptr<const RatedWorks> works, std::vector<Member> members)
    : works_(std::move(works)), members_(std::move(members)) {
  const std::size_t n = works_->size();
  const auto& tokens = works_->tokens();
  effects_.assign(tokens.slots(), 0.0);
  outside_screen_.assign(tokens.slots(), 0.0);

  // Σ share · weight · α_i for each kernel of a kind that visits ratings.
  const auto gather = [&](Kernel kernel, std::vector<double>& sums) {
    sums.assign(n, 0.0);
    bool any = false;
    for (const auto& member : members_) {
      const double scale = member.share * member.weights[kernel];
      if (scale == 0) continue;
      any = true;
      for (Index i = 0; i < member.alpha.size(); ++i) sums[static_cast<std::size_t>(i)] += scale * member.alpha[i];
    }
    return any;
  };

  std::vector<double> sums;
  for (int term = 0; term < term_count; ++term) {
    if (!gather(numeric[static_cast<std::size_t>(term)], sums)) continue;
    for (std::size_t i = 0; i < n; ++i) slopes_[term] += sums[i] * works_->term(i, term);
  }
  if (gather(Kernel::agreement, sums)) {
    for (std::size_t i = 0; i < n; ++i) agreement_slope_ += sums[i] * works_->agreement(i);
  }
  if (gather(Kernel::media_type, sums)) {
    for (std::size_t i = 0; i < n; ++i) of_type_[hub::index_of(works_->type(i))] += sums[i];
  }
  for (const auto& [kernel, family] : set_kernels()) {
    if (!gather(kernel, sums)) continue;
    auto& effects = kernel == Kernel::creators_outside_screen ? outside_screen_ : effects_;
    for (std::uint32_t slot = 0; slot < tokens.slots(); ++slot) {
      if (tokens.family_of(slot) != family) continue;
      for (const auto& [row, weight] : tokens.occurrences(slot)) {
        const auto type = works_->type(row);
        if (kernel == Kernel::creators_outside_screen && (type == MediaType::film || type == MediaType::show)) continue;
        effects[slot] += sums[row] * weight;
      }
    }
  }
  if (gather(Kernel::near_year, sums)) {
    std::array<double, RatedWorks::years> by_year{};
    for (std::size_t i = 0; i < n; ++i) by_year[works_->year_place(i)] += sums[i];
    for (std::size_t x = 0; x < RatedWorks::years; ++x) {
      for (std::size_t y = 0; y < RatedWorks::years; ++y) near_year_[x] += by_year[y] * RatedWorks::near_year(x > y ? x - y : y - x);
    }
  }
  const auto as_array = [&] { return Eigen::Map<const Eigen::ArrayXd>(sums.data(), static_cast<Index>(n)); };
  if (gather(Kernel::near_public, sums)) in_public_ = as_array();
  if (gather(Kernel::joint, sums)) joint_ = as_array();
  for (std::size_t e = 0; e < features::embedding_count; ++e)
    if (gather(embedding_kernels[e], sums)) embedded_[e] = as_array();
  if (gather(Kernel::date, sums)) date_ = as_array();
  for (auto* one : {&in_public_, &joint_}) {
    for (std::size_t i = reach_; i < static_cast<std::size_t>(one->size()); ++i) {
      if ((*one)[static_cast<Index>(i)] != 0) reach_ = i + 1;
    }
  }
}

KernelParts Combination::parts(const Point& x) const {
  return works_ ? parts(works_->likeness(x, reach_)) : KernelParts();
}

KernelParts Combination::parts(const Likeness& x) const {
  KernelParts parts;
  if (!works_) return parts;
  const MediaType type = x.point.item.type;
  for (int term = 0; term < term_count; ++term) parts[numeric[static_cast<std::size_t>(term)]] = slopes_[term] * x.terms[term];
  parts[Kernel::agreement] = agreement_slope_ * agreement_or_mean(x.point.item);
  parts[Kernel::media_type] = of_type_[hub::index_of(type)];

  const bool outside = type != MediaType::film && type != MediaType::show;
  for (const auto& [kernel, family] : set_kernels()) {
    const bool second = kernel == Kernel::creators_outside_screen;
    if (second && !outside) continue;
    for (const auto& shared : x.shared) {
      if (shared.family == family) parts[kernel] += shared.weight * (second ? outside_screen_ : effects_)[shared.slot];
    }
  }
  parts[Kernel::near_year] = near_year_[x.year];
  if (in_public_.size() > 0) parts[Kernel::near_public] = dot(in_public_.data(), x.in_public.data(), reach_);
  if (joint_.size() > 0) parts[Kernel::joint] = dot(joint_.data(), x.joint.data(), reach_);
  const auto visit = [&](Kernel kernel, const Eigen::ArrayXd& coefficients) {
    if (coefficients.size() == 0) return;
    Eigen::ArrayXd covariances(coefficients.size());
    works_->covariances(x.point, kernel, {covariances.data(), works_->size()});
    parts[kernel] = (coefficients * covariances).sum();
  };
  for (std::size_t e = 0; e < features::embedding_count; ++e) visit(embedding_kernels[e], embedded_[e]);
  visit(Kernel::date, date_);
  return parts;
}

}  // namespace hub::predictor
