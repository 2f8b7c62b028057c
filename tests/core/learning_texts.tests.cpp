// A session that learns from what works are about: titles differ in their synopses alone, and one theme is liked.

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <string>

#include "core/engine/vector_records.hpp"
#include "core/features/story.hpp"
#include "core/library/text.hpp"
#include "tests/core/session_fixture.hpp"

using namespace hub;
using namespace hub::tests;

namespace {

constexpr std::size_t dimensions = 16;
constexpr int rated = 80;
constexpr int works = 120;

engine::TextModel model() {
  return {"Made up", "MIT", std::string(64, 'a'), 1000, 2000, dimensions, 16};
}

constexpr std::array<const char*, 4> themes{"heist", "dreams", "sea", "war"};

int theme_of(int number) {
  return number * 7 % 4;
}

std::vector<Item> themed() {
  std::vector<Item> items;
  for (int i = 0; i < works; ++i) {
    Item item;
    item.id = "film/t" + std::to_string(i);
    item.type = MediaType::film;
    item.title = "Untold " + std::to_string(i);
    item.year = 2000;
    item.synopsis = std::string(themes[static_cast<std::size_t>(theme_of(i))]) + " in its form " + std::to_string(i);
    items.push_back(std::move(item));
  }
  return items;
}

/// Works of a theme lie in one direction.
Bytes brought(int from, int to, const std::string& of_model = model().hash) {
  const std::string head = engine::vectors_head(of_model, dimensions);
  Bytes bytes(head.begin(), head.end());
  const auto items = themed();
  for (int i = from; i < to; ++i) {
    std::vector<float> vector(dimensions, 0.1F);
    vector[static_cast<std::size_t>(theme_of(i))] = 1;
    vector[static_cast<std::size_t>(4 + i % 12)] += 0.1F;
    double squares = 0;
    for (const float one : vector) squares += static_cast<double>(one) * static_cast<double>(one);
    for (float& one : vector) one = static_cast<float>(static_cast<double>(one) / std::sqrt(squares));
    const auto kept = features::quantised(vector);
    engine::add_record(bytes, key_of(features::story_of(items[static_cast<std::size_t>(i)])), kept.scale, kept.values);
  }
  return bytes;
}

struct Learning {
  TestHost host;
  SlowFileSystem files;
  std::unique_ptr<Session> session;
  engine::TextModel offered = model();
  bool tells_themes = true;  ///< what it says of a text is not the same of each

  void open() {
    session = std::make_unique<Session>(files, host, themed(), std::vector<DemoRating>());
    session->offer(offered);
    session->open(StorageMode::writer);
  }
  void settle() { tests::settle(host, files, *session); }
  void rate_all() {
    for (int i = 0; i < rated; ++i)
      session->receive(p::Rate{"film/t" + std::to_string(i), theme_of(i) == 0 ? 5.0 : theme_of(i) == 1 ? 1.5 : 3.0}, {}, 7);
  }
  /// The model is here, and reads all that it is given: what shares a theme is alike.
  void read_all() {
    constexpr std::int32_t first_theme = 5;
    std::string vocabulary = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n";
    for (const auto* theme : themes) vocabulary += std::string(theme) + "\n";
    session->model_told(engine::text_place, {engine::ModelNews::Kind::here, 1000, true, {}, vocabulary});
    while (!host.batches.empty()) {
      const auto [id, batch] = host.batches.back();
      host.batches.clear();
      std::vector<float> states(batch.pieces.size() * dimensions);
      for (std::size_t at = 0; at < batch.pieces.size(); ++at) {
        states[at * dimensions + 15] = 0.3F;
        if (batch.pieces[at] >= first_theme && tells_themes)
          states[at * dimensions + static_cast<std::size_t>(batch.pieces[at] - first_theme)] = 3;
      }
      session->embedded(id, states, "");
    }
  }
  bool trained() const {
    const auto* training = host.last<p::Training>();
    return training && training->types[index_of(MediaType::film)].ratings == rated && !training->types[index_of(MediaType::film)].pending;
  }
  /// What is predicted of an unrated work of a theme.
  double predicted(int theme) {
    int number = rated;
    while (theme_of(number) != theme) ++number;
    session->receive(p::Inspect{"film/t" + std::to_string(number)}, {}, 7);
    return static_cast<double>(host.last<p::Details>()->stars);
  }
};

}  // namespace

