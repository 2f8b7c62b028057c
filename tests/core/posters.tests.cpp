// Pictures of works: which address is asked for, and the way from a wish of the screen to its pixels, without a browser.

#include "core/engine/posters.hpp"

#include "core/fetching/queue.hpp"
#include "core/library/poster.hpp"
#include "core/metadata/pictures.hpp"
#include "tests/core/session_fixture.hpp"

using namespace hub;
using namespace hub::tests;
using engine::Pictured;
using metadata::PictureSize;

namespace {

constexpr const char* services =
    R"({"version":1,"hosts":{"covers.openlibrary.org":"https://covers","coverartarchive.org":"https://caa","api.tvmaze.com":"https://tv"}})";
constexpr const char* cover = "https://covers.openlibrary.org/b/id/77-M.jpg";

struct Screen {
  TestHost host;
  SlowFileSystem files;
  Session session{files, host, catalogue(), demo(), fetching::Addresses::read(services).value()};

  Screen() {
    session.open(StorageMode::writer, "");
    while (session.run(1000) || !files.waiting.empty())
      while (!files.waiting.empty()) files.finish();
  }
  void wish(const std::vector<p::WantedPoster>& wanted) { session.receive(p::ShowPosters{wanted}, {}, 7); }
  void pass(double milliseconds) { tests::pass(host, session, milliseconds); }
  /// What was asked of the browser last, answered.
  void pictured(Pictured what, int width = 0, int height = 0) {
    REQUIRE_FALSE(host.pictures.empty());
    session.pictured(host.pictures.back().id, what, width, height,
                     Bytes(std::size_t{4} * static_cast<unsigned>(width) * static_cast<unsigned>(height), 9));
  }
  void answer(int status, std::string body) { tests::answer(host, session, status, std::move(body)); }
};

std::string asked_for(std::string_view address, PictureSize size) {
  const auto request = metadata::picture_request(address, size);
  return request ? request->host + request->path : std::string();
}

}  // namespace

TEST_CASE("A picture is asked for in the form that suits its size, at known hosts alone") {
  CHECK(asked_for(cover, PictureSize::small) == "covers.openlibrary.org/b/id/77-M.jpg");
  CHECK(asked_for(cover, PictureSize::large) == "covers.openlibrary.org/b/id/77-L.jpg");
  CHECK(asked_for("https://static.tvmaze.com/uploads/images/original_untouched/1/2.jpg", PictureSize::small) ==
        "static.tvmaze.com/uploads/images/medium_portrait/1/2.jpg");
  CHECK(asked_for("https://coverartarchive.org/release-group/ab-c/front", PictureSize::small) ==
        "coverartarchive.org/release-group/ab-c/front-250");
  CHECK(asked_for("https://coverartarchive.org/release/ab/12-500.jpg", PictureSize::large) == "coverartarchive.org/release/ab/12-500.jpg");
  const auto bad = GENERATE("", "https://covers.openlibrary.org", "http://covers.openlibrary.org/b/id/1-M.jpg",
                            "https://evil.example/a.jpg", "https://covers.openlibrary.org/b/../a", "https://covers.openlibrary.org/a b",
                            "https://covers.openlibrary.org@evil.example/a", "https://covers.openlibrary.org/a#b");
  CHECK_FALSE(metadata::picture_request(bad, PictureSize::small));
}

TEST_CASE("An album that MusicBrainz knows leads to a picture; a guess is made of nothing else") {
  Item item;
  item.type = MediaType::album;
  item.ids["musicbrainz"] = "ab-c";
  CHECK(poster_address(item) == "https://coverartarchive.org/release-group/ab-c/front");
  item.poster = cover;
  CHECK(poster_address(item) == cover);
  item.poster.clear();
  item.type = MediaType::film;
  CHECK(poster_address(item).empty());
}

TEST_CASE("A picture comes from what is kept, and nothing is asked then") {
  Screen screen;
  screen.wish({{cover, "A book", false}});
  REQUIRE(screen.host.pictures.size() == 1);
  CHECK(screen.host.pictures[0].key == "covers.openlibrary.org/b/id/77-M.jpg");
  CHECK_FALSE(screen.host.pictures[0].bytes);
  screen.pictured(Pictured::picture, 3, 2);
  const auto* poster = screen.host.last<p::Poster>();
  REQUIRE(poster);
  CHECK(poster->address == cover);
  CHECK(poster->width == 3);
  CHECK(poster->height == 2);
  CHECK(screen.host.last_bulk<p::Poster>().size() == 24);
  screen.pass(10);
  CHECK(screen.host.out.empty());
}

