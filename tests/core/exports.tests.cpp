// What is written for other services comes back through the readers of those services.

#include "core/exports/exports.hpp"

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "core/cli/export.hpp"
#include "core/exports/table.hpp"
#include "core/imports/imports.hpp"
#include "core/library/text.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/import_file.hpp"
#include "tests/core/session_fixture.hpp"

using namespace hub;
using imports::Mention;
using imports::Parsed;
using imports::Row;

namespace {

Item work(MediaType type, const std::string& key, const std::string& title, Ids ids) {
  Item item;
  item.type = type;
  item.id = std::string(name_of(type)) + "/" + key;
  item.title = title;
  item.year = 1999;
  item.ids = std::move(ids);
  item.creators = {{type == MediaType::book    ? "author"
                    : type == MediaType::album ? "artist"
                    : type == MediaType::game  ? "developer"
                                               : "director",
                    "Ada Kern"}};
  return item;
}

Rating on_ten(double value) {
  return {value, RatingScale::ten, "2020-02-29", "IMDb"};
}

/// A library in which there is one of everything that can go wrong.
Library everything() {
  Imported all;
  all.source = "Test";
  const auto rate = [&](Item item, Rating rating, Deeds deeds = {}) {
    if (deeds.any()) all.told.push_back({item.id, deeds});
    all.ratings.push_back({item.id, std::move(rating)});
    all.items.push_back(std::move(item));
  };
  const auto tell = [&](Item item, Deeds deeds) {
    all.told.push_back({item.id, deeds});
    all.items.push_back(std::move(item));
  };
  Deeds seen;
  seen.seen = true;
  seen.last = "2021-05-06";
  Deeds wished;
  wished.wished = true;
  Deeds dropped;
  dropped.dropped = true;
  rate(work(MediaType::film, "a", "=SUM(A1;A2)", {{"imdb", "tt0000001"}, {"tmdb", "11"}}), on_ten(7), seen);
  rate(work(MediaType::film, "b", "Quotes \"and\", commas; & <tags> ]]>", {{"imdb", "tt0000002"}, {"myanimelist", "72"}}), on_ten(9));
  rate(work(MediaType::show, "c", "-1 below", {{"imdb", "tt0000003"}, {"myanimelist", "73"}, {"tmdb", "13"}}), on_ten(10));
  rate(work(MediaType::game, "d", "@home", {{"igdb", "14"}}), {4.5, RatingScale::half_stars, "2019-01-02", "here"});
  rate(work(MediaType::album, "e", "+44", {}), {3, RatingScale::half_stars, "", "here"});
  rate(work(MediaType::book, "f", "Tide Clock", {{"goodreads", "101"}, {"isbn", "9780306406157"}, {"myanimelist", "76"}}),
       {80, RatingScale::hundred, "2018-03-04", "here"});
  tell(work(MediaType::film, "g", "Watched Alone", {{"imdb", "tt0000007"}, {"tmdb", "17"}}), seen);
  tell(work(MediaType::film, "h", "Wished For", {{"imdb", "tt0000008"}, {"tmdb", "18"}, {"myanimelist", "78"}}), wished);
  tell(work(MediaType::book, "i", "Given Up", {}), dropped);
  tell(work(MediaType::book, "j", "To Be Read", {}), wished);
  Library library;
  const auto change = library.apply(library.make("0123456789abcdef", 1'700'000'000'000, std::move(all)));
  INFO((change ? "" : change.error().message));
  REQUIRE(change);
  return library;
}

Parsed back(const std::string& kind, std::size_t written, std::size_t left_out) {
  const auto file = exports::write(everything(), kind);
  INFO(kind);
  INFO((file ? "" : file.error().message));
  REQUIRE(file);
  CHECK(file->written == written);
  CHECK(file->left_out == left_out);
  INFO(file->text);
  auto parsed = imports::parse(file->service->file, {file->text.begin(), file->text.end()});
  INFO((parsed ? "" : parsed.error().message));
  REQUIRE(parsed);
  for (const imports::SkippedLine& skipped : parsed->skipped) {
    INFO(skipped.reason);
    CHECK(skipped.kept);
  }
  CHECK(parsed->rows.size() + parsed->mentions.size() == written);
  return std::move(*parsed);
}

const Row& rated(const Parsed& parsed, std::string_view title) {
  const auto found = std::find_if(parsed.rows.begin(), parsed.rows.end(), [&](const Row& row) { return row.item.title == title; });
  INFO(title);
  REQUIRE(found != parsed.rows.end());
  return *found;
}

const Mention& told(const Parsed& parsed, std::string_view title) {
  const auto found =
      std::find_if(parsed.mentions.begin(), parsed.mentions.end(), [&](const Mention& mention) { return mention.item.title == title; });
  INFO(title);
  REQUIRE(found != parsed.mentions.end());
  return *found;
}

}  // namespace

