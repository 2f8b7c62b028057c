// What a person did with works besides rating them: in the library, in its history, and through an import.

#include "core/library/deeds.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "core/library/event_text.hpp"
#include "core/library/json.hpp"
#include "core/library/library.hpp"
#include "core/storage/backup.hpp"
#include "core/storage/journal.hpp"
#include "core/storage/memory_file_system.hpp"
#include "core/storage/store.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/import_file.hpp"
#include "tests/core/session_fixture.hpp"

using namespace hub;
using namespace hub::tests;

namespace {

const std::string here = "00000000000000aa";

Item work(const std::string& key) {
  Item item;
  item.id = "film/" + key;
  item.title = "Film " + key;
  return item;
}

Deeds wished() {
  Deeds deeds;
  deeds.wished = true;
  return deeds;
}

Deeds seen(std::uint32_t times, std::string last) {
  Deeds deeds;
  deeds.seen = true;
  deeds.times = times;
  deeds.last = std::move(last);
  return deeds;
}

Rating rated_on(double value, std::string date) {
  return {value, RatingScale::half_stars, std::move(date), "Letterboxd"};
}

struct Told {
  Library library;
  std::int64_t now = 1'000;
  EventId does(Payload payload) {
    const Event event = library.make(here, now += 10, std::move(payload));
    const auto change = library.apply(event);
    INFO((change ? "" : change.error().message));
    REQUIRE(change);
    return event.id;
  }
};

/// The message of a refusal, or what the event became.
std::string read_back(const std::string& text) {
  const auto event = event_from_text(text);
  return event ? event_text(*event) : event.error().message;
}

}  // namespace

TEST_CASE("deeds: what several imports tell of a work adds up, and one that is undone takes its own back") {
  Told person;
  person.does(Imported{"Letterboxd", "watched.csv", {work("1")}, {}, {{"film/1", seen(1, "2020-01-01")}}});
  const EventId second = person.does(Imported{"Letterboxd", "watchlist.csv", {}, {}, {{"film/1", wished()}}});
  const Entry* entry = person.library.find("film/1");
  REQUIRE(entry);
  CHECK_FALSE(entry->rating);
  CHECK(entry->deeds->seen);
  CHECK(entry->deeds->wished);
  CHECK(entry->deeds->times == 1);
  CHECK(person.library.rating_count() == 0);
  CHECK(person.library.describe(second) == "imported 1 title from Letterboxd");
  person.does(Undone{second});
  CHECK(person.library.find("film/1")->deeds == seen(1, "2020-01-01"));
}

TEST_CASE("deeds: what is marked here takes the place of what was told, and the last mark taken away takes the work off the lists") {
  Told person;
  person.does(Imported{"IMDb", "watchlist.csv", {work("1"), work("2")}, {}, {{"film/1", wished()}, {"film/2", wished()}}});
  const EventId taken = person.does(Marked{"film/1", {}, std::nullopt});
  CHECK_FALSE(person.library.find("film/1")->deeds->any());
  CHECK(person.library.find("film/1")->forgotten);
  CHECK_FALSE(person.library.find("film/2")->forgotten);
  CHECK(person.library.describe(taken) == "changed what is marked of Film 1");
  person.does(Undone{taken});
  CHECK(person.library.find("film/1")->deeds == wished());
  CHECK_FALSE(person.library.find("film/1")->forgotten);
}

TEST_CASE("deeds: a rating given here ends the wish, one that a file brings does not") {
  Told person;
  person.does(Imported{"Letterboxd", "all.zip", {work("1")}, {{"film/1", rated_on(4, "2020-01-01")}}, {{"film/1", wished()}}});
  CHECK(person.library.find("film/1")->deeds->wished);
  const EventId rated = person.does(Rated{"film/1", rated_on(5, "2024-01-01"), std::nullopt});
  CHECK_FALSE(person.library.find("film/1")->deeds->wished);
  person.does(Undone{rated});
  CHECK(person.library.find("film/1")->deeds->wished);
}

TEST_CASE("deeds: of several ratings the latest counts, and the days of the others stay") {
  Told person;
  const EventId import = person.does(
      Imported{"Letterboxd",
               "diary.csv",
               {work("1")},
               {{"film/1", rated_on(3, "2015-01-01")}, {"film/1", rated_on(3.5, "2018-01-01")}, {"film/1", rated_on(4, "2020-01-01")}},
               {}});
  const Entry* entry = person.library.find("film/1");
  CHECK(entry->rating == rated_on(4, "2020-01-01"));
  CHECK(entry->earlier == std::vector{rated_on(3, "2015-01-01"), rated_on(3.5, "2018-01-01")});
  CHECK(person.library.rating_count() == 1);
  CHECK(person.library.describe(import) == "imported 1 rating from Letterboxd");
  // Two clicks on one day: the first was a slip.
  person.does(Rated{"film/1", rated_on(1, "2024-05-05"), std::nullopt});
  person.does(Rated{"film/1", rated_on(5, "2024-05-05"), std::nullopt});
  CHECK(entry->earlier.size() == 3);
  CHECK(entry->earlier.back() == rated_on(4, "2020-01-01"));
  person.does(Unrated{"film/1"});
  CHECK(entry->earlier.empty());
}

