// What the person says of which work a title is: in the library, in its history, and for later imports.

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "core/imports/matching.hpp"
#include "core/library/event_bytes.hpp"
#include "core/library/event_text.hpp"
#include "core/library/library.hpp"
#include "core/storage/store.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/session_fixture.hpp"

using namespace hub;
using namespace hub::tests;

namespace {

const std::string here = "00000000000000aa";
const std::string there = "00000000000000bb";

Item work(const std::string& key, const std::string& genre = {}) {
  Item item;
  item.id = "film/" + key;
  item.title = "Film " + key;
  if (!genre.empty()) item.genres = {genre};
  return item;
}

Rating rated_on(double value, std::string date, std::string source = "Letterboxd") {
  return {value, RatingScale::half_stars, std::move(date), std::move(source)};
}

Matched is(const std::string& from, const std::string& to, std::vector<std::string> lines = {}) {
  return {work(to, "Right"), "film/" + from, std::move(lines)};
}

struct Person {
  Library library;
  std::int64_t now = 1'000;
  EventId does(Payload payload, const std::string& device = here) {
    const Event event = library.make(device, now += 10, std::move(payload));
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
  bool has(const std::string& key) const { return library.find("film/" + key) != nullptr; }
};

Person with_wrong() {
  Deeds seen;
  seen.seen = true;
  seen.times = 2;
  Person person;
  person.does(Imported{
      "Letterboxd",
      "all.zip",
      {work("1951", "Wrong"), work("other")},
      {{"film/1951", rated_on(3, "2020-01-01")}, {"film/1951", rated_on(4.5, "2022-01-01")}, {"film/other", rated_on(1, "2021-01-01")}},
      {{"film/1951", seen}},
      {},
      {{"film/the-thing--1982", "film/1951", "The Thing", 1982, "Jo Sand"}}});
  return person;
}

/// What the library says of every film, in words.
std::map<std::string, std::string> told(const Library& library) {
  std::map<std::string, std::string> all;
  for (const Entry* entry : library.entries()) {
    std::string words = entry->rating ? std::to_string(entry->rating->value) + " " + entry->rating->date : "-";
    for (const Rating& rating : entry->earlier) words += " | " + std::to_string(rating.value) + " " + rating.date;
    words += entry->deeds->seen ? " seen" : "";
    words += entry->deeds->wished ? " wished" : "";
    words += " " + std::to_string(entry->deeds->times) + " " + (entry->item->genres.empty() ? "" : entry->item->genres[0]);
    words += entry->skipped ? " skipped" : "";
    all[entry->item->id] = words;
  }
  return all;
}

}  // namespace

TEST_CASE("matched: rating, earlier ratings and deeds go to the right work, the wrong facts go, and one undo takes it back") {
  Person person = with_wrong();
  const auto before = told(person.library);
  const EventId said = person.does(is("1951", "1982"));
  CHECK(person.library.describe(said) == "said which work Film 1982 is");
  CHECK_FALSE(person.has("1951"));
  CHECK(person.of("1982").rating == rated_on(4.5, "2022-01-01"));
  CHECK(person.of("1982").earlier == std::vector{rated_on(3, "2020-01-01")});
  CHECK(person.of("1982").deeds->seen);
  CHECK(person.of("1982").deeds->times == 2);
  CHECK(person.of("1982").item->genres == std::vector<std::string>{"Right"});
  CHECK(person.library.rating_count() == 2);
  // It stays where it was among the others.
  CHECK(person.library.entries().front()->item->id == "film/1982");
  REQUIRE(person.library.undo_target(here) == said);
  person.does(Undone{said});
  CHECK(told(person.library) == before);
  CHECK_FALSE(person.has("1982"));
  person.does(Redone{said});
  CHECK_FALSE(person.has("1951"));
  CHECK(person.of("1982").rating);
}

TEST_CASE("matched: of a work that is rated already the later day counts, and the other is kept with its day") {
  for (const bool its_own_is_later : {false, true}) {
    Person person = with_wrong();
    Deeds wished;
    wished.wished = true;
    person.does(Marked{"film/1982", wished, work("1982")});
    person.does(Rated{"film/1982", rated_on(2, its_own_is_later ? "2023-01-01" : "2021-01-01", "IMDb"), std::nullopt});
    person.does(is("1951", "1982"));
    const Entry& entry = person.of("1982");
    CHECK(entry.rating->value == (its_own_is_later ? 2 : 4.5));
    CHECK(entry.earlier.size() == 2);
    CHECK(entry.deeds->times == 2);
    CHECK(person.library.rating_count() == 2);
  }
  // Without days the event that came later counts.
  Person person;
  person.does(Rated{"film/a", rated_on(1, ""), work("a")});
  person.does(Rated{"film/b", rated_on(5, ""), work("b")});
  person.does(is("a", "b"));
  CHECK(person.of("b").rating->value == 5);
}

TEST_CASE("matched: what is said of the wrong work afterwards is its own") {
  Person person = with_wrong();
  person.does(is("1951", "1982"));
  person.does(Rated{"film/1951", rated_on(2, "2024-01-01"), work("1951", "Old")});
  CHECK(person.of("1951").rating->value == 2);
  CHECK(person.of("1951").earlier.empty());
  CHECK_FALSE(person.of("1951").deeds->seen);
  CHECK(person.of("1982").rating->value == 4.5);
}

TEST_CASE("matched: only the facts may have been wrong, and none of the known works can be it") {
  Person person = with_wrong();
  Matched none{work("1951"), "film/1951"};
  none.none = true;
  const EventId said = person.does(none);
  CHECK(person.library.describe(said) == "said that Film 1951 is none of the works that are known");
  CHECK(person.of("1951").item->genres.empty());
  CHECK(person.of("1951").rating->value == 4.5);
  REQUIRE(person.library.match_of("film/1951"));
  CHECK(person.library.match_of("film/1951")->none);
  person.does(Undone{said});
  CHECK(person.of("1951").item->genres == std::vector<std::string>{"Wrong"});
  CHECK(person.library.match_of("film/1951") == nullptr);
}

TEST_CASE("matched: it can be corrected again, and of two devices that say different works the later one counts") {
  Person person = with_wrong();
  person.does(is("1951", "1982"));
  person.does(is("1982", "2011"));
  CHECK_FALSE(person.has("1982"));
  CHECK(person.of("2011").rating->value == 4.5);
  // And back to where it was.
  person.does(is("2011", "1951"));
  CHECK(person.of("1951").rating->value == 4.5);
  CHECK(person.of("1951").item->genres == std::vector<std::string>{"Right"});
  CHECK_FALSE(person.has("2011"));

  Person one = with_wrong();
  Person other = with_wrong();
  one.does(is("1951", "1982"), here);
  other.now += 100;
  other.does(is("1951", "2011"), there);
  (void)one.library.merge(other.library.events());
  (void)other.library.merge(one.library.events());
  CHECK(told(one.library) == told(other.library));
  CHECK(one.of("2011").rating->value == 4.5);
  CHECK_FALSE(one.has("1982"));
  CHECK_FALSE(one.has("1951"));
}

TEST_CASE("matched: where an import is taken back, nothing is left of what was said of its titles; it comes again with them") {
  Person person = with_wrong();
  person.does(is("1951", "1982"));
  person.does(Undone{{here, 1}});
  CHECK(told(person.library).empty());
  person.does(Redone{{here, 1}});
  CHECK(person.of("1982").rating->value == 4.5);
}

TEST_CASE("matched: facts that came for the work in the background do not keep it when the match is taken back") {
  Person person = with_wrong();
  const auto before = told(person.library);
  const EventId said = person.does(is("1951", "1982"));
  person.does(ItemAdded{work("1982", "More")}, there);
  CHECK(person.of("1982").item->genres == std::vector<std::string>{"More"});
  person.does(Undone{said});
  CHECK(told(person.library) == before);
  person.does(Redone{said});
  CHECK(person.of("1982").item->genres == std::vector<std::string>{"More"});
  CHECK(person.of("1982").rating->value == 4.5);
}

TEST_CASE("matched: random histories add up to the same in any order") {
  std::mt19937 random(11);
  for (int history = 0; history < 60; ++history) {
    Person person;
    const std::vector<std::string> keys{"a", "b", "c", "d"};
    const auto any = [&] { return keys[random() % keys.size()]; };
    for (const std::string& key : keys)
      person.does(Rated{"film/" + key, rated_on(1.0 + static_cast<double>(random() % 4), ""), work(key, "First")});
    for (int step = 0; step < 24; ++step) {
      const std::string device = random() % 2 ? here : there;
      const std::string key = any();
      const std::string day = "2024-01-" + std::string(random() % 2 ? "1" : "2") + std::to_string(random() % 9);
      switch (random() % 7) {
        case 0:
          person.does(Rated{"film/" + key, rated_on(0.5 + 0.5 * static_cast<double>(random() % 9), day), work(key, "Anew")}, device);
          break;
        case 1: person.does(Unrated{"film/" + key}, device); break;
        case 2: {
          Deeds deeds;
          deeds.wished = true;
          person.does(Marked{"film/" + key, deeds, std::nullopt}, device);
          break;
        }
        case 3: {
          const auto& events = person.library.events();
          const EventId target = events[random() % events.size()].id;
          person.does(random() % 2 ? Payload(Undone{target}) : Payload(Redone{target}), device);
          break;
        }
        default: person.does(is(key, any(), {"film/line-" + key + "--1"}), device); break;
      }
    }
    std::vector<Event> events = person.library.events();
    for (int round = 0; round < 6; ++round) {
      std::shuffle(events.begin(), events.end(), random);
      Library other;
      if (round % 2)
        (void)other.merge(events);
      else
        for (const Event& event : events) (void)other.merge({event});
      CHECK(told(other) == told(person.library));
      CHECK(other.rating_count() == person.library.rating_count());
      for (const std::string& key : keys) {
        const Matched* one = person.library.decision("film/line-" + key + "--1");
        const Matched* same = other.decision("film/line-" + key + "--1");
        CHECK((one ? one->item->id : "") == (same ? same->item->id : ""));
      }
    }
  }
}

TEST_CASE("matched: a rating that was corrected again and again costs no more than it has steps") {
  Person person;
  person.does(Rated{"film/a", rated_on(4, "2024-01-01"), work("a")});
  for (int turn = 0; turn < 40; ++turn) {
    person.does(is("a", "b"));
    person.does(is("b", "a"));
  }
  CHECK(person.of("a").rating->value == 4);
  CHECK_FALSE(person.has("b"));
}

TEST_CASE("matched: events are written and read as they are, and what cannot be is refused with its field") {
  Matched all = is("1951", "1982", {"film/the-thing--1982", "film/x"});
  all.refused = {"film/1951", "imdb:tt0044121"};
  all.none = true;
  const Imported with_lines{
      "Letterboxd", "a.csv", {work("1")}, {}, {}, {}, {{"film/a--1", "film/1", "Ä", 1982, "Jo"}, {"film/b--", "film/1", "", {}, ""}}};
  for (const Payload& payload : {Payload(all), Payload(is("1", "1")), Payload(with_lines)}) {
    const Event event{{here, 4}, 5, payload};
    CHECK(event_from_text(event_text(event)) == event);
    const std::vector<Event> one{event};
    CHECK(events_from_bytes(event_bytes(one)) == one);
  }
  const auto refusal = [](const std::string& fields) {
    const auto event = event_from_text(R"({"id":["00000000000000aa",1],"k":"matched","t":1,)" + fields + "}");
    return event ? "read" : event.error().message;
  };
  const std::string facts = R"("facts":{"id":"film/1","type":"film","title":"One"})";
  CHECK(refusal(facts + R"(,"from":"film/2")") == "read");
  CHECK(refusal(facts).find("\"from\"") != std::string::npos);
  CHECK(refusal(facts + R"(,"from":"book/2")").find("\"from\"") != std::string::npos);
  CHECK(refusal(R"("from":"film/2")").find("\"facts\"") != std::string::npos);
  CHECK(refusal(facts + R"(,"from":"film/2","lines":["song"])").find("\"lines\"") != std::string::npos);
  CHECK(refusal(facts + R"(,"from":"film/2","none":3)").find("\"none\"") != std::string::npos);
  Library library;
  const auto unknown = library.apply(library.make(here, 1, is("1", "2")));
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().code == "unknown_item");
}

