#include "core/library/json.hpp"
#include "core/library/event_text.hpp"

#include <fstream>
#include <random>
#include <sstream>

#include "core/library/limits.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/fixtures.hpp"

using namespace hub;

namespace {

Item full_item() {
  Item item;
  item.id = "show/tt1";
  item.type = MediaType::show;
  item.title = "“Déjà vu” \\ 1\"2";
  item.original_title = "デジャヴ";
  item.year = -400;
  item.genres = {"Drama", "Science fiction"};
  item.creators = {{"creator", "A"}, {"writer", "B"}};
  item.cast = {"C"};
  item.keywords = {"memory"};
  item.companies = {"D"};
  item.countries = {"JP"};
  item.language = "ja";
  item.length = 47.25;
  item.ids = {{"imdb", "tt1"}, {"tmdb", "5"}};
  item.community = {{"IMDb", 7.1, 10, 1234, "2024-05"}, {"Metacritic", 83, 100, std::nullopt, "2024"}};
  item.synopsis = "Something happens.";
  item.poster = "https://example.org/a.jpg";
  item.series = {{"Déjà", "2"}, {"All of it", ""}};
  item.awards = {"E", "F"};
  item.awards_won = 0;
  item.nominations = 12;
  item.provenance = "catalogue";
  item.retrieved = "2024-05-31";
  item.sources = {{"TVMaze", "2026-11-24", set_of(Fact::length) | set_of(Fact::cast)}, {"IMDb export", "", set_of(Fact::community)}};
  return item;
}

std::string text_of(const Event& event) {
  return json_text(to_json(event));
}

Expected<Event> read(std::string_view text) {
  const Expected<Json> json = parse_json(text);
  if (!json) return tl::unexpected(json.error());
  return event_from_json(*json);
}

}  // namespace

TEST_CASE("Every kind of event reads back as it was written") {
  const EventId id{"00112233aabbccdd", 7};
  const Rating rating{7.3, RatingScale::ten, "2024-05-31", "IMDb"};
  const Payload payload =
      GENERATE_COPY(Payload(Rated{"show/tt1", rating, full_item()}),
                    Payload(Rated{"film/x", {4.5, RatingScale::half_stars, "", "here"}, std::nullopt}), Payload(Unrated{"book/b"}),
                    Payload(ItemAdded{full_item()}), Payload(Imported{"IMDb", "ratings (1).csv", {full_item()}, {{"show/tt1", rating}}}),
                    Payload(Skipped{"game/g"}), Payload(NotInterested{"album/a"}), Payload(SettingChanged{"theme", "dark\n{\"a\":1}"}),
                    Payload(Undone{id}), Payload(Redone{{"ffff", 1}}));
  const Event event{id, 1'712'345'678'901, payload};
  const Expected<Event> back = read(text_of(event));
  REQUIRE(back);
  CHECK(*back == event);
  CHECK(text_of(*back) == text_of(event));

  // Item by item as in one tree.
  CHECK(event_text(event) == text_of(event));
  const Expected<Event> by_item = event_from_text(text_of(event));
  REQUIRE(by_item);
  CHECK(*by_item == event);
}

TEST_CASE("An item of before the sources of single facts were noted reads as it was, and is written with the same bytes") {
  const std::string before =
      R"({"facts":{"id":"film/a","provenance":"IMDb export","retrieved":"2024-05-31","title":"A","type":"film","year":1999},)"
      R"("id":["d",1],"k":"added","t":1})";
  const Expected<Event> event = event_from_text(before);
  REQUIRE(event);
  const Item& item = std::get<ItemAdded>(event->payload).item;
  CHECK(item.sources.empty());
  CHECK(source_of(item, Fact::year).name == "IMDb export");
  CHECK(source_of(item, Fact::year).retrieved == "2024-05-31");
  CHECK(source_of(item, Fact::length).facts == 0);
  CHECK(event_text(*event) == before);
}

TEST_CASE("Series and awards are read with what belongs to them, and refused where they cannot be") {
  const auto item = [](const std::string& fields) {
    return item_from_json(*parse_json(R"({"id":"book/a","type":"book","title":"A",)" + fields + "}"));
  };
  const auto known =
      item(R"("series":[{"name":"Disc\nworld","part":"38"},{"name":""},{"name":"B"}],"awards":["","Prize"],"nominations":0)");
  REQUIRE(known);
  CHECK(known->series == std::vector<Series>{{"Disc world", "38"}, {"B", ""}});
  CHECK(known->awards == std::vector<std::string>{"Prize"});
  CHECK_FALSE(known->awards_won);
  CHECK(known->nominations == 0);
  const std::string wrong = GENERATE(as<std::string>(), R"("series":7)", R"("series":["Discworld"])", R"("series":[{"part":"1"}])",
                                     R"("awards":[7])", R"("awards_won":-1)", R"("awards_won":1.5)", R"("nominations":1e9)");
  CHECK_FALSE(item(wrong));
  CHECK(item(wrong).error().code == "bad_item");
}

