#include "core/library/rating.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace hub {
namespace {

struct ScaleFacts {
  RatingScale scale;
  std::string_view name;
  double lowest;
  double highest;
};

constexpr std::array<ScaleFacts, 5> scales{{
    {RatingScale::stars, "stars", 1, 5},
    {RatingScale::half_stars, "half_stars", 0.5, 5},
    {RatingScale::ten, "ten", 0, 10},
    {RatingScale::hundred, "hundred", 0, 100},
    {RatingScale::like, "like", 0, 1},
}};

const ScaleFacts& facts_of(RatingScale scale) {
  return scales[static_cast<std::size_t>(scale)];
}

}  // namespace

std::string_view name_of(RatingScale scale) {
  return facts_of(scale).name;
}

std::optional<RatingScale> rating_scale_from(std::string_view name) {
  for (const ScaleFacts& facts : scales)
    if (facts.name == name) return facts.scale;
  return std::nullopt;
}

double highest_of(RatingScale scale) {
  return facts_of(scale).highest;
}

double Rating::normalised() const {
  if (scale == RatingScale::like) return value > 0.5 ? 4.5 : 1.5;
  return std::clamp(value / highest_of(scale) * highest_rating, lowest_rating, highest_rating);
}

bool is_valid(double value, RatingScale scale) {
  if (!std::isfinite(value)) return false;
  if (scale == RatingScale::like) return value == 0 || value == 1;
  const ScaleFacts& facts = facts_of(scale);
  return value >= facts.lowest && value <= facts.highest;
}

}  // namespace hub
