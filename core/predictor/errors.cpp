#include "core/predictor/errors.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>
#include <optional>
#include <utility>

#include "core/features/encoding.hpp"
#include "core/predictor/discoveries.hpp"
#include "core/predictor/measures.hpp"

namespace hub::predictor {

namespace {

constexpr double prior_ratings = 5;
constexpr double ends_of_95 = 1.959963984540054;
constexpr std::size_t most_outliers = 20;
constexpr std::size_t bands = 4;

std::string with_decimals(double value, int decimals) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  return text;
}

std::string with_thousands(double value) {
  auto digits = std::to_string(std::llround(value));
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

std::string counted(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " rating" : " ratings");
}

std::string_view unit_of(MediaType type) {
  switch (type) {
    case MediaType::game: return "hours";
    case MediaType::book: return "pages";
    default: return "minutes";
  }
}

std::optional<double> votes_of(const Item& item) {
  for (const auto& rating : item.community) {
    if (rating.votes) return static_cast<double>(*rating.votes);
  }
  return std::nullopt;
}

/// Which works have a value in common: places by (aspect, value as it is compared), with the words to show.
struct Members {
  std::string words;
  std::vector<std::size_t> places;
};
using Groups = std::map<std::pair<Aspect, std::string>, Members>;

void add(Groups& groups, Aspect aspect, const std::string& key, const std::string& words, std::size_t place) {
  auto& members = groups[{aspect, key}];
  if (members.words.empty()) members.words = words;
  // A work that names a genre twice has it once.
  if (members.places.empty() || members.places.back() != place) members.places.push_back(place);
}

/// Four bands of equally many works, named by their ends.
void add_bands(Groups& groups, Aspect aspect, const std::vector<std::pair<double, std::size_t>>& values, std::string_view unit) {
  std::vector<double> sorted;
  sorted.reserve(values.size());
  for (const auto& [value, place] : values) sorted.push_back(value);
  std::sort(sorted.begin(), sorted.end());
  std::vector<double> cuts;
  for (std::size_t k = 1; k < bands && !sorted.empty(); ++k) {
    const double cut = quantile(sorted, static_cast<double>(k) / bands);
    if (cut < sorted.back() && (cuts.empty() || cut > cuts.back())) cuts.push_back(cut);
  }
  if (cuts.empty()) return;
  for (const auto& [value, place] : values) {
    const auto band = static_cast<std::size_t>(std::lower_bound(cuts.begin(), cuts.end(), value) - cuts.begin());
    const std::string words = band == 0             ? "up to " + with_thousands(cuts[0])
                              : band == cuts.size() ? "more than " + with_thousands(cuts[band - 1])
                                                    : with_thousands(cuts[band - 1]) + " to " + with_thousands(cuts[band]);
    add(groups, aspect, std::to_string(band), words + ' ' + std::string(unit), place);
  }
}

Groups grouped(MediaType type, std::span<const Item* const> items) {
  Groups groups;
  std::vector<std::pair<double, std::size_t>> lengths;
  std::vector<std::pair<double, std::size_t>> votes;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Item& item = *items[i];
    for (const auto& genre : features::members(item, features::Family::genres))
      add(groups, Aspect::genre, std::to_string(genre.key), genre.words, i);
    for (const auto& creator : features::members(item, features::Family::creators))
      add(groups, Aspect::creator, std::to_string(creator.key), creator.words, i);
    for (const auto& decade : features::members(item, features::Family::decade)) add(groups, Aspect::decade, decade.words, decade.words, i);
    if (!item.community.empty() && !item.community.front().source.empty())
      add(groups, Aspect::source, item.community.front().source, item.community.front().source, i);
    if (item.length && std::isfinite(*item.length) && *item.length > 0) lengths.emplace_back(*item.length, i);
    if (const auto known = votes_of(item)) votes.emplace_back(*known, i);
  }
  add_bands(groups, Aspect::length, lengths, unit_of(type));
  add_bands(groups, Aspect::popularity, votes, "votes");
  return groups;
}

std::string works_with(MediaType type, Aspect aspect, const std::string& value) {
  std::string works(noun_of(type, true));
  switch (aspect) {
    case Aspect::genre: return works + " of the genre " + value;
    case Aspect::decade: return works + " of the " + value;
    case Aspect::creator: return works + " by " + value;
    case Aspect::length: return works + " of " + value;
    case Aspect::source: return works + " whose public rating is " + value + "'s";
    case Aspect::popularity: return works + " with " + value;
  }
  return works;
}

std::string words_of(MediaType type, const ErrorGroup& group) {
  const auto which = works_with(type, group.aspect, group.value);
  if (!group.finding) return "For " + which + " nothing stands out beyond chance (" + counted(group.count) + ").";
  const double near = std::min(std::abs(group.low), std::abs(group.high));
  const double far = std::max(std::abs(group.low), std::abs(group.high));
  return "You rate " + which + ' ' + with_decimals(std::abs(group.mean), 2) + (group.mean > 0 ? " higher" : " lower") +
         " than predicted, likely between " + with_decimals(group.low * group.high > 0 ? near : 0, 2) + " and " + with_decimals(far, 2) +
         " (" + counted(group.count) + ").";
}

