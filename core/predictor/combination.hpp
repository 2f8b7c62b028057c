#pragma once

#include <array>
#include <memory>
#include <vector>

#include "core/predictor/gaussian_process.hpp"
#include "core/predictor/rated_works.hpp"

namespace hub::predictor {

/// One Gaussian process of a combination.
struct Member {
  Weights weights;
  double share = 0;  ///< of the combination; all shares sum to 1
  Vector alpha;      ///< of the first ratings, as many as the member has seen
};

/// A prediction above the prior mean, split by kernel, in stars. The parts sum to it.
struct KernelParts {
  std::array<double, kernel_count> of{};
  double& operator[](Kernel kernel) { return of[index_of(kernel)]; }
  double operator[](Kernel kernel) const { return of[index_of(kernel)]; }
  double sum() const;
};

/// A weighted mean of Gaussian processes over the same ratings. As each is Σ α_i K(x, x_i) with a sum of kernels K, their mean is again a
/// sum over kernels and ratings, with coefficients that are gathered here once: a linear kernel becomes one slope, a cosine one effect for
/// each member of its family, so that a prediction does not visit every rating for them.
class Combination {
 public:
  Combination() = default;
  Combination(std::shared_ptr<const RatedWorks> works, std::vector<Member> members);

  KernelParts parts(const Point& x) const;
  /// @param x  that reaches at least as far.
  KernelParts parts(const Likeness& x) const;
  /// So many of the first ratings it must be known how near a work is to.
  std::size_t reach() const { return reach_; }

  /// Effect of one member of a family (a person, a genre, …) on works that have it, at weight 1; stars.
  double effect(std::uint32_t slot) const { return effects_[slot] + outside_screen_[slot]; }
  /// Slope of a numeric term; stars for one unit.
  double slope(Term term) const { return slopes_[static_cast<int>(term)]; }

  const std::vector<Member>& members() const { return members_; }

 private:
  std::shared_ptr<const RatedWorks> works_;
  std::vector<Member> members_;
  Terms slopes_ = Terms::Zero();
  std::vector<double> effects_;         ///< by slot
  std::vector<double> outside_screen_;  ///< by slot: of creators, on works that are neither films nor shows
  double agreement_slope_ = 0;          ///< stars for one unit
  std::array<double, media_type_count> of_type_{};
  std::array<double, RatedWorks::years> near_year_{};  ///< by the year of the work
  // Coefficients by rating of the kernels that visit each; empty where such a kernel is not in the sum.
  Eigen::ArrayXd in_public_;
  Eigen::ArrayXd joint_;
  std::array<Eigen::ArrayXd, features::embedding_count> embedded_;
  Eigen::ArrayXd date_;
  std::size_t reach_ = 0;
};

}  // namespace hub::predictor
