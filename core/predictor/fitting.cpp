#include "core/predictor/fitting.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace hub::predictor {

namespace {

constexpr std::size_t rows_a_step = 32;

double cubed(double n) {
  return n * n * n;
}

}  // namespace

Fitting::Fitting(std::shared_ptr<const Ratings> ratings, const Settings& settings, std::shared_ptr<FactorPool> pool, Limits limits)
    : ratings_(std::move(ratings)), pool_(std::move(pool)), limits_(limits) {
  fit_.settings = settings;
  plan();
  for (const auto& task : tasks_) work_all_ += task.work;
}

Fitting::Fitting(std::shared_ptr<const Ratings> ratings, Fit kept, std::shared_ptr<FactorPool> pool)
    : ratings_(std::move(ratings)), pool_(std::move(pool)), fit_(std::move(kept)) {
  plan_kept();
  for (const auto& task : tasks_) work_all_ += task.work;
}

void Fitting::plan_kept() {
  if (!fit_.processes.front().is_fitted()) {
    for (auto& one : std::exchange(fit_.processes, {})) plan_process(one.estimator, std::move(one.rows));
  } else if (auto& last = fit_.processes.back(); last.estimator == Estimator::all_types) {
    find_shared(last.rows, last.weights);
    auto& process = std::get<GaussianProcess>(last.regression);
    if (shared_)
      process = GaussianProcess::with_factor(std::move(shared_), process.residual());
    else if (pool_)
      pool_->put(key_, process.shared_factor());
  }
  tasks_.push_back({1, [this]() -> Expected<bool> {
                      fit_linear(fit_, *ratings_);
                      return false;
                    }});
  plan_combination();
}

void Fitting::plan_combination() {
  tasks_.push_back({1, [this]() -> Expected<bool> {
                      combine(fit_, *ratings_);
                      return false;
                    }});
}

void Fitting::plan() {
  const auto& r = *ratings_;
  tasks_.push_back({1e7, [this]() -> Expected<bool> {
                      if (!drift_) drift_.emplace(*ratings_);
                      if (drift_->step()) return true;
                      fit_.drifts = drift_->drifts();
                      fit_.ahead = drift_->ahead();
                      drift_.reset();
                      return false;
                    }});
  for (std::size_t tried = 0; tried < tried_kernels.size(); ++tried) {
    if (tried_kernels[tried] == Kernel::agreement && !r.type->tells_agreement()) continue;
    tasks_.push_back({1e7, [this, tried]() -> Expected<bool> {
                        if (!tried_) tried_.emplace(*ratings_, tried, fit_.reads);
                        if (tried_->step()) return true;
                        fit_.reads[tried] = tried_->helps();
                        tried_.reset();
                        return false;
                      }});
  }
  constexpr std::array<Estimator, 3> of_the_type{Estimator::gaussian_process, Estimator::cautious, Estimator::ridge};
  const bool exact = limits_.is_exact(r.size(), r.works->size());
  for (const auto estimator : of_the_type) {
    if (exact) {
      plan_process(estimator, r.own);
    } else if (estimator != Estimator::ridge) {
      // Of that many ratings the ridge would hold as much again as the other two together, for less than a thousandth of the error.
      plan_inducing(estimator);
    }
  }
  if (exact && r.works->size() > r.own.size() && r.size() < limits_.exact) {
    plan_process(Estimator::all_types, rows_of_all_types());
  }
  tasks_.push_back({1, [this]() -> Expected<bool> {
                      share_out(fit_, *ratings_);
                      // The ratings are in a random order, so that dealing them out in turn is a random and even division.
                      for (std::uint32_t k = 0; k < ratings_->size(); ++k) fit_.fold.push_back(k % fold_count);
                      return false;
                    }});
  if (r.size() >= fewest_ratings_for_trees) plan_trees();
  if (!exact) {
    tasks_.push_back({0, [this]() -> Expected<bool> {
                        std::get<InducingProcess>(fit_.processes.front().regression).end_fit();
                        return false;
                      }});
  }
  plan_combination();
}

Weights Fitting::weights_of(Estimator estimator) const {
  if (estimator == Estimator::ridge) return ridge_weights();
  auto weights = estimator == Estimator::cautious ? cautious_weights(fit_.reads) : gaussian_process_weights(fit_.reads);
  if (fit_.drifts) weights.of[index_of(Kernel::date)] = drift_weight;
  return weights;
}