TEST_CASE("matched: a journal of version 5 is read as it was, and a program of that version leaves a newer one alone") {
  using namespace hub::storage;
  MemoryFileSystem files;
  const Format of_version_5{{nullptr, nullptr, nullptr, nullptr}};
  const Event before{{here, 1}, 1, Imported{"IMDb", "a.csv", {work("1")}, {{"film/1", rated_on(3, "2020-01-01")}}}};
  const Event later{{here, 2}, 2, is("1", "2")};
  {
    Store store(files, of_version_5);
    REQUIRE(store.open());
    REQUIRE(store.append(std::vector<Event>{before}));
    store.sync([](Expected<void>) {});
  }
  {
    Store store(files);
    const auto opened = store.open();
    REQUIRE(opened);
    CHECK(opened->events == std::vector<Event>{before});
    REQUIRE(store.append(std::vector<Event>{later}));
    store.sync([](Expected<void>) {});
  }
  Store store(files, of_version_5);
  const auto refused = store.open();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == "newer_version");
}

// ---------------------------------------------------------------- through a session

namespace {

struct Corrects : Fixture {
  using Fixture::Fixture;
  void import(const std::string& text) {
    send(p::ReadFile{"ratings.csv"}, bytes(text));
    settle();
    REQUIRE(host.last<p::ImportPreview>());
    send(p::ConfirmImport{});
    settle();
  }
  const p::Matches& asks(const std::string& id, const std::string& query = {}) {
    send(p::FindMatches{id, query, false});
    const auto* matches = host.last<p::Matches>();
    REQUIRE(matches);
    REQUIRE(matches->item_id == id);
    return *matches;
  }
  static bool offers(const p::Matches& matches, const std::string& id) {
    return std::any_of(matches.candidates.begin(), matches.candidates.end(), [&](const auto& one) { return one.item.id == id; });
  }
};

const std::string head = "Date,Name,Year,Letterboxd URI,Rating\n";
// Film 7 of the catalogue is of 1957.
const std::string film_7 = head + "2024-02-01,Film 7,1957,https://boxd.it/aaaa,4.5\n";

}  // namespace

