// A session that reads what is written about works and holds it against their posters: by a made-up model of texts and pictures.

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <utility>

#include "core/engine/looks.hpp"
#include "core/features/byte_pairs.hpp"
#include "core/features/story.hpp"
#include "tests/core/merges_fixture.hpp"
#include "tests/core/session_fixture.hpp"

using namespace hub;
using namespace hub::tests;
using engine::ModelNews;
using engine::Seen;

namespace {

constexpr std::size_t dimensions = 512;
constexpr std::size_t most_pieces = 77;
constexpr int rated = 60;
constexpr int works = 80;
constexpr auto place = engine::first_picture_place;

engine::PictureModel model() {
  return {"made-up", "Made up", "MIT", std::string(64, 'c'), 1000, 2000, dimensions, most_pieces};
}

/// How well the poster fits the text of the work of this number, 0 … 4.
int level_of(int number) {
  return number * 7 % 5;
}
double cosine_of(int number) {
  return 0.2 + 0.02 * level_of(number);
}

Item book(int number) {
  Item item;
  item.id = "book/b" + std::to_string(number);
  item.type = MediaType::book;
  item.title = "Untold " + std::to_string(number);
  item.synopsis = "Tale " + std::to_string(number);
  item.poster = "https://covers.openlibrary.org/b/id/" + std::to_string(100 + number) + "-L.jpg";
  return item;
}

std::vector<Item> books() {
  std::vector<Item> items;
  for (int i = 0; i < works; ++i) items.push_back(book(i));
  return items;
}

int number_in(const std::string& key) {
  return std::stoi(key.substr(key.rfind('/') + 1)) - 100;
}

/// What the model says of the poster of this number; no two are much alike.
std::vector<float> said_of_poster(int number) {
  std::vector<float> said(dimensions);
  said[static_cast<std::size_t>(number)] = 3;
  return said;
}

/// And of the text, of another length.
std::vector<float> said_of_text(int number) {
  std::vector<float> said(dimensions);
  const double cosine = cosine_of(number);
  said[static_cast<std::size_t>(number)] = static_cast<float>(5 * cosine);
  said[500] = static_cast<float>(5 * std::sqrt(1 - cosine * cosine));
  return said;
}

struct Comparing {
  TestHost host;
  SlowFileSystem files;
  std::unique_ptr<Session> session;
  std::string merges = long_merges();
  features::BytePairs pieces = features::BytePairs::read(merges).value();

