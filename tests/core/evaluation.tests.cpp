#include "core/predictor/evaluation.hpp"

#include <cmath>

#include "tests/core/catch.hpp"
#include "tests/core/synthetic_person.hpp"

using namespace hub;
using namespace hub::predictor;
using tests::SyntheticPerson;

namespace {

Person person_of(const SyntheticPerson& synthetic, const std::string& name) {
  Person person;
  person.name = name;
  int day = 1;
  for (const auto& example : synthetic.examples) {
    const auto number = std::to_string(1000 + day++);
    person.ratings.push_back({example.item, example.stars, "2020-" + number.substr(0, 2) + "-" + number.substr(2)});
  }
  return person;
}

const Measures& of(const std::array<Measures, method_count>& measures, Method method) {
  return measures[static_cast<std::size_t>(method)];
}

}  // namespace

TEST_CASE("a person with taste is predicted better than by any comparison", "[evaluation]") {
  const SyntheticPerson synthetic(150);
  const std::vector<Person> people{person_of(synthetic, "a")};
  const auto results = evaluate(synthetic.pointers, people, Protocol::cv5, 1, 20);
  REQUIRE(results);
  const auto& one = results->at(0);
  CHECK(one.people == 1);
  CHECK(one.ratings == 150);
  CHECK(of(one.pooled, Method::mean).r2_train_mean == Approx(0).margin(1e-9));
  CHECK(of(one.pooled, Method::mean).pair_order == Approx(0.5));
  for (const Method method : {Method::mean, Method::community_offset, Method::linear, Method::plain_xgboost}) {
    CHECK(of(one.pooled, Method::final).rmse < of(one.pooled, method).rmse);
  }
  CHECK(of(one.pooled, Method::final).pair_order > 0.7);
  CHECK(one.beats_mean == 1);
  CHECK(one.beats_community == 1);
  CHECK(one.coverage80 > 0.65);
  CHECK(one.coverage80 < 0.95);
}

TEST_CASE("nothing leaks: of ratings that were dealt out at random nothing can be predicted", "[evaluation]") {
  std::vector<Person> people;
  std::deque<SyntheticPerson> made;
  std::vector<const Item*> items;
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    made.emplace_back(100, seed);
    auto& synthetic = made.back();
    Random random(seed + 100);
    for (std::size_t i = synthetic.examples.size(); i > 1; --i)
      std::swap(synthetic.examples[i - 1].stars, synthetic.examples[static_cast<std::size_t>(random.below(i))].stars);
    people.push_back(person_of(synthetic, "p" + std::to_string(seed)));
    items.insert(items.end(), synthetic.pointers.begin(), synthetic.pointers.end());
  }
  const auto results = evaluate(items, people, Protocol::cv5, 1, 20);
  REQUIRE(results);
  CHECK(of(results->at(0).pooled, Method::final).r2_train_mean < 0.02);
}

TEST_CASE("temporal tests on the last fifth of people with enough dates", "[evaluation]") {
  const SyntheticPerson synthetic(50);
  auto dated = person_of(synthetic, "dated");
  auto same_day = person_of(synthetic, "same day");
  for (auto& rating : same_day.ratings) rating.date = "2020-01-01";
  const std::vector<Person> people{dated, same_day};
  const auto results = evaluate(synthetic.pointers, people, Protocol::temporal, 1, 20);
  REQUIRE(results);
  CHECK(results->at(0).people == 1);
  CHECK(results->at(0).ratings == 10);
}

TEST_CASE("the curve has a point for each number of ratings that leaves enough to test", "[evaluation]") {
  const SyntheticPerson synthetic(60);
  const std::vector<Person> people{person_of(synthetic, "a")};
  const auto results = evaluate(synthetic.pointers, people, Protocol::curve, 1, 20);
  REQUIRE(results);
  REQUIRE(results->size() == 4);
  CHECK(results->count(5) == 1);
  CHECK(results->count(40) == 1);
  CHECK(results->at(10).people == 1);
  CHECK(results->at(10).ratings == 500);  // ten draws of fifty
  CHECK(results->at(10).share_r2_positive >= 0);
}

TEST_CASE("people with few ratings are left out, and one seed gives one result", "[evaluation]") {
  const SyntheticPerson many(40);
  const SyntheticPerson few(8, 2);
  const std::vector<Person> people{person_of(many, "many"), person_of(few, "few")};
  const auto one = evaluate(many.pointers, people, Protocol::cv5, 7, 20);
  const auto two = evaluate(many.pointers, people, Protocol::cv5, 7, 20);
  CHECK(one->at(0).people == 1);
  CHECK(of(one->at(0).pooled, Method::final).rmse == of(two->at(0).pooled, Method::final).rmse);
}
