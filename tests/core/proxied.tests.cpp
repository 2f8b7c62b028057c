// What wants a key goes by the page's proxy, where there is one, and is missing without harm where it cannot.

#include <algorithm>

#include "core/fetching/addresses.hpp"
#include "core/metadata/inquiry.hpp"
#include "core/metadata/pictures.hpp"
#include "tests/core/session_fixture.hpp"

using namespace hub;
using namespace hub::tests;
using fetching::Addresses;
using metadata::Service;

namespace {

constexpr const char* services =
    R"({"version":1,"hosts":{"itunes.apple.com":"https://it","covers.openlibrary.org":"https://covers"},"proxy":"https://proxy.example/p"})";

metadata::Request search_at(Service service, MediaType type) {
  return metadata::Inquiry::search(service, type, "any", "2026-11-28")->wanted()[0];
}

struct World {
  TestHost host;
  SlowFileSystem files;
  Session session{files, host, catalogue(), demo(), Addresses::read(services).value()};

  World() {
    session.open(StorageMode::writer, "");
    while (session.run(1000) || !files.waiting.empty())
      while (!files.waiting.empty()) files.finish();
  }
  void search(const std::string& words) {
    session.receive(p::Search{words, MediaType::film, 50}, {}, 7);
    for (int i = 0; i < 3; ++i) pass(host, session, 1000);
  }
  std::size_t out(const std::string& beginning) const {
    return static_cast<std::size_t>(
        std::count_if(host.out.begin(), host.out.end(), [&](const auto& one) { return one.second.starts_with(beginning); }));
  }
  void answer(const std::string& beginning, int status, std::string body, std::optional<double> retry_after = std::nullopt) {
    tests::answer(host, session, status, std::move(body), beginning, retry_after);
  }
  std::vector<std::string> asked() const {
    std::vector<std::string> told;
    for (const auto& one : host.last<p::SearchDone>()->asked) told.push_back(one.name + " " + one.state);
    return told;
  }
};

constexpr const char* omdb_found =
    R"({"Search":[{"Title":"Lantern Bay","Year":"2011","imdbID":"tt9900001","Type":"movie","Poster":"N/A"}],"Response":"True"})";

bool holds(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

TEST_CASE("Services with keys and their pictures are reached by the proxy, all others themselves") {
  const Addresses addresses = Addresses::read(services).value();
  CHECK(addresses.of(search_at(Service::omdb, MediaType::film)).value().starts_with("https://proxy.example/p/omdb/?s=any"));
  CHECK(addresses.of(search_at(Service::spotify, MediaType::album)).value().starts_with("https://proxy.example/p/spotify/v1/search?"));
  CHECK(addresses.of(search_at(Service::itunes, MediaType::film)).value().starts_with("https://it/"));
  CHECK_FALSE(addresses.of(search_at(Service::wikidata, MediaType::film)));
  const auto picture = [&](const char* address) {
    return addresses.of(*metadata::picture_request(address, metadata::PictureSize::small)).value_or("none");
  };
  CHECK(picture("https://media.rawg.io/media/games/a/b.jpg") == "https://proxy.example/p/images/media.rawg.io/media/games/a/b.jpg");
  CHECK(picture("https://covers.openlibrary.org/b/id/1-M.jpg") == "https://covers/b/id/1-M.jpg");
  CHECK(picture("https://coverartarchive.org/release/a/front") == "none");
  CHECK(addresses.proxy_host() == "proxy.example");
}

TEST_CASE("Without a proxy, nothing that wants a key is asked") {
  const Addresses addresses = Addresses::read(R"({"version":1,"hosts":{"itunes.apple.com":"https://it"},"proxy":""})").value();
  for (const auto& service : metadata::services()) {
    if (service.door == metadata::Door::open) continue;
    for (const MediaType type : media_types)
      if (const auto inquiry = metadata::Inquiry::search(service.service, type, "any", "2026-11-28"))
        CHECK(addresses.of(inquiry->wanted()[0]).error().code == "no_way");
  }
}

TEST_CASE("An address of a proxy that is none is refused with a sentence") {
  const auto bad = GENERATE("7", "\"ftp://a\"", "\"http://a.example\"", "\"https://a.example/\"");
  const auto addresses = Addresses::read(std::string(R"({"version":1,"hosts":{},"proxy":)") + bad + "}");
  REQUIRE_FALSE(addresses);
  CHECK(addresses.error().message.find("proxy") != std::string::npos);
}

TEST_CASE("A search asks by the proxy too, and the list of requests says so") {
  World world;
  world.session.receive(p::WatchNetwork{true}, {}, 7);
  world.search("lantern bay");
  CHECK(world.out("https://it/") == 1);
  REQUIRE(world.out("https://proxy.example/p/omdb/") == 1);
  REQUIRE(world.out("https://proxy.example/p/tmdb/") == 1);
  world.answer("https://proxy.example/p/omdb/", 200, omdb_found);
  CHECK(world.host.last<p::SearchDone>()->items[0].title == "Lantern Bay");
  const auto* network = world.host.last<p::Network>();
  CHECK(network->proxy == "proxy.example");
  CHECK(holds(network->by_proxy, "OMDb"));
  const auto& entries = network->entries;
  CHECK(std::any_of(entries.begin(), entries.end(), [](const auto& one) { return one.host == "proxy.example for www.omdbapi.com"; }));
}

TEST_CASE("Details are asked for by IMDb's id where a service knows works by that") {
  World world;
  world.search("lantern bay");
  world.answer("https://proxy.example/p/omdb/", 200, omdb_found);
  world.session.receive(p::Inspect{world.host.last<p::SearchDone>()->items[0].id}, {}, 7);
  world.host.tick += 1000;
  world.session.time_passed();
  CHECK(world.out("https://proxy.example/p/omdb/?i=tt9900001") == 1);
  CHECK(world.out("https://proxy.example/p/tmdb/3/find/tt9900001") == 1);
}

TEST_CASE("A service that the proxy has no key for is asked once, and not missed") {
  World world;
  world.search("lantern bay");
  world.answer("https://proxy.example/p/tmdb/", 404, R"({"error":"no_key","message":"This proxy has no key for TMDB.","service":"tmdb"})");
  for (const std::string& one : world.asked()) CHECK_FALSE(one.starts_with("TMDB"));
  world.search("lantern coast");
  CHECK(world.out("https://proxy.example/p/tmdb/") == 0);
  CHECK(world.out("https://proxy.example/p/omdb/") == 1);
  for (const std::string& one : world.asked()) CHECK_FALSE(one.starts_with("TMDB"));
}

TEST_CASE("What is used up or refused at the proxy did not answer, and the rest goes on") {
  World world;
  world.search("lantern bay");
  world.answer("https://proxy.example/p/omdb/", 429, R"({"error":"used_up","message":"Used up.","service":"omdb"})", 3600);
  world.answer("https://proxy.example/p/tmdb/", 502, R"({"error":"key_refused","message":"Refused.","service":"tmdb"})");
  world.host.tick += 3000;
  world.session.time_passed();
  while (world.out("https://proxy.example/p/tmdb/") > 0) world.answer("https://proxy.example/p/tmdb/", 502, "{}");
  CHECK(holds(world.asked(), "OMDb failed"));
  CHECK(holds(world.asked(), "TMDB failed"));
  CHECK(holds(world.asked(), "iTunes asking"));
  // It said how long it wants to be left alone.
  world.search("lantern coast");
  CHECK(world.out("https://proxy.example/p/omdb/") == 0);
  CHECK(holds(world.asked(), "OMDb failed"));
}