TEST_CASE("exports: Letterboxd reads films that were rated or seen, and none that were not") {
  const Parsed parsed = back("letterboxd", 3, 7);
  CHECK(parsed.source == "Letterboxd");
  const Row& formula = rated(parsed, "=SUM(A1;A2)");
  CHECK(formula.rating.value == 3.5);
  CHECK(formula.facts.seen);
  CHECK(formula.item.ids.at("imdb") == "tt0000001");
  CHECK(formula.item.ids.at("tmdb") == "11");
  CHECK(formula.item.year == 1999);
  CHECK(formula.item.creators.at(0).name == "Ada Kern");
  CHECK(rated(parsed, "Quotes \"and\", commas; & <tags> ]]>").rating.value == 4.5);
  CHECK(told(parsed, "Watched Alone").facts.seen);
  CHECK(told(parsed, "Watched Alone").facts.last == "2021-05-06");
}

TEST_CASE("exports: IMDb's shape has rated titles with ids alone") {
  const Parsed parsed = back("imdb", 3, 7);
  CHECK(parsed.source == "IMDb");
  CHECK(rated(parsed, "=SUM(A1;A2)").rating == on_ten(7));
  CHECK(rated(parsed, "=SUM(A1;A2)").item.id == "film/tt0000001");
  CHECK(rated(parsed, "-1 below").item.type == MediaType::show);
  CHECK(rated(parsed, "-1 below").rating == on_ten(10));
}

TEST_CASE("exports: Goodreads reads books with their shelves") {
  const Parsed parsed = back("goodreads", 3, 7);
  CHECK(parsed.source == "Goodreads");
  const Row& book = rated(parsed, "Tide Clock");
  CHECK(book.rating.value == 4);
  CHECK(book.rating.date == "2018-03-04");
  CHECK(book.item.ids.at("isbn") == "9780306406157");
  CHECK(book.item.ids.at("goodreads") == "101");
  CHECK(told(parsed, "Given Up").facts.dropped);
  CHECK(told(parsed, "To Be Read").facts.wished);
}

TEST_CASE("exports: MyAnimeList reads anime and manga, each from a file of its own") {
  const Parsed anime = back("myanimelist", 3, 7);
  CHECK(anime.source == "MyAnimeList");
  CHECK(rated(anime, "-1 below").rating.value == 10);
  CHECK(rated(anime, "-1 below").rating.date == "2020-02-29");
  CHECK(rated(anime, "-1 below").item.ids.at("myanimelist") == "73");
  CHECK(rated(anime, "Quotes \"and\", commas; & <tags> ]]>").item.type == MediaType::film);
  CHECK(told(anime, "Wished For").facts.wished);
  const Parsed manga = back("myanimelist-manga", 1, 9);
  CHECK(rated(manga, "Tide Clock").item.type == MediaType::book);
  CHECK(rated(manga, "Tide Clock").rating.value == 8);
}

TEST_CASE("exports: Yamtrack reads titles by the ids it knows") {
  const Parsed parsed = back("yamtrack", 7, 3);
  CHECK(parsed.source == "Yamtrack");
  CHECK(rated(parsed, "@home").rating.value == 9);
  CHECK(rated(parsed, "@home").item.ids.at("igdb") == "14");
  CHECK(rated(parsed, "=SUM(A1;A2)").rating.value == 7);
  CHECK(told(parsed, "Wished For").facts.wished);
}

