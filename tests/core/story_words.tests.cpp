// Works by the words of their stories: what finds by a description where there is no model.

#include "core/features/story_words.hpp"

#include <fstream>
#include <iterator>
#include <map>

#include "core/engine/catalogue.hpp"
#include "core/library/json.hpp"
#include "tests/core/catch.hpp"

using namespace hub;
using features::StoryWords;

namespace {

Item work(std::string title, std::string synopsis) {
  Item item;
  item.title = std::move(title);
  item.synopsis = std::move(synopsis);
  return item;
}

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("rare words count for more, and words that say nothing for nothing", "[stories]") {
  StoryWords index;
  CHECK(index.search("a ship", 10).empty());
  index.add(work("One", "A ship is lost at sea."));
  index.add(work("Two", "A ship, a lighthouse and the sea."));
  index.add(work("Three", "The sea."));
  index.add(work("Four", "Of robots."));

  const auto found = index.search("the lighthouse of the SEA", 10);
  REQUIRE(found.size() == 3);
  CHECK(found[0].place == 1);
  CHECK(found[0].share == Approx(1));
  // The shorter of two texts with the same word says it more.
  CHECK(found[1].place == 2);
  CHECK(found[2].place == 0);
  CHECK(found[1].share < 0.5F);
  CHECK(index.search("the lighthouse of the sea", 1).size() == 1);
  CHECK(index.search("the of a and", 10).empty());
  CHECK(index.search("", 10).empty());
  CHECK(index.search("zeppelin", 10).empty());
  // A word that nothing is told with makes the others a smaller part of the whole.
  const auto half = index.search("robots zeppelin", 10);
  REQUIRE(half.size() == 1);
  CHECK(half[0].place == 3);
  CHECK(half[0].share < 0.5F);
}

TEST_CASE("genres, keywords and the title are part of what is told, and accents and case are not", "[stories]") {
  StoryWords index;
  Item item = work("Café Noir", "");
  item.genres = {"Science fiction"};
  item.keywords = {"parallel worlds", "naïveté"};
  index.add(item);
  index.add(work("Other", "Nothing of that."));
  for (const char* words : {"cafe", "SCIENCE", "worlds", "naivete", "café"}) {
    CAPTURE(words);
    const auto found = index.search(words, 10);
    REQUIRE(found.size() == 1);
    CHECK(found[0].place == 0);
  }
}

TEST_CASE("descriptions bring what they mean of the catalogue", "[stories]") {
  const std::map<std::string, MediaType> types{{"Films", MediaType::film},
                                               {"Shows", MediaType::show},
                                               {"Games", MediaType::game},
                                               {"Music", MediaType::album},
                                               {"Books", MediaType::book}};
  std::map<MediaType, std::vector<Item>> catalogue;
  std::map<MediaType, StoryWords> indices;
  for (const char* file : {"films", "shows", "games", "albums", "books"}) {
    auto items = engine::read_catalogue(content(std::string(HUB_MODELS) + "/catalogue/" + file + ".json"));
    REQUIRE(items);
    for (const Item& item : *items) indices[item.type].add(item);
    catalogue[items->front().type] = std::move(*items);
  }
  const auto list = parse_json(content(std::string(HUB_TEST_DATA) + "/descriptions.json"));
  REQUIRE(list);
  REQUIRE(list->size() == 30);
  std::string missed;
  int first = 0;
  for (const auto& one : *list) {
    const MediaType type = types.at(one[0].get<std::string>());
    const auto found = indices[type].search(one[1].get<std::string>(), 1);
    if (!found.empty() && catalogue[type][found[0].place].title.starts_with(one[2].get<std::string>()))
      ++first;
    else
      missed += one[1].get<std::string>() + "; ";
  }
  CAPTURE(missed);
  CHECK(first >= 26);
}
