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
  std::array<double, media_type_count> of_type_{};
  struct Near {
    double year = 0;
    double in_public = 0;
    double joint = 0;
    double text = 0;
    double date = 0;
  };
  std::vector<Near> near_;             ///< by rating
  std::vector<std::uint32_t> active_;  ///< ratings for which any of these is not 0
  bool has_near_ = false;
  bool has_text_ = false;
  bool has_date_ = false;
};

}  // namespace hub::predictor
