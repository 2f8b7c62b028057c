#include "core/imports/matching.hpp"

#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "core/cli/matching.hpp"
#include "core/engine/catalogue.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/fixtures.hpp"

using namespace hub;
using imports::Matcher;

namespace {

Item work(MediaType type, std::string id, std::string title, std::optional<int> year, std::string role = {}, std::string maker = {}) {
  Item item;
  item.type = type;
  item.id = std::string(name_of(type)) + "/" + id;
  item.title = std::move(title);
  item.year = year;
  if (!maker.empty()) item.creators = {{std::move(role), std::move(maker)}};
  return item;
}

std::string found(const std::vector<Item>& known, const Item& item, std::string_view other_name = {}) {
  Matcher matcher;
  for (const Item& each : known) matcher.add(each);
  const Item* match = matcher.find(item, other_name);
  return match ? match->id : "";
}

std::vector<Item> catalogue() {
  std::vector<Item> all;
  for (const char* name : {"films", "shows", "games", "albums", "books"}) {
    std::ifstream stream(tests::model_file("catalogue/" + std::string(name) + ".json"), std::ios::binary);
    auto items = engine::read_catalogue(std::string(std::istreambuf_iterator<char>(stream), {}));
    REQUIRE(items);
    all.insert(all.end(), items->begin(), items->end());
  }
  return all;
}

}  // namespace

TEST_CASE("matching: films by title and year, whatever the case, accents and articles") {
  const std::vector<Item> known{work(MediaType::film, "tt1", "The Café at Low Tide", 2001, "director", "Ada Kern"),
                                work(MediaType::show, "tt2", "Low Tide", 2001), work(MediaType::film, "tt3", "Low Tide", 2004)};
  CHECK(found(known, work(MediaType::film, "x", "cafe at low tide", 2001)) == "film/tt1");
  CHECK(found(known, work(MediaType::film, "x", "Low Tide", 2001)).empty());  // that one is a show
  CHECK(found(known, work(MediaType::show, "x", "Low Tide", 2001)) == "show/tt2");
  CHECK(found(known, work(MediaType::film, "x", "The Café at Low Tide", 2002)).empty());
  CHECK(found(known, work(MediaType::film, "x", "The Café at Low Tide", 2002, "director", "KERN Ada")) == "film/tt1");
  CHECK(found(known, work(MediaType::film, "x", "The Café at Low Tide", 2001, "director", "Bo Lind")).empty());
  CHECK(found(known, work(MediaType::film, "x", "The Café at Low Tide", std::nullopt)).empty());
}

TEST_CASE("matching: ids decide before titles do, for and against") {
  std::vector<Item> known{work(MediaType::film, "tt1", "Low Tide", 2001)};
  known[0].ids = {{"imdb", "tt1"}, {"tmdb", "7"}};
  Item item = work(MediaType::film, "x", "Ebbe", 1990);
  item.ids["tmdb"] = "7";
  CHECK(found(known, item) == "film/tt1");
  item.ids["imdb"] = "tt2";  // says another thing than the other id
  CHECK(found(known, item).empty());
  Item other = work(MediaType::film, "y", "Low Tide", 2001);
  other.ids["imdb"] = "tt2";
  CHECK(found(known, other).empty());
  // TMDB counts shows and films apart.
  Item show = work(MediaType::show, "z", "Something", 2020);
  show.ids["tmdb"] = "7";
  CHECK(found(known, show).empty());
}

TEST_CASE("matching: what could be two works is none") {
  const std::vector<Item> known{work(MediaType::film, "tt1", "Low Tide", 2001, "director", "Ada Kern"),
                                work(MediaType::film, "tt2", "Low Tide", 2001, "director", "Bo Lind")};
  CHECK(found(known, work(MediaType::film, "x", "Low Tide", 2001)).empty());
  CHECK(found(known, work(MediaType::film, "x", "Low Tide", 2001, "director", "Bo Lind")) == "film/tt2");
}

