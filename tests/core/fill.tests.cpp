// What the library's titles lack, looked up in the background among made-up services.

#include "core/engine/fill.hpp"

#include "tests/core/services_world.hpp"

using namespace hub;
using namespace hub::tests;

namespace {

constexpr const char* two_films =
    "Date,Name,Year,Letterboxd URI,Rating\n"
    "2024-02-01,Lantern Bay,2011,https://boxd.it/aaaa,4.5\n"
    "2023-05-01,Nobody Knows This,2001,https://boxd.it/bbbb,2\n";

struct Filled : World {
  using World::World;
  void import(const std::string& text, const std::string& name = "ratings.csv") {
    session.receive(p::ReadFile{name}, Bytes(text.begin(), text.end()), 7);
    settle();
    REQUIRE(host.last<p::ImportPreview>());
    send(p::ConfirmImport{});
    settle();
  }
  const p::Filling& state() const {
    const auto* filling = host.last<p::Filling>();
    REQUIRE(filling);
    return *filling;
  }
  void turn(bool on) {
    send(p::FillFacts{on});
    pass(1'100);
  }
  const Item& work(const std::string& title) {
    static Item found;
    const auto library = host.replica();
    for (const Entry* entry : library.entries())
      if (entry->item->title == title) return found = *entry->item;
    FAIL(title << " is not in the library");
    return found;
  }
  /// Wikidata answers what it is asked, one request after another, until so many titles are looked up.
  void answer(std::uint32_t titles) {
    for (int quiet = 0; quiet < 4 && state().done < titles;) {
      const auto asked = host.out.begin();
      if (asked == host.out.end()) {
        ++quiet;
        pass(1'100);
        continue;
      }
      quiet = 0;
      const auto [id, address] = *asked;
      host.out.erase(asked);
      const auto has = [&address = address](const char* part) { return address.find(part) != std::string::npos; };
      std::string body = has("Nobody")         ? R"({"batchcomplete":true,"query":{"search":[]}})"
                         : has("list=search")  ? answer_file("wikidata-search.json")
                         : has("https://wdq/") ? answer_file("wikidata-facts.json")
                         : has("claims")       ? answer_file("wikidata-film.json")
                                               : answer_file("wikidata-names.json");
      if (has("Harbour") || has("Q99009999"))
        for (const auto& [one, other] : {std::pair("Lantern Bay", "Harbour Dawn"), {"Q99000001", "Q99009999"}, {"tt9900001", "tt9900002"}})
          for (std::size_t at = 0; (at = body.find(one, at)) != std::string::npos; at += std::string_view(other).size())
            body.replace(at, std::string_view(one).size(), other);
      session.arrived(id, {200, {}, body, false});
      pass(1'100);
    }
  }
};

}  // namespace

TEST_CASE("Nothing is asked for what the library lacks before the person agrees", "[fill]") {
  Filled world;
  world.import(two_films);
  world.pass(60'000);
  CHECK(world.host.out.empty());
  CHECK(world.state().state == "off");
  CHECK(world.state().left == 2);
  CHECK(world.state().services == std::vector<std::string>{"Wikidata", "TVMaze", "MusicBrainz", "Open Library"});
}

TEST_CASE("What titles lack is looked up, newest rating first, and kept", "[fill]") {
  Filled world;
  world.host.device = "00000000000000fa";  // the next that is named: the one that facts are added by
  world.import(two_films);
  CHECK_FALSE(world.host.last<p::Sources>());
  world.turn(true);
  REQUIRE(world.out("wd") == 1);
  CHECK(world.host.out.begin()->second.find("Lantern%20Bay") != std::string::npos);
  CHECK(world.state().state == "asking");
  CHECK(world.state().title == "Lantern Bay");
  world.answer(2);
  world.pass(engine::Fill::gathered + 1);
  world.settle();
  const Item& film = world.work("Lantern Bay");
  CHECK_FALSE(film.genres.empty());
  CHECK_FALSE(film.cast.empty());
  CHECK(film.ids.at("imdb") == "tt9900001");
  CHECK(film.year == 2011);
  // Whose facts these are is known wherever they show.
  REQUIRE(world.host.last<p::Sources>());
  REQUIRE(world.host.last<p::Sources>()->services.size() == 1);
  CHECK(world.host.last<p::Sources>()->services[0].name == "Wikidata");
  CHECK(world.host.last<p::Sources>()->services[0].words == "Facts from Wikidata, CC0");
  const auto library = world.host.replica();
  CHECK(library.find(film.id)->rating.has_value());
  CHECK(world.state().state == "through");
  CHECK(world.state().done == 2);
  CHECK(world.state().found == 1);
  CHECK(world.host.out.empty());
  // It is no act of the person's that Undo would take back first.
  world.send(p::Undo{});
  world.settle();
  CHECK(world.host.replica().rating_count() == 0);
}

TEST_CASE("What was looked up is not asked for again after a restart, and the rest is", "[fill]") {
  Filled world;
  world.import(two_films);
  world.turn(true);
  world.answer(1);
  world.pass(engine::Fill::gathered + 1);
  world.settle();
  world.host.out.clear();
  world.host.messages.clear();
  Session next(world.files, world.host, catalogue(), demo(), fetching::Addresses::read(all_services).value());
  next.open(StorageMode::writer, "");
  const auto* filling = world.host.last<p::Filling>();
  REQUIRE(filling);
  CHECK(filling->state == "asking");
  CHECK(filling->done == 1);
  CHECK(filling->found == 0);
  CHECK(filling->left == 1);
  for (int turn = 0; turn < 5; ++turn) pass(world.host, next, 1'100);
  REQUIRE(world.host.out.size() == 1);
  CHECK(world.host.out.begin()->second.find("Nobody") == std::string::npos);
}

namespace {

/// Facts of one title are learnt from, which takes minutes here, and those of a second come soon after.
struct LearntOnce : Filled {
  double took = 0;  ///< ticks

  LearntOnce() {
    import("Date,Name,Year,Letterboxd URI,Rating\n2024-02-01,Lantern Bay,2011,https://boxd.it/aaaa,4.5\n");
    turn(true);
    answer(1);
    pass(engine::Fill::gathered + 1);
    const double began = host.tick;
    while (session.run(0)) host.tick += 10'000;
    took = host.tick - began;
    settle();
    import("Date,Name,Year,Letterboxd URI,Rating\n2024-02-02,Harbour Dawn,2011,https://boxd.it/bbbb,2\n");
    answer(1);
  }
  std::size_t predicted() const { return static_cast<std::size_t>(host.count<p::Predictions>()); }
};

}  // namespace

TEST_CASE("Facts that nobody waits for are learnt from a part of the time: after a training the next wait, and a rating does not",
          "[fill]") {
  LearntOnce world;
  CHECK(world.took > 30'000);
  const auto before = world.predicted();
  world.pass(engine::Fill::gathered + 1);
  world.settle();
  CHECK_FALSE(world.work("Harbour Dawn").cast.empty());
  CHECK(world.predicted() == before);
  world.send(p::Rate{world.work("Lantern Bay").id, 1});
  world.settle();
  const auto rated = world.predicted();
  CHECK(rated > before);
  world.pass(5 * world.took);
  world.settle();
  CHECK(world.predicted() == rated);
}

TEST_CASE("Facts that wait to be learnt from are, in the end", "[fill]") {
  LearntOnce world;
  world.pass(engine::Fill::gathered + 1);
  world.settle();
  const auto before = world.predicted();
  world.pass(5 * world.took);
  world.settle();
  CHECK(world.predicted() > before);
}

TEST_CASE("Pausing stops what is under way, and going on begins with it", "[fill]") {
  Filled world;
  world.import(two_films);
  world.turn(true);
  REQUIRE(world.out("wd") == 1);
  world.turn(false);
  CHECK(world.host.out.empty());
  CHECK(world.state().state == "off");
  CHECK(world.state().left == 2);
  world.pass(600'000);
  CHECK(world.host.out.empty());
  world.turn(true);
  REQUIRE(world.out("wd") == 1);
  CHECK(world.state().state == "asking");
}

TEST_CASE("A service that does not answer is left alone for a while, and nothing counts as looked up", "[fill]") {
  Filled world;
  std::string films = "Date,Name,Year,Letterboxd URI,Rating\n";
  for (int i = 0; i < 6; ++i) films += "2024-02-0" + std::to_string(i + 1) + ",Film of Night " + std::to_string(i) + ",2011,,4\n";
  world.import(films);
  world.turn(true);
  for (int turn = 0; turn < 400 && world.state().state != "waiting"; ++turn) {
    if (!world.host.out.empty()) {
      const auto id = world.host.out.begin()->first;
      world.host.out.erase(id);
      world.session.arrived(id, {0, {}, {}, false});
    }
    world.pass(5'000);
  }
  REQUIRE(world.state().state == "waiting");
  CHECK(world.state().words == "Wikidata did not answer. It is tried again in a while.");
  CHECK(world.state().done == 0);
  CHECK(world.state().left == 6);
}

TEST_CASE("“Stay offline” holds the looking up, and it goes on afterwards", "[fill]") {
  Filled world;
  world.import(two_films);
  world.turn(true);
  REQUIRE(world.out("wd") == 1);
  world.send(p::StayOffline{true});
  world.pass(1'100);
  CHECK(world.host.out.empty());
  CHECK(world.state().state == "waiting");
  CHECK(world.state().words == "“Stay offline” is on.");
  world.pass(300'000);
  CHECK(world.host.out.empty());
  world.send(p::StayOffline{false});
  world.pass(1'100);
  CHECK(world.out("wd") == 1);
  CHECK(world.state().state == "asking");
}

TEST_CASE("Deleting everything forgets what was looked up", "[fill]") {
  Filled world;
  world.import(two_films);
  world.turn(true);
  world.send(p::DeleteEverything{});
  world.settle();
  world.pass(5'000);
  CHECK(world.host.out.empty());
  CHECK(world.state().state == "off");
  CHECK(world.state().left == 0);
  CHECK_FALSE(world.files.read("looked-up"));
}

TEST_CASE("What the person said that a title is not is never looked up for it again", "[fill]") {
  Filled world;
  world.host.device = "00000000000000fa";
  world.import(two_films);
  world.turn(true);
  world.answer(2);
  world.pass(engine::Fill::gathered + 1);
  world.settle();
  const Item wrong = world.work("Lantern Bay");
  REQUIRE(wrong.ids.contains("imdb"));
  world.send(p::DecideMatch{wrong.id, ""});
  world.settle();
  const auto facts = [&] { return world.work("Lantern Bay"); };
  CHECK(facts().genres.empty());
  CHECK(facts().ids.empty());
  CHECK(facts().year == 2011);
  CHECK(world.host.replica().find(wrong.id)->rating->value == 4.5);
  const auto asked = world.host.out.size();
  world.turn(false);
  world.turn(true);
  world.pass(engine::Fill::gathered + 1);
  world.settle();
  CHECK(world.host.out.size() == asked);
  CHECK(facts().genres.empty());
  CHECK(world.state().left == 0);
  // Also not on a device that has not asked yet.
  Session next(world.files, world.host, catalogue(), demo(), fetching::Addresses::read(all_services).value());
  (void)world.files.remove("looked-up");
  next.open(StorageMode::writer, "");
  CHECK(world.state().left == 1);  // "Nobody Knows This" alone

  // Undo brings the facts back with the match.
  world.send(p::Undo{});
  world.settle();
  CHECK_FALSE(world.host.replica().find(wrong.id)->item->genres.empty());
}

TEST_CASE("Works are refused by their own id and by those that services gave them", "[fill]") {
  Item work;
  work.id = "film/x";
  work.ids = {{"imdb", "tt1"}, {"wikidata", "Q1"}};
  CHECK(engine::is_refused(work, {"film/x"}));
  CHECK(engine::is_refused(work, {"imdb:tt2", "wikidata:Q1"}));
  CHECK_FALSE(engine::is_refused(work, {"imdb:tt2", "tvmaze:1", "film/y", "imdb"}));
  CHECK_FALSE(engine::is_refused(work, {}));
}
