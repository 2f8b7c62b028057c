#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/library/error.hpp"
#include "core/library/item.hpp"

namespace hub::predictor {

/// By what errors are looked at.
enum class Aspect { genre, decade, creator, length, source, popularity };
std::string_view name_of(Aspect aspect);

/// How predictions went for works that have something in common. Above 0: the person rated higher than was predicted. Group means are told
/// apart from the mean of all errors, which is a finding of its own (ErrorAnalysis::mean).
struct ErrorGroup {
  Aspect aspect = Aspect::genre;
  std::string value;      ///< "Horror", "1990s", "Denis Villeneuve", "94 to 106 minutes", "IMDb", "1,200 to 8,000 votes"
  std::size_t count = 0;  ///< ratings
  double raw_mean = 0;    ///< of the errors, less the mean of all; stars
  double mean = 0;        ///< the same shrunk towards 0 as by five ratings that were predicted exactly
  double low = 0;         ///< ends of the 95 % interval around `mean`, which is within chance when it holds 0
  double high = 0;
  double p_value = 1;               ///< of a group this far from 0 by chance alone
  double false_discovery_rate = 1;  ///< p_value adjusted for all groups of all aspects
  bool finding = false;             ///< false_discovery_rate is at most what was asked for
  std::string words;                ///< a sentence for the person
};

/// A rating that is unlike the others: perhaps a slip, perhaps a change of mind.
struct Outlier {
  std::size_t place = 0;    ///< in what was given to analyse_errors
  double standardised = 0;  ///< error over its standard deviation, which is taken from the middle of all errors
  double p_value = 1;
  double false_discovery_rate = 1;
  bool likely_slip = false;  ///< false_discovery_rate is at most what was asked for
  std::string words;
};

struct ErrorAnalysis {
  std::size_t ratings = 0;
  double mean = 0;  ///< of rating - prediction: above 0 when predictions are too low on the whole; stars
  double rmse = 0;
  std::vector<ErrorGroup> groups;  ///< findings first, then by p-value
  std::vector<Outlier> outliers;   ///< the most unlikely first, at most 20
};

struct ErrorOptions {
  double false_discovery_rate = 0.1;  ///< share of findings that may be chance
  std::size_t fewest = 4;             ///< ratings a group must have to be looked at
};

/// What predictions of held-out ratings get wrong, and where that is more than chance. It does not matter how they were made.
///
/// @param type        of all items.
/// @param items       not null.
/// @param stars       ratings given, one for each item, 0 … 5.
/// @param predicted   predictions of the same, made without knowing them; stars.
/// @param deviations  standard deviation of each prediction's error, above 0; stars.
/// @return            Error "bad_table" where the spans differ in length, "not_finite" naming the item where a number is not one.
Expected<ErrorAnalysis> analyse_errors(MediaType type, std::span<const Item* const> items, std::span<const double> stars,
                                       std::span<const double> predicted, std::span<const double> deviations,
                                       const ErrorOptions& options = {});

}  // namespace hub::predictor
