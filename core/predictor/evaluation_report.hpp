#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/predictor/evaluation.hpp"

namespace hub::predictor {

/// Whether a rating was inside its interval, and how wide that was.
struct Held {
  bool inside = false;
  double width = 0;  ///< stars
};

struct MethodAnswers {
  std::string name;
  std::vector<double> predicted;  ///< stars, one for each rating
};

/// What was predicted for the test ratings of one person and one split.
struct Scored {
  std::size_t person = 0;           ///< place among the people
  std::size_t run = 0;              ///< splits of one run and one person are measured together
  std::vector<std::size_t> rating;  ///< place among the person's ratings
  std::vector<double> stars;
  double train_mean = 0;
  std::vector<MethodAnswers> methods;  ///< equal names in every split; "mean", "community_offset" and "final" among them
  std::vector<MethodAnswers> without;  ///< of `final` without a group of facts, by its name; equal names in every split
  std::vector<Held> intervals;
  std::vector<EstimatorSummary> estimators;  ///< of each model that was trained for it
  double seconds = 0;                        ///< it took
};

/// From predictions to measures. @param scored  in any order; with nothing in it, everything is 0.
Evaluation report(std::span<const Scored> scored, std::span<const Person> people, std::uint64_t seed);

}  // namespace hub::predictor