void Fitting::plan_process(Estimator estimator, std::vector<std::uint32_t> rows) {
  const auto n = static_cast<double>(rows.size());
  auto shared = std::make_shared<const std::vector<std::uint32_t>>(std::move(rows));
  if (estimator == Estimator::cautious) {
    // Its covariances are those of the process before it with more noise.
    tasks_.push_back({0, [this]() -> Expected<bool> {
                        const double more = weights_of(Estimator::cautious).noise - weights_of(Estimator::gaussian_process).noise;
                        for (Index i = 0; i < covariances_.rows(); ++i) covariances_(i, i) += more;
                        return false;
                      }});
  } else {
    tasks_.push_back({n * n * 40, [this, estimator, shared]() -> Expected<bool> {
                        const auto weights = weights_of(estimator);
                        if (row_ == 0 && estimator == Estimator::all_types) find_shared(*shared, weights);
                        if (shared_) {
                          for (std::size_t task = 0; task < 2; ++task) work_all_ -= std::exchange(tasks_[task].work, 0);
                          return false;
                        }
                        fill_covariances(*shared, weights);
                        if (row_ < shared->size()) return true;
                        for (Index i = 0; i < covariances_.rows(); ++i) {
                          const auto& work = ratings_->works->item((*shared)[static_cast<std::size_t>(i)]);
                          covariances_(i, i) += weights.noise + variance_without_embeddings(work, weights);
                        }
                        row_ = 0;
                        return false;
                      }});
  }
  tasks_.push_back({cubed(n) / 3, [this, estimator, shared]() -> Expected<bool> {
                      if (shared_) {
                        fitting_ = GaussianProcess::with_factor(std::exchange(shared_, nullptr), residual_of(*shared));
                      } else if (!fitting_) {
                        const bool used_again = estimator == Estimator::gaussian_process;
                        fitting_.emplace(used_again ? covariances_ : std::move(covariances_), residual_of(*shared));
                      }
                      if (fitting_->step()) return true;
                      if (pool_ && estimator == Estimator::all_types) pool_->put(key_, fitting_->shared_factor());
                      fit_.processes.push_back({estimator, weights_of(estimator), *shared, *shared, std::move(*fitting_)});
                      fitting_.reset();
                      return false;
                    }});
}

std::vector<std::uint32_t> Fitting::rows_of_all_types() const {
  const auto& r = *ratings_;
  // Of other types as many as the exact model can take; the order of the ratings is random, so any of them will do.
  auto rows = r.own;
  std::vector<std::uint8_t> is_own(r.works->size(), 0);
  for (const auto row : r.own) is_own[row] = 1;
  for (std::uint32_t row = 0; row < r.works->size() && rows.size() < limits_.exact; ++row) {
    if (is_own[row] == 0) rows.push_back(row);
  }
  std::sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) { return r.ids[a] < r.ids[b]; });
  return rows;
}

void Fitting::find_shared(const std::vector<std::uint32_t>& rows, const Weights& weights) {
  if (!pool_) return;
  key_ = factor_key(*ratings_->works, rows, weights);
  shared_ = pool_->find(key_);
}

Vector Fitting::residual_of(const std::vector<std::uint32_t>& rows) const {
  Vector residual(static_cast<Index>(rows.size()));
  for (std::size_t k = 0; k < rows.size(); ++k) residual[static_cast<Index>(k)] = ratings_->residual[static_cast<Index>(rows[k])];
  return residual;
}

void Fitting::fill_covariances(const std::vector<std::uint32_t>& rows, const Weights& weights) {
  if (row_ == 0) covariances_ = LowerTriangle<double>(static_cast<Index>(rows.size()));
  std::vector<double> all;
  const auto end = std::min(rows.size(), row_ + rows_a_step);
  for (; row_ < end; ++row_) {
    all.assign(1 + *std::max_element(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(row_) + 1), 0.0);
    ratings_->works->covariances(ratings_->works->point(rows[row_]), weights, all);
    for (std::size_t k = 0; k <= row_; ++k) covariances_(static_cast<Index>(row_), static_cast<Index>(k)) = all[rows[k]];
  }
}