TEST_CASE("what is learnt rests on what the titles are about, once that has come", "[stories][learning]") {
  Learning learning;
  learning.open();
  learning.rate_all();
  learning.settle();
  SECTION("it waits for the catalogue’s vectors") {
    CHECK_FALSE(learning.trained());
    learning.session->bring_stories(brought(0, works));
    learning.settle();
    REQUIRE(learning.trained());
    CHECK(learning.predicted(0) > learning.predicted(1) + 1);
  }
  SECTION("not for long, and learns from them when they come at last") {
    pass(learning.host, *learning.session, 10'000);
    learning.settle();
    REQUIRE(learning.trained());
    CHECK(std::abs(learning.predicted(0) - learning.predicted(1)) < 0.5);
    learning.session->bring_stories(brought(0, works));
    learning.settle();
    REQUIRE(learning.trained());
    CHECK(learning.predicted(0) > learning.predicted(1) + 1);
  }
  SECTION("nor where there are none") {
    learning.session->bring_stories({});
    learning.settle();
    REQUIRE(learning.trained());
    CHECK(std::abs(learning.predicted(0) - learning.predicted(1)) < 0.5);
  }
}

TEST_CASE("a model that learnt from texts is taken up again with them, and not without", "[stories][learning]") {
  Learning learning;
  learning.open();
  learning.session->bring_stories(brought(0, works));
  learning.rate_all();
  learning.settle();
  REQUIRE(learning.trained());
  const double liked = learning.predicted(0);
  const auto kept = learning.files.list();
  const auto models = [&] {
    return std::count_if(kept.begin(), kept.end(), [](const std::string& name) { return name.starts_with("model-film-"); });
  };
  REQUIRE(models() > 0);
  learning.host.messages.clear();

  learning.open();
  const auto waits = [&] { return !learning.trained(); };
  learning.settle();
  CHECK(waits());
  learning.session->bring_stories(brought(0, works));
  learning.settle();
  REQUIRE(learning.trained());
  CHECK(learning.predicted(0) == Approx(liked).margin(1e-6));
  // Nothing was trained, so nothing was written.
  CHECK(learning.files.list() == kept);

  learning.open();
  learning.session->bring_stories({});
  learning.settle();
  REQUIRE(learning.trained());
  CHECK(std::abs(learning.predicted(0) - learning.predicted(1)) < 0.5);
  CHECK(learning.files.list() != kept);
}

TEST_CASE("few texts say nothing yet; what is read later is learnt from later", "[stories][learning]") {
  Learning learning;
  learning.open();
  // Of the rated works fewer than half.
  learning.session->bring_stories(brought(0, 30));
  learning.rate_all();
  learning.settle();
  REQUIRE(learning.trained());
  CHECK(std::abs(learning.predicted(0) - learning.predicted(1)) < 0.5);
  learning.read_all();
  learning.settle();
  REQUIRE(learning.trained());
  CHECK(learning.predicted(0) > learning.predicted(1) + 1);
}

TEST_CASE("after another page’s model has come, what was learnt from the one before stays until the new one has read all",
          "[stories][learning][older]") {
  Learning learning;
  learning.open();
  learning.session->bring_stories(brought(0, 30));
  learning.rate_all();
  learning.settle();
  learning.read_all();
  pass(learning.host, *learning.session, 61'000);
  learning.settle();
  REQUIRE(learning.trained());
  const double liked = learning.predicted(0);
  REQUIRE(liked > learning.predicted(1) + 1);
  const auto kept = learning.files.list();
  learning.host.messages.clear();

  learning.offered.hash = std::string(64, 'b');
  learning.tells_themes = false;
  learning.open();
  learning.session->bring_stories(brought(0, 30, learning.offered.hash));
  learning.settle();
  REQUIRE(learning.trained());
  CHECK(learning.predicted(0) == Approx(liked).margin(1e-6));
  // Nothing was trained, so nothing was written.
  CHECK(learning.files.list() == kept);

  // The new one says the same of each: from now on there is nothing to learn from texts. Until that is learnt, all is as before.
  learning.read_all();
  CHECK_FALSE(learning.host.last<p::Stories>()->older);
  CHECK(learning.predicted(0) == Approx(liked).margin(1e-6));
  learning.settle();
  REQUIRE(learning.trained());
  CHECK(std::abs(learning.predicted(0) - learning.predicted(1)) < 0.5);
}
