#include "core/library/rating.hpp"

#include <limits>

#include "tests/core/catch.hpp"

using namespace hub;

TEST_CASE("A rating is compared on half a star to five stars, in proportion to its scale") {
  CHECK(Rating{10, RatingScale::ten, "", ""}.normalised() == 5.0);
  CHECK(Rating{7, RatingScale::ten, "", ""}.normalised() == 3.5);
  CHECK(Rating{0, RatingScale::ten, "", ""}.normalised() == 0.5);
  CHECK(Rating{4, RatingScale::stars, "", ""}.normalised() == 4.0);
  CHECK(Rating{0.5, RatingScale::half_stars, "", ""}.normalised() == 0.5);
  CHECK(Rating{83, RatingScale::hundred, "", ""}.normalised() == Approx(4.15));
  CHECK(Rating{1, RatingScale::like, "", ""}.normalised() == 4.5);
  CHECK(Rating{0, RatingScale::like, "", ""}.normalised() == 1.5);
}

TEST_CASE("Values off their scale are refused") {
  CHECK(is_valid(0, RatingScale::ten));
  CHECK(is_valid(10, RatingScale::ten));
  CHECK_FALSE(is_valid(10.1, RatingScale::ten));
  CHECK_FALSE(is_valid(0, RatingScale::half_stars));
  CHECK_FALSE(is_valid(0.5, RatingScale::stars));
  CHECK_FALSE(is_valid(0.5, RatingScale::like));
  CHECK_FALSE(is_valid(-1, RatingScale::hundred));
  CHECK_FALSE(is_valid(std::numeric_limits<double>::quiet_NaN(), RatingScale::ten));
  CHECK_FALSE(is_valid(std::numeric_limits<double>::infinity(), RatingScale::hundred));
}

TEST_CASE("The words of scales and types in files lead back to them") {
  for (RatingScale scale : {RatingScale::stars, RatingScale::half_stars, RatingScale::ten, RatingScale::hundred, RatingScale::like})
    CHECK(rating_scale_from(name_of(scale)) == scale);
  CHECK_FALSE(rating_scale_from("eleven"));
}
