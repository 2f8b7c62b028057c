// What is typed and opened, asked of made-up services: the whole way from command to message, without a browser.

#include "core/engine/lookup.hpp"

#include <fstream>

#include "core/library/json.hpp"
#include "core/metadata/inquiry.hpp"
#include "tests/core/services_world.hpp"

using namespace hub;
using namespace hub::tests;

TEST_CASE("A search asks the services of its type once typing has paused, and sends nothing but the words") {
  World world;
  world.type("lantern bay");
  CHECK(world.host.out.empty());
  CHECK(world.results().query == "lantern bay");
  world.pass(engine::Lookup::rest + 5);
  CHECK(world.out("wd") == 1);
  CHECK(world.out("it") == 1);
  CHECK(world.host.out.size() == 2);
  for (const auto& [id, address] : world.host.out) CHECK(address.find("lantern%20bay") != std::string::npos);
  CHECK(world.state_of("Wikidata") == "asking");
  CHECK(world.state_of("iTunes") == "asking");
}

TEST_CASE("Each type has its services") {
  const auto asked = [](MediaType type) {
    World world;
    world.search("quiet hours", type);
    std::string names;
    for (const auto& one : world.results().asked) names += one.name + " ";
    return names;
  };
  CHECK(asked(MediaType::film) == "Wikidata iTunes ");
  CHECK(asked(MediaType::show) == "TVMaze Wikidata ");
  CHECK(asked(MediaType::game) == "Wikidata ");
  CHECK(asked(MediaType::album) == "MusicBrainz iTunes ");
  CHECK(asked(MediaType::book) == "Open Library ");
}

TEST_CASE("Fast typing leaves at most one search under way with each service") {
  World world;
  const std::string words = "lantern bay and more";
  for (std::size_t length = 1; length <= words.size(); ++length) {
    world.type(words.substr(0, length));
    world.pass(length % 4 == 0 ? 400 : 60);
    CHECK(world.out("wd") <= 1);
    CHECK(world.out("it") <= 1);
  }
  world.pass(20'000);
  for (const auto& [id, address] : world.host.out) CHECK(address.find("and%20more") != std::string::npos);
  CHECK(world.host.stopped > 0);
  // An empty field, and a single letter, ask nothing.
  world.type("");
  CHECK(world.host.out.empty());
  world.search("x");
  CHECK(world.host.out.empty());
}

TEST_CASE("Results appear as they arrive, and one work that two services found is one result") {
  World world;
  world.search("lantern bay");
  const std::size_t before = world.results().items.size();
  world.answer("it", 200, itunes_film);
  REQUIRE(world.results().items.size() == before + 1);
  CHECK(world.result("Lantern Bay")->id == "film/itunes:990077");
  CHECK(world.state_of("iTunes") == "answered");
  CHECK(world.state_of("Wikidata") == "asking");
  world.answer_wikidata();
  CHECK(world.state_of("Wikidata") == "answered");
  std::size_t named = 0;
  for (const Item& item : world.results().items) named += item.ids.contains("itunes") ? 1 : 0;
  CHECK(named == 1);
  const Item& work = *world.result("Lantern Bay");
  CHECK(work.id == "film/tt9900001");
  CHECK(work.ids.at("wikidata") == "Q99000001");
  CHECK(work.ids.at("itunes") == "990077");
  CHECK(work.length.value_or(0) == Approx(101));
  // Both are named, and a prediction came for it.
  REQUIRE(world.results().attributions.size() == 2);
  CHECK(world.results().attributions[0].name == "Wikidata");
  const auto* predictions = world.host.last<p::Predictions>();
  REQUIRE(predictions);
  CHECK(predictions->count >= 1);
}

TEST_CASE("A work of the catalogue that a service finds stays one, with its own id and facts") {
  World world;
  world.search("film 7");
  const auto local = world.results().items.size();
  Item known = catalogue()[7];
  world.answer("it", 200,
               R"({"results":[{"kind":"feature-movie","trackId":5,"artistName":"Bo Lind","trackName":")" + known.title +
                   R"(","releaseDate":")" + std::to_string(*known.year) + R"(-01-01T07:00:00Z","trackTimeMillis":60000}]})");
  CHECK(world.results().items.size() == local);
  CHECK(world.results().items[0].id == known.id);
  CHECK(world.results().items[0].provenance == "catalogue");
}

