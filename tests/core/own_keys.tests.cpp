// Keys of the person's own: entered, checked, used, removed; on this device and nowhere else.

#include "core/engine/own_keys.hpp"

#include <algorithm>

#include "core/fetching/addresses.hpp"
#include "tests/core/session_fixture.hpp"

using namespace hub;
using namespace hub::tests;
using metadata::Service;

namespace {

constexpr const char* services =
    R"({"version":1,"hosts":{"www.omdbapi.com":"https://omdb","api.rawg.io":"https://rawg"},"proxy":"https://proxy.example"})";
constexpr const char* key = "a1b2c3d4";

struct World {
  SlowFileSystem& files;
  TestHost host;
  Session session;

  explicit World(SlowFileSystem& its_files, StorageMode mode = StorageMode::writer)
      : files(its_files), session(files, host, catalogue(), demo(), fetching::Addresses::read(services).value()) {
    session.open(mode, "");
    settle();
  }
  void settle() {
    while (session.run(1000) || !files.waiting.empty())
      while (!files.waiting.empty()) files.finish();
  }
  void send(const p::Command& command) {
    session.receive(command, {}, 7);
    pass(10);
    settle();
  }
  void pass(double milliseconds) { tests::pass(host, session, milliseconds); }
  const p::OwnKey& told(const std::string& service) {
    const auto& all = host.last<p::Network>()->own_keys;
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.service == service; });
    REQUIRE(found != all.end());
    return *found;
  }
  void answer(int status, std::string body) {
    tests::answer(host, session, status, std::move(body));
    settle();
  }
};

constexpr const char* none_found = R"({"Response":"False","Error":"Movie not found!"})";

bool holds_key(const Bytes& bytes) {
  return std::string(bytes.begin(), bytes.end()).find(key) != std::string::npos;
}

}  // namespace

TEST_CASE("Services that take a person's key are told, with where to get one; those out of reach are not") {
  SlowFileSystem files;
  World world(files);
  world.send(p::WatchNetwork{true});
  const auto& all = world.host.last<p::Network>()->own_keys;
  REQUIRE(all.size() == 2);
  CHECK(all[0].name == "OMDb");
  CHECK(all[1].name == "RAWG");
  CHECK(all[0].address.starts_with("https://"));
  CHECK_FALSE(all[0].kept);
}

TEST_CASE("A key is checked at its service, used there in place of the proxy, and there again after a restart") {
  SlowFileSystem files;
  {
    World world(files);
    world.send(p::KeepKey{"omdb", std::string("  ") + key + "\n"});
    CHECK(world.told("omdb").kept);
    REQUIRE(world.host.out.size() == 1);
    const std::string asked = world.host.out.begin()->second;
    CHECK(asked.starts_with("https://omdb/?s="));
    CHECK(asked.ends_with(std::string("&apikey=") + key));
    world.answer(200, none_found);
    CHECK(world.told("omdb").words == "OMDb takes this key.");
    world.send(p::WatchNetwork{true});
    for (const auto& entry : world.host.last<p::Network>()->entries) {
      CHECK(entry.host == "www.omdbapi.com");
      CHECK(entry.purpose.find(key) == std::string::npos);
    }
  }
  World again(files);
  again.send(p::WatchNetwork{true});
  CHECK(again.told("omdb").kept);
  again.send(p::Search{"lantern", MediaType::film, 50});
  again.pass(1000);
  const auto& out = again.host.out;
  CHECK(std::any_of(out.begin(), out.end(),
                    [](const auto& one) { return one.second == std::string("https://omdb/?s=lantern&type=movie&apikey=") + key; }));
}

TEST_CASE("A bad key is told plainly, and is not kept") {
  SlowFileSystem files;
  World world(files);
  SECTION("It cannot be one") {
    const auto bad = GENERATE("short", "two words", "schl\xc3\xbcssel-mit-umlaut");
    world.send(p::KeepKey{"omdb", bad});
    CHECK(world.host.out.empty());
    CHECK(world.told("omdb").words.starts_with("This is no key of OMDb"));
  }
  SECTION("The service refuses it") {
    world.send(p::KeepKey{"omdb", key});
    world.answer(401, R"({"Response":"False","Error":"Invalid API key!"})");
    CHECK(world.told("omdb").words.starts_with("OMDb refused this key"));
    CHECK_FALSE(files.read(engine::OwnKeys::file_name));
  }
  CHECK_FALSE(world.told("omdb").kept);
}

