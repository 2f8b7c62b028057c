#include "core/predictor/evaluation.hpp"

#include <cmath>
#include <deque>

#include "core/predictor/ablation.hpp"
#include "core/predictor/comparisons.hpp"
#include "core/predictor/evaluation_report.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/reference.hpp"
#include "tests/core/synthetic_person.hpp"

using namespace hub;
using namespace hub::predictor;
using tests::numbers;
using tests::reference;
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

EvaluationOptions by(Protocol protocol, std::uint64_t seed = 1) {
  EvaluationOptions options;
  options.protocol = protocol;
  options.seed = seed;
  return options;
}

}  // namespace

TEST_CASE("measures over people and splits are those of the reference", "[evaluation]") {
  const auto data = reference("evaluation.json", "report");
  std::vector<Scored> scored;
  for (const auto& split : data["splits"]) {
    Scored one;
    one.person = split["person"];
    one.stars = numbers(split["stars"]);
    for (std::size_t i = 0; i < one.stars.size(); ++i) one.rating.push_back(i);
    one.train_mean = split["train_mean"];
    for (const char* name : {"mean", "community_offset", "final"}) one.methods.push_back({name, numbers(split["predicted"])});
    one.intervals.assign(one.stars.size(), Held{scored.size() % 2 == 0, 1.5});
    scored.push_back(std::move(one));
  }
  const std::vector<Person> people{{"a", {}}, {"b", {}}};
  const auto evaluation = report(scored, people, 1);
  CHECK(evaluation.people == 2);
  CHECK(evaluation.ratings == 48);
  CHECK(evaluation.coverage80 == 0.5);
  CHECK(evaluation.width80 == 1.5);
  CHECK(evaluation.beats_mean == 0);  // equal is not better
  const auto same = [](const Measures& measures, const nlohmann::json& expected) {
    CHECK(measures.rmse == Approx(expected["rmse"].get<double>()).epsilon(1e-10));
    CHECK(measures.mae == Approx(expected["mae"].get<double>()).epsilon(1e-10));
    CHECK(measures.r2_train_mean == Approx(expected["r2_train_mean"].get<double>()).epsilon(1e-10));
    CHECK(measures.r2 == Approx(expected["r2"].get<double>()).epsilon(1e-10));
  };
  same(evaluation.of("final").pooled, data["pooled"]);
  REQUIRE(evaluation.by_person.size() == 2);
  double rank_correlations = 0;
  for (std::size_t k = 0; k < 2; ++k) {
    const auto& measures = evaluation.by_person[k].measures.back();
    same(measures, data["people"][k]);
    CHECK(measures.spearman == Approx(data["people"][k]["spearman"].get<double>()).epsilon(1e-10));
    rank_correlations += measures.spearman / 2;
  }
  CHECK(evaluation.of("final").pooled.spearman == Approx(rank_correlations));
  CHECK(evaluation.of("final").median.rmse ==
        Approx((data["people"][0]["rmse"].get<double>() + data["people"][1]["rmse"].get<double>()) / 2));
}

TEST_CASE("a person with taste is predicted better than by any comparison, beyond chance", "[evaluation]") {
  const SyntheticPerson synthetic(150);
  const std::vector<Person> people{person_of(synthetic, "a")};
  const auto results = evaluate(synthetic.pointers, people, by(Protocol::cv5));
  REQUIRE(results);
  const auto& one = results->at(0);
  CHECK(one.people == 1);
  CHECK(one.ratings == 150);
  CHECK(one.of("mean").pooled.r2_train_mean == Approx(0).margin(1e-9));
  CHECK(one.of("mean").pooled.pair_order == Approx(0.5));
  for (const char* method : {"mean", "community_offset", "linear", "neighbours", "plain_xgboost"}) {
    CHECK(one.of("final").pooled.rmse < one.of(method).pooled.rmse);
    CHECK(one.of(method).final_minus.value == Approx(one.of("final").pooled.rmse - one.of(method).pooled.rmse));
    CHECK(one.of(method).final_minus.low < one.of(method).final_minus.value);
  }
  CHECK(one.of("mean").final_minus.high < 0);
  REQUIRE(one.estimators.size() > 1);
  double shares = 0;
  for (const auto& estimator : one.estimators) {
    shares += estimator.share;
    CHECK(estimator.rmse > 0);
    CHECK(estimator.rmse < one.of("mean").pooled.rmse);
    CHECK(estimator.ratings == 5 * 120);
  }
  CHECK(shares == Approx(1));
  CHECK(one.of("final").pooled.pair_order > 0.7);
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
  const auto results = evaluate(items, people, by(Protocol::cv5));
  REQUIRE(results);
  for (const char* method : {"linear", "neighbours", "plain_xgboost", "final"})
    CHECK(results->at(0).of(method).pooled.r2_train_mean < 0.02);
}

