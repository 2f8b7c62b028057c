// A session that sees what posters look like: by a made-up model, whose vectors say which theme a poster's address names.

#include <cmath>
#include <memory>
#include <string>
#include <utility>

#include "core/engine/looks.hpp"
#include "core/features/projection.hpp"
#include "tests/core/session_fixture.hpp"

using namespace hub;
using namespace hub::tests;
using engine::ModelNews;
using engine::Seen;

namespace {

constexpr std::size_t features_of_model = 1280;
constexpr int rated = 60;
constexpr int works = 80;
const std::string host_of_posters = "https://covers.openlibrary.org/b/id/";

engine::PictureModel model() {
  return {"made-up", "Made up", "MIT", std::string(64, 'c'), 1000, 2000, features_of_model, 0};
}

int theme_of(int number) {
  return number * 7 % 4;
}

Item book(int number) {
  Item item;
  item.id = "book/b" + std::to_string(number);
  item.type = MediaType::book;
  item.title = "Untold " + std::to_string(number);
  item.poster = host_of_posters + std::to_string(100 * number + theme_of(number)) + "-L.jpg";
  return item;
}

std::vector<Item> books() {
  std::vector<Item> items;
  for (int i = 0; i < works; ++i) items.push_back(book(i));
  return items;
}

/// What the model says of the poster of this number.
std::vector<float> said_of(int number) {
  std::vector<float> said(features_of_model, 0.1F);
  for (std::size_t i = 0; i < 40; ++i) said[static_cast<std::size_t>(theme_of(number)) * 40 + i] = 1;
  said[static_cast<std::size_t>(200 + number)] = 0.5F;
  return said;
}

int number_in(const std::string& key) {
  return std::stoi(key.substr(key.rfind('/') + 1)) / 100;
}

struct Seeing {
  TestHost host;
  SlowFileSystem files;
  std::unique_ptr<Session> session;