TEST_CASE("A work of the catalogue that a service found too is asked for in full when it is picked, and one that none found is not") {
  World world;
  const Item known = catalogue()[7];
  const std::string answer = R"({"results":[{"kind":"feature-movie","trackId":5,"artistName":"Bo Lind","trackName":")" + known.title +
                             R"(","releaseDate":")" + std::to_string(*known.year) + R"(-01-01T07:00:00Z","trackTimeMillis":5400000}]})";
  world.search("film 7");
  world.answer("it", 200, answer);
  world.answer("wd", 200, R"({"query":{"search":[]}})");
  REQUIRE(world.host.out.empty());
  world.send(p::Inspect{catalogue()[8].id});
  world.pass(1'100);
  CHECK(world.host.out.empty());

  world.send(p::Inspect{known.id});
  world.pass(4'000);
  REQUIRE(world.out("it") == 1);
  CHECK(world.host.last<p::Details>()->asked.size() == 1);
  world.answer("it", 200, answer);
  const auto& details = *world.host.last<p::Details>();
  REQUIRE(details.item);
  CHECK(details.item->id == known.id);
  CHECK(details.item->genres == known.genres);
  CHECK(details.item->length.value_or(0) == Approx(90));
  CHECK(source_of(*details.item, Fact::length).name == "iTunes");
  REQUIRE(details.attributions.size() == 1);
  CHECK(details.attributions[0].name == "iTunes");
  // It is no part of the library before it is rated, and with what is known of it then.
  CHECK(world.host.replica().events().empty());
  world.send(p::Rate{known.id, 4.5});
  world.settle();
  REQUIRE(world.host.replica().find(known.id));
  CHECK(world.host.replica().find(known.id)->item->length.value_or(0) == Approx(90));
}

TEST_CASE("A title of the library that a service found gets what is missing when it is picked, but keeps the name the person knows it by") {
  World world;
  world.send(p::Rate{catalogue()[7].id, 3.5});
  world.settle();
  const std::string answer =
      R"({"results":[{"kind":"feature-movie","trackId":5,"artistName":"Bo Lind","trackName":"FILM 7","releaseDate":")" +
      std::to_string(*catalogue()[7].year) + R"(-01-01T07:00:00Z","trackTimeMillis":5400000}]})";
  world.search("film 7");
  world.answer("it", 200, answer);
  world.answer("wd", 200, R"({"query":{"search":[]}})");
  world.send(p::Inspect{catalogue()[7].id});
  world.pass(4'000);
  world.answer("it", 200, answer);
  world.settle();
  const Library library = world.host.replica();
  CHECK(library.find(catalogue()[7].id)->item->length.value_or(0) == Approx(90));
  CHECK(library.find(catalogue()[7].id)->item->title == "Film 7");
  CHECK(library.find(catalogue()[7].id)->rating->value == 3.5);
}

