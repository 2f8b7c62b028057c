#include "core/predictor/model_errors.hpp"

#include "tests/core/catch.hpp"
#include "tests/core/synthetic_person.hpp"

using namespace hub;
using namespace hub::predictor;
using tests::SyntheticPerson;

TEST_CASE("errors of a model are those of its held-out predictions, and a slip among its ratings stands out", "[errors]") {
  SyntheticPerson synthetic(150);
  // The best that this person could be expected to rate gets the lowest of all ratings.
  auto& slip = *std::max_element(synthetic.examples.begin(), synthetic.examples.end(), [](const Example& a, const Example& b) {
    return community_out_of_five(*a.item).value() + (a.item->genres[0] == "Science fiction" ? 1.0 : 0.0) <
           community_out_of_five(*b.item).value() + (b.item->genres[0] == "Science fiction" ? 1.0 : 0.0);
  });
  slip.stars = 0.5;
  const auto model = train(MediaType::film, synthetic.corpus(), synthetic.examples);
  REQUIRE(model);
  const auto analysis = analyse_errors(*model, synthetic.examples);
  REQUIRE(analysis);
  CHECK(analysis->ratings == 150);
  // Held out, not fitted: as large as the model's own figure for ratings that it has not seen.
  REQUIRE(model->scores());
  CHECK(analysis->rmse == Approx(model->scores()->rmse).epsilon(0.05));
  REQUIRE_FALSE(analysis->outliers.empty());
  CHECK(synthetic.examples[analysis->outliers.front().place].item == slip.item);
  CHECK(analysis->outliers.front().likely_slip);
}

TEST_CASE("a model without ratings has no errors to show", "[errors]") {
  const SyntheticPerson synthetic(20);
  const auto analysis = analyse_errors(Model(), synthetic.examples);
  REQUIRE(analysis);
  CHECK(analysis->ratings == 0);
}
