#include "core/library/library.hpp"

#include <algorithm>
#include <random>

#include "core/library/json.hpp"
#include "tests/core/catch.hpp"

using namespace hub;

namespace {

const std::string here = "00000000000000aa";
const std::string there = "00000000000000bb";

Item film(const std::string& key, const std::string& title) {
  Item item;
  item.id = "film/" + key;
  item.title = title;
  return item;
}

Rating stars(double value) {
  return {value, RatingScale::half_stars, "", "here"};
}

/// A person at a device who does one thing after another.
struct Person {
  Library& library;
  std::string device = here;
  std::int64_t now = 1'000;

  EventId does(Payload payload) {
    const Event event = library.make(device, now += 10, std::move(payload));
    const auto change = library.apply(event);
    INFO((change ? "" : change.error().message));
    REQUIRE(change);
    return event.id;
  }
  EventId rates(const Item& item, double value) { return does(Rated{item.id, stars(value), item}); }
  void undoes() { does(Undone{library.undo_target(device).value()}); }
  void redoes() { does(Redone{library.redo_target(device).value()}); }
};

/// All that can be asked of a library, as text.
std::string state_of(const Library& library) {
  std::string text;
  for (const Entry* entry : library.entries()) {
    text += json_text(to_json(entry->item)) + (entry->rating ? json_text(to_json(*entry->rating)) : "-");
    text += entry->skipped ? "s" : "";
    text += entry->not_interested ? "n" : "";
    text += entry->forgotten ? "f" : "";
    text += json_text(to_json(Imported::Told{entry->item->id, entry->deeds}));
    for (const Rating& rating : entry->earlier) text += json_text(to_json(rating));
    text += std::to_string(entry->changed) + "\n";
    REQUIRE(library.find(entry->item->id) == entry);
  }
  for (MediaType type : media_types) text += std::to_string(library.rating_count(type)) + " ";
  text += library.setting("theme").value_or("?") + library.setting("scale").value_or("?");
  for (const std::string& device : {here, there}) {
    const auto undo = library.undo_target(device);
    const auto redo = library.redo_target(device);
    text += "\n" + device + (undo ? std::to_string(undo->counter) : "-") + (redo ? std::to_string(redo->counter) : "-");
    text += " " + std::to_string(library.last_counter(device)) + (undo ? library.describe(*undo) : "");
  }
  for (int key = 0; key < 6; ++key) {
    const std::string id = "film/" + std::to_string(key);
    text += library.is_skipped(id) ? "S" : ".";
    text += library.is_not_interested(id) ? "N" : ".";
  }
  return text;
}

Library library_of(std::vector<Event> events) {
  Library library;
  library.merge(std::move(events));
  return library;
}

Payload random_payload(std::mt19937& random, const std::vector<Event>& before) {
  const auto key = [&] { return std::to_string(random() % 6); };
  const auto any_event = [&] { return before.empty() ? EventId{there, 1 + random() % 5} : before[random() % before.size()].id; };
  const auto value = [&] { return stars(0.5 * static_cast<double>(1 + random() % 10)); };
  switch (random() % 10) {
    case 0:
    case 1: {
      const Item item = film(key(), "Title " + std::to_string(random() % 100));
      return Rated{item.id, value(), random() % 2 ? std::optional(item) : std::nullopt};
    }
    case 2: return Unrated{"film/" + key()};
    case 3: return ItemAdded{film(key(), "Fact " + std::to_string(random() % 100))};
    case 4: {
      Imported imported{"IMDb", "a.csv", {film(key(), "I1"), film(key(), "I2")}, {}};
      for (auto entries = random() % 4; entries > 0; --entries) imported.ratings.push_back({"film/" + key(), value()});
      return imported;
    }
    case 5: return Skipped{"film/" + key()};
    case 6:
      return random() % 2 ? Payload(NotInterested{"film/" + key()}) : Payload(SettingChanged{random() % 2 ? "theme" : "scale", key()});
    case 7: return Redone{any_event()};
    default: return Undone{any_event()};
  }
}

/// What two devices did, each in the order of its counts, at times that may be equal or go backwards.
std::vector<Event> random_history(std::mt19937& random) {
  std::vector<Event> events;
  std::uint64_t counters[2] = {0, 0};
  for (auto count = 1 + random() % 25; count > 0; --count) {
    const std::size_t device = random() % 2;
    events.push_back(
        {{device ? there : here, ++counters[device]}, static_cast<std::int64_t>(random() % 20), random_payload(random, events)});
  }
  return events;
}

}  // namespace