TEST_CASE("matching: albums need their artist, and a self-titled one its year") {
  const std::vector<Item> known{work(MediaType::album, "a", "Pier Lamps", 1994, "artist", "Pier Lamps"),
                                work(MediaType::album, "b", "Salt", 2001, "artist", "潮時計")};
  CHECK(found(known, work(MediaType::album, "x", "Pier Lamps", std::nullopt, "artist", "The Pier Lamps")).empty());
  CHECK(found(known, work(MediaType::album, "x", "Pier Lamps", 2008, "artist", "Pier Lamps")).empty());
  CHECK(found(known, work(MediaType::album, "x", "Pier Lamps", 1995, "artist", "The Pier Lamps")) == "album/a");
  CHECK(found(known, work(MediaType::album, "x", "Salt", 2001, "artist", "Shio Dokei")).empty());
  CHECK(found(known, work(MediaType::album, "x", "Salt", 2001, "artist", "Shio Dokei"), "潮時計") == "album/b");
  CHECK(found(known, work(MediaType::album, "x", "Salt", std::nullopt, "artist", "潮時計")) == "album/b");
}

TEST_CASE("matching: books by author, in any edition, series and subtitle aside") {
  const std::vector<Item> known{work(MediaType::book, "clock", "The Tide Clock", 1998, "author", "M. R. Venn"),
                                work(MediaType::book, "salt", "Salt: A History of the Sea", 2001, "author", "Odd Hale")};
  CHECK(found(known, work(MediaType::book, "x", "The Tide Clock (Harbours, #1)", 2015, "author", "Venn, M.R.")) == "book/clock");
  CHECK(found(known, work(MediaType::book, "x", "The Tide Clock", 1998, "author", "Jo Sand")).empty());
  CHECK(found(known, work(MediaType::book, "x", "The Tide Clock", 1998)).empty());
  CHECK(found(known, work(MediaType::book, "x", "Salt", 2001, "author", "Odd Hale")) == "book/salt");
  CHECK(found(known, work(MediaType::book, "x", "Salt", 2011, "author", "Odd Hale")).empty());
  // Two subtitles: two books of one series.
  CHECK(found(known, work(MediaType::book, "x", "Salt: The Return", 2001, "author", "Odd Hale")).empty());
}

TEST_CASE("matching: rows get the known ids, and those that become one work are merged") {
  const std::vector<Item> known{work(MediaType::film, "tt1", "Low Tide", 2001, "director", "Ada Kern")};
  Matcher matcher;
  for (const Item& item : known) matcher.add(item);
  const std::string text =
      "Date,Name,Year,Letterboxd URI,Rating\n2020-01-02,Low Tide,2001,https://boxd.it/1,4\n2020-01-03,low tide,2001,https://boxd.it/1,5\n"
      "2020-01-04,High Tide,2001,https://boxd.it/2,3\n";
  auto parsed = imports::parse("x", {text.begin(), text.end()});
  REQUIRE(parsed);
  CHECK(imports::match(*parsed, matcher).matched == 1);
  CHECK(parsed->rows.size() + parsed->skipped.size() == parsed->lines);
  REQUIRE(parsed->rows.size() == 2);
  CHECK(parsed->rows[0].item.id == "film/tt1");
  CHECK(parsed->rows[0].rating.value == 5);
  CHECK(parsed->rows[0].item.creators == known[0].creators);
  CHECK(parsed->rows[1].item.id == "film/high-tide--2001");
  CHECK(parsed->notes.size() == 1);
  CHECK(imports::match(*parsed, matcher).matched == 0);  // a second time changes nothing
  CHECK(parsed->notes.size() == 1);
}

TEST_CASE("matching: the whole catalogue finds itself without its ids, and nothing finds another") {
  const std::vector<Item> known = catalogue();
  Matcher matcher;
  for (const Item& item : known) matcher.add(item);
  std::size_t missed = 0;
  for (Item item : known) {
    item.ids.clear();
    const Item* match = matcher.find(item);
    INFO(item.id);
    if (match)
      CHECK(match->id == item.id);
    else
      ++missed;
  }
  CHECK(missed * 100 <= known.size());
  // With every other work unknown, their titles find nothing.
  Matcher half;
  for (std::size_t i = 0; i < known.size(); i += 2) half.add(known[i]);
  for (std::size_t i = 1; i < known.size(); i += 2) {
    Item item = known[i];
    item.ids.clear();
    item.id.clear();
    INFO(known[i].id);
    CHECK(half.find(item) == nullptr);
  }
}