TEST_CASE("Sources of facts read back, and those of facts that a newer program tells apart are left out") {
  const auto item = [](const std::string& sources) {
    return item_from_json(*parse_json(R"({"id":"film/a","type":"film","title":"A","year":1999,"sources":)" + sources + "}"));
  };
  const auto known =
      item(R"([{"source":"TMDB","retrieved":"2026-01-02","facts":["year","mood"]},{"source":"Z","facts":["mood"]},{"facts":[]}])");
  REQUIRE(known);
  CHECK(known->sources == std::vector<FactSource>{{"TMDB", "2026-01-02", set_of(Fact::year)}});
  CHECK_FALSE(item("7"));
  CHECK_FALSE(item("[7]"));
  CHECK_FALSE(item(R"([{"source":7,"facts":["year"]}])"));
  CHECK_FALSE(item(R"([{"source":"Z","facts":[7]}])"));
  CHECK(item("[" + std::string(R"({"source":"Z","facts":["year"]},)") + R"({"source":"Y","facts":["title"]}])")->sources.size() == 2);
}

TEST_CASE("Of an import that is read item by item the same is refused as of a whole one") {
  const std::string item = R"({"id":"film/a","type":"film","title":"A"})";
  const std::string rating = R"({"item":"film/a","rating":{"value":7,"scale":"ten"}})";
  const auto import_of = [](const std::string& items, const std::string& ratings) {
    return R"({"id":["d",1],"t":1,"k":"imported","source":"IMDb","items":[)" + items + R"(],"ratings":[)" + ratings + "]}";
  };
  REQUIRE(event_from_text(import_of(item, rating)));
  const std::string text = GENERATE_COPY(
      import_of(item + R"(,{"id":"film/b","type":"film"})", rating), import_of("7," + item, rating), import_of(item, rating + ",[]"),
      import_of(item, R"({"item":"film/a","rating":{"value":70,"scale":"ten"}})"),
      import_of(item, R"({"item":"nothing","rating":{"value":7,"scale":"ten"}})"), import_of(item, R"({"item":"film/a"})"),
      import_of(item, rating) + "x", import_of(item, rating).substr(0, 90), std::string("[]"), std::string("7"), std::string());
  const Expected<Event> whole = read(text);
  const Expected<Event> by_item = event_from_text(text);
  REQUIRE_FALSE(whole);
  REQUIRE_FALSE(by_item);
  CHECK(by_item.error().code == whole.error().code);
  CHECK(by_item.error().message == whole.error().message);
}

