#include "core/storage/backup.hpp"

#include <random>

#include "core/library/json.hpp"
#include "tests/core/catch.hpp"

using namespace hub;
using namespace hub::storage;

namespace {

std::vector<Event> history(std::uint64_t count) {
  std::vector<Event> events;
  for (std::uint64_t i = 1; i <= count; ++i) {
    Item item;
    item.id = "book/b" + std::to_string(i);
    item.type = MediaType::book;
    item.title = "Pride & “Prejudice”\\ " + std::to_string(i);
    events.push_back(
        {{"00112233aabbccdd", i}, static_cast<std::int64_t>(i), Rated{item.id, {3.5, RatingScale::half_stars, "", "here"}, item}});
  }
  return events;
}

std::string backup_of(const std::vector<Event>& events) {
  std::string text;
  BackupWriter writer(events, 1'712'345'678'901, [&](std::string_view piece) { text += piece; });
  double before = writer.progress();
  while (writer.step()) {
    CHECK(writer.progress() > before);
    before = writer.progress();
  }
  CHECK(writer.progress() == 1);
  CHECK_FALSE(writer.step());
  return text;
}

Expected<std::vector<Event>> restored(std::string_view text, std::size_t piece = 1'000) {
  BackupReader reader;
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size())))
    if (auto taken = reader.take(text.substr(0, piece)); !taken) return tl::unexpected(taken.error());
  return reader.finish();
}

std::string error_of(std::string_view text) {
  const auto events = restored(text);
  return events ? "" : events.error().code;
}

}  // namespace

TEST_CASE("A backup restores every event, however it is cut into pieces") {
  const std::vector<Event> events = history(GENERATE(0u, 1u, 40u));
  const std::string text = backup_of(events);
  for (std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{100'000}}) {
    const auto back = restored(text, piece);
    REQUIRE(back);
    CHECK(*back == events);
  }
}

TEST_CASE("A backup tells of the models that were learnt from it, and restores with and without") {
  const std::vector<Event> events = history(3);
  std::string text;
  const Json models = Json::array({Json{{"type", "film"}, {"ratings", 3}, {"scores", {{"rmse", 0.5}}}}, Json{{"type", "text"}}});
  BackupWriter writer(
      events, 1, [&](std::string_view piece) { text += piece; }, models);
  while (writer.step()) {
  }
  const auto head = parse_json(std::string_view(text).substr(0, text.find('\n')));
  REQUIRE(head);
  CHECK((*head)["models"] == models);
  for (std::size_t piece : {std::size_t{1}, std::size_t{100'000}}) {
    const auto back = restored(text, piece);
    REQUIRE(back);
    CHECK(*back == events);
  }
  CHECK_FALSE(parse_json(std::string_view(backup_of(events)).substr(0, backup_of(events).find('\n')))->contains("models"));
}

TEST_CASE("A large backup is written and read in pieces") {
  const std::vector<Event> events = history(5'000);
  std::size_t pieces = 0;
  std::size_t largest = 0;
  BackupReader reader;
  BackupWriter writer(events, 0, [&](std::string_view piece) {
    ++pieces;
    largest = std::max(largest, piece.size());
    CHECK(reader.take(piece));
  });
  while (writer.step()) continue;
  CHECK(pieces > 3);
  CHECK(largest < 300 * 1024);
  CHECK(*reader.finish() == events);
}

TEST_CASE("A backup is readable JSON lines") {
  const std::string text = backup_of(history(1));
  CHECK(text.starts_with("{\"created\":1712345678901,\"events\":1,\"media_hub_backup\":6}\n{"));
  CHECK(text.ends_with("\"}\n"));
  CHECK(std::count(text.begin(), text.end(), '\n') == 3);
}

TEST_CASE("A backup that was changed, cut or is none is refused") {
  const std::string text = backup_of(history(5));
  CHECK(error_of("") == "not_a_backup");
  CHECK(error_of("Const,Your Rating\ntt1,5\n") == "not_a_backup");
  CHECK(error_of("{\"media_hub_backup\":\"1\"}\n") == "not_a_backup");
  CHECK(error_of("[1]\n") == "not_a_backup");
  CHECK(error_of(std::string(100'000, 'x')) == "not_a_backup");
  CHECK(error_of("{\"media_hub_backup\":7,\"events\":0}\n") == "newer_version");
  CHECK(error_of(text + "more\n") == "damaged");
  CHECK(error_of(text + "\n \n").empty());
  CHECK(error_of(text.substr(0, text.size() - 1)).empty());  // an editor took the last line's end

  std::string other_year = text;
  other_year.replace(other_year.find("3.5"), 3, "4.5");
  CHECK(error_of(other_year) == "damaged");

  std::string wrong_rating = text;
  wrong_rating.replace(wrong_rating.find("3.5"), 3, "9.5");
  const auto refused = restored(wrong_rating);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == "bad_event");
  CHECK_THAT(refused.error().message, Catch::Contains("Line 2"));

  for (std::size_t size = 0; size + 1 < text.size(); ++size) {
    CAPTURE(size);
    const std::string code = error_of(text.substr(0, size));
    REQUIRE((code == "truncated" || code == "not_a_backup"));
  }
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    CAPTURE(at);
    std::string flipped = text;
    flipped[at] = static_cast<char>(flipped[at] ^ 1);
    REQUIRE_FALSE(error_of(flipped).empty());
  }
}

TEST_CASE("Once a backup is refused it stays refused") {
  BackupReader reader;
  REQUIRE_FALSE(reader.take("nonsense\n"));
  const std::string text = backup_of({});
  CHECK_FALSE(reader.take(text));
  CHECK_FALSE(reader.finish());
}

TEST_CASE("A backup of an older version is migrated") {
  const std::string text = backup_of(history(2));
  const Format format{{nullptr, nullptr, nullptr, nullptr, nullptr, [](Json event) -> Expected<Json> {
                         event["rating"]["value"] = 5;
                         return event;
                       }}};
  BackupReader reader(format);
  REQUIRE(reader.take(text));
  const auto events = reader.finish();
  REQUIRE(events);
  CHECK(std::get<Rated>(events->at(1).payload).rating.value == 5);
}
