#include <cmath>

#include "core/predictor/pair_words.hpp"
#include "core/predictor/predictor.hpp"
#include "core/predictor/words.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/synthetic_person.hpp"

using namespace hub;
using namespace hub::predictor;
using tests::SyntheticPerson;

namespace {

Item work_by(const std::string& director, const std::string& genre) {
  Item item;
  item.id = "film/new";
  item.title = "New";
  item.year = 2001;
  item.genres = {genre};
  item.creators = {{"director", director}};
  item.length = 120.0;
  item.community = {{"IMDb", 7.0, 10, 7412, "2024"}};
  return item;
}

const Contribution* find(const Explanation& explanation, const std::string& group) {
  for (const auto& contribution : explanation.contributions) {
    if (contribution.group == group) return &contribution;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("what the trees see in groups and in pairs of groups sums to what they add", "[explain]") {
  for (const std::uint64_t seed : {1U, 2U}) {
    const SyntheticPerson person(120, seed);
    const auto model = train(MediaType::film, person.corpus(), person.examples);
    REQUIRE(model);
    std::size_t pairs = 0;
    for (const Item* item : {person.examples.front().item, person.examples.back().item}) {
      for (const bool rated : {true, false}) {
        Item work = *item;
        if (!rated) work.id = "film/another";
        double sum = 0;
        double last = 1e9;
        for (const auto& effect : model->tree_effects(work)) {
          sum += effect.stars;
          CHECK(std::abs(effect.stars) <= last);
          last = std::abs(effect.stars);
          if (effect.first != effect.second) ++pairs;
        }
        CHECK(sum == Approx(model->explain(work).trees).margin(1e-4));
        CHECK(sum != 0);
      }
    }
    CHECK(pairs > 0);
  }
  const SyntheticPerson few(10, 1);
  const auto model = train(MediaType::film, few.corpus(), few.examples);
  REQUIRE(model);
  CHECK(model->tree_effects(*few.examples.front().item).empty());
}

TEST_CASE("the strongest pair of groups is told in words, and none where it is next to nothing", "[explain]") {
  using Effects = std::vector<TreeEffect>;
  CHECK(words_of_pair(Effects{{"genres", "genres", 0.3}, {"habit", "people", 0.2}, {"genres", "era", -0.041}, {"people", "era", 0.03}}) ==
        "Genres and year together make −0.04 of it");
  CHECK(words_of_pair(Effects{{"public", "alike", 1.104}}) == "Public rating and likeness to what you rated together make +1.10 of it");
  CHECK(words_of_pair(Effects{{"genres", "genres", 0.3}, {"genres", "era", 0.019}}).empty());
  CHECK(words_of_pair(Effects{}).empty());
}

TEST_CASE("base and contributions sum to the prediction", "[explain]") {
  for (const std::size_t count : {1U, 6U, 19U, 40U, 150U}) {
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
      const SyntheticPerson person(count, seed);
      const auto model = train(MediaType::film, person.corpus(), person.examples);
      REQUIRE(model);
      const auto predictions = model->predict(person.pointers);
      for (std::size_t i = 0; i < person.pointers.size(); ++i) {
        const auto explanation = model->explain(*person.pointers[i]);
        double sum = explanation.base;
        for (std::size_t k = 0; k < explanation.contributions.size(); ++k) {
          sum += explanation.contributions[k].stars;
          CHECK_FALSE(explanation.contributions[k].words.empty());
          if (k > 0) CHECK(std::abs(explanation.contributions[k].stars) <= std::abs(explanation.contributions[k - 1].stars));
        }
        CHECK(sum == Approx(explanation.sum).margin(1e-9));
        CHECK(std::clamp(sum, 0.5, 5.0) == Approx(static_cast<double>(predictions[i].stars)).margin(1e-4));
        CHECK(explanation.prediction.stars == predictions[i].stars);
      }
    }
  }
}

TEST_CASE("without ratings the explanation is the public's", "[explain]") {
  const auto explanation = Model().explain(work_by("Somebody", "Drama"));
  CHECK(explanation.base == Approx(3.5));
  CHECK(explanation.base_words == "Public rating, 7,412 votes (IMDb)");
  double sum = explanation.base;
  for (const auto& contribution : explanation.contributions) sum += contribution.stars;
  CHECK(sum == Approx(explanation.sum));
  CHECK(sum == Approx(static_cast<double>(explanation.prediction.stars)).margin(1e-4));

  Item blank;
  blank.id = "book/blank";
  blank.type = MediaType::book;
  CHECK(Model().explain(blank).base_words == "No public rating: the average of all books");
}

TEST_CASE("words say what the person's ratings say, and point the way of their number", "[explain]") {
  const SyntheticPerson person(300);
  const auto model = train(MediaType::film, person.corpus(), person.examples);
  REQUIRE(model);

  const auto liked = model->explain(work_by("Director 1", "Science fiction"));
  const auto* people = find(liked, "people");
  REQUIRE(people != nullptr);
  CHECK(people->stars > 0.2);
  CHECK(people->words.rfind("You rate films by Director 1 0.", 0) == 0);
  CHECK(people->words.find("above the public") != std::string::npos);
  const auto* genres = find(liked, "genres");
  REQUIRE(genres != nullptr);
  CHECK(genres->stars > 0.2);
  CHECK(genres->words == "You like science fiction");

  const auto disliked = model->explain(work_by("Director 11", "Horror"));
  CHECK(find(disliked, "people")->stars < -0.2);
  CHECK(find(disliked, "people")->words.find("below the public") != std::string::npos);
  CHECK(find(disliked, "genres")->words == "You like less than other genres: horror");

  // Three tenths below the public is how the person was made.
  const auto* habit = find(liked, "habit");
  REQUIRE(habit != nullptr);
  CHECK(habit->stars < -0.1);
  CHECK(habit->words.find("below the public") != std::string::npos);
}

TEST_CASE("a series that the person knows is named by what they rated of it, and an award by its name", "[explain]") {
  SyntheticPerson person(60);
  for (std::size_t i = 0; i < 40; i += 4) {
    const bool loved = i % 8 == 0;
    person.works[i].title = (loved ? "Loved " : "Hated ") + std::to_string(i);
    person.works[i].series = {{loved ? "Bay trilogy" : "Cave saga", std::to_string(i)}};
    person.works[i].awards = {loved ? "Lantern Prize" : "Bat Prize"};
    person.examples[i].stars = loved ? 5 : 0.5;
  }
  const auto model = train(MediaType::film, person.corpus(), person.examples);
  REQUIRE(model);
  Item work = work_by("Somebody", "Western");
  const float before = model->explain(work).prediction.stars;
  work.series = {{"The Bay Trilogy", "9"}};
  work.awards = {"Lantern Prize"};
  const auto liked = model->explain(work);
  CHECK(liked.prediction.stars > before + 0.1F);
  const auto* series = find(liked, "series");
  REQUIRE(series != nullptr);
  CHECK(series->stars > 0.1);
  CHECK(series->words.starts_with("Same series as “Loved "));
  CHECK_THAT(series->words, Catch::Contains("” and “Loved ") && Catch::Contains("”: you rate it "));
  CHECK(series->words.ends_with(" above the public"));
  const auto* awards = find(liked, "awards");
  REQUIRE(awards != nullptr);
  CHECK(awards->words.starts_with("You rate films with the award “Lantern Prize” "));

  work.series = {{"Cave saga", ""}};
  CHECK(find(model->explain(work), "series")->stars < -0.1);
  CHECK_THAT(find(model->explain(work), "series")->words,
             Catch::Contains("Same series as “Hated ") && Catch::EndsWith(" below the public"));
}

TEST_CASE("what no work tells is no part of any explanation, and the person's own predictions stay to the bit", "[explain]") {
  const SyntheticPerson person(60);
  const auto model = train(MediaType::film, person.corpus(), person.examples);
  REQUIRE(model);
  for (const Item* work : person.pointers) {
    CHECK(find(model->explain(*work), "series") == nullptr);
    CHECK(find(model->explain(*work), "awards") == nullptr);
  }
  // A work that nobody can have rated tells of its series: those that have none are as they were.
  Item work = work_by("Somebody", "Western");
  const float before = model->explain(work).prediction.stars;
  work.series = {{"Bay trilogy", ""}};
  CHECK(model->explain(work).prediction.stars == before);
}

TEST_CASE("one rating is not told as a habit, nor as the lack of one", "[explain]") {
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
    const SyntheticPerson person(1, seed);
    const auto model = train(MediaType::film, person.corpus(), person.examples);
    REQUIRE(model);
    for (const Item& work : {*person.pointers[0], work_by("Somebody else", "Western")}) {
      const auto explanation = model->explain(work);
      for (const auto& [group, words, stars] : explanation.contributions) {
        INFO(words << " " << stars);
        CHECK((words.find("close to the public") == std::string::npos || std::abs(stars) < 0.05));
        CHECK(words.find("Your ratings follow") == std::string::npos);
      }
      // Without its own rating nothing is known of the person: habit moves nothing that the public does not move back.
      if (explanation.held_out && find(explanation, "habit") != nullptr) CHECK(std::abs(find(explanation, "habit")->stars) < 0.3);
    }
  }
}

TEST_CASE("no word claims what a contribution denies", "[explain]") {
  for (const std::uint64_t seed : {4U, 5U, 6U}) {
    const SyntheticPerson person(60, seed);
    const auto model = train(MediaType::film, person.corpus(), person.examples);
    for (const auto* work : person.pointers) {
      for (const auto& [group, words, stars] : model->explain(*work).contributions) {
        INFO(words << " " << stars);
        const auto says = [&, &said = words](const char* text) { return said.find(text) != std::string::npos; };
        if (says("above the public") || says("higher than is usual") || says("Themes you rate higher")) CHECK(stars > 0);
        if (says("below the public") || says("lower than is usual") || says("Themes you rate lower") || says("You like less"))
          CHECK(stars < 0);
        CHECK_FALSE(says(" 0.0 "));
      }
    }
  }
}

TEST_CASE("a name that nobody was rated for is said without a claim", "[explain]") {
  const SyntheticPerson person(60);
  const auto model = train(MediaType::film, person.corpus(), person.examples);
  const auto explanation = model->explain(work_by("Never Seen", "Drama"));
  if (const auto* people = find(explanation, "people")) CHECK(people->words == "Never Seen");
}

TEST_CASE("what a prediction rests on is said in words", "[explain]") {
  const auto words = [](std::size_t count) {
    const SyntheticPerson person(count);
    return train(MediaType::film, person.corpus(), person.examples)->explain(person.works.front()).basis_words;
  };
  CHECK(words(1) == "Learnt from your one film rating. Rate 19 more films for finer patterns");
  CHECK(words(19) == "Learnt from 19 of your film ratings. Rate 1 more film for finer patterns");
  CHECK(words(20) == "Learnt from 20 of your film ratings");
}

TEST_CASE("numbers and names are written as in a sentence", "[explain]") {
  CHECK(uncapitalised("Science Fiction") == "science fiction");
  CHECK(uncapitalised("Sci-Fi") == "sci-fi");
  CHECK(uncapitalised("R&B") == "R&B");
  CHECK(uncapitalised("RPG") == "RPG");
  CHECK(with_thousands(999) == "999");
  CHECK(with_thousands(1234567) == "1,234,567");
  CHECK(one_decimal(-0.649) == "0.6");
  CHECK(language_name("fr-CA") == "French");
  CHECK(country_name("JP") == "Japan");
  CHECK(country_name("??").empty());
}
