#pragma once

#include <Eigen/Core>
#include <array>
#include <span>
#include <vector>

#include "core/features/encoding.hpp"
#include "core/predictor/kernels.hpp"
#include "core/predictor/linear.hpp"
#include "core/predictor/token_table.hpp"

namespace hub::predictor {

/// A work as the kernels see it, at a time.
struct Point {
  const features::Encoded& item;
  double day = 0;  ///< of rating, in days, only differences count; NaN when not known, so that nothing is said of drift
};

/// The works that a person has rated, laid out so that the covariances of one work with all of them are quick.
class RatedWorks {
 public:
  /// @param days  of rating, one for each item; NaN when not known.
  RatedWorks(std::vector<features::Encoded> items, std::vector<double> days);

  std::size_t size() const { return terms_.size(); }
  const features::Encoded& item(std::size_t i) const { return items_[i]; }
  std::span<const features::Encoded> items() const { return items_; }
  double day(std::size_t i) const { return days_[i]; }
  Point point(std::size_t i) const { return {items_[i], days_[i]}; }
  const Terms& terms(std::size_t i) const { return terms_[i]; }
  const TokenTable& tokens() const { return tokens_; }

  /// K(x, x_i) without noise for the first out.size() works, under a weighted sum of kernels.
  void covariances(const Point& x, const Weights& weights, std::span<double> out) const;

  /// The share of one kernel, unweighted: k(x, x_i) for all works. @param out  size() numbers.
  void covariances(const Point& x, Kernel kernel, std::span<double> out) const;

  /// exp(-Δyear² / 0.5) and exp(-(2Δc)² / 2 - Δv² / 2) and the joint kernel, unweighted, against work i.
  /// @param genres  cosine of the two sets of genres.
  struct Near {
    double year = 0;
    double in_public = 0;
    double joint = 0;
  };
  Near near(const Terms& x, std::size_t i, double genres) const;

 private:
  std::vector<features::Encoded> items_;
  std::vector<Terms> terms_;
  std::vector<double> days_;
  TokenTable tokens_;
};

/// K(x, x) without noise. On a day that is not known it is what is expected on average over the days, so that drift adds nothing.
double prior_variance(const Point& x, const Weights& weights);

}  // namespace hub::predictor
