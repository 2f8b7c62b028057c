#include "core/predictor/combination.hpp"

#include <numeric>

namespace hub::predictor {

using features::Family;

double KernelParts::sum() const {
  return std::accumulate(of.begin(), of.end(), 0.0);
}

Combination::Combination(std::shared_ptr<const RatedWorks> works, std::vector<Member> members)
    : works_(std::move(works)), members_(std::move(members)) {
  const std::size_t n = works_->size();
  const auto& tokens = works_->tokens();
  effects_.assign(tokens.slots(), 0.0);
  outside_screen_.assign(tokens.slots(), 0.0);
  near_.resize(n);

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

  constexpr std::array<Kernel, term_count> numeric{Kernel::constant, Kernel::community, Kernel::votes,
                                                   Kernel::year,     Kernel::length,    Kernel::unknown_public};
  std::vector<double> sums;
  for (int term = 0; term < term_count; ++term) {
    if (!gather(numeric[static_cast<std::size_t>(term)], sums)) continue;
    for (std::size_t i = 0; i < n; ++i) slopes_[term] += sums[i] * works_->terms(i)[term];
  }
  if (gather(Kernel::media_type, sums)) {
    for (std::size_t i = 0; i < n; ++i) of_type_[hub::index_of(works_->item(i).type)] += sums[i];
  }
  for (const auto& [kernel, family] : set_kernels()) {
    if (!gather(kernel, sums)) continue;
    auto& effects = kernel == Kernel::creators_outside_screen ? outside_screen_ : effects_;
    for (std::uint32_t slot = 0; slot < tokens.slots(); ++slot) {
      if (tokens.family_of(slot) != family) continue;
      for (const auto& [row, weight] : tokens.occurrences(slot)) {
        const auto type = works_->item(row).type;
        if (kernel == Kernel::creators_outside_screen && (type == MediaType::film || type == MediaType::show)) continue;
        effects[slot] += sums[row] * weight;
      }
    }
  }
  if (gather(Kernel::near_year, sums)) {
    has_near_ = true;
    for (std::size_t i = 0; i < n; ++i) near_[i].year = sums[i];
  }
  if (gather(Kernel::near_public, sums)) {
    has_near_ = true;
    for (std::size_t i = 0; i < n; ++i) near_[i].in_public = sums[i];
  }
  if (gather(Kernel::joint, sums)) {
    has_near_ = true;
    for (std::size_t i = 0; i < n; ++i) near_[i].joint = sums[i];
  }
  if (gather(Kernel::text, sums)) {
    has_text_ = true;
    for (std::size_t i = 0; i < n; ++i) near_[i].text = sums[i];
  }
  if (gather(Kernel::date, sums)) {
    has_date_ = true;
    for (std::size_t i = 0; i < n; ++i) near_[i].date = sums[i];
  }
  for (std::uint32_t i = 0; i < n; ++i) {
    if (near_[i].year != 0 || near_[i].in_public != 0 || near_[i].joint != 0) active_.push_back(i);
  }
}

KernelParts Combination::parts(const Point& x) const {
  KernelParts parts;
  if (!works_) return parts;
  const std::size_t n = works_->size();
  const Terms terms = terms_of(x.item);
  constexpr std::array<Kernel, term_count> numeric{Kernel::constant, Kernel::community, Kernel::votes,
                                                   Kernel::year,     Kernel::length,    Kernel::unknown_public};
  for (int term = 0; term < term_count; ++term) parts[numeric[static_cast<std::size_t>(term)]] = slopes_[term] * terms[term];
  parts[Kernel::media_type] = of_type_[hub::index_of(x.item.type)];

  const auto& tokens = works_->tokens();
  const bool outside = x.item.type != MediaType::film && x.item.type != MediaType::show;
  std::vector<double> genres(has_near_ ? n : 0, 0.0);
  for (const auto& [kernel, family] : set_kernels()) {
    const bool second = kernel == Kernel::creators_outside_screen;
    if (second && !outside) continue;
    for (const auto& token : x.item.of(family)) {
      const auto* slot = tokens.find(token.key);
      if (slot == nullptr) continue;
      parts[kernel] += token.weight * (second ? outside_screen_ : effects_)[*slot];
      if (family == Family::genres && has_near_) {
        for (const auto& [row, weight] : tokens.occurrences(*slot)) genres[row] += token.weight * weight;
      }
    }
  }
  if (has_near_) {
    for (const auto i : active_) {
      const auto near = works_->near(terms, i, genres[i]);
      parts[Kernel::near_year] += near_[i].year * near.year;
      parts[Kernel::near_public] += near_[i].in_public * near.in_public;
      parts[Kernel::joint] += near_[i].joint * near.joint;
    }
  }
  if (has_text_ || has_date_) {
    std::vector<double> covariances(n);
    if (has_text_) {
      works_->covariances(x, Kernel::text, covariances);
      for (std::size_t i = 0; i < n; ++i) parts[Kernel::text] += near_[i].text * covariances[i];
    }
    if (has_date_) {
      works_->covariances(x, Kernel::date, covariances);
      for (std::size_t i = 0; i < n; ++i) parts[Kernel::date] += near_[i].date * covariances[i];
    }
  }
  return parts;
}

}  // namespace hub::predictor
