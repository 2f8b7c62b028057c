#include <cmath>
#include <set>

#include "core/features/encoding.hpp"
#include "core/predictor/tree_features.hpp"
#include "tests/core/catch.hpp"

using namespace hub;
using namespace hub::features;

namespace {

Item film(std::string id, double rating, std::optional<long> votes) {
  Item item;
  item.id = "film/" + id;
  item.title = id;
  item.community.push_back({"IMDb", rating, 10, votes, ""});
  return item;
}

}  // namespace

TEST_CASE("one thing has one token, however it is written", "[features]") {
  CHECK(normalised("  Ridley   SCOTT ") == "ridley scott");
  CHECK(token_key(Family::genres, normalised_genre("Sci-Fi")) == token_key(Family::genres, normalised_genre("Science Fiction")));
  CHECK(token_key(Family::creators, "drama") != token_key(Family::genres, "drama"));
}

TEST_CASE("title words leave out what titles share by chance", "[features]") {
  CHECK(title_words("The Lord of the Rings: The Two Towers") == std::vector<std::string>{"lord", "rings", "two", "towers"});
  CHECK(title_words("Alien 3") == std::vector<std::string>{"alien"});
  CHECK(title_words("1984") == std::vector<std::string>{"1984"});
  CHECK(title_words("Ocean's Eleven") == std::vector<std::string>{"oceans", "eleven"});
  CHECK(title_words("").empty());
}

TEST_CASE("few votes draw a public rating to the mean of its source", "[features]") {
  const Statistics statistics;
  const auto many = encode(film("a", 8.0, 200000), Statistics());
  Item item = film("b", 8.0, 20);
  const Item* all[] = {&item};
  const Statistics of_one(all);
  const auto few = encode(item, of_one);
  CHECK(few.source_mean == Approx(3.49));
  CHECK(few.base == Approx(4.0));
  CHECK(few.community == Approx(0.5 * (4.0 - 3.49)));
  CHECK(few.prior_mean() == Approx(3.49 + 0.9 * 0.5 * (4.0 - 3.49)));
  CHECK(many.community > few.community);
}

TEST_CASE("what an item does not say is missing, not zero", "[features]") {
  Item item;
  item.id = "book/x";
  item.type = MediaType::book;
  const auto encoded = encode(item, Statistics());
  CHECK_FALSE(encoded.has_community);
  CHECK(encoded.base == Approx(4.0));
  CHECK(std::isnan(encoded.votes));
  CHECK(std::isnan(encoded.year));
  CHECK(std::isnan(encoded.length));
  CHECK(std::isnan(encoded.awards_won));
  CHECK(std::isnan(encoded.nominations));
  for (const Family family : families) CHECK(encoded.of(family).empty());

  const TypeStatistics type;
  const auto columns = predictor::tree_features(type);
  std::vector<float> row(columns.size());
  predictor::fill_tree_row(encoded, {}, type, row);
  for (std::size_t column = 0; column < row.size(); ++column) {
    // Nothing is known of the work; what a model says of it is a number all the same.
    if (columns[column].name.rfind("affinity_", 0) == 0) {
      CHECK(row[column] == 0);
    } else {
      CHECK(std::isnan(row[column]));
    }
  }
}