TEST_CASE("matched: a wrong match is corrected, holds for the next import of the line, and is undone as one", "[session]") {
  Corrects person;
  person.import(film_7);
  REQUIRE(person.replica().find(tests::id_of(7)));
  const auto& matches = person.asks(tests::id_of(7), "Film 8");
  CHECK(matches.line.title == "Film 7");
  CHECK(matches.line.year == 1957);
  REQUIRE(Corrects::offers(matches, tests::id_of(8)));
  CHECK_FALSE(Corrects::offers(matches, tests::id_of(7)));
  person.send(p::DecideMatch{tests::id_of(7), tests::id_of(8)});
  person.settle();
  {
    const auto library = person.replica();
    CHECK_FALSE(library.find(tests::id_of(7)));
    REQUIRE(library.find(tests::id_of(8)));
    CHECK(library.find(tests::id_of(8))->rating->value == 4.5);
    const Matched* said = library.match_of(tests::id_of(8));
    REQUIRE(said);
    CHECK(said->lines == std::vector<std::string>{"film/film-7--1957"});
    CHECK(said->refused == std::vector<std::string>{tests::id_of(7)});
  }
  person.import(film_7);
  CHECK_FALSE(person.replica().find(tests::id_of(7)));
  CHECK(person.host.last<p::Notice>()->text.find("Nothing to do") != std::string::npos);
  person.import(head + "2024-03-01,Film 7,1957,https://boxd.it/aaaa,2\n");
  CHECK_FALSE(person.replica().find(tests::id_of(7)));
  CHECK(person.replica().find(tests::id_of(8))->rating->value == 2);
  // The wrong work itself, by its own id, is still itself.
  person.import(
      "Const,Your Rating,Date Rated,Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres,Num Votes,Release Date,Directors\n"
      "tt1000007,6,2024-05-01,Film 7,https://www.imdb.com/title/tt1000007/,Movie,7.0,100,1957,Drama,100,1957-01-01,Bo Lind\n");
  CHECK(person.replica().find(tests::id_of(7))->rating->value == 6);
  for (int i = 0; i < 3; ++i) {
    person.send(p::Undo{});
    person.settle();
  }
  CHECK(person.replica().find(tests::id_of(7))->rating->value == 4.5);
  CHECK_FALSE(person.replica().find(tests::id_of(8)));
}

