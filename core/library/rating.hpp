#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hub {

/// The scale on which a person gave a rating. The value is kept as given; only comparison needs normalised().
enum class RatingScale {
  stars,       ///< whole stars, 1 to 5
  half_stars,  ///< 0.5 to 5 in steps of 0.5
  ten,         ///< 0 or 1 to 10, decimals allowed
  hundred,     ///< 0 to 100
  like         ///< 1 liked, 0 disliked
};

/// "stars", "half_stars", "ten", "hundred", "like": the word in files.
std::string_view name_of(RatingScale scale);
std::optional<RatingScale> rating_scale_from(std::string_view name);

/// The largest value of a scale: 5, 5, 10, 100, 1.
double highest_of(RatingScale scale);

inline constexpr double lowest_rating = 0.5;   ///< of the normalised scale
inline constexpr double highest_rating = 5.0;  ///< of the normalised scale

/// One opinion of one person on one work.
struct Rating {
  double value = 0;                             ///< on `scale`, as given
  RatingScale scale = RatingScale::half_stars;  ///< the person's own scale
  std::string date;                             ///< ISO 8601 calendar date (2024-05-31) or empty when unknown
  std::string source;                           ///< where it was given: "here", "IMDb", …

  /// Proportional to the largest value of the scale, clipped to 0.5 … 5 (10 on `ten` is 5, 7 is 3.5). A like is 4.5 and a dislike 1.5: the
  /// middles of the halves in which people who use stars put what they like and dislike.
  double normalised() const;

  bool operator==(const Rating&) const = default;
};

/// Whether `value` is finite and within `scale` (0 is accepted on `ten`, where some services use it).
bool is_valid(double value, RatingScale scale);

}  // namespace hub
