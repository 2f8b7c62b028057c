#include "core/predictor/tree_features.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hub::predictor {

using features::Family;
using features::Feature;
using features::Group;

namespace {

/// Groups of the Gaussian process that differ from work to work.
constexpr std::array<Group, 10> affinities{Group::community, Group::people,     Group::genres, Group::story,     Group::era,
                                           Group::length,    Group::popularity, Group::origin, Group::companies, Group::alike};

/// Calls `take` with each group of which there are affinities: those of series and awards where any work of the type has one.
template <typename Take>
void for_each_affinity(const features::TypeStatistics& type, Take&& take) {
  for (const Group group : affinities) take(group);
  if (type.tells_series) take(Group::series);
  if (type.tells_awards) take(Group::awards);
}

}  // namespace

std::array<double, features::group_count> by_group(const KernelParts& parts) {
  std::array<double, features::group_count> sums{};
  for (const auto& entry : kernels()) sums[features::index_of(entry.group)] += parts[entry.kernel];
  return sums;
}

std::vector<Feature> tree_features(const features::TypeStatistics& type) {
  std::vector<Feature> list{{"community", Group::community, "stars above the mean of its source"},
                            {"votes", Group::popularity, "z-score of log10(1 + votes)"},
                            {"year", Group::era, "20 years from 2000"},
                            {"length", Group::length, "z-score of ln(length)"},
                            {"creator_count", Group::people, "count"},
                            {"cast_count", Group::people, "count"},
                            {"genre_count", Group::genres, "count"},
                            {"keyword_count", Group::story, "count"}};
  // What no work tells is no column: a forest draws from the columns there are, and an empty one would take the place of another.
  if (type.tells_awards) {
    list.push_back({"award_count", Group::awards, "count"});
    list.push_back({"awards_won", Group::awards, "count"});
    list.push_back({"nominations", Group::awards, "count"});
  }
  for_each_affinity(type, [&](Group group) { list.push_back({"affinity_" + std::string(features::name_of(group)), group, "stars"}); });
  for (const auto& genre : type.common_genre_names) {
    // XGBoost keeps names in a list that is separated by spaces and brackets.
    std::string name = "genre_";
    for (const char c : genre) name.push_back(c == ' ' || c == '[' || c == ']' || c == '<' || c == '>' || c == ',' ? '_' : c);
    list.push_back({name, Group::genres, "0 or 1"});
  }
  return list;
}

float rounded(double value) {
  return static_cast<float>(std::floor(value * 4096.0 + 0.5) / 4096.0);
}

void fill_tree_row(const features::Encoded& item, const KernelParts& parts, const features::TypeStatistics& type, std::span<float> row) {
  constexpr float missing = std::numeric_limits<float>::quiet_NaN();
  std::size_t column = 0;
  const auto put = [&](double value) { row[column++] = std::isnan(value) ? missing : rounded(value); };
  const auto count = [&](Family family) {
    put(item.of(family).empty() ? static_cast<double>(missing) : static_cast<double>(item.of(family).size()));
  };

  put(item.has_community ? item.community : static_cast<double>(missing));
  put(item.votes);
  put(item.year);
  put(item.length);
  count(Family::creators);
  count(Family::cast);
  count(Family::genres);
  count(Family::keywords);
  if (type.tells_awards) {
    count(Family::awards);
    put(item.awards_won);
    put(item.nominations);
  }
  const auto sums = by_group(parts);
  for_each_affinity(type, [&](Group group) { put(sums[features::index_of(group)]); });
  const auto& genres = item.of(Family::genres);
  for (const auto key : type.common_genres) {
    const bool has = std::any_of(genres.begin(), genres.end(), [&](const features::Token& token) { return token.key == key; });
    row[column++] = genres.empty() ? missing : has ? 1.0F : 0.0F;
  }
}

}  // namespace hub::predictor