TEST_CASE("matched: none of the known works keeps the title with what its line says, and later imports leave it so", "[session]") {
  Corrects person;
  person.import(film_7);
  person.asks(tests::id_of(7));
  person.send(p::DecideMatch{tests::id_of(7), ""});
  person.settle();
  const std::string own = "film/film-7--1957";
  {
    const auto library = person.replica();
    CHECK_FALSE(library.find(tests::id_of(7)));
    REQUIRE(library.find(own));
    CHECK(library.find(own)->rating->value == 4.5);
    CHECK(library.find(own)->item->genres.empty());
    CHECK(library.find(own)->item->title == "Film 7");
    CHECK(library.find(own)->item->year == 1957);
  }
  person.import(head + "2024-03-01,Film 7,1957,https://boxd.it/aaaa,2\n");
  const auto library = person.replica();
  CHECK_FALSE(library.find(tests::id_of(7)));
  CHECK(library.find(own)->rating->value == 2);
  CHECK(library.find(own)->earlier.size() == 1);
}

TEST_CASE("matched: what cannot be said is refused, and changes nothing", "[session]") {
  Corrects person;
  person.import(film_7);
  const auto events = person.replica().events().size();
  for (const auto& [item, to] : {std::pair<std::string, std::string>{"film/nowhere", tests::id_of(8)},
                                 {tests::id_of(7), "film/nowhere"},
                                 {tests::id_of(7), tests::id_of(7)}}) {
    person.send(p::DecideMatch{item, to});
    CHECK(person.host.last<p::Failed>());
  }
  CHECK(person.replica().events().size() == events);
}