TEST_CASE("A service that does not answer is told of, and the others are shown") {
  World world;
  world.search("lantern bay");
  world.answer("it", 200, itunes_film);
  for (int i = 0; i < 2; ++i) {
    world.answer("wd", 0, "");
    world.pass(5'000);
  }
  CHECK(world.state_of("Wikidata") == "failed");
  CHECK(world.results().asked[0].words == "Wikidata did not answer.");
  CHECK(world.result("Lantern Bay"));
  CHECK(world.host.count<p::Failed>() == 0);
}

TEST_CASE("A picked work is asked for in full; its prediction follows; rating it adds it to the library with its facts") {
  World world;
  world.search("lantern bay");
  world.answer_wikidata();
  world.answer("it", 200, itunes_film);
  const std::string id = world.result("Lantern Bay")->id;
  world.send(p::Inspect{id});
  CHECK(world.host.last<p::Details>()->asked.size() == 2);
  CHECK(world.host.last<p::Details>()->stars > 0);
  world.pass(1'100);
  world.answer_wikidata_details();
  world.answer("it", 200, itunes_film);
  const auto& details = *world.host.last<p::Details>();
  REQUIRE(details.item);
  CHECK(details.item->id == id);
  CHECK(details.item->cast == std::vector<std::string>{"Ken Ono", "Rie Sato"});
  CHECK(details.item->countries == std::vector<std::string>{"JP"});
  CHECK(details.stars > 0);
  CHECK(std::all_of(details.asked.begin(), details.asked.end(), [](const auto& one) { return one.state == "answered"; }));
  REQUIRE(details.attributions.size() == 2);
  CHECK(details.attributions[0].address == "https://www.wikidata.org/wiki/Q99000001");
  // Nothing of it is in the library before it is rated.
  CHECK(world.host.replica().events().empty());

  world.send(p::Rate{id, 4.5});
  world.settle();
  const Library library = world.host.replica();
  REQUIRE(library.find(id));
  CHECK(library.find(id)->rating->value == 4.5);
  CHECK(library.find(id)->item->cast.size() == 2);
  CHECK(source_of(*library.find(id)->item, Fact::cast).name == "Wikidata");

  // And it is found without any network when the page is opened anew.
  TestHost later;
  later.has_network = false;
  Session again(world.files, later, catalogue(), demo(), fetching::Addresses::read(all_services).value());
  again.open(StorageMode::writer);
  again.receive(p::Search{"lantern", MediaType::film, 50}, {}, 1);
  REQUIRE(later.last<p::SearchDone>()->items.size() == 1);
  CHECK(later.last<p::SearchDone>()->items[0].id == id);
}

TEST_CASE("A rating given before the details are there gets them when they come, and Undo is the rating's") {
  World world;
  world.search("lantern bay");
  world.answer_wikidata();
  const std::string id = world.result("Lantern Bay")->id;
  const std::string device = world.host.device;
  world.host.device = "fedcba9876543210";  // the next that is drawn
  world.send(p::Inspect{id});
  world.send(p::Rate{id, 3});
  world.pass(1'100);
  CHECK(world.host.replica().find(id)->item->cast.empty());
  world.answer_wikidata_details();
  world.settle();
  const Library library = world.host.replica();
  CHECK(library.find(id)->item->cast.size() == 2);
  const auto target = library.undo_target(device);
  REQUIRE(target);
  CHECK(library.describe(*target).find("rated") == 0);
}

TEST_CASE("A work that was opened keeps its id when another service names it more surely") {
  World world;
  world.search("lantern bay");
  world.answer("it", 200, itunes_film);
  const std::string id = "film/itunes:990077";
  world.send(p::Inspect{id});
  world.answer_wikidata();
  REQUIRE(world.result("Lantern Bay"));
  CHECK(world.result("Lantern Bay")->id == id);
  CHECK(world.result("Lantern Bay")->ids.at("imdb") == "tt9900001");
}

TEST_CASE("What was found is found again without network, from the answers that were kept") {
  World world;
  world.search("lantern bay");
  world.answer_wikidata();
  world.answer("it", 200, itunes_film);
  world.pass(4'000);
  world.settle();
  REQUIRE_FALSE(world.files.list().empty());

  TestHost later;
  later.has_network = false;
  Session again(world.files, later, catalogue(), demo(), fetching::Addresses::read(all_services).value());
  again.open(StorageMode::writer);
  again.receive(p::Search{"lantern bay", MediaType::film, 50}, {}, 1);
  later.tick += 1000;
  again.time_passed();
  for (int i = 0; i < 5; ++i) again.time_passed();
  const auto& items = later.last<p::SearchDone>()->items;
  CHECK(std::any_of(items.begin(), items.end(), [](const Item& item) { return item.title == "Lantern Bay" && item.ids.size() >= 3; }));
  CHECK(later.out.empty());
  // Also by other words than it was asked for by.
  again.receive(p::Search{"lanter", MediaType::film, 50}, {}, 1);
  later.tick += 1000;
  again.time_passed();
  again.time_passed();
  const auto& fewer = later.last<p::SearchDone>()->items;
  CHECK(std::count_if(fewer.begin(), fewer.end(), [](const Item& item) { return item.ids.contains("itunes"); }) == 1);
  // Not among works of another type.
  again.receive(p::Search{"lanter", MediaType::game, 50}, {}, 1);
  later.tick += 1000;
  again.time_passed();
  again.time_passed();
  CHECK(later.last<p::SearchDone>()->items.empty());
  // What was never asked is told to be out of reach.
  again.receive(p::Search{"another thing", MediaType::film, 50}, {}, 1);
  later.tick += 1000;
  again.time_passed();
  for (const auto& asked : later.last<p::SearchDone>()->asked) CHECK(asked.code == "offline");
}

TEST_CASE("Answers of services are in no backup, and go when everything is deleted") {
  World world;
  world.search("lantern bay");
  world.answer_wikidata();
  world.pass(4'000);
  world.settle();
  const auto answers = [&] {
    const auto names = world.files.list();
    return std::count_if(names.begin(), names.end(), [](const std::string& name) { return name.starts_with("answers-"); });
  };
  CHECK(answers() == 1);
  world.send(p::MakeBackup{});
  world.settle();
  const Bytes& backup = world.host.last_bulk<p::FileReady>();
  CHECK(std::string(backup.begin(), backup.end()).find("Lantern") == std::string::npos);
  world.send(p::DeleteEverything{});
  world.settle();
  CHECK(answers() == 0);
}

TEST_CASE("When storage is full, the services' answers are what goes") {
  World world;
  world.search("lantern bay");
  world.answer_wikidata();
  world.pass(4'000);
  REQUIRE_FALSE(world.files.waiting.empty());
  while (!world.files.waiting.empty()) world.files.finish(tl::unexpected(Error{"quota_exceeded", "full"}));
  for (const std::string& name : world.files.list()) CHECK_FALSE(name.starts_with("answers-"));
  CHECK(world.host.last<p::StorageState>()->state == "saved");
}

TEST_CASE("“Stay offline” stops what is under way, lasts, and is known in every tab") {
  World world;
  world.search("lantern bay");
  CHECK(world.host.out.size() == 2);
  world.send(p::StayOffline{true});
  CHECK(world.host.out.empty());
  CHECK(world.state_of("Wikidata") == "failed");
  CHECK(world.results().asked[0].code == "offline");
  REQUIRE(world.host.last<p::Network>());
  CHECK(world.host.last<p::Network>()->stay_offline);
  world.search("something else");
  CHECK(world.host.out.empty());
  world.settle();
  REQUIRE_FALSE(world.host.broadcasts.empty());

  TestHost other;
  SlowFileSystem none;
  Session tab(none, other, catalogue(), demo(), fetching::Addresses::read(all_services).value());
  tab.open(StorageMode::memory);
  CHECK_FALSE(other.last<p::Network>()->stay_offline);
  tab.follow(world.host.broadcasts.back());
  CHECK(other.last<p::Network>()->stay_offline);

  TestHost later;
  Session again(world.files, later, catalogue(), demo(), fetching::Addresses::read(all_services).value());
  again.open(StorageMode::writer);
  CHECK(later.last<p::Network>()->stay_offline);
  again.receive(p::StayOffline{false}, {}, 1);
  CHECK_FALSE(later.last<p::Network>()->stay_offline);
  again.receive(p::Search{"lantern bay", MediaType::film, 50}, {}, 1);
  later.tick += 1000;
  again.time_passed();
  CHECK(later.out.size() == 2);
}

TEST_CASE("The ledger lists every request with host, purpose, bytes and whence, while it is watched") {
  World world;
  world.search("lantern bay");
  world.answer("it", 200, itunes_film);
  CHECK(world.host.count<p::Network>() == 1);
  world.send(p::WatchNetwork{true});
  const auto& network = *world.host.last<p::Network>();
  CHECK(network.sent == 2);
  CHECK(network.bytes == std::string(itunes_film).size());
  REQUIRE(network.entries.size() == 2);
  for (const auto& entry : network.entries) {
    CHECK(entry.purpose == "Search for “lantern bay”");
    CHECK(entry.time.starts_with("2023-"));
  }
  CHECK(network.entries[0].host == "itunes.apple.com");
  CHECK(network.entries[0].outcome == "answered");
  CHECK(network.entries[1].outcome == "under_way");
  CHECK(network.services.size() == 5);
  world.answer_wikidata();
  CHECK(world.host.last<p::Network>()->entries.size() == 3);
  world.search("lantern bay");
  CHECK(world.host.last<p::Network>()->entries[0].outcome == "from_cache");
}

TEST_CASE("However many requests go, the list of them is told a few times a second, and in the end as it is") {
  World world;
  world.send(p::WatchNetwork{true});
  world.search("lantern bay");
  world.pass(1'000);
  const auto before = world.host.count<p::Network>();
  while (!world.host.out.empty()) {
    const std::uint32_t id = world.host.out.begin()->first;
    world.host.out.erase(id);
    world.session.arrived(id, {404, {}, "{}", false});
  }
  CHECK(world.host.count<p::Network>() <= before + 1);
  world.pass(1'000);
  for (const auto& entry : world.host.last<p::Network>()->entries) CHECK(entry.outcome == "answered");
}

TEST_CASE("In the demo a found work can be rated, and nothing of that is kept") {
  World world;
  world.send(p::OpenDemo{});
  world.settle();
  world.search("lantern bay");
  world.answer_wikidata();
  const std::string id = world.result("Lantern Bay")->id;
  world.send(p::Rate{id, 5});
  CHECK(world.host.replica().find(id));
  world.send(p::LeaveDemo{});
  world.settle();
  CHECK_FALSE(world.host.replica().find(id));
}

TEST_CASE("A link to a work that is unknown here asks for it by its id, and takes no other") {
  World world;
  SECTION("by a service's own") {
    world.send(p::Inspect{"film/itunes:990077"});
    CHECK_FALSE(world.host.last<p::Details>()->item);
    CHECK(world.host.last<p::Details>()->asked.at(0).state == "asking");
    world.pass(10);
    world.answer("it", 200, itunes_film);
    REQUIRE(world.host.last<p::Details>()->item);
    CHECK(world.host.last<p::Details>()->item->title == "Lantern Bay");
    CHECK(world.host.last<p::Details>()->item->id == "film/itunes:990077");
    world.send(p::Rate{"film/itunes:990077", 4});
    CHECK(world.host.replica().find("film/itunes:990077"));
  }
  SECTION("by IMDb's, which Wikidata is asked for") {
    world.send(p::Inspect{"film/tt9900001"});
    world.pass(10);
    REQUIRE(world.out("wd") == 1);
    const std::string asked = world.host.out.begin()->second;
    CHECK(asked.find("haswbstatement%3AP345%3Dtt9900001") != std::string::npos);
    world.answer("wd", 200, R"({"query":{"search":[]}})");
    CHECK_FALSE(world.host.last<p::Details>()->item);
    CHECK(world.host.last<p::Details>()->asked.at(0).state != "asking");
  }
  SECTION("and not at all by what is no service's id") {
    const auto id = GENERATE("film/some-film", "film/other:5", "film/tt12", "nothing/tt9900001", "film/");
    world.send(p::Inspect{id});
    world.pass(10);
    CHECK(world.host.out.empty());
    CHECK_FALSE(world.host.last<p::Details>()->item);
  }
}

TEST_CASE("The page's own services.json reaches every open service with all that its searches and details ask for first") {
  std::ifstream stream(HUB_WEB "/services.json");
  REQUIRE(stream);
  const auto addresses = fetching::Addresses::read(std::string(std::istreambuf_iterator<char>(stream), {}));
  REQUIRE(addresses);
  for (const auto& service : metadata::services())
    for (const MediaType type : media_types) {
      const auto inquiry = metadata::Inquiry::search(service.service, type, "any", "2026-11-24");
      if (!inquiry || service.door != metadata::Door::open) continue;
      INFO(service.name);
      const auto address = addresses->of(inquiry->wanted()[0]);
      REQUIRE(address);
      CHECK(address->starts_with("https://" + inquiry->wanted()[0].host + "/"));
    }
}