TEST_CASE("series and awards are columns of the trees where any work tells them, and no others", "[features]") {
  Item item = film("a", 7, 100);
  item.series = {{"The Bay Trilogy", "2"}};
  item.awards = {"Prize"};
  item.nominations = 12;
  const Item plain = film("b", 7, 100);
  const auto names = [](const TypeStatistics& type) {
    std::vector<std::string> all;
    for (const auto& feature : predictor::tree_features(type))
      if (feature.group == Group::series || feature.group == Group::awards) all.push_back(feature.name);
    return all;
  };
  const Item* without[] = {&plain};
  CHECK(names(Statistics(without).of(MediaType::film)).empty());
  const Item* with[] = {&plain, &item};
  const Statistics statistics(with);
  CHECK(names(statistics.of(MediaType::book)).empty());
  const auto& type = statistics.of(MediaType::film);
  CHECK(names(type) == std::vector<std::string>{"award_count", "awards_won", "nominations", "affinity_series", "affinity_awards"});

  const auto columns = predictor::tree_features(type);
  predictor::KernelParts parts;
  parts[predictor::Kernel::series] = 0.25;
  std::vector<float> row(columns.size());
  predictor::fill_tree_row(encode(item, statistics), parts, type, row);
  const auto value = [&](std::string_view name) {
    return row[static_cast<std::size_t>(std::find_if(columns.begin(), columns.end(), [&](const Feature& one) { return one.name == name; }) -
                                        columns.begin())];
  };
  CHECK(value("award_count") == 1);
  CHECK(std::isnan(value("awards_won")));
  CHECK(value("nominations") == 12);
  CHECK(value("affinity_series") == 0.25F);
  predictor::fill_tree_row(encode(plain, statistics), {}, type, row);
  CHECK(std::isnan(value("award_count")));
  CHECK(std::isnan(value("nominations")));
}

TEST_CASE("a series is one by whatever name it goes", "[features]") {
  const auto name =
      GENERATE(as<std::string>(), "The Expanse", "Expanse", "the  expanse series", "The Expanse Collection", "Expanse franchise");
  CHECK(normalised_series(name) == "expanse");
  CHECK(normalised_series("The ") == "the");
  CHECK(normalised_series("Series") == "series");
  CHECK(normalised_series("Bill Hodges Trilogy") == "bill hodges trilogy");
}

TEST_CASE("a rating that nobody gave is none", "[features]") {
  const auto item = film("a", 0, 0);
  CHECK(public_rating_of(item) == nullptr);
}

TEST_CASE("the weights of a family have length one, and rare keywords weigh more", "[features]") {
  Item a = film("a", 7, 100);
  a.keywords = {"robot", "rare"};
  Item b = film("b", 7, 100);
  b.keywords = {"robot"};
  Item c = film("c", 7, 100);
  c.keywords = {"robot"};
  const Item* all[] = {&a, &b, &c};
  const Statistics statistics(all);
  const auto encoded = encode(a, statistics);
  double squares = 0;
  double rare = 0;
  double common = 0;
  for (const auto& token : encoded.of(Family::keywords)) {
    squares += token.weight * token.weight;
    (token.key == token_key(Family::keywords, "rare") ? rare : common) = token.weight;
  }
  CHECK(squares == Approx(1));
  CHECK(rare > common);
}

TEST_CASE("statistics do not depend on the order of the works", "[features]") {
  std::vector<Item> items;
  for (int i = 0; i < 60; ++i) {
    auto item = film("f" + std::to_string(i), 5 + 0.05 * i, 10 + 37 * i);
    item.community[0].source = "elsewhere";
    item.length = 80 + i * 1.7;
    item.genres = {i % 3 == 0 ? "Drama" : "Comedy"};
    items.push_back(item);
  }
  std::vector<const Item*> forward;
  for (const auto& item : items) forward.push_back(&item);
  const std::vector<const Item*> backward(forward.rbegin(), forward.rend());
  const auto one = encode(items[7], Statistics(forward));
  const auto other = encode(items[7], Statistics(backward));
  CHECK(one.source_mean == other.source_mean);
  CHECK(one.votes == other.votes);
  CHECK(one.length == other.length);
}

TEST_CASE("every tree feature has a name of its own and a unit", "[features]") {
  TypeStatistics type;
  type.common_genre_names = {"drama", "science fiction"};
  type.common_genres = {1, 2};
  std::set<std::string> names;
  for (const auto& feature : predictor::tree_features(type)) {
    CHECK(names.insert(feature.name).second);
    CHECK_FALSE(feature.unit.empty());
    CHECK(feature.name.find_first_of(" []<>") == std::string::npos);
  }
}
