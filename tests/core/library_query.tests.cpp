#include "core/library/library_query.hpp"

#include "tests/core/catch.hpp"

using namespace hub;

namespace {

unsigned bits(std::initializer_list<MediaType> types) {
  unsigned all = 0;
  for (const MediaType type : types) all |= 1U << index_of(type);
  return all;
}

Item film(std::vector<std::string> genres, std::optional<int> year, std::string language) {
  Item item;
  item.id = "film/one";
  item.title = "One";
  item.genres = std::move(genres);
  item.year = year;
  item.language = std::move(language);
  return item;
}

}  // namespace

TEST_CASE("What the library shows stands in an address, and comes back from it") {
  LibraryQuery query;
  CHECK(to_address(query).empty());
  CHECK(library_query_from("") == query);

  query.types = bits({MediaType::film, MediaType::book});
  query.choice = LibraryChoice::wished;
  query.genres = {"Horror", "R&B, soul", "50% off"};
  query.languages = {"en", "ja"};
  query.years = {1990, 1999};
  query.rating = {3.5, std::nullopt};
  query.predicted = {std::nullopt, 4.0};
  query.grouping = LibraryGrouping::decade;
  query.covers = true;
  order_as_usual(query);
  CHECK(to_address(query) ==
        "type=film,book&state=wished&genre=Horror,R%26B%2C soul,50%25 off&year=1990..1999&rating=3.5..&predicted=..4&language=en,ja"
        "&group=decade&look=covers");
  CHECK(library_query_from(to_address(query)) == query);

  query.text = "amélie & co = 1";
  query.column = LibraryColumn::title;
  query.descending = false;
  query.years = {-500, -500};
  CHECK(to_address(query).starts_with("q=amélie %26 co %3D 1&"));
  CHECK(to_address(query).find("year=-500&") != std::string::npos);
  CHECK(to_address(query).find("sort=title") != std::string::npos);
  CHECK(to_address(query).find("order=") == std::string::npos);
  CHECK(library_query_from(to_address(query)) == query);

  query.descending = true;
  CHECK(library_query_from(to_address(query)) == query);
}

TEST_CASE("The order that is usual is not in the address, and depends on what is asked") {
  CHECK(library_query_from("q=alien").column == LibraryColumn::match);
  CHECK(library_query_from("state=wished").column == LibraryColumn::predicted);
  CHECK(library_query_from("state=rated").column == LibraryColumn::date);
  LibraryQuery query = library_query_from("q=alien&sort=year");
  CHECK(query.column == LibraryColumn::year);
  CHECK(query.descending);
  CHECK(to_address(query) == "q=alien&sort=year");
  CHECK(library_query_from("order=rising").descending == false);
  CHECK(to_address(library_query_from("order=rising")) == "order=rising");
}

TEST_CASE("What makes no sense in an address is passed over") {
  const std::string address =
      GENERATE(as<std::string>{}, "type=opera", "type=", "state=lost", "year=soon", "year=1999..1990", "year=1990..x", "rating=7",
               "rating=0..", "rating=3.55", "predicted=..", "sort=match", "sort=", "order=up", "group=cover", "look=window", "unknown=1",
               "=&&=&genre", "genre=,,", "year=99999999999999999999");
  CAPTURE(address);
  CHECK(library_query_from(address) == LibraryQuery());
  CHECK(library_query_from("type=film&" + address + "&look=covers").covers);
}

TEST_CASE("Texts from an address are made safe to show, and are not too many") {
  CHECK(library_query_from("q=one%0Atwo").text == "one two");
  CHECK(library_query_from("q=100%").text == "100%");
  CHECK(library_query_from("q=%zz%4").text == "%zz%4");
  CHECK(library_query_from("q=" + std::string(5'000, 'a')).text.size() == 200);
  std::string many = "genre=";
  for (int i = 0; i < 500; ++i) many += std::to_string(i) + ",";
  CHECK(library_query_from(many).genres.size() == 20);
  CHECK(library_query_from("genre=Horror,Horror").genres.size() == 1);
}

TEST_CASE("A title is shown when nothing that is asked speaks against it") {
  const Item item = film({"Horror", "Comedy"}, 1994, "en");
  const LibraryTitle title{.item = item, .rating = 3.7, .predicted = 4.2, .wished = true, .seen = false};
  const auto [address, against] = GENERATE(table<std::string, std::optional<LibraryPart>>({
      {"", std::nullopt},
      {"type=film,book", std::nullopt},
      {"type=book", LibraryPart::type},
      {"state=rated", std::nullopt},
      {"state=unrated", LibraryPart::choice},
      {"state=wished", std::nullopt},
      {"state=seen", LibraryPart::choice},
      {"genre=Comedy,Horror", std::nullopt},
      {"genre=Comedy,Drama", LibraryPart::genres},
      {"year=1994", std::nullopt},
      {"year=..1993", LibraryPart::years},
      {"year=1995..", LibraryPart::years},
      {"rating=3.5", std::nullopt},  // as it is drawn: in half stars
      {"rating=4..", LibraryPart::rating},
      {"predicted=4..", std::nullopt},
      {"predicted=..4", LibraryPart::predicted},
      {"language=ja,en", std::nullopt},
      {"language=ja", LibraryPart::language},
  }));
  CAPTURE(address);
  const LibraryQuery query = library_query_from(address);
  CHECK(parts_against(query, title) == (against ? bit_of(*against) : 0U));
  if (against) {
    CHECK(parts_asked(query) == bit_of(*against));
    CHECK(parts_against(without(query, *against), title) == 0);
  }
  CHECK(parts_asked(without_filters(query)) == 0);
}

TEST_CASE("What is not known of a title is within no limits") {
  const Item item = film({}, std::nullopt, "");
  const LibraryTitle title{.item = item};
  CHECK(parts_against(library_query_from("year=..2100"), title) == bit_of(LibraryPart::years));
  CHECK(parts_against(library_query_from("rating=..5"), title) == bit_of(LibraryPart::rating));
  CHECK(parts_against(library_query_from("predicted=..5"), title) == bit_of(LibraryPart::predicted));
  CHECK(parts_against(library_query_from("language=en&genre=Horror"), title) ==
        (bit_of(LibraryPart::language) | bit_of(LibraryPart::genres)));
}
