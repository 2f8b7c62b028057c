#pragma once
// A session among made-up services, whose answers a test gives.

#include <algorithm>
#include <cstddef>
#include <string>

#include "core/engine/session.hpp"
#include "tests/core/metadata_answers.hpp"
#include "tests/core/session_fixture.hpp"

namespace hub::tests {

inline constexpr const char* all_services =
    R"({"version":1,"hosts":{"www.wikidata.org":"https://wd","query.wikidata.org":"https://wdq","itunes.apple.com":"https://it",
        "api.tvmaze.com":"https://tv","musicbrainz.org":"https://mb","openlibrary.org":"https://ol"}})";

/// One film, as the iTunes Search API would tell it.
inline constexpr const char* itunes_film =
    R"({"resultCount":1,"results":[{"wrapperType":"track","kind":"feature-movie","trackId":990077,"artistName":"Mika Arai",
        "trackName":"Lantern Bay","releaseDate":"2011-09-03T07:00:00Z","primaryGenreName":"Drama","trackTimeMillis":6060000}]})";

struct World {
  TestHost host;
  SlowFileSystem files;
  Session session;

  explicit World(StorageMode mode = StorageMode::writer)
      : session(files, host, catalogue(), demo(), fetching::Addresses::read(all_services).value()) {
    session.open(mode, "");
    settle();
  }
  void settle() {
    do {
      while (session.run(1000)) {
      }
      while (!files.waiting.empty()) files.finish();
      host.tick += 200;  // the rest before a training
    } while (session.run(1000));
  }
  void send(const p::Command& command) { session.receive(command, {}, 7); }
  void pass(double milliseconds) {
    host.tick += milliseconds;
    host.time += static_cast<std::int64_t>(milliseconds);
    if (!host.alarm || *host.alarm > host.tick) return;
    host.alarm.reset();
    session.time_passed();
  }
  void type(const std::string& words, MediaType type = MediaType::film) { send(p::Search{words, type, 50}); }
  void search(const std::string& words, MediaType type = MediaType::film) {
    this->type(words, type);
    pass(1'100);
  }
  std::size_t out(const std::string& host_name) const {
    return static_cast<std::size_t>(std::count_if(host.out.begin(), host.out.end(),
                                                  [&](const auto& one) { return one.second.starts_with("https://" + host_name + "/"); }));
  }
  void answer(const std::string& host_name, int status, std::string body) {
    for (const auto& [id, address] : host.out) {
      if (!address.starts_with("https://" + host_name + "/")) continue;
      const std::uint32_t arrived = id;
      host.out.erase(arrived);
      session.arrived(arrived, {status, {}, std::move(body), false});
      pass(1'100);
      return;
    }
    FAIL("nothing is asked of " << host_name);
  }
  void answer_wikidata() {
    answer("wd", 200, answer_file("wikidata-search.json"));
    answer("wdq", 200, answer_file("wikidata-facts.json"));
  }
  void answer_wikidata_details() {
    answer("wd", 200, answer_file("wikidata-film.json"));
    answer("wd", 200, answer_file("wikidata-names.json"));
  }
  const p::SearchDone& results() const {
    const auto* done = host.last<p::SearchDone>();
    REQUIRE(done);
    return *done;
  }
  const Item* result(const std::string& title) const {
    for (const Item& item : results().items)
      if (item.title == title) return &item;
    return nullptr;
  }
  std::string state_of(const std::string& service) const {
    for (const auto& asked : results().asked)
      if (asked.name == service) return asked.state;
    return "not asked";
  }
};

}  // namespace hub::tests
