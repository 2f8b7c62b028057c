#include "core/predictor/predictor.hpp"

#include <cmath>
#include <limits>

#include "tests/core/catch.hpp"
#include "tests/core/synthetic_person.hpp"

using namespace hub;
using namespace hub::predictor;
using tests::SyntheticPerson;

namespace {

Model trained(const SyntheticPerson& person, MediaType type = MediaType::film) {
  auto model = train(type, person.corpus(), person.examples);
  REQUIRE(model);
  return *model;
}

}  // namespace

TEST_CASE("without ratings a prediction is the public's rating, or the mean of all sources", "[predictor]") {
  const Model nobody;
  CHECK(nobody.rating_count() == 0);
  CHECK_FALSE(nobody.scores());
  Item item;
  item.id = "film/x";
  const Item* one = &item;
  const auto blank = nobody.predict({&one, 1}).front();
  CHECK(blank.basis == Basis::none);
  item.community = {{"IMDb", 8.6, 10, 400000, ""}};
  const auto good = nobody.predict({&one, 1}).front();
  CHECK(good.basis == Basis::community);
  CHECK(good.stars > blank.stars + 0.3F);
  CHECK(good.low < good.stars);
  CHECK(good.stars < good.high);
  CHECK(blank.high - blank.low > good.high - good.low);
}

TEST_CASE("what a prediction rests on follows the number of ratings", "[predictor]") {
  for (const auto& [count, basis] :
       {std::pair<std::size_t, Basis>{1, Basis::baseline}, {19, Basis::baseline}, {20, Basis::trees}, {60, Basis::trees}}) {
    const SyntheticPerson person(count);
    const auto model = trained(person);
    CHECK(model.basis() == basis);
    CHECK(model.rating_count() == count);
    CHECK(model.scores().has_value() == (count >= 5));
    for (const auto& prediction : model.predict(person.pointers)) {
      CHECK(prediction.basis == basis);
      CHECK(prediction.stars >= 0.5F);
      CHECK(prediction.stars <= 5.0F);
      CHECK(prediction.low <= prediction.stars);
      CHECK(prediction.stars <= prediction.high);
    }
  }
}

TEST_CASE("an empty training job gives the public's view", "[predictor]") {
  const SyntheticPerson person(10);
  const auto model = train(MediaType::film, person.corpus(), {});
  REQUIRE(model);
  CHECK(model->rating_count() == 0);
  CHECK(model->predict(person.pointers).front().basis == Basis::community);
  CHECK_FALSE(model->explain(person.works.front()).base_words.empty());
}

TEST_CASE("one harsh rating lowers the others, a generous one raises them", "[predictor]") {
  const SyntheticPerson person(5);
  const auto corpus = person.corpus();
  const auto with = [&](double stars) {
    return train(MediaType::film, corpus, {{person.pointers[0], stars, ""}})->predict(person.unrated()).front().stars;
  };
  const auto nobody = train(MediaType::film, corpus, {})->predict(person.unrated()).front().stars;
  CHECK(with(0.5) < nobody);
  CHECK(with(5.0) > nobody);
}

TEST_CASE("taste is learnt: held-out ratings are closer than the mean's and the public's", "[predictor]") {
  const auto scores = trained(SyntheticPerson(200)).scores();
  REQUIRE(scores);
  CHECK(scores->ratings == 200);
  CHECK(scores->rmse < scores->rmse_community - 0.1);
  CHECK(scores->rmse_community < scores->rmse_mean);
  CHECK(scores->coverage80 > 0.7);
  CHECK(scores->coverage80 < 0.9);
}

TEST_CASE("a rating that cannot be is refused, with the work's name", "[predictor]") {
  const SyntheticPerson person(5);
  for (const double wrong : {std::numeric_limits<double>::quiet_NaN(), 0.0, 5.5, -1.0, std::numeric_limits<double>::infinity()}) {
    auto examples = person.examples;
    examples[2].stars = wrong;
    const auto model = train(MediaType::film, person.corpus(), examples);
    REQUIRE_FALSE(model);
    CHECK(model.error().code == "bad_rating");
    CHECK(model.error().message.find(examples[2].item->title) != std::string::npos);
  }
  const auto other = train(MediaType::book, person.corpus(), person.examples);
  REQUIRE_FALSE(other);
  CHECK(other.error().code == "wrong_type");
}

TEST_CASE("works of another type are predicted from the public's rating alone", "[predictor]") {
  const SyntheticPerson person(40);
  const auto model = trained(person);
  Item book = person.works.front();
  book.type = MediaType::book;
  const Item* one = &book;
  CHECK(model.predict({&one, 1}).front().basis == Basis::community);
}

TEST_CASE("odd libraries train: one level only, no facts at all, the same facts everywhere", "[predictor]") {
  SyntheticPerson level(30);
  for (auto& example : level.examples) example.stars = 5.0;
  for (const auto& prediction : trained(level).predict(level.unrated())) CHECK(prediction.stars > 4.0F);

  SyntheticPerson blank(40);
  for (std::size_t i = 0; i < blank.works.size(); ++i) {
    Item item;
    item.id = "film/blank" + std::to_string(i);
    blank.works[i] = item;
  }
  for (const auto& prediction : trained(blank).predict(blank.pointers)) CHECK(std::isfinite(prediction.stars));

  SyntheticPerson same(40);
  for (std::size_t i = 1; i < same.works.size(); ++i) {
    const auto id = same.works[i].id;
    same.works[i] = same.works[0];
    same.works[i].id = id;
  }
  for (const auto& prediction : trained(same).predict(same.pointers)) CHECK(std::isfinite(prediction.stars));
}

TEST_CASE("a job tells how far it is and can be dropped half way", "[predictor]") {
  const SyntheticPerson person(300);
  auto job = TrainingJob::start(MediaType::film, person.corpus(), person.examples);
  REQUIRE(job);
  double last = job->progress();
  CHECK(last == 0);
  std::size_t steps = 0;
  while (true) {
    const auto more = job->step();
    REQUIRE(more);
    CHECK(job->progress() >= last);
    last = job->progress();
    ++steps;
    if (!*more) break;
  }
  CHECK(last == 1);
  CHECK(job->finish().basis() == Basis::trees);

  auto dropped = TrainingJob::start(MediaType::film, person.corpus(), person.examples);
  REQUIRE(dropped->step());
}

TEST_CASE("a model outlives its job and its examples", "[predictor]") {
  std::optional<Model> model;
  Item item;
  {
    const SyntheticPerson person(30);
    item = person.works.back();
    model = trained(person);
  }
  const Item* one = &item;
  CHECK(std::isfinite(model->predict({&one, 1}).front().stars));
  CHECK_FALSE(model->explain(item).contributions.empty());
}