TEST_CASE("An item is written piece by piece as of its tree") {
  Item item = full_item();
  item.title = "\"Amélie\"\\ \n\x7f\x01 \xff 東京";
  item.genres = {"", "Film-Noir", "\t"};
  item.ids = {{"a\"b", "1"}, {"imdb", "tt1"}, {"é", "\\"}};
  item.year = -44;
  item.length = GENERATE(0.0, -0.0, 0.1, 1e9, 123456789012345.0, 1e300, 95.0, 1.0 / 3.0);
  item.community = {{"IMDb", 7.25, 10, std::nullopt, ""}, {"X", 100, 100, 2'000'000'000L, "2024"}};
  item.sources = {{"Wikidata", "2026-01-01", set_of(Fact::title) | set_of(Fact::poster)}, {"X", "", set_of(Fact::ids)}};
  CHECK(item_text(item) == json_text(to_json(item)));
  CHECK(item_text({}) == json_text(to_json(Item())));
  const Event event{{"d", 1}, 5, Imported{"a\"", "", {item, full_item()}, {{"film/é", {0.5, RatingScale::half_stars, "", ""}}}}};
  CHECK(event_text(event) == text_of(event));
}

TEST_CASE("The written form is compact and in a fixed order") {
  const Event event{{"00112233aabbccdd", 7}, 1'712'345'678'901, Rated{"film/x", {4, RatingScale::half_stars, "", ""}, std::nullopt}};
  CHECK(text_of(event) ==
        R"({"id":["00112233aabbccdd",7],"item":"film/x","k":"rated","rating":{"scale":"half_stars","value":4},"t":1712345678901})");
}

TEST_CASE("Ratings read back to the last bit") {
  std::mt19937_64 random(3);
  std::uniform_real_distribution<double> uniform(0, 100);
  for (int i = 0; i < 1'000; ++i) {
    const Rating rating{uniform(random), RatingScale::hundred, "", ""};
    const Expected<Rating> back = rating_from_json(*parse_json(json_text(to_json(rating))));
    REQUIRE(back);
    REQUIRE(back->value == rating.value);
  }
}

TEST_CASE("What is wrong in an event is refused by name") {
  const auto [text, code, named] = GENERATE(table<std::string, std::string, std::string>({
      {R"({"id":["d",1],"t":1,"k":"rated","item":"film/a","rating":{"value":11,"scale":"ten"}})", "bad_rating", "value"},
      {R"({"id":["d",1],"t":1,"k":"rated","item":"film/a","rating":{"value":"7","scale":"ten"}})", "bad_rating", "value"},
      {R"({"id":["d",1],"t":1,"k":"rated","item":"film/a","rating":{"value":7,"scale":"twelve"}})", "bad_rating", "scale"},
      {R"({"id":["d",1],"t":1,"k":"rated","item":"film/a"})", "bad_event", "rating"},
      {R"({"id":["d",1],"t":1,"k":"rated","item":7,"rating":{"value":7,"scale":"ten"}})", "bad_event", "item"},
      {R"({"id":["d",1],"t":1,"k":"sung","item":"film/a"})", "bad_event", "k"},
      {R"({"id":["d",0],"t":1,"k":"skipped","item":"film/a"})", "bad_event", "id"},
      {R"({"id":["d"],"t":1,"k":"skipped","item":"film/a"})", "bad_event", "id"},
      {R"({"id":["../d",1],"t":1,"k":"skipped","item":"film/a"})", "bad_event", "id"},
      {R"({"id":["d",1],"t":1.5,"k":"skipped","item":"film/a"})", "bad_event", "t"},
      {R"({"id":["d",1],"t":1e300,"k":"skipped","item":"film/a"})", "bad_event", "t"},
      {R"({"id":["d",1],"t":1,"k":"skipped","item":"opera/a"})", "bad_event", "item"},
      {R"({"id":["d",1],"t":1,"k":"added","facts":{"id":"film/a","type":"film"}})", "bad_item", "title"},
      {R"({"id":["d",1],"t":1,"k":"added","facts":{"id":"film/a","type":"book","title":"A"}})", "bad_item", "id"},
      {R"({"id":["d",1],"t":1,"k":"added","facts":{"id":"film/a","type":"film","title":"A","year":1999.5}})", "bad_item", "year"},
      {R"({"id":["d",1],"t":1,"k":"added","facts":{"id":"film/a","type":"film","title":"A","genres":"Drama"}})", "bad_item", "genres"},
      {R"({"id":["d",1],"t":1,"k":"added","facts":{"id":"film/a","type":"film","title":"A","length":-1}})", "bad_item", "length"},
      {R"({"id":["d",1],"t":1,"k":"added","facts":{"id":"film/a","type":"film","title":"A","community":[{"source":"X","rating":9,"scale":7}]}})",
       "bad_item", "scale"},
      {R"({"id":["d",1],"t":1,"k":"imported","source":"X","ratings":[{"item":"film/a"}]})", "bad_event", "rating"},
      {R"([1,2])", "bad_event", "object"},
  }));
  CAPTURE(text);
  const Expected<Event> event = read(text);
  REQUIRE_FALSE(event);
  CHECK(event.error().code == code);
  CHECK_THAT(event.error().message, Catch::Contains(named));
}

TEST_CASE("What can be mended in an item is mended") {
  Json json = to_json(full_item());
  json["title"] = std::string(3'000, 'x');
  json["synopsis"] =
      "a\x01\xE2\x80\xAE"
      "b";
  json["poster"] = "javascript:alert(1)";
  json["keywords"] = Json::array();
  for (int i = 0; i < 500; ++i) json["keywords"].push_back("k" + std::to_string(i));
  json["unheard_of"] = {1, 2, 3};
  const Expected<Item> item = item_from_json(json);
  REQUIRE(item);
  CHECK(item->title.size() == most_title_bytes);
  CHECK(item->synopsis == "a b");
  CHECK(item->poster.empty());
  CHECK(item->keywords.size() == most_list_entries);
}

TEST_CASE("Text that is no JSON is refused with the place") {
  const Expected<Json> json = parse_json("{\"a\": [1, 2,}");
  REQUIRE_FALSE(json);
  CHECK(json.error().code == "bad_json");
  CHECK_THAT(json.error().message, Catch::Contains("13"));
  CHECK_FALSE(parse_json(""));
  CHECK_FALSE(parse_json("\"\xFF\""));
}

TEST_CASE("Hostile nesting neither ends the program nor passes for an event") {
  const std::string deep = std::string(200'000, '[') + std::string(200'000, ']');
  const Expected<Event> event = read(deep);
  REQUIRE_FALSE(event);
  CHECK(event.error().code == "bad_event");
}

TEST_CASE("Every catalogue entry reads back as it was") {
  const std::string name = GENERATE("films", "shows", "games", "albums", "books");
  std::ifstream file(hub::tests::model_file("catalogue/" + name + ".json"));
  if (!file) return;  // written by another part of the project; the catalogue's own test misses it
  std::stringstream text;
  text << file.rdbuf();
  const Expected<Json> json = parse_json(text.str());
  REQUIRE(json);
  for (const Json& entry : (*json)["items"]) {
    const Expected<Item> item = item_from_json(entry);
    INFO(entry.dump());
    if (!item) FAIL(item.error().message);
    CHECK(to_json(*item) == entry);
  }
}
