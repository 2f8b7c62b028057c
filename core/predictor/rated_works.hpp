#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
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

/// A work beside the rated ones: what the kernels need of the two, looked up and worked out once for everything that asks for it.
struct Likeness {
  Point point;
  Terms terms;
  std::size_t year = 0;  ///< RatedWorks::year_place
  /// A member of a set that some rated work has too.
  struct Shared {
    features::Family family;
    std::uint32_t slot;  ///< TokenTable
    double weight;       ///< in the work
  };
  std::vector<Shared> shared;  ///< by family; none of families without a kernel
  // The kernels that fall off with distance, unweighted, by rated work; empty where they were not asked for.
  Eigen::ArrayXd in_public;  ///< exp(-(2Δc)² / 2 - Δv² / 2)
  Eigen::ArrayXd joint;      ///< Kernel::joint
};

/// The works that a person has rated, laid out so that the covariances of one work with all of them are quick.
class RatedWorks {
 public:
  /// @param items  none of them null.
  /// @param days   of rating, one for each item; NaN when not known.
  RatedWorks(std::vector<features::SharedEncoded> items, std::vector<double> days);

  std::size_t size() const { return items_.size(); }
  const features::Encoded& item(std::size_t i) const { return *items_[i]; }
  std::span<const features::SharedEncoded> items() const { return items_; }
  MediaType type(std::size_t i) const { return types_[i]; }
  double day(std::size_t i) const { return days_[i]; }
  Point point(std::size_t i) const { return {*items_[i], days_[i]}; }
  Terms terms(std::size_t i) const { return terms_.row(static_cast<Eigen::Index>(i)).transpose(); }
  double agreement(std::size_t i) const { return agreements_[i]; }
  double term(std::size_t i, int term) const { return terms_(static_cast<Eigen::Index>(i), term); }
  const TokenTable& tokens() const { return tokens_; }

  /// @param reach  the kernels that fall off with distance are worked out for so many of the first works; at most size().
  Likeness likeness(const Point& x, std::size_t reach) const;

  /// K(x, x_i) without noise for the first out.size() works, under a weighted sum of kernels. @param x  whose reach is as many, or where
  /// none of the kernels that fall off with distance has a weight, any.
  void covariances(const Likeness& x, const Weights& weights, std::span<double> out) const;
  void covariances(const Point& x, const Weights& weights, std::span<double> out) const;

  /// The share of one kernel, unweighted: k(x, x_i) for all works. @param out  size() numbers.
  void covariances(const Point& x, Kernel kernel, std::span<double> out) const;

  /// Years reach from 1940 to 2040 (features::Encoded::year), and one that is not known counts as 2000.
  static constexpr std::size_t years = 101;
  /// The year of work i from 1940 on.
  std::size_t year_place(std::size_t i) const { return years_[i]; }
  /// exp(-Δyear² / 0.5), years in units of 20. @param apart  0 … 100.
  static double near_year(std::size_t apart);

 private:
  std::vector<features::SharedEncoded> items_;
  // By column, so that a loop over works reads what lies side by side.
  Eigen::Matrix<double, Eigen::Dynamic, term_count> terms_;
  std::vector<std::uint8_t> years_;
  std::vector<MediaType> types_;
  std::vector<double> days_;
  std::vector<double> agreements_;  ///< features::Encoded::agreement; 0 when missing
  TokenTable tokens_;
};

/// Whether a sum has kernels that fall off with distance in public rating, votes, year and genres.
bool falls_off(const Weights& weights);

/// features::Encoded::agreement; where it is missing the mean, 0, as of other numbers that a straight line is laid through: what is not
/// known moves nothing.
double agreement_or_mean(const features::Encoded& x);

/// What a text or a poster would explain of a work that has none, where others have: it is noise of this work alone.
double variance_without_embeddings(const features::Encoded& x, const Weights& weights);

/// K(x, x) without noise, variance_without_embeddings included. On a day that is not known it is what is expected on average over the days,
/// so that drift adds nothing.
double prior_variance(const Point& x, const Weights& weights);

}  // namespace hub::predictor
