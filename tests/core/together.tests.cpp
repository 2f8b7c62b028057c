// What is done with many works at once: in the library, in its history, and through a session.

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "core/library/event_text.hpp"
#include "core/library/json.hpp"
#include "core/library/library.hpp"
#include "core/storage/store.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/session_fixture.hpp"

using namespace hub;
using namespace hub::tests;
using Deed = ChangedTogether::Deed;

namespace {

const std::string here = "00000000000000aa";

Item work(const std::string& key) {
  Item item;
  item.id = "film/" + key;
  item.title = "Film " + key;
  return item;
}

Rating rated_on(double value, std::string date) {
  return {value, RatingScale::half_stars, std::move(date), "here"};
}

struct Person {
  Library library;
  std::int64_t now = 1'000;
  EventId does(Payload payload) {
    const Event event = library.make(here, now += 10, std::move(payload));
    const auto change = library.apply(event);
    INFO((change ? "" : change.error().message));
    REQUIRE(change);
    return event.id;
  }
  const Entry& of(const std::string& key) const {
    const Entry* entry = library.find("film/" + key);
    REQUIRE(entry);
    return *entry;
  }
};

Person with_three() {
  Deeds wished;
  wished.wished = true;
  Person person;
  person.does(Imported{"Letterboxd",
                       "all.zip",
                       {work("1"), work("2"), work("3")},
                       {{"film/1", rated_on(2, "2020-01-01")}, {"film/2", rated_on(3, "2020-01-02")}},
                       {{"film/3", wished}}});
  return person;
}

std::string refusal(const std::string& fields) {
  const auto event = event_from_text(R"({"id":["00000000000000aa",1],"k":"together","t":1,)" + fields + "}");
  return event ? "read" : event.error().message;
}

}  // namespace

TEST_CASE("together: a rating for many works is one event, ends wishes, keeps the earlier days, and is taken back as one") {
  Person person = with_three();
  const EventId all = person.does(ChangedTogether{Deed::rated, rated_on(4, "2024-05-05"), {"film/1", "film/2", "film/3"}});
  CHECK(person.library.describe(all) == "rated 3 titles 4.0");
  CHECK(person.library.rating_count() == 3);
  for (const char* key : {"1", "2", "3"}) CHECK(person.of(key).rating == rated_on(4, "2024-05-05"));
  CHECK(person.of("1").earlier == std::vector{rated_on(2, "2020-01-01")});
  CHECK_FALSE(person.of("3").deeds->wished);
  REQUIRE(person.library.undo_target(here) == all);
  const EventId undone = person.does(Undone{all});
  CHECK(person.library.describe(undone) == "took back: rated 3 titles 4.0");
  CHECK(person.library.rating_count() == 2);
  CHECK(person.of("1").rating == rated_on(2, "2020-01-01"));
  CHECK(person.of("3").deeds->wished);
  person.does(Redone{all});
  CHECK(person.library.rating_count() == 3);
}

TEST_CASE("together: marks are put on and taken off, and the last that is taken off takes a work off the lists") {
  Person person = with_three();
  person.does(ChangedTogether{Deed::wished, std::nullopt, {"film/1", "film/3"}});
  CHECK(person.of("1").deeds->wished);
  CHECK(person.of("1").rating);
  person.does(ChangedTogether{Deed::unwished, std::nullopt, {"film/1", "film/3"}});
  CHECK_FALSE(person.of("1").forgotten);
  CHECK(person.of("3").forgotten);
  person.does(ChangedTogether{Deed::seen, std::nullopt, {"film/3"}});
  CHECK(person.of("3").deeds->seen);
  CHECK_FALSE(person.of("3").forgotten);
  person.does(ChangedTogether{Deed::unrated, std::nullopt, {"film/1"}});
  CHECK_FALSE(person.of("1").rating);
  CHECK_FALSE(person.of("1").forgotten);
  CHECK(person.of("1").earlier.empty());
}

TEST_CASE("together: what is removed is left out of lists with all that was said of it, until something is said again or that is undone") {
  Person person = with_three();
  const EventId gone = person.does(ChangedTogether{Deed::removed, std::nullopt, {"film/1", "film/3"}});
  CHECK(person.library.describe(gone) == "removed 2 titles from the library");
  for (const char* key : {"1", "3"}) {
    CHECK(person.of(key).forgotten);
    CHECK_FALSE(person.of(key).rating);
    CHECK_FALSE(person.of(key).deeds->any());
  }
  CHECK(person.library.rating_count() == 1);
  const EventId again = person.does(Rated{"film/1", rated_on(5, "2024-01-01"), std::nullopt});
  CHECK_FALSE(person.of("1").forgotten);
  CHECK(person.of("1").earlier.empty());
  person.does(Undone{again});
  CHECK(person.of("1").forgotten);
  person.does(Undone{gone});
  CHECK_FALSE(person.of("1").forgotten);
  CHECK(person.of("1").rating == rated_on(2, "2020-01-01"));
  CHECK(person.of("3").deeds->wished);
}

