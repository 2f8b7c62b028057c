#pragma once

#include <array>
#include <optional>
#include <vector>

#include "core/predictor/fit.hpp"
#include "core/predictor/trial_process.hpp"

namespace hub::predictor {

/// Weight of Kernel::date where it is used, stars².
inline constexpr double drift_weight = 0.1;

/// Whether somebody's strictness drifts so much that the days of rating help. Their own past decides: the Gaussian process with and without
/// the kernel of days is fitted on the first three and the first four fifths of the dated ratings, and each time predicts the next fifth
/// (rolling origin, Tashman 2000). Drift is used when it lowers the squared error of these predictions by more than twice the standard
/// error of that difference: a kernel that is not needed costs a little on every prediction, and a gain within its error says nothing.
///
/// A held-out likelihood would reward it for days with many ratings, each of which tells of the mood of the others, although a prediction
/// is always for a day of which nothing is known yet.
class DriftTrial {
 public:
  /// @param ratings  must outlive the trial. With fewer than 40 dated ratings of the type or 6 days there is nothing to try.
  explicit DriftTrial(const Ratings& ratings);

  /// The next few milliseconds of work. @return false when decided.
  bool step();
  bool drifts() const;

  /// How many times further off a prediction of the next fifth was than one in the midst of the ratings that it was made from, left out:
  /// tastes and works change. Σ of squared errors over the fifths, shrunk as by twenty predictions towards 1 and never below; its root.
  double ahead() const;

 private:
  void begin();
  void finish();

  const Ratings& ratings_;
  std::vector<std::uint32_t> rows_;  ///< by day
  std::size_t trial_ = 0;            ///< origin · 2 + with drift
  std::size_t trials_ = 0;
  std::optional<TrialProcess> process_;
  struct Errors {
    double ahead = 0;  ///< Σ of squared errors on the next fifth, over what they would be left out
    double count = 0;
  };
  std::array<Errors, 2> errors_;  ///< without drift and with it
  std::vector<double> without_;   ///< squared errors without drift, of the origin being tried
  double gain_ = 0;               ///< Σ over all predictions of squared error without drift minus with it
  double gain_squares_ = 0;
};

}  // namespace hub::predictor