void Fitting::plan_inducing(Estimator estimator) {
  const auto& own = ratings_->own;
  const std::size_t works = limits_.inducing(own.size(), ratings_->works->size());
  const auto n = static_cast<double>(own.size());
  const auto m = static_cast<double>(works);
  // The ratings are in a random order, so that the first of them are taken at random.
  auto rows = std::make_shared<const std::vector<std::uint32_t>>(own.begin(), own.begin() + static_cast<std::ptrdiff_t>(works));
  if (estimator == Estimator::cautious) {
    // The same as the process before it with more noise.
    tasks_.push_back({0, [this]() -> Expected<bool> {
                        const auto& before = std::get<InducingProcess>(fit_.processes.back().regression);
                        inducing_.emplace(
                            before.with_more_noise(weights_of(Estimator::cautious).noise - fit_.processes.back().weights.noise));
                        return false;
                      }});
  } else {
    tasks_.push_back({m * m * 40, [this, estimator, rows]() -> Expected<bool> {
                        fill_covariances(*rows, weights_of(estimator));
                        if (row_ < rows->size()) return true;
                        row_ = 0;
                        inducing_.emplace(covariances_.dense());
                        covariances_.clear();
                        return false;
                      }});
    tasks_.push_back({cubed(m) / 3, [this]() -> Expected<bool> { return inducing_->step(); }});
    tasks_.push_back({n * m * (40 + m / 2), [this, estimator]() -> Expected<bool> { return add_ratings(estimator); }});
  }
  tasks_.push_back({cubed(m) / 3 + n * m * m / 2, [this, estimator, rows]() -> Expected<bool> {
                      if (inducing_->step()) return true;
                      // Fits without a part of the ratings are asked of the first process alone.
                      if (estimator != Estimator::gaussian_process) inducing_->end_fit();
                      fit_.processes.push_back({estimator, weights_of(estimator), *rows, ratings_->own, std::move(*inducing_)});
                      inducing_.reset();
                      return false;
                    }});
}

bool Fitting::add_ratings(Estimator estimator) {
  const auto& r = *ratings_;
  const auto weights = weights_of(estimator);
  const auto begin = static_cast<std::size_t>(inducing_->size());
  const std::size_t end = std::min(r.size(), begin + static_cast<std::size_t>(SharedColumns::most_in_block));
  const Index works = inducing_->inducing();
  const auto count = static_cast<Index>(end - begin);
  DenseMatrix k(works, count);
  Vector variance(count);
  Vector residual(count);
  std::vector<double> all(1 + *std::max_element(r.own.begin(), r.own.begin() + static_cast<std::ptrdiff_t>(works)));
  for (std::size_t i = begin; i < end; ++i) {
    const auto column = static_cast<Index>(i - begin);
    const auto point = r.works->point(r.own[i]);
    r.works->covariances(point, weights, all);
    for (Index row = 0; row < works; ++row) k(row, column) = all[r.own[static_cast<std::size_t>(row)]];
    variance[column] = prior_variance(point, weights);
    residual[column] = r.residual[static_cast<Index>(r.own[i])];
  }
  inducing_->add(k, variance, weights.noise, residual);
  return end < r.size();
}

void Fitting::plan_trees() {
  const auto n = static_cast<double>(ratings_->size());
  tasks_.push_back({limits_.is_exact(ratings_->size(), ratings_->works->size()) ? cubed(n) / 6 : 0, [this]() -> Expected<bool> {
                      if (const auto* process = std::get_if<GaussianProcess>(&fit_.processes.front().regression)) {
                        if (!inversion_) inversion_.emplace(process->inverse_factor());
                        if (inversion_->step()) return true;
                        inverse_ = inversion_->take();
                        inversion_.reset();
                      }
                      fit_.encodings = Matrix(ratings_->size(), ratings_->tree_columns.size());
                      for (auto& margins : margins_) margins.assign(ratings_->size(), 0.0F);
                      return false;
                    }});
  for (std::uint32_t fold = 0; fold < fold_count; ++fold) {
    tasks_.push_back({n * n * 10, [this, fold]() -> Expected<bool> {
                        encode_fold(fold);
                        return false;
                      }});
  }
  for (std::uint32_t fold = 0; fold <= fold_count; ++fold) {
    tasks_.push_back({n * 3e5, [this, fold]() -> Expected<bool> {
                        if (!growth_) grow(fold < fold_count ? std::optional(fold) : std::nullopt);
                        const auto more = growth_->step();
                        if (!more) return tl::unexpected(more.error());
                        if (*more) return true;
                        (fold < fold_count ? fit_.fold_trees[fold] : fit_.trees) = growth_->take();
                        growth_.reset();
                        return false;
                      }});
  }
  tasks_.push_back({0, [this]() -> Expected<bool> {
                      fit_.tree_share = tree_share(ratings_->size(), fit_.settings);
                      return false;
                    }});
}