TEST_CASE("together: the same events in any order add up to the same") {
  Person person = with_three();
  person.does(ChangedTogether{Deed::rated, rated_on(4, "2024-05-05"), {"film/1", "film/3"}});
  person.does(ChangedTogether{Deed::removed, std::nullopt, {"film/2", "film/1"}});
  person.does(ChangedTogether{Deed::wished, std::nullopt, {"film/2", "film/3"}});
  person.does(Undone{{here, 3}});
  std::vector<Event> events = person.library.events();
  std::mt19937 random(7);
  for (int round = 0; round < 40; ++round) {
    std::shuffle(events.begin(), events.end(), random);
    Library other;
    for (const Event& event : events) (void)other.merge({event});
    for (const char* id : {"film/1", "film/2", "film/3"}) {
      const Entry* one = person.library.find(id);
      const Entry* two = other.find(id);
      REQUIRE(two);
      CHECK(one->deeds == two->deeds);
      CHECK(one->rating == two->rating);
      CHECK(one->forgotten == two->forgotten);
    }
  }
}

TEST_CASE("together: the event is written and read back as it is, and what cannot be is refused with its field") {
  for (const Payload& payload : {Payload(ChangedTogether{Deed::rated, rated_on(4.5, "2024-05-05"), {"film/1", "book/é"}}),
                                 Payload(ChangedTogether{Deed::unwished, std::nullopt, {}})}) {
    const Event event{{here, 4}, 5, payload};
    CHECK(event_from_text(event_text(event)) == event);
  }
  CHECK(refusal(R"("deed":"painted","of":["film/1"])").find("\"deed\"") != std::string::npos);
  CHECK(refusal(R"("deed":"seen","of":["nowhere"])").find("\"of\"") != std::string::npos);
  CHECK(refusal(R"("deed":"seen","of":[7])").find("\"of\"") != std::string::npos);
  CHECK(refusal(R"("deed":"rated","of":["film/1"])").find("\"rating\" is missing") != std::string::npos);
  CHECK(refusal(R"("deed":"seen","of":[],"rating":{"scale":"half_stars","value":3})").find("\"rating\"") != std::string::npos);
  CHECK(refusal(R"("deed":"seen","of":["film/1"])") == "read");
  Library library;
  const auto unknown = library.apply(library.make(here, 1, ChangedTogether{Deed::seen, std::nullopt, {"film/1"}}));
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().code == "unknown_item");
}

TEST_CASE("together: a journal of version 4 is read as it was, and a program of that version leaves a newer one alone") {
  using namespace hub::storage;
  MemoryFileSystem files;
  const Format of_version_4{{nullptr, nullptr, nullptr}};
  const Event before{{here, 1}, 1, Marked{"film/1", {}, work("1")}};
  const Event later{{here, 2}, 2, ChangedTogether{Deed::seen, std::nullopt, {"film/1"}}};
  {
    Store store(files, of_version_4);
    REQUIRE(store.open());
    REQUIRE(store.append(std::vector<Event>{before}));
    store.sync([](Expected<void>) {});
  }
  {
    Store store(files);
    const auto opening = store.open();
    REQUIRE(opening);
    CHECK(opening->warnings.empty());
    CHECK(opening->events == std::vector<Event>{before});
    REQUIRE(store.append(std::vector<Event>{later}));
    store.sync([](Expected<void>) {});
  }
  Store old(files, of_version_4);
  const auto refused = old.open();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == "newer_version");
}

TEST_CASE("together: the session changes what is not so already, says how many, and takes it back as one") {
  Fixture f;
  for (const int number : {1, 2, 3}) f.send(p::Rate{id_of(number), 2});
  const std::vector<std::string> three{id_of(1), id_of(2), id_of(3)};
  const auto events = [&] { return f.replica().events().size(); };
  f.send(p::Rate{id_of(1), 4});
  const auto count = events();
  f.send(p::ChangeTogether{"rated", {id_of(1), id_of(2), id_of(3), id_of(2), "film/unheard"}, 4});
  CHECK(events() == count + 1);
  CHECK(f.host.last<p::Notice>()->text == "2 titles rated 4.0; 1 was so already");
  CHECK(f.host.last<p::Notice>()->undoable);
  for (const std::string& id : three) CHECK(f.replica().find(id)->rating->value == 4);
  f.send(p::ChangeTogether{"rated", three, 4});
  CHECK(events() == count + 1);
  CHECK_FALSE(f.host.last<p::Notice>()->undoable);
  f.send(p::Undo{});
  CHECK(f.host.last<p::Notice>()->text == "Undone: rated 2 titles 4.0");
  CHECK(f.replica().find(id_of(2))->rating->value == 2);
  CHECK(f.replica().find(id_of(1))->rating->value == 4);

  f.send(p::ChangeTogether{"removed", three, 0});
  CHECK(f.host.last<p::Notice>()->text == "3 titles removed from your library");
  CHECK(f.replica().rating_count() == 0);
  f.send(p::Undo{});
  CHECK(f.replica().rating_count() == 3);

  f.send(p::ChangeTogether{"rated", three, 7});
  CHECK(f.host.last<p::Failed>()->code == "bad_rating");
  f.send(p::ChangeTogether{"painted", three, 4});
  CHECK(f.host.last<p::Failed>()->code == "unknown_deed");
  f.settle();
  CHECK(f.host.last<p::StorageState>()->state == "saved");
}

TEST_CASE("together: the command is written and read back") {
  const auto back = p::read_command(p::write(p::Command{p::ChangeTogether{"wished", {"film/a", "book/ü"}, 0}}, 3));
  REQUIRE(back);
  CHECK(std::get<p::ChangeTogether>(back->body).item_ids == std::vector<std::string>{"film/a", "book/ü"});
}
