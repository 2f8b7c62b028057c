#include "core/fetching/queue.hpp"

#include "core/fetching/back_off.hpp"
#include "core/metadata/answer.hpp"
#include "core/storage/memory_file_system.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/outside_fixture.hpp"

using namespace hub;
using namespace hub::fetching;
using metadata::Ask;
using metadata::Request;
using metadata::Service;

namespace {

constexpr const char* services =
    R"({"version":1,"hosts":{"api.tvmaze.com":"https://tv.example/maze","musicbrainz.org":"https://musicbrainz.org",
        "www.wikidata.org":"https://www.wikidata.org"}})";

Request tvmaze(const std::string& path) {
  return {Service::tvmaze, Ask::search, "api.tvmaze.com", path};
}
Request musicbrainz(const std::string& path) {
  return {Service::musicbrainz, Ask::search, "musicbrainz.org", path};
}

struct Bench {
  tests::MadeUpOutside outside;
  AnswerCache cache;
  Ledger ledger;
  Queue queue{outside, cache, ledger};
  std::vector<std::string> told;  ///< what came of each, in order

  Bench() { queue.reach(Addresses::read(services).value()); }

  std::uint32_t ask(const Request& request, Urgency urgency = Urgency::typed) {
    const auto ticket = queue.ask(request, urgency, "a test", [this](const Expected<Answer>& answer) {
      told.push_back(answer ? (answer->from_cache ? "cache " : "") + std::to_string(answer->status) + " " + answer->body
                            : answer.error().code);
    });
    queue.run();
    return ticket;
  }
  /// Answers the oldest request that is out.
  void answer(int status, std::string body = "{}", std::optional<double> retry_after = std::nullopt) {
    REQUIRE_FALSE(outside.out.empty());
    const std::uint32_t id = outside.out.begin()->first;
    outside.out.erase(id);
    Arrival arrival;
    arrival.status = status;
    arrival.body = std::move(body);
    arrival.retry_after = retry_after;
    queue.arrived(id, std::move(arrival));
  }
  /// Time passes from alarm to alarm until a request goes. @return how much.
  double until_sent() {
    const double from = outside.tick;
    const std::size_t before = outside.sent.size();
    while (outside.sent.size() == before) {
      REQUIRE(outside.alarm);
      const double wait = std::max(0.0, *outside.alarm - outside.tick);
      outside.alarm.reset();
      pass(wait);
    }
    return outside.tick - from;
  }
  void pass(double milliseconds) {
    outside.pass(milliseconds);
    queue.run();
  }
};

}  // namespace

TEST_CASE("A request goes to the address that the page's services name, and its answer to who asked") {
  Bench bench;
  bench.ask(tvmaze("/shows/1"));
  REQUIRE(bench.outside.out.size() == 1);
  CHECK(bench.outside.out.begin()->second == "https://tv.example/maze/shows/1");
  CHECK(bench.told.empty());
  bench.answer(200, "[]");
  CHECK(bench.told == std::vector<std::string>{"200 []"});
  REQUIRE(bench.ledger.entries().size() == 1);
  CHECK(bench.ledger.entries()[0].host == "api.tvmaze.com");
  CHECK(bench.ledger.entries()[0].purpose == "a test");
  CHECK(bench.ledger.entries()[0].bytes == 2);
  CHECK(bench.ledger.entries()[0].outcome == Outcome::answered);
  CHECK(bench.ledger.bytes() == 2);
}