TEST_CASE("temporal tests on the last fifth of people with enough dates", "[evaluation]") {
  const SyntheticPerson synthetic(50);
  auto dated = person_of(synthetic, "dated");
  auto same_day = person_of(synthetic, "same day");
  for (auto& rating : same_day.ratings) rating.date = "2020-01-01";
  const std::vector<Person> people{dated, same_day};
  const auto results = evaluate(synthetic.pointers, people, by(Protocol::temporal));
  REQUIRE(results);
  CHECK(results->at(0).people == 1);
  CHECK(results->at(0).ratings == 10);
  CHECK(results->at(0).by_person.front().name == "dated");
}

TEST_CASE("the curve has a point for each number of ratings that leaves enough to test", "[evaluation]") {
  const SyntheticPerson synthetic(60);
  const std::vector<Person> people{person_of(synthetic, "a")};
  const auto results = evaluate(synthetic.pointers, people, by(Protocol::curve));
  REQUIRE(results);
  REQUIRE(results->size() == 4);
  CHECK(results->count(5) == 1);
  CHECK(results->count(40) == 1);
  CHECK(results->at(10).people == 1);
  CHECK(results->at(10).ratings == 500);  // ten draws of fifty
  CHECK(results->at(10).share_r2_positive >= 0);
}

TEST_CASE("people with few ratings are left out, and a work that comes again counts once", "[evaluation]") {
  const SyntheticPerson many(40);
  const SyntheticPerson few(8, 2);
  std::vector<Person> people{person_of(many, "many"), person_of(few, "few")};
  const auto plain = evaluate(many.pointers, people, by(Protocol::cv5, 7));
  people[0].ratings.push_back({people[0].ratings[3].item, 5.5 - people[0].ratings[3].stars, ""});
  const auto again = evaluate(many.pointers, people, by(Protocol::cv5, 7));
  CHECK(plain->at(0).people == 1);
  CHECK(again->at(0).ratings == 40);
  CHECK(again->at(0).of("final").pooled.rmse == plain->at(0).of("final").pooled.rmse);
  people.clear();
  CHECK(evaluate(many.pointers, people, by(Protocol::cv5))->at(0).people == 0);
}

TEST_CASE("one seed gives one result, in whatever order the parts are run", "[evaluation]") {
  const SyntheticPerson one(40);
  const SyntheticPerson two(30, 2);
  std::vector<const Item*> items = one.pointers;
  items.insert(items.end(), two.pointers.begin(), two.pointers.end());
  const std::vector<Person> people{person_of(one, "one"), person_of(two, "two")};
  auto backwards = by(Protocol::cv5, 7);
  backwards.for_each = [](std::size_t count, const std::function<void(std::size_t)>& task) {
    for (std::size_t i = count; i > 0; --i) task(i - 1);
  };
  std::size_t told = 0;
  backwards.progress = [&](std::size_t done, std::size_t all) {
    CHECK(all == 10);
    told = done;
  };
  const auto forwards = evaluate(items, people, by(Protocol::cv5, 7));
  const auto other = evaluate(items, people, backwards);
  CHECK(told == 10);
  for (const char* method : {"neighbours", "plain_xgboost", "final"}) {
    CHECK(forwards->at(0).of(method).pooled.rmse == other->at(0).of(method).pooled.rmse);
    CHECK(forwards->at(0).of(method).final_minus.low == other->at(0).of(method).final_minus.low);
  }
  CHECK(forwards->at(0).of("final").pooled.rmse != evaluate(items, people, by(Protocol::cv5, 8))->at(0).of("final").pooled.rmse);
}

