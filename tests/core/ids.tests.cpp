#include "core/library/ids.hpp"

#include <string>
#include <vector>

#include "tests/core/catch.hpp"

using namespace hub;

TEST_CASE("ids stand in the order of their services, whatever order they came in", "[item]") {
  Ids ids{{"tmdb", "603"}, {"imdb", "tt0133093"}};
  ids["rawg"] = "doom";
  std::vector<std::string> services;
  for (const auto& [service, id] : ids) services.push_back(service);
  CHECK(services == std::vector<std::string>{"imdb", "rawg", "tmdb"});
  CHECK(ids == Ids{{"rawg", "doom"}, {"tmdb", "603"}, {"imdb", "tt0133093"}});
}

TEST_CASE("each service has one id, which is found by its name", "[item]") {
  Ids ids;
  CHECK(ids.find("imdb") == ids.end());
  CHECK(ids.try_emplace("imdb", "tt1"));
  CHECK_FALSE(ids.try_emplace("imdb", "tt2"));
  CHECK(ids.at("imdb") == "tt1");
  ids.insert_or_assign("imdb", "tt3");
  CHECK(ids.find("imdb")->second == "tt3");
  CHECK(ids.size() == 1);

  const Ids more{{"imdb", "tt9"}, {"isbn", "9780000000002"}};
  ids.insert(more.begin(), more.end());
  CHECK(ids.at("imdb") == "tt3");
  CHECK(ids.contains("isbn"));
  ids.erase("isbn");
  CHECK_FALSE(ids.contains("isbn"));
}
