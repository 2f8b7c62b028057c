#include "core/predictor/errors.hpp"

#include <algorithm>
#include <deque>
#include <limits>

#include "core/predictor/random.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/reference.hpp"

using namespace hub;
using namespace hub::predictor;
using tests::numbers;
using tests::reference;

namespace {

double normal(Random& random) {
  double sum = 0;
  for (int k = 0; k < 12; ++k) sum += random.uniform();
  return sum - 6;
}

/// Films of a few genres, directors and decades, with predictions that are off by chance.
struct Films {
  std::deque<Item> items;
  std::vector<const Item*> pointers;
  std::vector<double> stars;
  std::vector<double> predicted;
  std::vector<double> deviations;

  explicit Films(std::size_t n, std::uint64_t seed) {
    Random random(seed);
    const std::vector<std::string> genres{"Drama", "Comedy", "Horror", "War", "Romance"};
    for (std::size_t i = 0; i < n; ++i) {
      Item item;
      item.id = "film/" + std::to_string(i);
      item.title = "Film " + std::to_string(i);
      item.genres = {genres[static_cast<std::size_t>(random.below(genres.size()))]};
      item.creators = {{"director", "Director " + std::to_string(random.below(15))}};
      item.year = 1950 + static_cast<int>(random.below(70));
      item.length = 80.0 + static_cast<double>(random.below(80));
      item.community = {{random.below(2) == 0 ? "IMDb" : "TMDB", 7, 10, 10 + static_cast<long>(random.below(100000)), ""}};
      items.push_back(std::move(item));
      pointers.push_back(&items.back());
      predicted.push_back(2 + 2 * random.uniform());
      deviations.push_back(0.6);
      stars.push_back(predicted.back() + 0.6 * normal(random));
    }
  }

  Expected<ErrorAnalysis> analyse() const { return analyse_errors(MediaType::film, pointers, stars, predicted, deviations); }
};

const ErrorGroup* find(const ErrorAnalysis& analysis, Aspect aspect, const std::string& value) {
  for (const auto& group : analysis.groups) {
    if (group.aspect == aspect && group.value == value) return &group;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("means, intervals, p-values and slips of errors are those of the reference", "[errors]") {
  const auto data = reference("evaluation.json", "error_groups");
  const auto stars = numbers(data["stars"]);
  const auto predicted = numbers(data["predicted"]);
  const auto deviations = numbers(data["deviations"]);
  std::deque<Item> items;
  std::vector<const Item*> pointers;
  for (std::size_t i = 0; i < stars.size(); ++i) {
    Item item;
    item.title = "Film " + std::to_string(i);
    item.genres = {"Genre " + std::to_string(data["genres"][i].get<int>())};
    item.year = data["years"][i].get<int>();
    items.push_back(std::move(item));
    pointers.push_back(&items.back());
  }
  const auto analysis = analyse_errors(MediaType::film, pointers, stars, predicted, deviations);
  REQUIRE(analysis);
  CHECK(analysis->mean == Approx(data["mean"].get<double>()).epsilon(1e-10));
  REQUIRE(analysis->groups.size() == data["groups"].size());
  for (const auto& expected : data["groups"]) {
    const auto* group = find(*analysis, expected["aspect"] == "genre" ? Aspect::genre : Aspect::decade, expected["value"]);
    REQUIRE(group != nullptr);
    CHECK(group->count == expected["count"].get<std::size_t>());
    CHECK(group->raw_mean == Approx(expected["raw_mean"].get<double>()).epsilon(1e-9));
    CHECK(group->mean == Approx(expected["mean"].get<double>()).epsilon(1e-9));
    CHECK(group->low == Approx(expected["low"].get<double>()).epsilon(1e-9));
    CHECK(group->high == Approx(expected["high"].get<double>()).epsilon(1e-9));
    CHECK(group->p_value == Approx(expected["p_value"].get<double>()).epsilon(1e-9));
    CHECK(group->false_discovery_rate == Approx(expected["rate"].get<double>()).epsilon(1e-9));
  }
  const auto standardised = numbers(data["standardised"]);
  const auto rates = numbers(data["slip_rates"]);
  REQUIRE(analysis->outliers.size() == 20);
  for (const auto& outlier : analysis->outliers) {
    CHECK(outlier.standardised == Approx(standardised[outlier.place]).epsilon(1e-9));
    CHECK(outlier.false_discovery_rate == Approx(rates[outlier.place]).epsilon(1e-9));
  }
  CHECK(analysis->outliers.front().place == 5);
  CHECK(analysis->outliers.front().likely_slip);
}

TEST_CASE("what a person rates higher than was predicted is found, and said in words", "[errors]") {
  Films films(300, 1);
  for (std::size_t i = 0; i < films.items.size(); ++i) {
    if (films.items[i].genres.front() == "Horror") films.stars[i] += 0.7;
  }
  const auto analysis = films.analyse();
  REQUIRE(analysis);
  const auto& first = analysis->groups.front();
  CHECK(first.aspect == Aspect::genre);
  CHECK(first.value == "Horror");
  CHECK(first.finding);
  CHECK(first.low > 0);
  CHECK(first.mean < first.raw_mean);
  CHECK(first.words.find("You rate films of the genre Horror 0.") == 0);
  CHECK(first.words.find("higher than predicted") != std::string::npos);
  for (const auto aspect : {Aspect::genre, Aspect::decade, Aspect::creator, Aspect::length, Aspect::source, Aspect::popularity})
    CHECK(std::any_of(analysis->groups.begin(), analysis->groups.end(), [&](const auto& group) { return group.aspect == aspect; }));
}

TEST_CASE("errors that are chance alone give findings and slips in few of many runs", "[errors]") {
  int with_findings = 0;
  int with_slips = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const auto analysis = Films(200, seed).analyse();
    REQUIRE(analysis);
    with_findings += analysis->groups.front().finding ? 1 : 0;
    with_slips += analysis->outliers.front().likely_slip ? 1 : 0;
  }
  // One in ten is allowed for; 13 of 60 would be three standard errors more.
  CHECK(with_findings <= 13);
  CHECK(with_slips <= 13);
}

TEST_CASE("a slip of the finger stands out among many ratings", "[errors]") {
  Films films(200, 3);
  films.stars[17] = films.predicted[17] - 3.5;
  const auto analysis = films.analyse();
  REQUIRE(analysis);
  CHECK(analysis->outliers.front().place == 17);
  CHECK(analysis->outliers.front().likely_slip);
  CHECK(analysis->outliers.front().words.find("“Film 17”") != std::string::npos);
}

TEST_CASE("no ratings, equal errors and one group only are no error, and tables that are none are refused", "[errors]") {
  CHECK(analyse_errors(MediaType::book, {}, {}, {}, {})->groups.empty());
  Films films(30, 2);
  for (std::size_t i = 0; i < films.stars.size(); ++i) {
    films.stars[i] = films.predicted[i];
    films.items[i].genres = {"Drama"};
  }
  REQUIRE(films.analyse());
  CHECK(films.analyse()->groups.empty());
  films.deviations[3] = 0;
  CHECK(films.analyse().error().code == "not_finite");
  films.deviations[3] = 1;
  films.predicted[4] = std::numeric_limits<double>::quiet_NaN();
  CHECK(films.analyse().error().message.find("“Film 4”") != std::string::npos);
  films.predicted.pop_back();
  CHECK(films.analyse().error().code == "bad_table");
}
