#include "core/library/item.hpp"

#include <set>

#include "core/library/limits.hpp"
#include "core/library/text.hpp"
#include "tests/core/catch.hpp"

using namespace hub;

TEST_CASE("Merging fills what an item does not say and keeps what it says") {
  Item own;
  own.id = "film/a";
  own.title = "Arrival";
  own.year = 2016;
  own.ids = {{"imdb", "tt2543164"}};
  own.community = {{"IMDb", 7.9, 10, 700'000, "2024"}};
  Item other;
  other.id = "film/b";
  other.title = "Premier contact";
  other.year = 2017;
  other.genres = {"Drama"};
  other.ids = {{"imdb", "tt0000000"}, {"tmdb", "329865"}};
  other.community = {{"IMDb", 1.0, 10, 1, ""}, {"TMDB", 7.6, 10, 10, ""}};
  const Item both = merged(own, other);
  CHECK(both.id == "film/a");
  CHECK(both.title == "Arrival");
  CHECK(both.year == 2016);
  CHECK(both.genres == std::vector<std::string>{"Drama"});
  CHECK(both.ids == Ids{{"imdb", "tt2543164"}, {"tmdb", "329865"}});
  REQUIRE(both.community.size() == 2);
  CHECK(both.community[0].rating == 7.9);
  CHECK(both.community[1].source == "TMDB");
}

TEST_CASE("Where a fact came from stays known when items are merged") {
  Item own;
  own.title = "Arrival";
  own.ids = {{"imdb", "tt2543164"}};
  own.provenance = "IMDb export";
  own.retrieved = "2024-01-01";
  Item other;
  other.year = 2016;
  other.genres = {"Drama"};
  other.ids = {{"tmdb", "329865"}};
  other.provenance = "TMDB";
  other.retrieved = "2026-02-02";
  other.sources = {{"Wikidata", "2026-03-03", set_of(Fact::year)}};
  const Item both = merged(own, other);
  const auto name = [&](Fact fact) { return source_of(both, fact).name; };
  CHECK(name(Fact::title) == "IMDb export");
  CHECK(name(Fact::year) == "Wikidata");
  CHECK(source_of(both, Fact::year).retrieved == "2026-03-03");
  CHECK(name(Fact::genres) == "TMDB");
  CHECK(name(Fact::poster).empty());
  CHECK(name(Fact::ids) == "IMDb export");
  CHECK(both.sources.size() == 3);
  CHECK(merged(both, other) == both);

  Item without = both;
  drop_fact(without, Fact::year);
  CHECK_FALSE(has(without, Fact::year));
  CHECK(without.sources.size() == 2);
  Item back = without;
  take_fact(back, own, Fact::year);
  CHECK(back == without);
  Item corrected = own;
  corrected.year = 2015;
  take_fact(back, corrected, Fact::year);
  CHECK(back.year == 2015);
  CHECK(source_of(back, Fact::year).name == "IMDb export");
  CHECK(back.sources.size() == 2);
}

TEST_CASE("Every fact is a field, with a name of its own") {
  Item full;
  full.title = "x";
  full.original_title = full.synopsis = full.poster = "x";
  full.language = "x";
  full.year = 1;
  full.length = 1;
  full.genres = full.cast = full.keywords = full.companies = full.countries = {"x"};
  full.creators = {{"r", "x"}};
  full.ids = {{"s", "x"}};
  full.community = {{"S", 1, 5, std::nullopt, ""}};
  full.series = {{"x", "1"}};
  full.awards = {"x"};
  full.awards_won = full.nominations = 0;
  Item copy;
  std::set<std::string_view> names;
  for (const Fact fact : all_facts) {
    CHECK(names.insert(name_of(fact)).second);
    CHECK(has(full, fact));
    CHECK_FALSE(has(copy, fact));
    take_fact(copy, full, fact);
    CHECK(has(copy, fact));
  }
  copy.sources.clear();
  CHECK(copy == full);
}

TEST_CASE("The creators who are told first depend on the type") {
  Item item;
  item.type = MediaType::film;
  item.creators = {{"writer", "W"}, {"director", "D1"}, {"director", "D2"}, {"director", "D1"}};
  CHECK(leading_creators(item) == std::vector<std::string>{"D1", "D2"});
  CHECK(leading_creators(item, 1) == std::vector<std::string>{"D1"});
  item.creators = {{"composer", "C"}};
  CHECK(leading_creators(item) == std::vector<std::string>{"C"});
  item.creators.clear();
  CHECK(leading_creators(item).empty());
}

TEST_CASE("The public's rating is that of the first source, in stars") {
  Item item;
  CHECK_FALSE(community_out_of_five(item));
  item.community = {{"Metacritic", 90, 100, std::nullopt, ""}, {"IMDb", 5, 10, 1, ""}};
  CHECK(community_out_of_five(item) == 4.5);
}

TEST_CASE("Keys of items are FNV-1a hashes") {
  CHECK(key_of("") == 0xcbf29ce484222325ULL);
  CHECK(key_of("a") == 0xaf63dc4c8601ec8cULL);
  CHECK(key_of("foobar") == 0x85944171f73967e8ULL);
}

TEST_CASE("Texts from elsewhere lose what could mislead a reader") {
  CHECK(clean_text("Plain", 100) == "Plain");
  CHECK(clean_text("two\nlines\tand\x7f", 100) == "two lines and ");
  CHECK(clean_text("a\xE2\x80\xAE"
                   "b\xE2\x81\xA6"
                   "c",
                   100) == "abc");  // right-to-left override, isolate
  CHECK(clean_text("a\xFF\xC0\xAF", 100) == "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  CHECK(clean_text("Am\xC3\xA9lie", 3) == "Am");  // never half a letter
  CHECK(clean_text("\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D", 100) == "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D");
  CHECK_FALSE(is_clean_text("a\nb", 100));
}

TEST_CASE("Dates are those of a calendar") {
  CHECK(is_date(""));
  CHECK(is_date("2024-02-29"));
  CHECK_FALSE(is_date("2023-02-29"));
  CHECK_FALSE(is_date("2024-13-01"));
  CHECK_FALSE(is_date("31/05/2024"));
}

TEST_CASE("An item's id begins with its type") {
  CHECK(is_item_id("film/tt0133093"));
  CHECK_FALSE(is_item_id("film/"));
  CHECK_FALSE(is_item_id("opera/tosca"));
  CHECK_FALSE(is_item_id("film/two words"));
  CHECK_FALSE(is_item_id("film/a", MediaType::book));
}