TEST_CASE("A picture that is not kept is fetched, kept and shown; the list of requests says of what") {
  Screen screen;
  screen.session.receive(p::WatchNetwork{true}, {}, 7);
  screen.wish({{cover, "A book", true}});
  screen.pictured(Pictured::not_kept);
  screen.pass(10);
  REQUIRE(screen.host.out.size() == 1);
  CHECK(screen.host.out.begin()->second == "https://covers/b/id/77-L.jpg");
  CHECK(screen.host.last<p::Network>()->entries[0].purpose == "Picture of “A book”");
  screen.answer(200, "the bytes");
  REQUIRE(screen.host.pictures.size() == 2);
  CHECK(screen.host.pictures[1].bytes == "the bytes");
  screen.pictured(Pictured::picture, 2, 3);
  CHECK(screen.host.last<p::Poster>()->large);
  CHECK(screen.host.last<p::Poster>()->width == 2);
}

TEST_CASE("That there is no picture is kept; that none came is not") {
  Screen screen;
  screen.wish({{cover, "A book", false}});
  screen.pictured(Pictured::not_kept);
  screen.pass(10);
  SECTION("There is none") {
    screen.answer(404, "Not found");
    REQUIRE(screen.host.pictures.size() == 2);
    CHECK(screen.host.pictures[1].bytes == "");
    screen.pictured(Pictured::none);
    CHECK(screen.host.last<p::Poster>()->width == 0);
    CHECK_FALSE(screen.host.last<p::Poster>()->later);
  }
  SECTION("The host did not answer, or refuses pages") {
    screen.answer(0, "");
    CHECK(screen.host.pictures.size() == 1);
    CHECK(screen.host.last<p::Poster>()->width == 0);
    CHECK(screen.host.last<p::Poster>()->later);
    CHECK(screen.host.out.empty());
  }
}

TEST_CASE("“Stay offline” keeps pictures from being asked for, and stops those under way") {
  Screen screen;
  screen.wish({{cover, "A book", false}});
  screen.pictured(Pictured::not_kept);
  screen.pass(10);
  REQUIRE(screen.host.out.size() == 1);
  screen.session.receive(p::StayOffline{true}, {}, 7);
  CHECK(screen.host.out.empty());
  CHECK(screen.host.last<p::Poster>()->later);
  screen.wish({{cover, "A book", true}});
  screen.pictured(Pictured::not_kept);
  screen.pass(10);
  CHECK(screen.host.out.empty());
  CHECK(screen.host.count<p::Poster>() == 2);
}

TEST_CASE("What has left the screen is not fetched any more") {
  Screen screen;
  screen.wish({{cover, "A book", false}});
  screen.pictured(Pictured::not_kept);
  screen.pass(10);
  REQUIRE(screen.host.out.size() == 1);
  screen.wish({});
  CHECK(screen.host.out.empty());
  CHECK(screen.host.stopped == 1);
}

TEST_CASE("An address at a host that nobody knows has no picture, and nothing is asked") {
  Screen screen;
  screen.wish({{"https://evil.example/a.jpg", "A book", false}});
  screen.pictured(Pictured::not_kept);
  screen.pass(10);
  CHECK(screen.host.out.empty());
  REQUIRE(screen.host.last<p::Poster>());
  CHECK(screen.host.last<p::Poster>()->width == 0);
}

TEST_CASE("Deleting everything removes the kept pictures") {
  Screen screen;
  screen.session.receive(p::DeleteEverything{}, {}, 7);
  CHECK(screen.host.forgotten == 1);
}

TEST_CASE("Pictures keep no search waiting, and go a few at once") {
  TestHost host;
  fetching::AnswerCache cache;
  fetching::Ledger ledger;
  fetching::Queue queue(host, cache, ledger);
  queue.reach(
      fetching::Addresses::read(R"({"version":1,"hosts":{"openlibrary.org":"https://ol","covers.openlibrary.org":"https://covers"}})")
          .value());
  for (int i = 1; i <= 9; ++i)
    (void)queue.ask(*metadata::picture_request("https://covers.openlibrary.org/b/id/" + std::to_string(i) + "-M.jpg", PictureSize::small),
                    fetching::Urgency::shown, "Picture", [](const auto&) {});
  queue.run();
  const std::size_t pictures = host.out.size();
  CHECK(pictures >= 2);
  CHECK(pictures <= 6);
  (void)queue.ask({metadata::Service::open_library, metadata::Ask::search, "openlibrary.org", "/search.json?q=a"}, fetching::Urgency::typed,
                  "Search", [](const auto&) {});
  queue.run();
  CHECK(host.out.size() == pictures + 1);
  const auto id = host.out.begin()->first;
  fetching::Arrival arrival;
  arrival.status = 200;
  arrival.body = "a picture";
  queue.arrived(id, arrival);
  CHECK(cache.size() == 0);
}
