#include "core/cli/convert.hpp"

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "core/library/json.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/fixtures.hpp"

using namespace hub;

namespace {

struct Run {
  int code = 0;
  std::vector<std::string> out;
  std::vector<std::string> warnings;
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

Run convert(const std::vector<std::string>& words) {
  const std::vector<std::string_view> arguments(words.begin(), words.end());
  std::ostringstream out;
  std::ostringstream warnings;
  Run run;
  run.code = cli::convert_command(arguments, out, warnings);
  run.out = lines_of(out.str());
  run.warnings = lines_of(warnings.str());
  return run;
}

}  // namespace

TEST_CASE("convert: a JSON object for each rating, a warning for each line that was not taken") {
  const Run run = convert({tests::data_file("imports/imdb-2025.csv")});
  CHECK(run.code == 0);
  REQUIRE(run.out.size() == 7);
  const auto first = parse_json(run.out.front());
  REQUIRE(first);
  CHECK(*first == Json{{"type", "film"},
                       {"title", "The Matrix"},
                       {"year", 1999},
                       {"ids", {{"imdb", "tt0133093"}}},
                       {"rating", 9},
                       {"scale", "ten"},
                       {"date", "2024-05-31"},
                       {"line", 2}});
  const auto undated = parse_json(run.out.back());
  REQUIRE(undated);
  CHECK_FALSE(undated->contains("date"));
  std::size_t lines = 0;
  for (const std::string& warning : run.warnings)
    if (warning.starts_with("line ")) ++lines;
  CHECK(lines == 5);
}

TEST_CASE("convert: what is written is UTF-8, whatever the file was") {
  const Run run = convert({tests::data_file("imports/imdb-german-headings.csv")});
  REQUIRE(run.out.size() == 3);
  CHECK(run.out.front().find("Amélie") != std::string::npos);
}

TEST_CASE("convert: files that cannot be read give one sentence and exit code 1") {
  const Run missing = convert({tests::data_file("imports/none.csv")});
  CHECK(missing.code == 1);
  CHECK(missing.out.empty());
  const Run bomb = convert({tests::data_file("imports/archives/bomb.zip")});
  CHECK(bomb.code == 1);
  REQUIRE(bomb.warnings.size() == 1);
  CHECK(convert({}).code == 2);
  CHECK(convert({"--help"}).code == 2);
}

TEST_CASE("convert: of an archive, each line says which file it is from, and what is known beyond ratings") {
  const Run run = convert({tests::data_file("imports/archives/letterboxd.zip")});
  CHECK(run.code == 0);
  REQUIRE(run.out.size() == 6);
  const auto first = parse_json(run.out.front());
  REQUIRE(first);
  CHECK(*first == Json{{"type", "film"},
                       {"title", "Harbour Lights"},
                       {"year", 2019},
                       {"ids", {{"letterboxd", "aaa1"}}},
                       {"rating", 4.5},
                       {"scale", "half_stars"},
                       {"date", "2021-03-04"},
                       {"file", "ratings.csv"},
                       {"line", 2},
                       {"seen", true},
                       {"times", 2},
                       {"last", "2021-03-03"}});
  std::size_t with_file = 0;
  std::size_t rated = 0;
  for (const std::string& line : run.out) {
    const auto json = parse_json(line);
    REQUIRE(json);
    with_file += json->contains("file") ? 1 : 0;
    rated += json->contains("rating") ? 1 : 0;
  }
  CHECK(with_file == 6);
  CHECK(rated == 4);
  CHECK(std::count(run.warnings.begin(), run.warnings.end(), "watchlist.csv, line 2: On your list for later, and not rated.") == 1);
}

TEST_CASE("convert: songs say how often they were heard") {
  const Run run = convert({tests::data_file("imports/spotify-plays.json")});
  CHECK(run.code == 0);
  REQUIRE(run.out.size() == 2);
  const auto first = parse_json(run.out.front());
  REQUIRE(first);
  CHECK((*first)["type"] == "song");
  CHECK((*first)["artist"] == "The Pier Lamps");
  CHECK((*first)["times"] == 2);
  CHECK((*first)["broken_off"] == 1);
  CHECK_FALSE(first->contains("rating"));
}
