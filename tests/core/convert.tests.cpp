#include "core/cli/convert.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "core/library/json.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/fixtures.hpp"
#include "tests/core/session_fixture.hpp"

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

namespace {

/// What stands beside the work of what a line of a file says was done with it.
void put(Json& json, const Deeds& deeds) {
  if (deeds.seen) json["seen"] = true;
  if (deeds.begun) json["begun"] = true;
  if (deeds.dropped) json["dropped"] = true;
  if (deeds.wished) json["wished"] = true;
  if (deeds.owned) json["owned"] = true;
  if (deeds.liked) json["liked"] = true;
  if (deeds.times > 0) json["times"] = deeds.times;
  if (deeds.parts > 0) json["parts"] = deeds.parts;
  if (deeds.hours > 0) json["hours"] = deeds.hours;
  if (!deeds.last.empty()) json["last"] = std::string(deeds.last);
}

/// What the page's library has of a file that was imported into nothing, as `hub convert` would write it, but for the places in the file.
std::multiset<std::string> imported(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  storage::Bytes bytes{std::istreambuf_iterator<char>(stream), {}};
  tests::SlowFileSystem files;
  tests::TestHost host;
  engine::Session session(files, host, {}, {});
  const auto settle = [&] {
    for (int turn = 0; turn < 2000; ++turn) {
      host.tick += 50;
      const bool more = session.run(5);
      while (!files.waiting.empty()) files.finish();
      // What the file says is in the library by now; what is learnt from it is not waited for.
      if (!more) break;
    }
  };
  session.open(engine::StorageMode::writer);
  settle();
  session.receive(protocol::ReadFile{std::filesystem::path(path).filename().string()}, std::move(bytes), 7);
  for (int turn = 0; turn < 2000 && !host.last<protocol::ImportPreview>(); ++turn) settle();
  REQUIRE(host.last<protocol::ImportPreview>());
  session.receive(protocol::ConfirmImport{}, {}, 8);
  while (!files.waiting.empty()) files.finish();

  const auto* added = host.last<protocol::EventsAdded>();
  REQUIRE(added);
  std::multiset<std::string> lines;
  for (const Event& event : added->events) {
    const auto* file = std::get_if<Imported>(&event.payload);
    if (!file) continue;
    std::map<std::string, Json> works;
    for (const SharedItem& item : file->items) {
      Json& json = works[item->id];
      json = Json{{"type", name_of(item->type)}, {"title", item->title}};
      if (item->year) json["year"] = *item->year;
      for (const auto& [service, id] : item->ids) json["ids"][service] = id;
    }
    for (const Imported::Entry& entry : file->ratings) {
      Json& json = works.at(entry.item_id);
      const Json rating = to_json(entry.rating);
      json["rating"] = rating["value"];
      json["scale"] = rating["scale"];
      json.erase("date");
      if (!entry.rating.date.empty()) json["date"] = entry.rating.date;
    }
    for (const Imported::Told& told : file->told) put(works.at(told.item_id), told.deeds);
    for (const auto& [id, json] : works) lines.insert(json_text(json));
    for (const Song& song : file->songs) lines.insert("song " + song.title);
  }
  return lines;
}

}  // namespace

TEST_CASE("convert: says of each file byte for byte what the page imports of it") {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(tests::data_file("imports"))) {
    if (!entry.is_regular_file()) continue;
    const std::string path = entry.path().string();
    INFO(entry.path().filename().string());
    const Run run = convert({path});
    if (run.code != 0) continue;  // an archive that is refused as a whole has a test of its own
    std::multiset<std::string> told;
    for (const std::string& line : run.out) {
      auto json = parse_json(line);
      REQUIRE(json);
      if ((*json)["type"] == "song") {
        told.insert("song " + (*json)["title"].get<std::string>());
        continue;
      }
      json->erase("line");
      json->erase("file");
      told.insert(json_text(*json));
    }
    if (told.empty()) continue;
    CHECK(told == imported(path));
    ++files;
  }
  CHECK(files >= 40);
}
