#include "core/predictor/like_process.hpp"

#include <algorithm>
#include <cmath>

#include "core/predictor/splits.hpp"

namespace hub::predictor {

namespace {

constexpr double length = 2.5;
constexpr double audio_variance = 0.12;
constexpr double artist_variance = 0.08;
constexpr double linear_variance = 0.02;
constexpr double constant_variance = 0.05;
constexpr double noise = 0.13;
constexpr double furthest = 5;  ///< standard deviations: a broken value must not stand alone against all others

/// Cosine of two sets, given sorted.
double cosine(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  double common = 0;
  for (std::size_t i = 0, k = 0; i < a.size() && k < b.size();) {
    if (a[i] == b[k]) {
      common += 1;
      ++i;
      ++k;
    } else if (a[i] < b[k]) {
      ++i;
    } else {
      ++k;
    }
  }
  return common > 0 ? common / std::sqrt(static_cast<double>(a.size()) * static_cast<double>(b.size())) : 0;
}

std::vector<std::size_t> chosen(std::size_t n, std::size_t most, std::uint64_t seed) {
  auto order = shuffled(n, seed);
  order.resize(std::min(n, most));
  std::sort(order.begin(), order.end());
  return order;
}

}  // namespace

LikeProcess::LikeProcess(const Songs& songs, std::span<const double> liked, std::uint64_t seed) {
  LikeProcessFit fit(songs, liked, seed);
  while (fit.step()) {
  }
  *this = fit.finish();
}

void LikeProcess::standardise_by(const Songs& songs) {
  mean_.assign(songs.audio.columns, 0);
  scale_.assign(songs.audio.columns, 0);
  for (std::size_t column = 0; column < songs.audio.columns; ++column) {
    double count = 0;
    double sum = 0;
    double squares = 0;
    for (std::size_t i = 0; i < songs.size(); ++i) {
      if (const double value = static_cast<double>(songs.audio.row(i)[column]); std::isfinite(value)) {
        count += 1;
        sum += value;
      }
    }
    if (count == 0) continue;
    const double mean = sum / count;
    for (std::size_t i = 0; i < songs.size(); ++i) {
      if (const double value = static_cast<double>(songs.audio.row(i)[column]); std::isfinite(value))
        squares += (value - mean) * (value - mean);
    }
    mean_[column] = mean;
    const double sd = std::sqrt(squares / count);
    scale_[column] = sd > 1e-9 * std::max(1.0, std::abs(mean)) ? 1 / sd : 0;
  }
}

LikeProcessFit::LikeProcessFit(const Songs& songs, std::span<const double> liked, std::uint64_t seed) {
  if (songs.size() == 0) return;
  process_.standardise_by(songs);
  process_.learnt_ = chosen(songs.size(), LikeProcess::most_songs, seed);
  const Songs some = songs.at(process_.learnt_);
  process_.x_ = process_.standardised(some);
  process_.artists_ = artist_keys(some);
  const auto n = static_cast<Index>(process_.learnt_.size());
  y_.resize(n);
  for (std::size_t i = 0; i < process_.learnt_.size(); ++i) y_[static_cast<Index>(i)] = liked[process_.learnt_[i]] > 0.5 ? 1 : -1;
  covariance_ = LowerTriangle<double>(n);
}

bool LikeProcessFit::step() {
  const Index n = y_.size();
  if (solver_) return solver_->step();
  if (block_ < covariance_.blocks()) {
    const Index width = covariance_.columns(block_);
    const Index begin = block_ * LowerTriangle<double>::width;
    const Index below = n - begin;
    const auto& artists = process_.artists_;
    const std::span<const std::vector<std::uint64_t>> rows(artists.data() + begin, static_cast<std::size_t>(below));
    auto block = covariance_.block(block_);
    block = process_.kernel(process_.x_.bottomRows(below), rows, process_.x_.middleRows(begin, width),
                            rows.first(static_cast<std::size_t>(width)));
    block.topRows(width).triangularView<Eigen::StrictlyUpper>().setZero();
    ++block_;
    return true;
  }
  if (n == 0) return false;
  for (Index i = 0; i < n; ++i) covariance_(i, i) += noise;
  solver_.emplace(std::move(covariance_), y_);
  return true;
}

double LikeProcessFit::progress() const {
  constexpr double share_of_kernel = 0.2;
  if (solver_) return share_of_kernel + (1 - share_of_kernel) * solver_->progress();
  return y_.size() == 0 ? 1 : share_of_kernel * static_cast<double>(block_) / static_cast<double>(covariance_.blocks());
}

LikeProcess LikeProcessFit::finish() {
  if (solver_) {
    process_.alpha_ = solver_->alpha();
    const Vector left_out = solver_->left_out();
    process_.leave_one_out_.assign(left_out.begin(), left_out.end());
    solver_.reset();
  }
  return std::move(process_);
}

std::vector<double> LikeProcess::score(const Songs& songs) const {
  if (alpha_.size() == 0 || songs.size() == 0) return std::vector<double>(songs.size(), 0.0);
  const Eigen::VectorXd scores = kernel(standardised(songs), artist_keys(songs), x_, artists_) * alpha_;
  return {scores.begin(), scores.end()};
}

LikeProcess::Rows LikeProcess::standardised(const Songs& songs) const {
  Rows rows(static_cast<Eigen::Index>(songs.size()), static_cast<Eigen::Index>(mean_.size()));
  for (std::size_t i = 0; i < songs.size(); ++i) {
    const auto row = songs.audio.row(i);
    for (std::size_t column = 0; column < mean_.size(); ++column) {
      const double value = static_cast<double>(row[column]);
      rows(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(column)) =
          std::isfinite(value) ? std::clamp((value - mean_[column]) * scale_[column], -furthest, furthest) : 0;
    }
  }
  return rows;
}

Eigen::MatrixXd LikeProcess::kernel(const Rows& a, std::span<const std::vector<std::uint64_t>> artists_a, const Rows& b,
                                    std::span<const std::vector<std::uint64_t>> artists_b) const {
  const Eigen::VectorXd squares_a = a.rowwise().squaredNorm();
  const Eigen::VectorXd squares_b = b.rowwise().squaredNorm();
  Eigen::MatrixXd k = a * b.transpose();
  for (Eigen::Index j = 0; j < b.rows(); ++j) {
    for (Eigen::Index i = 0; i < a.rows(); ++i) {
      const double product = k(i, j);
      const double distance = std::max(0.0, squares_a[i] + squares_b[j] - 2 * product);
      k(i, j) = audio_variance * std::exp(-distance / (2 * length * length)) + linear_variance * product + constant_variance +
                artist_variance * cosine(artists_a[static_cast<std::size_t>(i)], artists_b[static_cast<std::size_t>(j)]);
    }
  }
  return k;
}

}  // namespace hub::predictor