TEST_CASE("A library is what a person did") {
  Library library;
  Person person{library};
  const Item arrival = film("1", "Arrival");
  const EventId first = person.rates(arrival, 4);
  CHECK(library.find("film/1")->rating->value == 4);
  CHECK(*library.find("film/1")->item == arrival);
  CHECK(library.rating_count() == 1);
  CHECK(library.rating_count(MediaType::film) == 1);
  CHECK(library.rating_count(MediaType::book) == 0);
  CHECK(library.describe(first) == "rated Arrival");

  const EventId cleared = person.does(Unrated{"film/1"});
  CHECK_FALSE(library.find("film/1")->rating);
  CHECK(library.rating_count() == 0);
  CHECK(library.describe(cleared) == "cleared the rating of Arrival");

  CHECK(library.describe(person.does(ItemAdded{film("1", "Arrival (2016)")})) == "corrected the details of Arrival (2016)");
  CHECK(library.find("film/1")->item->title == "Arrival (2016)");
  CHECK(library.describe(person.does(ItemAdded{film("2", "Dune")})) == "added Dune");
  CHECK(library.find("film/none") == nullptr);
  CHECK(library.describe({here, 99}).empty());
}

TEST_CASE("An import is undone and redone as one") {
  Library library;
  Person person{library};
  person.rates(film("1", "One"), 2);
  Imported imported{"IMDb", "ratings.csv", {}, {}};
  imported.ratings.push_back({"film/1", stars(5)});
  for (int i = 2; i < 50; ++i) {
    imported.items.push_back(film(std::to_string(i), "Film " + std::to_string(i)));
    imported.ratings.push_back({"film/" + std::to_string(i), stars(3)});
  }
  const EventId import = person.does(imported);
  CHECK(library.rating_count() == 49);
  CHECK(library.find("film/1")->rating->value == 5);
  CHECK(library.describe(import) == "imported 49 ratings from IMDb");
  CHECK(library.entries()[1]->item->title == "Film 2");
  CHECK(library.entries().back()->item->title == "Film 49");
  person.undoes();
  CHECK(library.rating_count() == 1);
  CHECK(library.find("film/1")->rating->value == 2);
  CHECK(library.find("film/2") == nullptr);
  CHECK(library.entries().size() == 1);
  person.redoes();
  CHECK(library.rating_count() == 49);
}

TEST_CASE("Undo and redo follow what the person did on this device") {
  Library library;
  Person person{library};
  CHECK_FALSE(library.undo_target(here));
  const EventId one = person.rates(film("1", "One"), 1);
  const EventId two = person.rates(film("2", "Two"), 2);
  person.does(SettingChanged{"theme", "dark"});
  CHECK(library.undo_target(here) == two);
  person.undoes();
  CHECK(library.undo_target(here) == one);
  CHECK(library.redo_target(here) == two);
  person.undoes();
  CHECK_FALSE(library.undo_target(here));
  CHECK(library.redo_target(here) == one);
  CHECK(library.entries().empty());
  CHECK(library.setting("theme") == "dark");
  person.redoes();
  CHECK(library.undo_target(here) == one);
  CHECK(library.redo_target(here) == two);
  const EventId three = person.rates(film("3", "Three"), 3);
  CHECK_FALSE(library.redo_target(here));
  CHECK(library.undo_target(here) == three);

  Person other{library, there, person.now};
  CHECK_FALSE(library.undo_target(there));
  other.rates(film("4", "Four"), 4);
  CHECK(library.undo_target(here) == three);

  // The stacks are there again when the page is opened anew.
  const Library again = library_of(library.events());
  CHECK(again.undo_target(here) == three);
  CHECK_FALSE(again.redo_target(here));
  CHECK(again.undo_target(there) == library.undo_target(there));
}

TEST_CASE("What another device has undone is passed over") {
  Library library;
  Person person{library};
  const EventId one = person.rates(film("1", "One"), 1);
  const EventId two = person.rates(film("2", "Two"), 2);
  Person other{library, there, person.now};
  other.does(Undone{two});
  CHECK(library.undo_target(here) == one);
}

