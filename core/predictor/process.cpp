#include "core/predictor/process.hpp"

#include <algorithm>

namespace hub::predictor {

std::string_view name_of(Estimator estimator) {
  switch (estimator) {
    case Estimator::gaussian_process: return "gaussian_process";
    case Estimator::linear: return "linear";
    case Estimator::habit: return "habit";
    case Estimator::ridge: return "ridge";
    case Estimator::cautious: return "cautious";
    case Estimator::all_types: return "all_types";
  }
  return "";
}

const Vector& Process::alpha() const {
  return std::visit([](const auto& one) -> const Vector& { return one.alpha(); }, regression);
}

const Vector& Process::precision() const {
  return std::visit([](const auto& one) -> const Vector& { return one.precision(); }, regression);
}

Vector Process::left_out() const {
  return std::visit([](const auto& one) { return one.left_out(); }, regression);
}

Vector Process::alpha_without(Index rating) const {
  return std::visit([&](const auto& one) { return one.alpha_without(rating); }, regression);
}

Vector Process::explained_variance(const DenseMatrix& k) const {
  return std::visit([&](const auto& one) { return one.explained_variance(k); }, regression);
}

Vector Process::moves(const Vector& k) const {
  return std::visit([&](const auto& one) { return one.moves(k); }, regression);
}

Vector Process::carried(const Vector& k, Index left_out) const {
  return std::get<InducingProcess>(regression).carried(k, left_out);
}

Index Process::place_of(std::uint32_t work) const {
  const auto found = std::find(ratings.begin(), ratings.end(), work);
  return found == ratings.end() ? -1 : found - ratings.begin();
}

std::size_t Process::reach() const {
  return rows.empty() ? 0 : 1 + *std::max_element(rows.begin(), rows.end());
}

Vector Process::covariances(const RatedWorks& works, const Point& x) const {
  return covariances(works, works.likeness(x, falls_off(weights) ? reach() : 0));
}

Vector Process::covariances(const RatedWorks& works, const Likeness& x) const {
  std::vector<double> all(reach());
  works.covariances(x, weights, all);
  Vector k(static_cast<Index>(rows.size()));
  for (std::size_t i = 0; i < rows.size(); ++i) k[static_cast<Index>(i)] = all[rows[i]];
  return k;
}

void Process::change(std::uint32_t work, double residual) {
  const Index place = place_of(work);
  if (place >= 0) std::visit([&](auto& one) { one.change(place, residual); }, regression);
}

void Process::append(const RatedWorks& works, const Point& x, std::uint32_t work, double residual) {
  const Vector k = covariances(works, x);
  if (auto* gaussian = std::get_if<GaussianProcess>(&regression)) {
    gaussian->append(k, variance(x), residual);
    rows.push_back(work);
  } else {
    std::get<InducingProcess>(regression).append(k, prior_variance(x, weights), weights.noise, residual);
  }
  ratings.push_back(work);
}

void Process::remove(std::uint32_t work) {
  const Index place = place_of(work);
  if (place < 0) return;
  std::visit([&](auto& one) { one.remove(place); }, regression);
  ratings.erase(ratings.begin() + place);
  if (exact()) rows.erase(rows.begin() + place);
}

}  // namespace hub::predictor