TEST_CASE("A key that cannot be judged is kept") {
  SlowFileSystem files;
  World world(files);
  SECTION("It is used up for the day") {
    world.send(p::KeepKey{"omdb", key});
    world.answer(401, R"({"Response":"False","Error":"Request limit reached!"})");
  }
  SECTION("There is no network") {
    world.host.has_network = false;
    world.send(p::KeepKey{"omdb", key});
    CHECK(world.told("omdb").words.starts_with("It is kept, but could not be checked."));
  }
  CHECK(world.told("omdb").kept);
}

TEST_CASE("A key can be removed, and goes with everything") {
  SlowFileSystem files;
  World world(files);
  world.send(p::KeepKey{"omdb", key});
  world.answer(200, none_found);
  REQUIRE(files.read(engine::OwnKeys::file_name));
  if (GENERATE(true, false))
    world.send(p::KeepKey{"omdb", ""});
  else
    world.send(p::DeleteEverything{});
  CHECK_FALSE(world.told("omdb").kept);
  CHECK_FALSE(files.read(engine::OwnKeys::file_name));
  world.send(p::Search{"lantern", MediaType::film, 50});
  world.pass(1000);
  for (const auto& [id, address] : world.host.out) CHECK(address.find(key) == std::string::npos);
}

TEST_CASE("A deleted key comes back by Undo, but not over one that was entered since") {
  SlowFileSystem files;
  World world(files);
  world.send(p::KeepKey{"omdb", key});
  world.answer(200, none_found);
  world.send(p::DeleteEverything{});
  REQUIRE_FALSE(world.told("omdb").kept);
  SECTION("It is in its file again") {
    world.send(p::Undo{});
    CHECK(world.told("omdb").kept);
    CHECK(holds_key(files.read(engine::OwnKeys::file_name).value()));
  }
  SECTION("A newer one stays") {
    world.send(p::KeepKey{"omdb", "z9y8x7w6"});
    world.answer(200, none_found);
    world.send(p::Undo{});
    CHECK(world.told("omdb").kept);
    CHECK_FALSE(holds_key(files.read(engine::OwnKeys::file_name).value()));
  }
  SECTION("For good, it does not") {
    world.send(p::DeleteEverything{.for_good = true});
    world.send(p::Undo{});
    CHECK_FALSE(world.told("omdb").kept);
  }
}

TEST_CASE("No other file, no message and no backup holds the key") {
  SlowFileSystem files;
  World world(files);
  world.send(p::Rate{hub::tests::id_of(3), 4});
  world.send(p::KeepKey{"omdb", key});
  world.answer(200, none_found);
  world.send(p::MakeBackup{});
  REQUIRE(world.host.last<p::FileReady>());
  CHECK_FALSE(holds_key(world.host.last_bulk<p::FileReady>()));
  for (const std::string& name : files.list())
    if (name != engine::OwnKeys::file_name) CHECK_FALSE(holds_key(files.read(name).value()));
  for (const auto& message : world.host.messages) CHECK(p::write(message).find(key) == std::string::npos);
  for (const auto& text : world.host.broadcasts) CHECK(text.find(key) == std::string::npos);
}

TEST_CASE("A tab that does not write says where the key is to be entered") {
  SlowFileSystem files;
  World world(files, StorageMode::read_only);
  world.send(p::KeepKey{"omdb", key});
  CHECK_FALSE(world.told("omdb").kept);
  CHECK(world.told("omdb").words.starts_with("Another tab"));
}

TEST_CASE("A file of keys that is damaged holds none") {
  hub::storage::MemoryFileSystem files;
  const auto text = GENERATE("", "{", "[]", R"({"version":2,"keys":{"omdb":"a1b2c3d4"}})", R"({"version":1,"keys":[]})",
                             R"({"version":1,"keys":{"omdb":7,"tmdb":"x","spotify":"a1b2c3d4","other":"a1b2c3d4"}})", R"({"version":"1"})");
  REQUIRE(files.write(engine::OwnKeys::file_name, bytes(text)));
  engine::OwnKeys keys;
  keys.open(files);
  CHECK(keys.all().empty());
}