TEST_CASE("A change is told in no more than it touched") {
  Library library;
  Person person{library};
  person.rates(film("1", "One"), 1);
  Change change = *library.apply(library.make(here, 5'000, Rated{"film/1", stars(2), std::nullopt}));
  CHECK(change.items == std::vector<std::string>{"film/1"});
  CHECK(change.ratings);
  CHECK_FALSE(change.settings);
  change = *library.apply(library.make(here, 5'000, Skipped{"film/9"}));
  CHECK_FALSE(change.ratings);
  change = *library.apply(library.make(here, 5'000, SettingChanged{"theme", "dark"}));
  CHECK(change.items.empty());
  CHECK(change.settings);
  const std::string before = state_of(library);
  change = *library.apply(library.events().front());
  CHECK(change.items.empty());
  CHECK_FALSE(change.ratings);
  CHECK(state_of(library) == before);
}

TEST_CASE("What cannot be applied leaves the library as it was") {
  Library library;
  Person person{library};
  person.rates(film("1", "One"), 1);
  const std::string before = state_of(library);
  const auto [payload, code] = GENERATE(table<Payload, std::string>({
      {Rated{"film/2", stars(3), std::nullopt}, "unknown_item"},
      {Imported{"IMDb", "a.csv", {film("3", "Three")}, {{"film/3", stars(3)}, {"film/2", stars(3)}}}, "unknown_item"},
      {Undone{{there, 4}}, "unknown_event"},
      {Redone{{here, 4}}, "unknown_event"},
      {Rated{"film/1", stars(7), std::nullopt}, "bad_rating"},
      {ItemAdded{film("4", "")}, "bad_item"},
  }));
  const auto change = library.apply(library.make(here, 9'000, payload));
  REQUIRE_FALSE(change);
  CHECK(change.error().code == code);
  CHECK(state_of(library) == before);
  CHECK(library.events().size() == 1);
}

TEST_CASE("Skipped and unwanted items are known without their facts") {
  Library library;
  Person person{library};
  person.does(Skipped{"film/1"});
  person.does(NotInterested{"film/2"});
  CHECK(library.is_skipped("film/1"));
  CHECK(library.is_not_interested("film/2"));
  CHECK(library.entries().empty());
  person.rates(film("1", "One"), 3);
  CHECK_FALSE(library.is_skipped("film/1"));
  CHECK_FALSE(library.find("film/1")->skipped);
  person.undoes();
  CHECK(library.is_skipped("film/1"));
}

TEST_CASE("A clock that was set back does not put what is new before what is old") {
  Library library;
  Person person{library};
  person.now = 1'000'000;
  person.rates(film("1", "One"), 1);
  person.now = 500;
  person.rates(film("1", "One"), 5);
  CHECK(library.find("film/1")->rating->value == 5);
  person.undoes();
  CHECK(library.find("film/1")->rating->value == 1);
  person.redoes();
  CHECK(library.find("film/1")->rating->value == 5);
}

TEST_CASE("An event at the end of all time does not keep a person from going on") {
  Library library;
  library.merge({{{here, 1}, std::int64_t{1} << 53, Rated{"film/1", stars(1), film("1", "One")}}});
  Person person{library};
  person.rates(film("1", "One"), 5);
  CHECK(library.find("film/1")->rating->value == 5);
  person.undoes();
  CHECK(library.find("film/1")->rating->value == 1);
}

TEST_CASE("A rating outlives the undoing, elsewhere, of the event that brought the facts") {
  Library library;
  Person person{library};
  const EventId first = person.rates(film("1", "One"), 1);
  Person other{library, there, person.now};
  other.does(Rated{"film/1", stars(4), std::nullopt});
  person.does(Undone{first});
  REQUIRE(library.find("film/1"));
  CHECK(library.find("film/1")->item->title == "One");
  CHECK(library.find("film/1")->rating->value == 4);
}

TEST_CASE("An undo that comes before what it undoes is held until that comes") {
  const Event rated{{here, 1}, 10, Rated{"film/1", stars(3), film("1", "One")}};
  const Event undone{{here, 2}, 20, Undone{{here, 1}}};
  Library library;
  library.merge({undone});
  CHECK(library.entries().empty());
  library.merge({rated});
  CHECK(library.find("film/1") == nullptr);
  CHECK(library.redo_target(here) == EventId{here, 1});
}

TEST_CASE("The same events give the same library in whatever order and pieces they come") {
  std::mt19937 random(GENERATE(range(1u, 9u)));
  for (int round = 0; round < 60; ++round) {
    const std::vector<Event> history = random_history(random);
    const std::string expected = state_of(library_of(history));
    std::vector<Event> shuffled = history;
    std::shuffle(shuffled.begin(), shuffled.end(), random);

    Library pieces;
    for (std::size_t next = 0; next < shuffled.size();) {
      const std::size_t end = std::min(shuffled.size(), next + 1 + random() % 4);
      std::vector<Event> piece(shuffled.begin() + static_cast<std::ptrdiff_t>(next), shuffled.begin() + static_cast<std::ptrdiff_t>(end));
      if (random() % 3 == 0) piece.push_back(shuffled[random() % end]);  // what was there before comes again
      pieces.merge(piece);
      static_cast<void>(pieces.entries());  // asking in between changes nothing
      static_cast<void>(pieces.undo_target(here));
      next = end;
    }
    REQUIRE(state_of(pieces) == expected);
    REQUIRE(pieces.events().size() == history.size());

    // Two histories that share a part, merged either way.
    const auto middle = history.begin() + static_cast<std::ptrdiff_t>(random() % (history.size() + 1));
    Library ab = library_of({history.begin(), middle});
    ab.merge(history);
    Library ba = library_of({middle, history.end()});
    ba.merge(history);
    REQUIRE(state_of(ab) == expected);
    REQUIRE(state_of(ba) == expected);
  }
}

TEST_CASE("Applying one by one gives what merging gives") {
  std::mt19937 random(GENERATE(range(11u, 15u)));
  for (int round = 0; round < 60; ++round) {
    Library one_by_one;
    for (Event& event : random_history(random)) static_cast<void>(one_by_one.apply(std::move(event)));
    REQUIRE(state_of(one_by_one) == state_of(library_of(one_by_one.events())));
  }
}