  void open(engine::PictureModel offered = model(), std::vector<Item> items = books()) {
    auto services = fetching::Addresses::read(R"({"version":1,"hosts":{"covers.openlibrary.org":"https://covers"}})").value();
    session = std::make_unique<Session>(files, host, std::move(items), std::vector<DemoRating>(), std::move(services));
    session->offer({std::move(offered)});
    session->open(StorageMode::writer);
    host.to_see.clear();
    host.descriptions.clear();
  }
  void settle() { tests::settle(host, files, *session); }
  void send(const p::Command& command) { session->receive(command, {}, 7); }
  void here() { session->model_told(place, {ModelNews::Kind::here, 1000, true, {}, merges}); }
  const p::Looks& state() const { return *host.last<p::Looks>(); }
  bool reads() const { return !host.descriptions.empty(); }
  int see_all() {
    int count = 0;
    while (!host.to_see.empty()) {
      const auto one = host.to_see.front();
      host.to_see.erase(host.to_see.begin());
      session->seen(place, one.id, Seen::seen, said_of_poster(number_in(one.key)), "");
      ++count;
    }
    return count;
  }
  /// The work whose text the model was asked of; -1 for something else.
  int asked() const {
    for (int number = 0; number < works; ++number)
      if (pieces.encode(features::story_of(book(number)), most_pieces) == host.descriptions.front().second) return number;
    return -1;
  }
  /// Reads the one text that is asked for. @return  its work.
  int read_one() {
    REQUIRE(host.descriptions.size() == 1);
    const int number = asked();
    REQUIRE(number >= 0);
    const auto id = host.descriptions.front().first;
    host.descriptions.clear();
    session->described(place, id, said_of_text(number), "");
    return number;
  }
  /// While one text is read the session may have to learn. @return how many.
  int read_all() {
    int count = 0;
    while (true) {
      settle();
      if (!reads()) return count;
      while (reads()) {
        read_one();
        ++count;
      }
    }
  }
  void rate_all() {
    for (int i = 0; i < rated; ++i) send(p::Rate{book(i).id, 1.0 + level_of(i)});
  }
  double predicted(int level) {
    int number = rated;
    while (level_of(number) != level) ++number;
    send(p::Inspect{book(number).id});
    return host.last<p::Details>()->stars;
  }
  std::size_t kept() {
    const auto names = files.list();
    return static_cast<std::size_t>(
        std::count_if(names.begin(), names.end(), [](const std::string& name) { return name.starts_with("agreement-"); }));
  }
};

}  // namespace

TEST_CASE("once all posters are seen their works' texts are read, what was rated first, and predictions follow", "[looks][agreement]") {
  Comparing comparing;
  comparing.open();
  comparing.rate_all();
  comparing.settle();
  comparing.here();
  while (comparing.host.to_see.size() > 1) {
    CHECK_FALSE(comparing.reads());
    const auto one = comparing.host.to_see.front();
    comparing.host.to_see.erase(comparing.host.to_see.begin());
    comparing.session->seen(place, one.id, Seen::seen, said_of_poster(number_in(one.key)), "");
  }
  CHECK_FALSE(comparing.reads());
  CHECK(comparing.host.of_model(place).ends == 0);
  CHECK(comparing.see_all() == 1);
  // The tower that sees makes room for the one that reads.
  CHECK(comparing.host.of_model(place).ends == 1);
  REQUIRE(comparing.reads());
  CHECK(comparing.state().read == works);
  CHECK(comparing.state().comparable == works);
  CHECK(comparing.state().compared == 0);
  comparing.settle();
  CHECK(std::abs(comparing.predicted(4) - comparing.predicted(0)) < 0.8);
  std::vector<int> order;
  for (int i = 0; i < rated; ++i) {
    order.push_back(comparing.read_one());
    if (!comparing.reads()) comparing.settle();
  }
  CHECK(std::all_of(order.begin(), order.end(), [](int number) { return number < rated; }));
  CHECK(comparing.read_all() == works - rated);
  CHECK(comparing.state().compared == works);
  CHECK(comparing.predicted(4) > comparing.predicted(0) + 1.5);
  comparing.predicted(0);
  const auto& reasons = comparing.host.last<p::Details>()->reasons;
  const auto reason = std::find_if(reasons.begin(), reasons.end(), [](const p::Reason& one) { return one.group == "agreement"; });
  REQUIRE(reason != reasons.end());
  CHECK(reason->words == "Its poster does not fit its story, as with what you rate lower");

  // Kept, they are not read again.
  pass(comparing.host, *comparing.session, engine::Looks::gathered + 1);
  comparing.settle();
  CHECK(comparing.kept() == 1);
  comparing.open();
  comparing.here();
  CHECK(comparing.see_all() == 0);
  CHECK(comparing.read_all() == 0);
  CHECK(comparing.state().compared == works);
  CHECK(comparing.predicted(4) > comparing.predicted(0) + 1.5);

  SECTION("another model's are not used") {
    auto other = model();
    other.hash = std::string(64, 'd');
    comparing.open(other);
    comparing.here();
    CHECK(comparing.see_all() == works);
    comparing.settle();
    CHECK(std::abs(comparing.predicted(4) - comparing.predicted(0)) < 0.8);
    CHECK(comparing.read_all() == works);
    CHECK(comparing.predicted(4) > comparing.predicted(0) + 1.5);
  }
  SECTION("what is damaged is read again, and nothing else") {
    const auto names = comparing.files.list();
    const auto name = *std::find_if(names.begin(), names.end(), [](const std::string& one) { return one.starts_with("agreement-"); });
    auto bytes = *comparing.files.read(name);
    bytes[bytes.size() - 30] ^= 1;
    REQUIRE(comparing.files.write(name, bytes));
    comparing.open();
    comparing.here();
    CHECK(comparing.see_all() == 0);
    CHECK(comparing.state().compared == works - 2);
    CHECK(comparing.read_all() == 2);
    // The posters are seen as before.
    CHECK(comparing.state().read == works);
  }
  SECTION("another text or another poster is compared anew") {
    auto items = books();
    items[63].synopsis = "Another tale";
    items[64].poster = "https://covers.openlibrary.org/b/id/500-L.jpg";
    comparing.open(model(), items);
    comparing.here();
    REQUIRE(comparing.host.to_see.size() == 1);
    comparing.session->seen(place, comparing.host.to_see.front().id, Seen::seen, said_of_poster(64), "");
    comparing.host.to_see.clear();
    comparing.settle();
    CHECK(comparing.state().compared == works - 2);
    REQUIRE(comparing.reads());
    CHECK(comparing.host.descriptions.front().second == comparing.pieces.encode(features::story_of(items[63]), most_pieces));
    comparing.session->described(place, std::exchange(comparing.host.descriptions, {}).front().first, said_of_text(63), "");
    comparing.settle();
    CHECK(comparing.read_one() == 64);
    comparing.settle();
    CHECK_FALSE(comparing.reads());
    CHECK(comparing.state().compared == works);
  }
  SECTION("they go with everything else") {
    comparing.send(p::DeleteEverything{});
    comparing.settle();
    CHECK(comparing.kept() == 0);
  }
}

TEST_CASE("a work of which nothing is written, or no poster is seen, has no agreement", "[looks][agreement]") {
  Comparing comparing;
  auto items = books();
  items[5].synopsis.clear();
  items[6].poster.clear();
  // A poster that is no picture.
  items[7].poster = "https://covers.openlibrary.org/b/id/900-L.jpg";
  comparing.open(model(), items);
  comparing.here();
  while (!comparing.host.to_see.empty()) {
    const auto one = comparing.host.to_see.front();
    comparing.host.to_see.erase(comparing.host.to_see.begin());
    const int number = number_in(one.key);
    comparing.session->seen(place, one.id, number == 800 ? Seen::none : Seen::seen,
                            number == 800 ? std::vector<float>() : said_of_poster(number), "");
  }
  CHECK(comparing.state().comparable == works - 3);
  std::vector<int> order;
  while (comparing.reads()) order.push_back(comparing.read_one());
  CHECK(order.size() == works - 3);
  for (const int number : {5, 6, 7}) CHECK(std::find(order.begin(), order.end(), number) == order.end());
  CHECK(comparing.state().compared == works - 3);
}

TEST_CASE("a text of which the model says nothing has none either, and is not asked again before the next visit", "[looks][agreement]") {
  Comparing comparing;
  comparing.open();
  comparing.here();
  comparing.see_all();
  REQUIRE(comparing.reads());
  const auto id = std::exchange(comparing.host.descriptions, {}).front().first;
  comparing.session->described(place, id, std::vector<float>(dimensions), "");
  CHECK(comparing.state().comparable == works - 1);
  CHECK(comparing.read_all() == works - 1);
  CHECK(comparing.state().compared == works - 1);
}

TEST_CASE("a pause, a hidden page, learning and whoever types come before texts that nobody waits for", "[looks][agreement]") {
  Comparing comparing;
  comparing.open();
  comparing.settle();
  comparing.here();
  comparing.see_all();
  comparing.read_one();
  SECTION("a pause and a hidden page") {
    comparing.send(p::PauseLooks{true});
    comparing.read_one();
    CHECK_FALSE(comparing.reads());
    comparing.send(p::PageHidden{true});
    comparing.send(p::PauseLooks{false});
    CHECK(comparing.state().compared == 2);
    CHECK(comparing.state().comparable == works);
    CHECK_FALSE(comparing.reads());
    comparing.send(p::PageHidden{false});
    CHECK(comparing.reads());
  }
  SECTION("learning") {
    for (int i = 0; i < 8; ++i) comparing.send(p::Rate{book(i).id, 4});
    const int ends = comparing.host.of_model(place).ends;
    // Learning has begun, and not ended.
    bool learns = false;
    for (int i = 0; i < 50 && !learns; ++i) {
      pass(comparing.host, *comparing.session, 100);
      learns = comparing.session->run(0);
    }
    REQUIRE(learns);
    comparing.read_one();
    CHECK_FALSE(comparing.reads());
    CHECK(comparing.host.of_model(place).ends == ends + 1);
    comparing.settle();
    CHECK(comparing.reads());
  }
  SECTION("typed words") {
    comparing.send(p::Search{"a quiet harbour in winter", MediaType::book, 20});
    comparing.read_one();
    // They have not rested yet, but soon will have.
    CHECK_FALSE(comparing.reads());
    pass(comparing.host, *comparing.session, engine::Looks::rest + 1);
    REQUIRE(comparing.host.descriptions.size() == 1);
    CHECK(comparing.asked() == -1);
    const auto id = std::exchange(comparing.host.descriptions, {}).front().first;
    comparing.session->described(place, id, said_of_text(20), "");
    REQUIRE(comparing.reads());
    CHECK(comparing.asked() >= 0);
  }
  SECTION("a failure, which is said, and tried again when somebody wants that") {
    const auto id = std::exchange(comparing.host.descriptions, {}).front().first;
    comparing.session->described(place, id, {}, "runtime");
    CHECK(comparing.state().code == "runtime");
    CHECK_FALSE(comparing.reads());
    comparing.send(p::WishPictureModel{"get"});
    CHECK(comparing.reads());
    // An answer of another length.
    comparing.session->described(place, std::exchange(comparing.host.descriptions, {}).front().first, std::vector<float>(3), "");
    CHECK(comparing.state().code == "runtime");
    CHECK(comparing.state().compared == 1);
  }
}

TEST_CASE("a model that reads no texts compares nothing", "[looks][agreement]") {
  Comparing comparing;
  auto sees = model();
  sees.most_pieces = 0;
  comparing.open(sees);
  comparing.here();
  CHECK(comparing.see_all() == works);
  comparing.settle();
  CHECK_FALSE(comparing.reads());
  CHECK(comparing.state().comparable == 0);
}
