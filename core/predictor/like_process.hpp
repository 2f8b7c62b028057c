#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/predictor/gaussian_process.hpp"
#include "core/predictor/songs.hpp"

namespace hub::predictor {

/// Gaussian process regression on +1 for a like and -1 for a dislike (least-squares classification, Rasmussen and Williams 2006, 6.5).
///
/// k(x, x') = 0.12 exp(-|x - x'|² / (2 · 2.5²)) + 0.08 cosine(artists) + 0.02 x · x' + 0.05, noise 0.13, over standardised audio features;
/// what is missing stands at the mean.
class LikeProcess {
 public:
  static constexpr std::size_t most_songs = 2000;  ///< that are learnt from; takes O(n³)

  LikeProcess() = default;  ///< knows nothing: scores 0

  /// @param liked  1 or 0 for each song. Beyond `most_songs`, as many are chosen at random by `seed`.
  LikeProcess(const Songs& songs, std::span<const double> liked, std::uint64_t seed);

  /// @return  for each song a score around -1 … 1. The columns must be those of the fit.
  std::vector<double> score(const Songs& songs) const;

  /// Places of the songs that were learnt from, ascending, and for each what all the others say of it, in closed form:
  /// y_i - α_i / (K⁻¹)_ii (Rasmussen and Williams 2006, 5.4.2).
  const std::vector<std::size_t>& learnt() const { return learnt_; }
  const std::vector<double>& leave_one_out() const { return leave_one_out_; }

 private:
  friend class LikeProcessFit;
  using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  void standardise_by(const Songs& songs);
  Rows standardised(const Songs& songs) const;
  Eigen::MatrixXd kernel(const Rows& a, std::span<const std::vector<std::uint64_t>> artists_a, const Rows& b,
                         std::span<const std::vector<std::uint64_t>> artists_b) const;

  std::vector<double> mean_;
  std::vector<double> scale_;  ///< 1 / standard deviation; 0 where a column says nothing
  Rows x_;
  std::vector<std::vector<std::uint64_t>> artists_;
  Eigen::VectorXd alpha_;  ///< K⁻¹ y
  std::vector<std::size_t> learnt_;
  std::vector<double> leave_one_out_;
};

/// The fit of a LikeProcess in steps of some milliseconds.
class LikeProcessFit {
 public:
  /// As for LikeProcess. Nothing of the songs is needed afterwards.
  LikeProcessFit(const Songs& songs, std::span<const double> liked, std::uint64_t seed);

  /// @return false when done.
  bool step();
  double progress() const;  ///< 0 … 1
  LikeProcess finish();     ///< once step has returned false

 private:
  LikeProcess process_;
  Vector y_;                          ///< of the songs that are learnt from
  LowerTriangle<double> covariance_;  ///< filled block by block
  Index block_ = 0;
  std::optional<GaussianProcess> solver_;
};

}  // namespace hub::predictor
