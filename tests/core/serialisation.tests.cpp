#include <cstring>

#include "core/predictor/predictor.hpp"
#include "core/predictor/random.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/synthetic_person.hpp"

using namespace hub;
using namespace hub::predictor;
using hub::tests::SyntheticPerson;

namespace {

Model trained(const SyntheticPerson& person, const Settings& settings = {}, std::vector<Example> others = {}) {
  auto model = train(MediaType::film, person.corpus(), person.examples, 1, std::move(others), settings);
  REQUIRE(model);
  return *model;
}

bool same_bits(const Prediction& a, const Prediction& b) {
  return std::memcmp(&a.stars, &b.stars, sizeof a.stars) == 0 && std::memcmp(&a.low, &b.low, sizeof a.low) == 0 &&
         std::memcmp(&a.high, &b.high, sizeof a.high) == 0 && a.basis == b.basis;
}

void check_same(const Model& a, const Model& b, const SyntheticPerson& person) {
  const auto left = a.predict(person.pointers);
  const auto right = b.predict(person.pointers);
  std::size_t different = 0;
  for (std::size_t i = 0; i < left.size(); ++i) different += same_bits(left[i], right[i]) ? 0 : 1;
  CHECK(different == 0);
  for (const std::size_t i : {std::size_t{0}, person.pointers.size() - 1}) {
    const auto one = a.explain(*person.pointers[i]);
    const auto other = b.explain(*person.pointers[i]);
    CHECK(one.sum == other.sum);
    REQUIRE(one.contributions.size() == other.contributions.size());
    for (std::size_t k = 0; k < one.contributions.size(); ++k) {
      CHECK(one.contributions[k].words == other.contributions[k].words);
      CHECK(one.contributions[k].stars == other.contributions[k].stars);
    }
  }
  REQUIRE(a.scores().has_value() == b.scores().has_value());
  if (a.scores()) {
    CHECK(a.scores()->rmse == b.scores()->rmse);
    CHECK(a.scores()->coverage80 == b.scores()->coverage80);
  }
  CHECK(a.settings() == b.settings());
  CHECK(a.basis() == b.basis());
  CHECK(a.rating_count() == b.rating_count());
}

}  // namespace

TEST_CASE("a model that was saved and loaded says the same to the bit, and learns on alike", "[serialisation]") {
  const std::size_t ratings = GENERATE(std::size_t{1}, std::size_t{4}, std::size_t{60});
  const SyntheticPerson person(ratings);
  const SyntheticPerson books(12, 2, 1, MediaType::book);
  Settings settings;
  settings.max_depth = 2;
  settings.rounds = 20;
  const auto model = trained(person, settings, books.examples);
  const auto bytes = model.save();
  REQUIRE(bytes);
  const auto loaded = Model::load(*bytes);
  REQUIRE(loaded);
  check_same(model, *loaded, person);
  CHECK((*loaded->save() == *bytes));

  const Example more{person.pointers.back(), 4.5, "2024-05-01"};
  check_same(*model.updated(more), *loaded->updated(more), person);
  check_same(model.updated_without(person.examples[0].item->id), loaded->updated_without(person.examples[0].item->id), person);
}

TEST_CASE("a model without ratings is saved and loaded too", "[serialisation]") {
  const SyntheticPerson person(5);
  const auto loaded = Model::load(*Model().save());
  REQUIRE(loaded);
  check_same(Model(), *loaded, person);
}

TEST_CASE("a model that is larger than what is kept is saved without its factors, which are worked out again", "[serialisation]") {
  const SyntheticPerson person(90);
  const SyntheticPerson books(12, 2, 1, MediaType::book);
  const auto model = trained(person, {}, books.examples);
  const auto size = model.save()->size();
  REQUIRE(model.save(size));
  CHECK(model.save(size)->size() == size);
  const auto bytes = model.save(size - 1);
  REQUIRE(bytes);
  // Four factors: of the ratings three times, of all types once.
  CHECK(bytes->size() + (3 * 90 * 91 / 2 + 102 * 103 / 2) * sizeof(float) < size);
  const auto loaded = Model::load(*bytes);
  REQUIRE(loaded);
  check_same(model, *loaded, person);
  CHECK((*loaded->save() == *model.save()));

  auto job = TrainingJob::restore(*bytes);
  REQUIRE(job);
  CHECK(job->type() == MediaType::film);
  CHECK(job->settings() == model.settings());
  CHECK(job->progress() < 1);

  const auto refused = model.save(bytes->size() - 1);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == "too_large");
}

TEST_CASE("a damaged model file is refused wherever it is damaged", "[serialisation]") {
  const SyntheticPerson person(24);
  Settings settings;
  settings.rounds = 10;
  const auto bytes = *trained(person, settings).save();
  Random random(5);
  for (int trial = 0; trial < 60; ++trial) {
    auto wrong = bytes;
    const auto place = static_cast<std::size_t>(random.below(wrong.size()));
    if (trial % 2 == 0) {
      wrong[place] = static_cast<std::uint8_t>(wrong[place] ^ (1U << random.below(8)));
    } else {
      wrong.resize(place);
    }
    const auto loaded = Model::load(wrong);
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().code == "bad_model");
  }
}

TEST_CASE("settings change what is learnt, and the default ones are the default", "[serialisation]") {
  const SyntheticPerson person(60);
  const auto usual = trained(person);
  CHECK(usual.settings() == Settings());
  Settings settings;
  settings.trees_most = 0;
  const auto without = trained(person, settings);
  settings.stack_penalty = 1e2;
  const auto cautious = trained(person, settings);
  const auto stars = [&](const Model& model) { return model.predict(person.unrated()).front().stars; };
  CHECK(stars(usual) != stars(without));
  CHECK(stars(without) != stars(cautious));
}

TEST_CASE("the fingerprint of a corpus does not depend on the order of the works, and sees each of them", "[serialisation]") {
  const SyntheticPerson person(30);
  auto pointers = person.pointers;
  std::reverse(pointers.begin(), pointers.end());
  CHECK(Corpus(pointers).fingerprint() == person.corpus().fingerprint());
  pointers.pop_back();
  CHECK(Corpus(pointers).fingerprint() != person.corpus().fingerprint());
}