Vector Fitting::alpha_without(const std::vector<Index>& seen) const {
  const auto& regression = fit_.processes.front().regression;
  if (const auto* inducing = std::get_if<InducingProcess>(&regression)) return inducing->alpha_without(seen);
  const auto& process = std::get<GaussianProcess>(regression);
  // α of the fit without the part B, in closed form: α - K⁻¹_·B (K⁻¹_BB)⁻¹ α_B, whose entries on B are 0.
  const auto size = static_cast<Index>(seen.size());
  DenseMatrix block(size, size);
  Vector own(size);
  const auto at = [&](Index i, Index j) { return i >= j ? inverse_(i, j) : inverse_(j, i); };
  for (Index a = 0; a < size; ++a) {
    own[a] = process.alpha()[seen[static_cast<std::size_t>(a)]];
    for (Index b = 0; b <= a; ++b) block(a, b) = at(seen[static_cast<std::size_t>(a)], seen[static_cast<std::size_t>(b)]);
  }
  GaussianProcess solver(LowerTriangle<double>::of(block), std::move(own));
  while (solver.step()) {
  }
  Vector alpha = process.alpha();
  for (Index a = 0; a < size; ++a) {
    const Index j = seen[static_cast<std::size_t>(a)];
    for (Index i = 0; i < alpha.size(); ++i) alpha[i] -= at(i, j) * solver.alpha()[a];
  }
  for (const Index k : seen) alpha[k] = 0;
  return alpha;
}

void Fitting::encode_fold(std::uint32_t fold) {
  const auto& r = *ratings_;
  std::vector<std::size_t> part;  // of the ratings of the type
  std::vector<Index> places;      // the same
  std::vector<Terms> other_terms;
  std::vector<double> other_residual;
  for (std::size_t k = 0; k < r.size(); ++k) {
    if (fit_.fold[k] == fold) {
      part.push_back(k);
      places.push_back(static_cast<Index>(k));
    } else {
      other_terms.push_back(r.works->terms(r.own[k]));
      other_residual.push_back(r.residual[static_cast<Index>(r.own[k])]);
    }
  }
  const auto& process = fit_.processes.front();
  const Vector alpha = alpha_without(places);
  Member member{process.weights, 1, Vector::Zero(static_cast<Index>(r.works->size()))};
  for (std::size_t k = 0; k < process.rows.size(); ++k) member.alpha[static_cast<Index>(process.rows[k])] = alpha[static_cast<Index>(k)];
  const Combination without(r.works, {std::move(member)});
  const Linear linear(other_terms, other_residual);
  for (const auto place : part) {
    const auto point = r.works->point(r.own[place]);
    const auto parts = without.parts(point);
    fill_tree_row(point.item, parts, *r.type, fit_.encodings.row(place));
    margins_[0][place] = rounded(parts.sum());
    margins_[1][place] = rounded(linear.predict(r.works->terms(r.own[place])).value);
  }
  if (fold + 1 == fold_count) inverse_.clear();
}

void Fitting::grow(std::optional<std::uint32_t> without_fold) {
  const auto& r = *ratings_;
  std::vector<std::size_t> rows;
  for (std::size_t k = 0; k < r.size(); ++k) {
    if (!without_fold || fit_.fold[k] != *without_fold) rows.push_back(k);
  }
  Matrix x(rows.size(), fit_.encodings.columns);
  std::vector<float> labels;
  std::array<std::vector<float>, 2> margins;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto from = fit_.encodings.row(rows[i]);
    std::copy(from.begin(), from.end(), x.row(i).begin());
    labels.push_back(rounded(r.residual[static_cast<Index>(r.own[rows[i]])]));
    for (std::size_t forest = 0; forest < margins.size(); ++forest) margins[forest].push_back(margins_[forest][rows[i]]);
  }
  growth_.emplace(r.tree_columns, std::move(x), std::move(labels), std::move(margins), fit_.settings);
}

Expected<bool> Fitting::step() {
  if (tasks_.empty()) return false;
  const auto more = tasks_.front().step();
  if (!more) return tl::unexpected(more.error());
  if (!*more) {
    work_done_ += tasks_.front().work;
    tasks_.pop_front();
  }
  return !tasks_.empty();
}

double Fitting::progress() const {
  return work_all_ > 0 ? work_done_ / work_all_ : 1.0;
}

}  // namespace hub::predictor
