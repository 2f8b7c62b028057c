#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/predictor/fit.hpp"
#include "core/predictor/trial_process.hpp"

namespace hub::predictor {

/// Whether what is written about works says something of what this person thinks of them. Their own ratings decide: the Gaussian process
/// with and without the kernel of texts predicts each of them from the others (leave-one-out, Rasmussen and Williams 2006, 5.4.2). Texts
/// are used when that lowers the sum of squared errors by more than its standard error; else they get no weight for this person.
class TextTrial {
 public:
  /// @param ratings  must outlive the trial. With fewer than 20 ratings of the type whose works have texts, or fewer than half of
  ///                 them, there is nothing to try.
  explicit TextTrial(const Ratings& ratings);

  /// The next few milliseconds of work. @return false when decided.
  bool step();
  bool helps() const;

 private:
  void finish();

  const Ratings& ratings_;
  std::vector<std::uint32_t> rows_;
  bool with_text_ = false;  ///< of the trial under way
  bool decided_ = false;
  std::optional<TrialProcess> process_;
  Vector without_;   ///< squared errors without texts
  double gain_ = 0;  ///< Σ of squared error without texts minus with them
  double gain_squares_ = 0;
};

}  // namespace hub::predictor