TEST_CASE("deeds: the same events in any order add up to the same") {
  Told person;
  person.does(Imported{"A", "", {work("1")}, {{"film/1", rated_on(3, "2015-01-01")}, {"film/1", rated_on(4, "2016-01-01")}}, {}});
  person.does(Imported{"B", "", {work("2")}, {}, {{"film/1", seen(3, "2019-01-01")}, {"film/2", wished()}}});
  person.does(Marked{"film/2", seen(1, ""), std::nullopt});
  person.does(Rated{"film/1", rated_on(2, "2021-01-01"), std::nullopt});
  person.does(Undone{{here, 3}});
  std::vector<Event> events = person.library.events();
  std::mt19937 random(5);
  for (int round = 0; round < 40; ++round) {
    std::shuffle(events.begin(), events.end(), random);
    Library other;
    for (const Event& event : events) (void)other.merge({event});
    for (const char* id : {"film/1", "film/2"}) {
      const Entry* one = person.library.find(id);
      const Entry* two = other.find(id);
      REQUIRE(two);
      CHECK(one->deeds == two->deeds);
      CHECK(one->earlier == two->earlier);
      CHECK(one->rating == two->rating);
    }
  }
}

TEST_CASE("deeds: events that tell of them are written and read back as they are") {
  Deeds all{true, true, true, true, true, true, 3, 24, 10.5, "2020-02-29"};
  const EventId id{here, 4};
  const Event import{id, 5, Imported{"Trakt", "a.zip", {work("1")}, {{"film/1", rated_on(3, "")}}, {{"film/1", all}, {"film/1", {}}}}};
  const auto again = event_from_text(event_text(import));
  REQUIRE(again);
  CHECK(*again == import);
  CHECK(event_text(import) == json_text(to_json(import)));
  const Event marked{id, 5, Marked{"film/1", all, work("1")}};
  CHECK(event_from_text(event_text(marked)) == marked);
  // An import without them is written as it always was.
  const Event plain{id, 5, Imported{"Trakt", "a.zip", {work("1")}, {{"film/1", rated_on(3, "")}}, {}}};
  CHECK(event_text(plain).find("told") == std::string::npos);
}

TEST_CASE("deeds: what cannot be is refused with its field") {
  const std::string head = R"({"id":["00000000000000aa",1],"k":"marked","t":1,"item":"film/1",)";
  CHECK(read_back(head + R"("did":["seen","flown"]})").find("\"did\"") != std::string::npos);
  CHECK(read_back(head + R"("did":[],"times":-1})").find("\"times\"") != std::string::npos);
  CHECK(read_back(head + R"("did":[],"times":4000000000})").find("more than can be") != std::string::npos);
  CHECK(read_back(head + R"("did":[],"hours":-2})").find("more than can be") != std::string::npos);
  CHECK(read_back(head + R"("did":["seen"],"last":"2023-02-30"})").find("not in the calendar") != std::string::npos);
  CHECK(read_back(R"({"id":["00000000000000aa",1],"k":"imported","t":1,"source":"X","told":[{"item":"nowhere","did":[]}]})")
            .find("not an item") != std::string::npos);
  Library library;
  const auto unknown = library.apply(library.make(here, 1, Imported{"X", "", {}, {}, {{"film/1", wished()}}}));
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().code == "unknown_item");
}

TEST_CASE("deeds: a journal and a backup of version 1 are read as they were, and what is added goes beside them") {
  using namespace hub::storage;
  // As version 1 wrote them.
  const std::string import =
      R"({"file":"ratings.csv","id":["00112233aabbccdd",1],"items":[{"id":"film/tt0133093","title":"The Matrix","type":"film","year":1999}],)"
      R"("k":"imported","ratings":[{"item":"film/tt0133093","rating":{"date":"2020-01-01","scale":"ten","source":"IMDb","value":9}}],)"
      R"("source":"IMDb","t":1712345678901})";
  const std::string cleared = R"({"id":["00112233aabbccdd",2],"item":"film/tt0133093","k":"skipped","t":1712345678902})";
  MemoryFileSystem files;
  const Format of_version_1{};
  {
    Store store(files, of_version_1);
    REQUIRE(store.open());
    REQUIRE(store.append(std::vector<Event>{{{"00112233aabbccdd", 9}, 1, Skipped{"film/x"}}}));
    store.sync([](Expected<void>) {});
  }
  REQUIRE(files.list().size() == 1);
  Bytes journal;
  append_head(journal, {FileKind::segment, 1, 1});
  append_record(journal, import);
  append_record(journal, cleared);
  REQUIRE(files.write(files.list().front(), journal));

  const Event later{{"00112233aabbccdd", 3}, 1712345678903, Marked{"film/tt0133093", wished(), std::nullopt}};
  for (int time = 0; time < 2; ++time) {
    Store store(files);
    const auto opening = store.open();
    REQUIRE(opening);
    CHECK(opening->warnings.empty());
    CHECK(opening->damaged_files.empty());
    REQUIRE(opening->events.size() == (time == 0 ? 2U : 3U));
    CHECK(event_text(opening->events[0]) == import);
    CHECK(event_text(opening->events[1]) == cleared);
    if (time == 0) REQUIRE(store.append(std::vector<Event>{later}));
    if (time == 1) CHECK(opening->events[2] == later);
    store.sync([](Expected<void>) {});
  }
  Store old(files, of_version_1);
  const auto refused = old.open();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == "newer_version");
}