std::string words_of(const Item& item, double stars, double predicted, bool slip) {
  return "You gave “" + item.title + "” " + with_decimals(stars, 1) + " where " + with_decimals(predicted, 1) + " was predicted" +
         (slip ? ": so far off that a slip is possible." : ", which happens now and then.");
}

Expected<void> check(std::span<const Item* const> items, std::initializer_list<std::span<const double>> columns,
                     std::span<const double> deviations) {
  for (const auto column : columns) {
    if (column.size() != items.size()) return failure("bad_table", "There is not one number for each rating.");
    for (std::size_t i = 0; i < column.size(); ++i) {
      if (!std::isfinite(column[i])) return failure("not_finite", "A figure of “" + items[i]->title + "” is not a number.");
    }
  }
  for (std::size_t i = 0; i < deviations.size(); ++i) {
    if (!(deviations[i] > 0)) return failure("not_finite", "The deviation of “" + items[i]->title + "” is not above 0.");
  }
  return {};
}

/// Standard deviation by the median of distances from the median, which a few wild values do not move (Hampel 1974).
double robust_deviation(std::vector<double> values) {
  const double middle = median(values);
  for (auto& value : values) value = std::abs(value - middle);
  return 1.482602218505602 * median(std::move(values));
}

}  // namespace

std::string_view name_of(Aspect aspect) {
  switch (aspect) {
    case Aspect::genre: return "genre";
    case Aspect::decade: return "decade";
    case Aspect::creator: return "creator";
    case Aspect::length: return "length";
    case Aspect::source: return "source";
    case Aspect::popularity: return "popularity";
  }
  return "";
}

Expected<ErrorAnalysis> analyse_errors(MediaType type, std::span<const Item* const> items, std::span<const double> stars,
                                       std::span<const double> predicted, std::span<const double> deviations, const ErrorOptions& options) {
  if (auto good = check(items, {stars, predicted, deviations}, deviations); !good) return tl::unexpected(good.error());
  ErrorAnalysis analysis;
  analysis.ratings = items.size();
  if (items.empty()) return analysis;

  const auto n = static_cast<double>(items.size());
  std::vector<double> errors;
  double squares = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    errors.push_back(stars[i] - predicted[i]);
    analysis.mean += errors[i] / n;
    squares += errors[i] * errors[i];
  }
  analysis.rmse = std::sqrt(squares / n);
  const double variance = items.size() > 1 ? std::max(0.0, squares - n * analysis.mean * analysis.mean) / (n - 1) : 0;

  std::vector<double> p_values;
  for (const auto& [key, members] : grouped(type, items)) {
    const auto count = static_cast<double>(members.places.size());
    if (members.places.size() < options.fewest || count == n || variance <= 0) continue;
    double sum = 0;
    for (const auto place : members.places) sum += errors[place] - analysis.mean;
    ErrorGroup group;
    group.aspect = key.first;
    group.value = members.words;
    group.count = members.places.size();
    group.raw_mean = sum / count;
    group.mean = sum / (count + prior_ratings);
    const double deviation = std::sqrt(variance / (count + prior_ratings));
    group.low = group.mean - ends_of_95 * deviation;
    group.high = group.mean + ends_of_95 * deviation;
    // The group is part of the mean that it is told apart from, which makes chance differences a little smaller.
    group.p_value = two_sided_p_value(group.raw_mean / std::sqrt(variance / count * (1 - count / n)));
    p_values.push_back(group.p_value);
    analysis.groups.push_back(std::move(group));
  }
  const auto rates = false_discovery_rates(p_values);
  for (std::size_t k = 0; k < analysis.groups.size(); ++k) {
    auto& group = analysis.groups[k];
    group.false_discovery_rate = rates[k];
    group.finding = rates[k] <= options.false_discovery_rate;
    group.words = words_of(type, group);
  }
  std::stable_sort(analysis.groups.begin(), analysis.groups.end(), [](const auto& a, const auto& b) { return a.p_value < b.p_value; });

  std::vector<double> standardised;
  for (std::size_t i = 0; i < errors.size(); ++i) standardised.push_back((errors[i] - analysis.mean) / deviations[i]);
  const double scale = robust_deviation(standardised);
  if (scale <= 0) return analysis;
  p_values.clear();
  for (auto& z : standardised) {
    z /= scale;
    p_values.push_back(two_sided_p_value(z));
  }
  const auto slip_rates = false_discovery_rates(p_values);
  for (std::size_t i = 0; i < errors.size(); ++i) {
    const bool slip = slip_rates[i] <= options.false_discovery_rate;
    analysis.outliers.push_back({i, standardised[i], p_values[i], slip_rates[i], slip, words_of(*items[i], stars[i], predicted[i], slip)});
  }
  std::stable_sort(analysis.outliers.begin(), analysis.outliers.end(),
                   [](const auto& a, const auto& b) { return std::abs(a.standardised) > std::abs(b.standardised); });
  if (analysis.outliers.size() > most_outliers) analysis.outliers.resize(most_outliers);
  return analysis;
}

}  // namespace hub::predictor
