#include "core/imports/imports.hpp"

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "core/library/limits.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/import_file.hpp"

using namespace hub;
using imports::Parsed;

namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes bytes_of(std::string_view text) {
  return {text.begin(), text.end()};
}

Bytes file(const std::string& name) {
  return bytes_of(tests::text_of(name));
}

/// Our files of every format.
const std::vector<std::string> samples{"imdb-2025.csv",
                                       "imdb-2013.csv",
                                       "imdb-italian.csv",
                                       "imdb-german-headings.csv",
                                       "letterboxd-ratings.csv",
                                       "letterboxd-diary.csv",
                                       "goodreads.csv",
                                       "goodreads-headerless.csv",
                                       "rateyourmusic.csv",
                                       "storygraph.csv",
                                       "tmdb.csv",
                                       "trakt-ratings.json",
                                       "myanimelist.xml",
                                       "anilist.json",
                                       "criticker.csv",
                                       "criticker.xml",
                                       "any-table.csv",
                                       "spotify-library.json",
                                       "spotify-plays.json",
                                       "lastfm.csv",
                                       "netflix.csv",
                                       "yamtrack.csv",
                                       "ryot.json",
                                       "tvtime-episodes.csv",
                                       "steam.csv",
                                       "grouvee.csv"};

/// Every line is accounted for once, in order, and whatever is given out can be stored. Of XML, several entries can stand in one line.
void check_whole(const Parsed& parsed, bool in_lines = true) {
  REQUIRE(parsed.rows.size() + parsed.skipped.size() == parsed.lines);
  std::size_t last = 0;
  for (const imports::Row& row : parsed.rows) {
    REQUIRE(row.line >= last + (in_lines ? 1 : 0));
    last = row.line;
    REQUIRE(check(row.item));
    REQUIRE(check(row.rating));
    REQUIRE(is_date(row.rating.date));
  }
  last = 0;
  for (const imports::SkippedLine& skipped : parsed.skipped) {
    REQUIRE(skipped.line >= last + (in_lines ? 1 : 0));
    last = skipped.line;
    REQUIRE_FALSE(skipped.reason.empty());
  }
}

Error refusal(std::string_view text) {
  const auto reader = imports::open("file", bytes_of(text));
  REQUIRE_FALSE(reader);
  return reader.error();
}

}  // namespace

TEST_CASE("imports: what is not an export is refused with a sentence on what it is") {
  CHECK(refusal("").code == "empty_file");
  CHECK(refusal("\n \r\n").code == "empty_file");
  CHECK(refusal("\xEF\xBB\xBF").code == "empty_file");
  CHECK(refusal("Dear diary").code == "unknown_format");
  CHECK(refusal("name,age\nAnn,3\n").message.find("“name”, “age”") != std::string::npos);
  CHECK(refusal("PK\x03\x04 whatever").message.find("zip") != std::string::npos);
  CHECK(refusal("Rar!\x1A\x07").message.find("unpack") != std::string::npos);
  CHECK(refusal("<!DOCTYPE html><html></html>").message.find("web page") != std::string::npos);
  CHECK(refusal("{\"a\": 1}").message.find("JSON") != std::string::npos);
  CHECK(refusal("%PDF-1.7").code == "unknown_format");
  for (const char* text : {"Dear diary", "name,age\nAnn,3\n"}) CHECK(refusal(text).message.find("On IMDb") != std::string::npos);
}

TEST_CASE("imports: slices of any size give the same as all at once") {
  const std::string name = GENERATE("imdb-2025.csv", "goodreads.csv", "myanimelist.xml", "trakt-ratings.json");
  const auto whole = imports::parse("x", file(name));
  REQUIRE(whole);
  for (std::size_t size : {1u, 2u, 5u, 1000u}) {
    auto reader = imports::open("x", file(name));
    REQUIRE(reader);
    double before = 0;
    while ((*reader)->step(size)) {
      CHECK((*reader)->progress() >= before);
      before = (*reader)->progress();
      CHECK(before <= 1);
    }
    CHECK((*reader)->progress() == 1);
    const Parsed parsed = (*reader)->take();
    REQUIRE(parsed.rows.size() == whole->rows.size());
    for (std::size_t i = 0; i < parsed.rows.size(); ++i) CHECK(parsed.rows[i].item == whole->rows[i].item);
    CHECK(parsed.skipped.size() == whole->skipped.size());
    CHECK(parsed.notes == whole->notes);
  }
}

TEST_CASE("imports: a file cut off anywhere accounts for every line that is left") {
  const std::string name = GENERATE(from_range(samples));
  const Bytes bytes = file(name);
  std::size_t read = 0;
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto parsed = imports::parse(name, Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)));
    if (!parsed) {
      REQUIRE_FALSE(parsed.error().message.empty());
      continue;
    }
    ++read;
    check_whole(*parsed, !name.ends_with(".xml"));
  }
  CHECK(read > bytes.size() / 2);
}

TEST_CASE("imports: random damage never breaks the count of lines") {
  std::mt19937 random(11);
  const std::string alphabet = std::string("\",;\n\r\t|x9t\xC3\xA9\xFF", 13) + '\0';
  for (const std::string& name : samples) {
    const Bytes bytes = file(name);
    for (int round = 0; round < 400; ++round) {
      Bytes damaged = bytes;
      for (std::size_t i = 1 + random() % 30; i > 0; --i) {
        const auto at = static_cast<std::ptrdiff_t>(random() % damaged.size());
        const auto byte = static_cast<std::uint8_t>(alphabet[random() % alphabet.size()]);
        switch (random() % 3) {
          case 0: damaged[static_cast<std::size_t>(at)] = byte; break;
          case 1: damaged.insert(damaged.begin() + at, byte); break;
          default: damaged.erase(damaged.begin() + at);
        }
      }
      if (const auto parsed = imports::parse(name, damaged)) check_whole(*parsed, !name.ends_with(".xml"));
    }
  }
}

TEST_CASE("imports: random bytes are refused or accounted for") {
  std::mt19937 random(13);
  for (int round = 0; round < 2000; ++round) {
    Bytes bytes(random() % 400);
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
    if (const auto parsed = imports::parse("noise", bytes)) check_whole(*parsed);
  }
}