TEST_CASE("matched: titles that could be two works wait to be looked at, and those that were decided do not", "[session]") {
  Corrects person;
  // A year off, and nobody says who made it.
  person.send(p::ReadFile{"ratings.csv"},
              bytes(head + "2024-02-01,Film 7,1958,https://boxd.it/aaaa,4.5\n2024-02-01,Unheard,1958,https://boxd.it/b,2\n"));
  person.settle();
  CHECK(person.host.last<p::ImportPreview>()->to_review == 1);
  person.send(p::ReportImport{});
  const auto& report = person.host.last_bulk<p::FileReady>();
  CHECK(std::string(report.begin(), report.end()).find("aiting for review") != std::string::npos);
  person.send(p::ConfirmImport{});
  person.settle();
  const std::string own = "film/film-7--1958";
  CHECK(person.replica().find(own)->rating->value == 4.5);
  REQUIRE(person.host.last<p::Review>());
  CHECK(person.host.last<p::Review>()->item_ids == std::vector<std::string>{own});
  const auto& matches = person.asks(own);
  REQUIRE_FALSE(matches.candidates.empty());
  CHECK(matches.candidates.front().item.id == tests::id_of(7));
  CHECK(matches.candidates.front().confidence > 0.1);
  person.send(p::DecideMatch{own, tests::id_of(7)});
  person.settle();
  CHECK(person.host.last<p::Review>()->item_ids.empty());
  CHECK(person.replica().find(tests::id_of(7))->rating->value == 4.5);
  person.send(p::Undo{});
  person.settle();
  CHECK(person.host.last<p::Review>()->item_ids == std::vector<std::string>{own});
  person.asks(own);
  person.send(p::DecideMatch{own, ""});
  person.settle();
  CHECK(person.host.last<p::Review>()->item_ids.empty());
  // The same line again is the same decision.
  person.send(p::ReadFile{"ratings.csv"}, bytes(head + "2024-02-01,Film 7,1958,https://boxd.it/aaaa,4.5\n"));
  person.settle();
  CHECK(person.host.last<p::ImportPreview>()->to_review == 0);
  CHECK(person.host.last<p::ImportPreview>()->unchanged == 1);
}