TEST_CASE("taking away the facts that a taste is made of costs the most", "[evaluation]") {
  const SyntheticPerson synthetic(150);
  const std::vector<Person> people{person_of(synthetic, "a")};
  auto options = by(Protocol::cv5);
  options.groups = true;
  const auto results = evaluate(synthetic.pointers, people, options);
  REQUIRE(results);
  const auto& groups = results->at(0).groups;
  // Vectors and agreements are no part of it where there are none.
  REQUIRE(groups.size() == fact_group_count - features::embedding_count - 1);
  // This person goes by genre, director and the public's rating.
  for (std::size_t k = 0; k < 3; ++k) {
    CHECK((groups[k].group == "genres" || groups[k].group == "people" || groups[k].group == "public"));
    CHECK(groups[k].lost.low > 0);
    CHECK(groups[k].rmse == Approx(results->at(0).of("final").pooled.rmse + groups[k].lost.value));
  }
}

TEST_CASE("an item without a group of facts has none of them and all others", "[evaluation]") {
  const SyntheticPerson synthetic(5);
  const Item& item = synthetic.works.front();
  CHECK(without(item, FactGroup::people).creators.empty());
  CHECK(without(item, FactGroup::people).cast.empty());
  CHECK(without(item, FactGroup::people).genres == item.genres);
  CHECK_FALSE(without(item, FactGroup::popularity).community.front().votes);
  CHECK(without(item, FactGroup::popularity).community.front().rating == item.community.front().rating);
  CHECK_FALSE(without(item, FactGroup::community).community.front().rating == item.community.front().rating);
  CHECK(without(item, FactGroup::community).community.front().votes == item.community.front().votes);
  CHECK_FALSE(without(item, FactGroup::era).year);
  CHECK_FALSE(without(item, FactGroup::length).length);
  CHECK(without(item, FactGroup::story).title.empty());
  Item told = item;
  told.series = {{"S", "1"}};
  told.awards = {"Prize"};
  told.awards_won = told.nominations = 1;
  CHECK(without(without(told, FactGroup::series), FactGroup::awards) == item);
  CHECK(without(told, FactGroup::series).awards == told.awards);
  for (const FactGroup group : fact_groups) CHECK_FALSE(name_of(group).empty());
}

TEST_CASE("the comparisons are what they are called", "[evaluation]") {
  std::vector<Item> works(5);
  for (std::size_t i = 0; i < works.size(); ++i) {
    works[i].id = "film/" + std::to_string(i);
    works[i].title = "Quux" + std::string(i + 1, 'x');
    works[i].genres = {i % 2 == 0 ? "Horror" : "Romance"};
    works[i].community = {{"IMDb", 6.98, 10, 1000000, ""}};  // IMDb's mean, so that c is 0
  }
  std::vector<const Item*> pointers;
  for (const auto& work : works) pointers.push_back(&work);
  const Comparisons comparisons(pointers);
  Question question;
  question.train = {pointers[0], pointers[1]};
  question.stars = {5, 2};
  question.test = {pointers[2], pointers[3]};
  CHECK(comparisons.mean(question) == std::vector<double>{3.5, 3.5});
  // 3.49 + ((5 - 3.49) + (2 - 3.49)) / (2 + 4)
  CHECK(comparisons.community_offset(question)[0] == Approx(3.49 + 0.02 / 6).epsilon(1e-6));
  const auto near = comparisons.neighbours(question);
  CHECK(near[0] > 3.49 + 0.2);  // like the horror film that was loved
  CHECK(near[1] < 3.49 - 0.2);
  const auto line = comparisons.linear(question);
  CHECK(line[0] == Approx(line[1]));  // which knows no genres
  REQUIRE(comparisons.plain_xgboost(question));
  CHECK(comparisons.plain_xgboost(question)->size() == 2);
}