TEST_CASE("Made-up services on this machine are asked without a pause where the page is set up so, all others at their pace") {
  const auto set_up = [](const std::string& base, const std::string& more) {
    return Addresses::read(R"({"version":1,"hosts":{"musicbrainz.org":")" + base + "\"}" + more + "}").value();
  };
  const auto until_the_second = [&](Addresses addresses) {
    Bench bench;
    bench.queue.reach(std::move(addresses));
    bench.ask(musicbrainz("/1"));
    bench.ask(musicbrainz("/2"));
    CHECK(bench.outside.sent.size() == 1);
    bench.answer(200);
    return bench.outside.sent.size() == 2 ? 0 : bench.until_sent();
  };
  CHECK(until_the_second(set_up("http://127.0.0.1:8080/mb", R"(,"unpaced":true)")) == 0);
  CHECK(until_the_second(set_up("http://127.0.0.1:8080/mb", "")) == 1000);
  CHECK(until_the_second(set_up("https://musicbrainz.org", R"(,"unpaced":true)")) == 1000);

  Bench held;
  held.queue.reach(set_up("http://localhost:8080/mb", R"(,"unpaced":true)"));
  held.ask(musicbrainz("/1"), Urgency::background);
  held.answer(429, "{}", 7);
  CHECK(held.until_sent() >= 7000);
}

TEST_CASE("Nobody is answered before the question is put") {
  Bench bench;
  bench.outside.has_network = false;
  bool told = false;
  bench.queue.ask(tvmaze("/shows/1"), Urgency::typed, "", [&](const auto&) { told = true; });
  CHECK_FALSE(told);
  bench.queue.run();
  CHECK(told);
}

TEST_CASE("A service is asked at its own pace, and one that is waited for does not hold up another") {
  Bench bench;
  for (int i = 0; i < 3; ++i) bench.ask(musicbrainz("/" + std::to_string(i)));
  bench.ask(tvmaze("/x"));
  CHECK(bench.outside.sent == std::vector<std::string>{"https://musicbrainz.org/0", "https://tv.example/maze/x"});
  bench.answer(200);
  // One a second, however fast the answers come.
  CHECK(bench.outside.sent.size() == 2);
  bench.pass(998);
  CHECK(bench.outside.sent.size() == 2);
  bench.pass(2);
  CHECK(bench.outside.sent.size() == 3);
  // And one at once, however long they take.
  bench.pass(5000);
  CHECK(bench.queue.out(Service::musicbrainz) == 1);
}

TEST_CASE("Who is typing goes before who looks, and both before what nobody waits for") {
  Bench bench;
  bench.ask(musicbrainz("/first"));
  bench.ask(musicbrainz("/background"), Urgency::background);
  bench.ask(musicbrainz("/opened"), Urgency::opened);
  bench.ask(musicbrainz("/typed"), Urgency::typed);
  for (int i = 0; i < 3; ++i) {
    bench.answer(200);
    bench.pass(1000);
  }
  CHECK(bench.outside.sent == std::vector<std::string>{"https://musicbrainz.org/first", "https://musicbrainz.org/typed",
                                                       "https://musicbrainz.org/opened", "https://musicbrainz.org/background"});
}

TEST_CASE("Equal requests share one answer, and go on while somebody waits for it") {
  Bench bench;
  const auto first = bench.ask(tvmaze("/same"));
  bench.ask(tvmaze("/same"));
  CHECK(bench.outside.sent.size() == 1);
  bench.queue.cancel(first);
  CHECK(bench.outside.stopped == 0);
  bench.answer(200, "once");
  CHECK(bench.told == std::vector<std::string>{"200 once"});
}

TEST_CASE("A request that nobody waits for any more is stopped, and the ledger says so") {
  Bench bench;
  const auto ticket = bench.ask(tvmaze("/gone"));
  const std::uint32_t id = bench.outside.out.begin()->first;
  bench.queue.cancel(ticket);
  CHECK(bench.outside.stopped == 1);
  CHECK(bench.ledger.entries()[0].outcome == Outcome::stopped);
  bench.queue.arrived(id, Arrival{200, {}, "late", false});
  CHECK(bench.told.empty());
  CHECK(bench.cache.size() == 0);
}

