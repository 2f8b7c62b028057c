#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/predictor/fit.hpp"
#include "core/predictor/trial_process.hpp"

namespace hub::predictor {

/// Whether what models tell of works (what is written about them or their posters as vectors, or how well the two agree) says something of
/// what this person thinks of them. Their own ratings decide: the Gaussian process with and without its kernel predicts each of them from
/// the others (leave-one-out, Rasmussen and Williams 2006, 5.4.2). It is used when that lowers the sum of squared errors by more than its
/// standard error; else it gets no weight for this person.
class EmbeddingTrial {
 public:
  /// @param ratings  must outlive the trial. With fewer than 20 ratings of the type of whose works it is known, or fewer than half
  ///                 of them, there is nothing to try.
  /// @param tried    place in tried_kernels.
  /// @param decided  of those that were tried before, whether they count.
  EmbeddingTrial(const Ratings& ratings, std::size_t tried, const Reads& decided = {});

  /// The next few milliseconds of work. @return false when decided.
  bool step();
  bool helps() const;

 private:
  void finish();

  const Ratings& ratings_;
  std::size_t tried_;
  Reads reads_;  ///< of the trial under way
  std::vector<std::uint32_t> rows_;
  bool decided_ = false;
  std::optional<TrialProcess> process_;
  Vector without_;   ///< squared errors without it
  double gain_ = 0;  ///< Σ of squared error without it minus with it
  double gain_squares_ = 0;
};

}  // namespace hub::predictor