TEST_CASE("deeds: a watchlist is previewed, imported, undone as one, and tells nothing new the second time") {
  Fixture f;
  const std::string list = text_of("imdb-watchlist.csv");
  f.send(p::ReadFile{"watchlist.csv"}, bytes(list));
  f.settle();
  const auto* preview = f.host.last<p::ImportPreview>();
  REQUIRE(preview);
  CHECK(preview->ratings == 0);
  CHECK(preview->wished == 2);
  CHECK(preview->told_anew == 2);
  CHECK(preview->skipped == 0);
  REQUIRE(preview->changes.size() == 2);
  CHECK(preview->changes[0].detail == "on your wish list");
  f.send(p::ConfirmImport{});
  f.settle();
  CHECK(f.host.last<p::Notice>()->text == "Imported 2 titles from IMDb");
  CHECK(f.replica().find("film/tt0268978")->deeds->wished);
  CHECK(f.replica().rating_count() == 0);
  // It is predicted like any other work.
  CHECK(f.predicted("film/tt0268978") > 0);

  f.send(p::ReadFile{"watchlist (1).csv"}, bytes(list));
  f.settle();
  CHECK(f.host.last<p::ImportPreview>()->wished == 2);
  CHECK(f.host.last<p::ImportPreview>()->told_anew == 0);
  const auto events = f.replica().events().size();
  f.send(p::ConfirmImport{});
  CHECK(f.replica().events().size() == events);
  CHECK(f.host.last<p::Notice>()->text == "Nothing to do: all of it is in your library already.");

  f.send(p::Undo{});
  CHECK(f.replica().find("film/tt0268978") == nullptr);
}

TEST_CASE("deeds: marks are set and taken away one by one, also of works that the library does not hold") {
  Fixture f;
  f.send(p::Mark{tests::id_of(4), "wished", true});
  CHECK(f.replica().find(tests::id_of(4))->deeds == wished());
  f.send(p::Mark{tests::id_of(4), "liked", true});
  CHECK(f.replica().find(tests::id_of(4))->deeds->liked);
  f.send(p::Mark{tests::id_of(4), "wished", false});
  f.send(p::Mark{tests::id_of(4), "liked", false});
  CHECK(f.replica().find(tests::id_of(4))->forgotten);
  f.send(p::Mark{tests::id_of(4), "flown", true});
  CHECK(f.host.last<p::Failed>()->code == "unknown_mark");
  f.send(p::Mark{"film/none", "seen", true});
  CHECK(f.host.last<p::Failed>()->code == "unknown_item");
  f.send(p::Undo{});
  CHECK(f.replica().find(tests::id_of(4))->deeds->liked);
}

TEST_CASE("deeds: an import of an older rating keeps the later one, and its own day beside it") {
  Fixture f;
  const std::string heading = "Const,Your Rating,Date Rated,Title,URL,Title Type,IMDb Rating,Year\n";
  const auto line = [&](const char* rating, const char* date) {
    return heading + "tt7000001," + rating + "," + date + ",North Pier,https://www.imdb.com/title/tt7000001/,Movie,7,2001\n";
  };
  const auto import = [&](const std::string& text) {
    f.send(p::ReadFile{"ratings.csv"}, bytes(text));
    f.settle();
    f.send(p::ConfirmImport{});
  };
  import(line("8", "2020-05-05"));
  import(line("6", "2015-05-05"));
  const Library library = f.replica();
  const Entry* entry = library.find("film/tt7000001");
  REQUIRE(entry);
  CHECK(entry->rating->value == 8);
  REQUIRE(entry->earlier.size() == 1);
  CHECK(entry->earlier[0].date == "2015-05-05");
  const auto events = library.events().size();
  import(line("6", "2015-05-05"));
  CHECK(f.replica().events().size() == events);
}