TEST_CASE("exports: the table and the JSON have everything, on one scale") {
  const Parsed table = back("csv", 10, 0);
  for (const char* title : {"=SUM(A1;A2)", "-1 below", "@home", "+44", "Tide Clock"}) rated(table, title);
  CHECK(rated(table, "+44").item.type == MediaType::album);
  CHECK(rated(table, "+44").rating.value == 3);
  CHECK(rated(table, "Tide Clock").rating.normalised() == 4);
  CHECK(rated(table, "@home").rating.date == "2019-01-02");
  CHECK(rated(table, "=SUM(A1;A2)").rating.value == 3.5);
  CHECK(told(table, "Wished For").facts.wished);
  CHECK(told(table, "Given Up").facts.dropped);

  const Parsed json = back("json", 10, 0);
  CHECK(rated(json, "=SUM(A1;A2)").rating.value == 3.5);
  CHECK(rated(json, "=SUM(A1;A2)").item.ids.at("imdb") == "tt0000001");
  CHECK(rated(json, "@home").item.type == MediaType::game);
  CHECK(told(json, "Watched Alone").facts.seen);
}

TEST_CASE("exports: what a spreadsheet would reckon out, and what turns text round, is made harmless") {
  CHECK(exports::table_value("=1+1") == "'=1+1");
  CHECK(exports::table_value("@SUM(A1)") == "'@SUM(A1)");
  CHECK(exports::table_value("+cmd|' /C calc'!A0") == "'+cmd|' /C calc'!A0");
  CHECK(exports::table_value("-2+3") == "'-2+3");
  CHECK(exports::table_value("-44") == "-44");
  // Behind control characters, which a reader might pass over.
  CHECK(exports::table_value("\t=1+1").find_first_of("\t\r\n") == std::string::npos);
  CHECK(exports::table_value("\r\n=1+1").substr(0, 2) != "\r\n");
  CHECK(exports::table_value("a\nb\x01"
                             "c") == "a b c");
  CHECK(exports::table_value("abc\xE2\x80\xAE"
                             "def") == "abcdef");
  CHECK(exports::table_value("say \"no\", please") == "\"say \"\"no\"\", please\"");
}

TEST_CASE("exports: what cannot be written is told in words") {
  const auto unknown = exports::write(everything(), "nowhere");
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().code == "unknown_service");
  CHECK(unknown.error().message.find("letterboxd") != std::string::npos);
  const auto empty = exports::write(Library(), "goodreads");
  REQUIRE_FALSE(empty);
  CHECK(empty.error().code == "nothing_to_export");
  CHECK(empty.error().message.find("books") != std::string::npos);
}

TEST_CASE("exports: the page asks for a file, and is told what was left out") {
  tests::Fixture f;
  f.send(protocol::Rate{tests::id_of(1), 4});
  f.send(protocol::Export{"goodreads"});
  CHECK(f.host.last<protocol::Failed>()->code == "nothing_to_export");
  f.send(protocol::Export{"csv"});
  const auto* ready = f.host.last<protocol::FileReady>();
  REQUIRE(ready);
  CHECK(ready->name == "media-hub.csv");
  const storage::Bytes& bytes = f.host.last_bulk<protocol::FileReady>();
  CHECK(std::string(bytes.begin(), bytes.end()).find("Film 1,") != std::string::npos);
  CHECK(f.host.last<protocol::Notice>()->text == "Wrote 1 title for Table (CSV)");
}

TEST_CASE("hub export: an export of one service becomes a file for another") {
  std::ostringstream out;
  std::ostringstream notes;
  const std::string file = tests::data_file("imports/letterboxd-ratings.csv");
  const std::vector<std::string_view> words{"csv", file};
  CHECK(cli::export_command(words, out, notes) == 0);
  CHECK(out.str().find("Harbour Lights,,2019,film,,4.5,2021-03-04") != std::string::npos);
  CHECK(notes.str().find("titles written for Table (CSV)") != std::string::npos);
  const std::vector<std::string_view> no_such{"csv", "none.csv"};
  CHECK(cli::export_command(no_such, out, notes) == 1);
  CHECK(cli::export_command(std::vector<std::string_view>{"csv"}, out, notes) == 2);
}