TEST_CASE("matching: what is not certain is a candidate, the likelier the more speaks for it") {
  const std::vector<Item> known{work(MediaType::film, "tt1", "Low Tide", 2001, "director", "Ada Kern"),
                                work(MediaType::film, "tt2", "Low Tide", 2003), work(MediaType::film, "tt3", "Low Tide", 1950),
                                work(MediaType::book, "salt", "Salt: A History of the Sea", 2001, "author", "Odd Hale"),
                                work(MediaType::book, "other", "Salt", 1990, "author", "Jo Sand")};
  Matcher matcher;
  for (const Item& item : known) matcher.add(item);
  const auto candidates = [&](const Item& item) {
    std::vector<std::string> ids;
    double before = 1;
    for (const auto& one : matcher.candidates(item)) {
      CHECK(one.confidence <= before);
      CHECK(one.confidence > 0);
      before = one.confidence;
      ids.push_back(one.work->id);
    }
    return ids;
  };
  CHECK(candidates(work(MediaType::film, "x", "The Low Tide", 2002)) == std::vector<std::string>{"film/tt1", "film/tt2", "film/tt3"});
  CHECK(candidates(work(MediaType::film, "x", "Low Tide", std::nullopt, "director", "Ada Kern")).front() == "film/tt1");
  CHECK(candidates(work(MediaType::show, "x", "Low Tide", 2001)).empty());
  CHECK(candidates(work(MediaType::film, "x", "High Tide", 2001)).empty());
  CHECK(candidates(work(MediaType::book, "x", "Salt", std::nullopt, "author", "Hale, Odd")).front() == "book/salt");
  CHECK(candidates(known[0]) == std::vector<std::string>{"film/tt2", "film/tt3"});  // never itself
}

TEST_CASE("matching: what the person said of a line goes before all, and of a work before what is taken for it") {
  const std::vector<Item> known{work(MediaType::film, "tt1", "Low Tide", 2001), work(MediaType::film, "tt2", "Low Tide", 1950)};
  Matcher matcher;
  for (const Item& item : known) matcher.add(item);
  const std::string text = "Date,Name,Year,Letterboxd URI,Rating\n2020-01-02,Low Tide,2001,https://boxd.it/1,4\n";
  const auto matched = [&](const std::string& key, const Matched& said) {
    auto parsed = imports::parse("x", {text.begin(), text.end()});
    REQUIRE(parsed);
    const auto result = imports::match(*parsed, matcher, [&](const std::string& asked) { return asked == key ? &said : nullptr; });
    return std::pair(parsed->rows.at(0).item.id, result);
  };
  const Matched other{known[1], "film/tt1"};
  for (const char* key : {"film/low-tide--2001", "film/tt1"}) {
    const auto [id, result] = matched(key, other);
    CHECK(id == "film/tt2");
    CHECK(result.decided == 1);
    CHECK(result.matched == 0);
    REQUIRE(result.taken.size() == 1);
    CHECK(result.taken[0].key == "film/low-tide--2001");
    CHECK(result.taken[0].title == "Low Tide");
  }
  Matched none{work(MediaType::film, "low-tide--2001", "Low Tide", 2001), "film/tt1"};
  none.none = true;
  const auto [id, result] = matched("film/low-tide--2001", none);
  CHECK(id == "film/low-tide--2001");
  CHECK(result.taken.empty());
  CHECK(result.open.empty());
}

TEST_CASE("hub matching: titles whose ids are hidden are counted as taken and as right") {
  const auto run = [](std::vector<std::string> words, std::string& out) {
    const std::vector<std::string_view> arguments(words.begin(), words.end());
    std::ostringstream told;
    std::ostringstream notes;
    const int code = cli::matching_command(arguments, told, notes);
    out = told.str() + notes.str();
    return code;
  };
  const std::string file = tests::data_file("imports/imdb-2025.csv");
  const std::string items = tests::data_file("matching/items.csv");
  std::string out;
  REQUIRE(run({file, items}, out) == 0);
  CHECK(out.find("5 lines whose work is known by its id, 5 of them among the 6 works") == 0);
  // Two years apart, and under another name: neither is taken, and the one is asked about.
  CHECK(out.find("by itself                    3       3    100.00 %     60.00 %") != std::string::npos);
  CHECK(out.find("Among the candidates that a person is shown: 4.") != std::string::npos);
  REQUIRE(run({file, items, "--hide", "years"}, out) == 0);
  CHECK(out.find("by itself                    2       2") != std::string::npos);
  REQUIRE(run({file, items, "--half"}, out) == 0);
  CHECK(out.find("3 of them among the 4 works") != std::string::npos);
  CHECK(run({file}, out) == 2);
  CHECK(run({file, items, "--hide", "ids"}, out) == 2);
  CHECK(run({"none.csv", items}, out) == 1);
  CHECK(run({file, file}, out) == 1);
}