  void open(std::vector<engine::PictureModel> offered = {model()}, std::vector<Item> items = books()) {
    auto services = fetching::Addresses::read(R"({"version":1,"hosts":{"covers.openlibrary.org":"https://covers"}})").value();
    session = std::make_unique<Session>(files, host, std::move(items), std::vector<DemoRating>(), std::move(services));
    session->offer(std::move(offered));
    session->open(StorageMode::writer);
  }
  void settle() { tests::settle(host, files, *session); }
  void send(const p::Command& command) { session->receive(command, {}, 7); }
  void here() { session->model_told(engine::first_picture_place, {ModelNews::Kind::here, 1000, true, {}, {}}); }
  const p::Looks& state() const { return *host.last<p::Looks>(); }
  /// Sees all that is asked for, as if every poster were kept. @return how many.
  int see_all() {
    int count = 0;
    while (!host.to_see.empty()) {
      const auto one = host.to_see.front();
      host.to_see.erase(host.to_see.begin());
      session->seen(engine::first_picture_place, one.id, Seen::seen, said_of(number_in(one.key)), "");
      ++count;
    }
    return count;
  }
  void rate_all() {
    for (int i = 0; i < rated; ++i) send(p::Rate{"book/b" + std::to_string(i), theme_of(i) == 0 ? 5.0 : theme_of(i) == 1 ? 1.5 : 3.0});
  }
  double predicted(int theme) {
    int number = rated;
    while (theme_of(number) != theme) ++number;
    send(p::Inspect{"book/b" + std::to_string(number)});
    return host.last<p::Details>()->stars;
  }
};

}  // namespace

TEST_CASE("a page without a picture model says so", "[looks]") {
  Fixture fixture;
  REQUIRE(fixture.host.last<p::Looks>());
  CHECK(fixture.host.last<p::Looks>()->state == "none");
  fixture.send(p::WishPictureModel{"get"});
  CHECK(fixture.host.of_model(engine::first_picture_place).gets == 0);
}

TEST_CASE("posters are seen once the model is here, what was rated first, and predictions follow", "[looks]") {
  Seeing seeing;
  seeing.open();
  seeing.rate_all();
  seeing.settle();
  CHECK(std::abs(seeing.predicted(0) - seeing.predicted(1)) < 0.5);
  CHECK(seeing.state().state == "absent");
  seeing.send(p::WishPictureModel{"get"});
  CHECK(seeing.host.of_model(engine::first_picture_place).gets == 1);
  CHECK(seeing.state().state == "downloading");
  CHECK(seeing.host.to_see.empty());
  seeing.here();
  REQUIRE_FALSE(seeing.host.to_see.empty());
  CHECK(number_in(seeing.host.to_see.front().key) < rated);
  CHECK(seeing.see_all() == works);
  CHECK(seeing.state().all == works);
  CHECK(seeing.state().read == works);
  seeing.settle();
  CHECK(seeing.predicted(0) > seeing.predicted(1) + 1);
  const auto& reasons = seeing.host.last<p::Details>()->reasons;
  CHECK(std::any_of(reasons.begin(), reasons.end(), [](const p::Reason& reason) { return reason.group == "poster"; }));

  // Kept, they are not seen again; another model's are not used.
  pass(seeing.host, *seeing.session, engine::Looks::gathered + 1);
  seeing.settle();
  seeing.open();
  seeing.here();
  CHECK(seeing.see_all() == 0);
  seeing.settle();
  CHECK(seeing.predicted(0) > seeing.predicted(1) + 1);
  auto other = model();
  other.hash = std::string(64, 'd');
  seeing.open({other});
  seeing.here();
  CHECK(seeing.see_all() == works);

  seeing.send(p::DeleteEverything{});
  CHECK(seeing.host.of_model(engine::first_picture_place).removals == 1);
  CHECK(seeing.state().state == "absent");
}

TEST_CASE("a poster that is not kept is fetched; one that cannot be had is missing, and nothing waits for it", "[looks]") {
  Seeing seeing;
  seeing.open();
  seeing.here();
  REQUIRE(seeing.host.to_see.size() == 2);
  const auto first = seeing.host.to_see[0];
  const auto second = seeing.host.to_see[1];
  seeing.host.to_see.clear();
  CHECK_FALSE(first.bytes);
  seeing.session->seen(engine::first_picture_place, first.id, Seen::not_kept, {}, "");
  pass(seeing.host, *seeing.session, 10);
  REQUIRE(seeing.host.out.size() == 1);
  CHECK(seeing.host.out.begin()->second == "https://covers" + first.key.substr(first.key.find('/')));
  answer(seeing.host, *seeing.session, 200, "a picture");
  pass(seeing.host, *seeing.session, 10);
  REQUIRE(seeing.host.to_see.size() == 1);
  CHECK(seeing.host.to_see[0].bytes == "a picture");
  seeing.session->seen(engine::first_picture_place, seeing.host.to_see[0].id, Seen::none, {}, "");
  seeing.host.to_see.clear();
  // Not there at all.
  seeing.session->seen(engine::first_picture_place, second.id, Seen::not_kept, {}, "");
  pass(seeing.host, *seeing.session, 1000);
  answer(seeing.host, *seeing.session, 404, "");
  pass(seeing.host, *seeing.session, 10);
  CHECK(seeing.state().all == works - 2);
  CHECK(seeing.state().read == 0);
}

TEST_CASE("a pause, a hidden page and the text model hold it back; what fails is said and can be tried again", "[looks]") {
  Seeing seeing;
  seeing.open();
  seeing.send(p::PauseLooks{true});
  seeing.here();
  CHECK(seeing.host.to_see.empty());
  CHECK(seeing.state().paused);
  seeing.send(p::PageHidden{true});
  seeing.send(p::PauseLooks{false});
  CHECK(seeing.host.to_see.empty());
  seeing.send(p::PageHidden{false});
  REQUIRE(seeing.host.to_see.size() == 2);
  CHECK(seeing.state().state == "opening");
  seeing.session->seen(engine::first_picture_place, seeing.host.to_see[0].id, Seen::not_kept, {}, "runtime");
  CHECK(seeing.state().state == "here");
  CHECK(seeing.state().code == "runtime");
  CHECK(seeing.state().words.size() > 40);
  CHECK(seeing.host.of_model(engine::first_picture_place).ends == 1);
  seeing.host.to_see.clear();
  seeing.send(p::WishPictureModel{"get"});
  CHECK(seeing.host.to_see.size() == 2);
  // An answer of another length.
  seeing.session->seen(engine::first_picture_place, seeing.host.to_see[0].id, Seen::seen, std::vector<float>(3), "");
  CHECK(seeing.state().code == "runtime");
}

TEST_CASE("another model can be chosen: the one before is used until the new one has seen all", "[looks]") {
  Seeing seeing;
  auto other = model();
  other.id = "other";
  other.name = "Other";
  other.hash = std::string(64, 'e');
  constexpr auto other_place = engine::first_picture_place + 1;
  seeing.open({model(), other});
  seeing.rate_all();
  seeing.here();
  CHECK(seeing.see_all() == works);
  seeing.settle();
  CHECK(seeing.predicted(0) > seeing.predicted(1) + 1);
  CHECK(seeing.state().choices.size() == 2);
  CHECK(seeing.state().chosen == "made-up");

  seeing.send(p::ChoosePictureModel{"nothing"});
  CHECK(seeing.state().chosen == "made-up");
  seeing.send(p::ChoosePictureModel{"other"});
  CHECK(seeing.state().chosen == "other");
  CHECK(seeing.state().used == "Made up");
  CHECK(seeing.state().state == "absent");
  seeing.session->model_told(other_place, {ModelNews::Kind::here, 1000, true, {}, {}});
  const auto one = [&](int number) { return std::vector<float>(features_of_model, number % 2 == 0 ? 1.0F : 0.5F); };
  int count = 0;
  while (!seeing.host.to_see.empty()) {
    CHECK(seeing.host.asked_model == other_place);
    const auto next = seeing.host.to_see.front();
    seeing.host.to_see.erase(seeing.host.to_see.begin());
    // The last one cannot be had.
    const auto what = count == works - 1 ? Seen::none : Seen::seen;
    seeing.session->seen(other_place, next.id, what, one(number_in(next.key)), "");
    ++count;
    if (count == works / 2) {
      CHECK(seeing.state().used == "Made up");
      CHECK(seeing.host.of_model(engine::first_picture_place).removals == 0);
    }
  }
  CHECK(count == works);
  CHECK(seeing.state().used.empty());
  CHECK(seeing.host.of_model(engine::first_picture_place).removals == 1);
  seeing.settle();
  // What it says tells nothing of the themes.
  CHECK(std::abs(seeing.predicted(0) - seeing.predicted(1)) < 0.5);

  // The choice is kept.
  seeing.open({model(), other});
  seeing.settle();
  CHECK(seeing.state().chosen == "other");
  CHECK(seeing.state().used.empty());
}

TEST_CASE("a model that reads descriptions finds posters that stand out by what was typed", "[looks]") {
  Seeing seeing;
  auto reads = model();
  reads.features = 512;
  reads.most_pieces = 77;
  seeing.open({reads});
  std::string merges = "#version: 0.2\n";
  seeing.session->model_told(engine::first_picture_place, {ModelNews::Kind::here, 1000, true, {}, merges});
  // A vocabulary that is none.
  CHECK(seeing.state().code == "wrong_hash");
}

TEST_CASE("a poster that several works have is seen once", "[looks]") {
  Seeing seeing;
  auto items = books();
  for (Item& item : items) item.poster = items.front().poster;
  items.back().poster = "https://covers.openlibrary.org/b/id/1-L.jpg";
  seeing.open({model()}, items);
  seeing.here();
  REQUIRE(seeing.host.to_see.size() == 2);
  // Neither is kept.
  for (const auto& one : std::exchange(seeing.host.to_see, {}))
    seeing.session->seen(engine::first_picture_place, one.id, Seen::not_kept, {}, "");
  for (int i = 0; i < 2; ++i) {
    pass(seeing.host, *seeing.session, 1000);
    REQUIRE_FALSE(seeing.host.out.empty());
    answer(seeing.host, *seeing.session, 200, "a picture", seeing.host.out.begin()->second);
    pass(seeing.host, *seeing.session, 1000);
  }
  CHECK(seeing.see_all() == 2);
  CHECK(seeing.state().read == 2);
  CHECK(seeing.state().all == 2);
}

TEST_CASE("idle, the model is ended", "[looks]") {
  Seeing seeing;
  seeing.open();
  seeing.here();
  CHECK(seeing.see_all() == works);
  seeing.settle();
  CHECK(seeing.host.of_model(engine::first_picture_place).ends == 0);
  pass(seeing.host, *seeing.session, engine::Looks::idle + 1);
  pass(seeing.host, *seeing.session, 1);
  CHECK(seeing.host.of_model(engine::first_picture_place).ends == 1);
}

TEST_CASE("a shorter vector keeps the angles, by and large", "[looks]") {
  const auto cosine = [](const std::vector<float>& a, const std::vector<float>& b) {
    double product = 0;
    double of_a = 0;
    double of_b = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
      product += static_cast<double>(a[i]) * static_cast<double>(b[i]);
      of_a += static_cast<double>(a[i]) * static_cast<double>(a[i]);
      of_b += static_cast<double>(b[i]) * static_cast<double>(b[i]);
    }
    return product / std::sqrt(of_a * of_b);
  };
  double squares = 0;
  int count = 0;
  for (int i = 0; i < 12; ++i) {
    for (int j = 0; j < i; ++j) {
      const double error = cosine(features::projected(said_of(i)), features::projected(said_of(j))) - cosine(said_of(i), said_of(j));
      squares += error * error;
      ++count;
    }
  }
  CHECK(std::sqrt(squares / count) < 0.08);
  CHECK(features::projected(said_of(1)) == features::projected(said_of(1)));
  CHECK(features::projected(said_of(1)).size() == features::projected_dimensions);
}

TEST_CASE("models.json names the picture models that can be used, and others are passed over", "[looks]") {
  const std::string good = R"({"id": "a", "name": "M", "licence": "MIT", "hash": ")" + std::string(64, 'a') +
                           R"(", "download_bytes": 5, "memory_bytes": 6, "dimensions": 1280})";
  const std::string reads = R"({"id": "b", "name": "N", "licence": "MIT", "hash": ")" + std::string(64, 'b') +
                            R"(", "download_bytes": 5, "dimensions": 512, "most_pieces": 77})";
  const auto read = engine::read_picture_models(R"({"pictures": [)" + good + R"(, 3, {"id": "c"}, )" + reads + "]}");
  REQUIRE(read.size() == 2);
  CHECK(read[0].features == 1280);
  CHECK(read[0].dimensions() == features::projected_dimensions);
  CHECK(read[0].most_pieces == 0);
  CHECK(read[1].id == "b");
  CHECK(read[1].dimensions() == 512);
  CHECK(read[1].most_pieces == 77);
  for (const char* bad : {"", "{}", R"({"pictures": 3})", R"({"pictures": [{"name": "M"}]})"}) {
    CAPTURE(bad);
    CHECK(engine::read_picture_models(bad).empty());
  }
}
