#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "core/predictor/fit.hpp"

namespace hub::predictor {

/// The exact process of some ratings alone, under a weighted sum of kernels, for a trial of whether a kernel helps.
class TrialProcess {
 public:
  /// @param rows  of Ratings::works, at least one.
  TrialProcess(const Ratings& ratings, std::span<const std::uint32_t> rows, const Weights& weights);

  /// The next few milliseconds of work. @return false when fitted.
  bool step();
  /// Once step() has said false.
  const GaussianProcess& process() const { return *process_; }

 private:
  Weights weights_;
  RatedWorks works_;  ///< of these rows
  LowerTriangle<double> covariances_;
  Vector residual_;
  Index row_ = 0;
  std::optional<GaussianProcess> process_;
};

}  // namespace hub::predictor
