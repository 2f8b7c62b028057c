#include "core/predictor/common_scale.hpp"

#include "core/library/rating.hpp"
#include "tests/core/catch.hpp"

using namespace hub;
using namespace hub::predictor;

TEST_CASE("without anything known, a like and a dislike are worth what they are everywhere", "[common_scale]") {
  const CommonScale scale;
  CHECK(scale.stars_of(1) == Rating{1, RatingScale::like, "", ""}.normalised());
  CHECK(scale.stars_of(0) == Rating{0, RatingScale::like, "", ""}.normalised());
  CHECK(scale.probability_of(3) == Approx(0.5));
}

TEST_CASE("with much known, ranks decide: a generous person's middle song is worth their middle rating", "[common_scale]") {
  std::vector<double> probabilities;
  std::vector<double> stars;
  for (int i = 0; i < 2000; ++i) {
    probabilities.push_back(i / 1999.0 * 0.6);
    stars.push_back(3.5 + 1.5 * i / 1999.0);
  }
  const CommonScale scale(probabilities, stars);
  CHECK(scale.stars_of(0.3) == Approx(4.25).margin(0.03));
  CHECK(scale.stars_of(0.6) == Approx(5).margin(0.03));
  CHECK(scale.stars_of(0) == Approx(3.5).margin(0.03));
}

TEST_CASE("a better chance is never worth less, and stars lead back to their chance", "[common_scale]") {
  const CommonScale scale(std::vector<double>{0.1, 0.1, 0.4, 0.4, 0.4, 0.8, 0.95}, std::vector<double>{1, 2, 2, 3.5, 4, 4, 5});
  double last = 0;
  for (int i = 0; i <= 1000; ++i) {
    const double stars = scale.stars_of(i / 1000.0);
    CHECK(stars >= last);
    CHECK(stars >= lowest_rating);
    CHECK(stars <= highest_rating);
    last = stars;
  }
  for (const double p : {0.05, 0.3, 0.6, 0.9}) CHECK(scale.probability_of(scale.stars_of(p)) == Approx(p).margin(1e-6));
  CHECK(scale.probability_of(0) == 0);
  CHECK(scale.probability_of(6) == 1);
}