TEST_CASE("What failed is tried again after a growing pause, and then given up") {
  Bench bench;
  bench.ask(tvmaze("/down"), Urgency::opened);
  bench.answer(0);
  CHECK(bench.outside.out.empty());
  const double first = bench.until_sent();
  CHECK(first == Approx(back_off(1, 0.5)));
  bench.answer(502);
  const double second = bench.until_sent();
  CHECK(second == Approx(2 * first));
  CHECK(bench.told.empty());
  bench.answer(0);
  CHECK(bench.told == std::vector<std::string>{"unreachable"});
  CHECK(bench.outside.sent.size() == 3);
}

TEST_CASE("Back-off doubles, differs by chance and has an end") {
  CHECK(back_off(1, 0) == Approx(350));
  CHECK(back_off(1, 0.999) < 1050);
  CHECK(back_off(3, 0.5) == Approx(4 * back_off(1, 0.5)));
  CHECK(back_off(1000, 0.5) < 100'000);
}

TEST_CASE("A service that asks to be left alone is left alone for that long") {
  Bench bench;
  bench.ask(tvmaze("/a"), Urgency::background);
  bench.answer(429, "", 30);
  CHECK(bench.told.empty());
  // Who types is not kept waiting for half a minute, and does not ask in the meantime.
  bench.ask(tvmaze("/b"), Urgency::typed);
  CHECK(bench.told == std::vector<std::string>{"busy"});
  CHECK(bench.outside.sent.size() == 1);
  bench.pass(29'900);
  CHECK(bench.outside.sent.size() == 1);
  bench.pass(200);
  REQUIRE(bench.outside.sent.size() == 2);
  bench.answer(200, "there");
  CHECK(bench.told.back() == "200 there");
}

TEST_CASE("A short Retry-After is waited for also by who types") {
  Bench bench;
  bench.ask(tvmaze("/a"));
  bench.answer(503, "", 2);
  bench.pass(1'900);
  CHECK(bench.outside.sent.size() == 1);
  bench.pass(200);
  CHECK(bench.outside.sent.size() == 2);
  bench.answer(200, "there");
  CHECK(bench.told == std::vector<std::string>{"200 there"});
}

TEST_CASE("An answer that takes too long is stopped") {
  Bench bench;
  bench.ask(tvmaze("/slow"));
  bench.pass(Queue::limit - 1);
  CHECK(bench.outside.stopped == 0);
  bench.pass(2);
  CHECK(bench.outside.stopped == 1);
  CHECK(bench.told == std::vector<std::string>{"timeout"});
  CHECK(bench.ledger.entries()[0].outcome == Outcome::failed);
}

TEST_CASE("An answer that is too large is none") {
  Bench bench;
  bench.ask(tvmaze("/large"));
  const std::uint32_t id = bench.outside.out.begin()->first;
  bench.queue.arrived(id, Arrival{200, {}, {}, true});
  CHECK(bench.told == std::vector<std::string>{"too_large"});
  bench.ask(tvmaze("/larger"));
  bench.queue.arrived(bench.outside.out.rbegin()->first, Arrival{200, {}, std::string(metadata::most_answer_bytes + 1, ' '), false});
  CHECK(bench.told.back() == "too_large");
  CHECK(bench.cache.size() == 0);
}

TEST_CASE("A refusal is an answer, and is not kept") {
  Bench bench;
  bench.ask(tvmaze("/unknown"));
  bench.answer(404, "no");
  CHECK(bench.told == std::vector<std::string>{"404 no"});
  CHECK(bench.cache.size() == 0);
  bench.ask(tvmaze("/unknown"));
  CHECK(bench.outside.sent.size() == 2);
}

TEST_CASE("What was answered today is not asked again; what is older stands in where there is no network") {
  Bench bench;
  bench.ask(tvmaze("/kept"));
  bench.answer(200, "first");
  bench.ask(tvmaze("/kept"));
  CHECK(bench.told.back() == "cache 200 first");
  CHECK(bench.outside.sent.size() == 1);
  CHECK(bench.ledger.entries().back().outcome == Outcome::from_cache);
  CHECK(bench.ledger.sent() == 1);

  bench.pass(2.0 * 86'400'000);
  bench.ask(tvmaze("/kept"));
  REQUIRE(bench.outside.sent.size() == 2);
  bench.answer(200, "second");
  CHECK(bench.told.back() == "200 second");

  bench.pass(2.0 * 86'400'000);
  bench.outside.has_network = false;
  bench.ask(tvmaze("/kept"));
  CHECK(bench.told.back() == "cache 200 second");
  bench.ask(tvmaze("/other"));
  CHECK(bench.told.back() == "offline");
  CHECK(bench.outside.sent.size() == 2);
}

TEST_CASE("“Stay offline” stops what is out, lets nothing go, and the cache still answers") {
  Bench bench;
  bench.ask(tvmaze("/kept"));
  bench.answer(200, "kept");
  bench.ask(tvmaze("/out"));
  CHECK(bench.queue.out() == 1);
  bench.queue.stay_offline(true);
  CHECK(bench.outside.stopped == 1);
  bench.queue.run();
  CHECK(bench.told.back() == "offline");
  bench.ask(tvmaze("/kept"));
  CHECK(bench.told.back() == "cache 200 kept");
  bench.ask(tvmaze("/more"));
  CHECK(bench.told.back() == "offline");
  CHECK(bench.outside.sent.size() == 2);
  bench.queue.stay_offline(false);
  bench.ask(tvmaze("/more"));
  CHECK(bench.outside.sent.size() == 3);
}

TEST_CASE("A service that this page does not reach is not asked") {
  Bench bench;
  bench.ask({Service::open_library, Ask::search, "openlibrary.org", "/search.json"});
  bench.ask({Service::omdb, Ask::details, "www.omdbapi.com", "/?i=tt1"});
  CHECK(bench.told == std::vector<std::string>{"no_way", "no_way"});
  CHECK(bench.outside.sent.empty());
}

TEST_CASE("Who is answered may ask and cancel at once") {
  Bench bench;
  std::uint32_t other = 0;
  bool more = false;
  bench.queue.ask(tvmaze("/a"), Urgency::typed, "", [&](const auto&) {
    bench.queue.cancel(other);
    bench.queue.ask(tvmaze("/c"), Urgency::typed, "", [&](const auto&) { more = true; });
  });
  other = bench.ask(tvmaze("/b"));
  bench.answer(200);
  CHECK(bench.outside.stopped == 1);
  bench.answer(200);
  CHECK(more);
  CHECK(bench.told.empty());
}

TEST_CASE("The ledger keeps the last requests and counts all") {
  Ledger ledger;
  for (std::size_t i = 0; i < Ledger::most_entries + 20; ++i)
    ledger.end(ledger.begin(static_cast<std::int64_t>(i), "host", "purpose"), Outcome::answered, 10);
  CHECK(ledger.entries().size() == Ledger::most_entries);
  CHECK(ledger.sent() == Ledger::most_entries + 20);
  CHECK(ledger.bytes() == 10 * (Ledger::most_entries + 20));
  CHECK(ledger.entries().front().number == 21);
}

TEST_CASE("services.json is read, or refused with words") {
  const auto refused = [](const char* text) {
    const auto read = Addresses::read(text);
    return read ? std::string() : read.error().code;
  };
  for (const char* text : {"", "[]", R"({"hosts":{}})", R"({"version":2,"hosts":{}})", R"({"version":1})",
                           R"({"version":1,"hosts":{"a":7}})", R"({"version":1,"hosts":{"a":"http://elsewhere.example"}})",
                           R"({"version":1,"hosts":{"a":"https://a.example/"}})", R"({"version":1,"hosts":{"a":"https://a.example;b"}})"})
    CHECK(refused(text) == "bad_services");
  CHECK(refused(R"({"version":1,"hosts":{"a":"http://127.0.0.1:8080","b":"https://b.example/path"}})").empty());
}
