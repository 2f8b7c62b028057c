#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/predictor/random.hpp"

namespace hub::predictor {

/// One number to be chosen.
struct Parameter {
  std::string name;
  double low = 0;
  double high = 1;           ///< above `low`, itself allowed
  bool logarithmic = false;  ///< equal ratios count alike; `low` is then above 0
  bool whole = false;        ///< whole numbers only

  double to_unit(double value) const;   ///< to 0 … 1
  double from_unit(double unit) const;  ///< back, rounded where `whole`
};

/// A value for each parameter, in their order.
using Point = std::vector<double>;

struct Trial {
  Point point;
  double loss = 0;
};

/// A Parzen estimator of one parameter's density over 0 … 1: a mixture of normal distributions, each cut off at the ends, one around each
/// point, as wide as the farther of its two neighbours is away, and a wide one in the middle for what has not been tried (Bergstra,
/// Bardenet, Bengio and Kégl 2011, 4).
class ParzenEstimator {
 public:
  /// @param points  within 0 … 1, in any order, or none.
  explicit ParzenEstimator(std::span<const double> points);

  double log_density(double unit) const;
  double draw(Random& random) const;

 private:
  struct Component {
    double mean = 0.5;
    double sd = 1;
    double mass = 1;  ///< of the whole normal distribution between 0 and 1
  };
  std::vector<Component> components_;
};

/// Looks for the point of least loss: the first trials are random, the others by the tree-structured Parzen estimator. Of the trials so far
/// the best few and the rest each give a density; among draws from the former the one is tried whose ratio of the two is the largest. The
/// same seed and losses give the same points in every build.
class Search {
 public:
  struct Options {
    std::size_t random_trials = 20;
    std::size_t candidates = 24;  ///< draws to choose from
    double best_share = 0.15;     ///< of the trials that count as the best; at least two, at most 25
  };

  Search(std::vector<Parameter> parameters, std::uint64_t seed);
  Search(std::vector<Parameter> parameters, std::uint64_t seed, Options options);

  /// The next point to try.
  Point ask();

  /// @param loss  what came of it; what is not finite counts as worse than all others. Points that were not asked for are welcome.
  void tell(Point point, double loss);

  const std::vector<Trial>& trials() const { return trials_; }

  /// The trial of least loss, the first of equals. There must be one.
  const Trial& best() const;

 private:
  std::vector<Parameter> parameters_;
  Options options_;
  Random random_;
  std::size_t asked_ = 0;
  std::vector<Trial> trials_;
};

}  // namespace hub::predictor
