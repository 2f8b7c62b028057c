// A newer page brings another text model: what the one before has read is used until the new one has read all of that.

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "core/engine/vector_files.hpp"
#include "tests/core/stories_fixture.hpp"

using namespace hub;
using namespace hub::tests;

namespace {

/// By the newer model a heist is the sea, and dreams are a ship.
constexpr Meaning newer_meaning{0, 1, 0, 1, 4, 5, 6, 7};
const std::vector<std::string> of_catalogue{"film/story-1", "film/story-2", "film/story-3"};
using Titles = std::vector<std::string>;
/// What is like the first story, and like the fourth, which no page brings.
const Titles like_first{"Two", "Dreams"};
const Titles like_fourth{"Three", "Six"};

engine::TextModel model_of(char hash, std::size_t of_dimensions = dimensions) {
  auto one = model();
  one.hash = std::string(64, hash);
  one.dimensions = of_dimensions;
  return one;
}

/// More than are read at once, that no other story is like.
std::vector<Item> many() {
  auto items = stories();
  for (int i = 0; i < 10; ++i) {
    Item item;
    item.id = "film/more-" + std::to_string(i);
    item.title = "More";
    item.synopsis = "music";
    item.keywords = {"m" + std::to_string(i)};
    item.provenance = "catalogue";
    items.push_back(item);
  }
  return items;
}

struct Renewed : Reading {
  /// A person whose model has read all.
  explicit Renewed(std::vector<Item> all = stories()) {
    items = std::move(all);
    comes = brought(offered, of_catalogue, meaning, items);
    reopen();
    tell(ModelNews::Kind::here);
    answer_all();
    keep();
    REQUIRE(like("film/story-1") == like_first);
    REQUIRE(like("film/story-4") == like_fourth);
  }
  /// The page has another model from now on.
  void renew(char hash = 'b', std::size_t of_dimensions = dimensions) {
    offered = model_of(hash, of_dimensions);
    meaning = newer_meaning;
    comes = brought(offered, of_catalogue, meaning, items);
    reopen();
    tell(ModelNews::Kind::absent);
  }
  /// The first letters of the models that files are of, and how many vectors.
  std::map<char, std::size_t> kept() {
    std::map<char, std::size_t> kept;
    for (const char hash : {'a', 'b', 'c'}) {
      const auto one = model_of(hash, hash == offered.hash[0] ? offered.dimensions : dimensions);
      features::VectorStore store(one.dimensions);
      engine::VectorFiles read;
      read.open(files, one.hash, store, false);
      if (store.size() > 0) kept[hash] = store.size();
    }
    return kept;
  }
  std::map<std::string, Bytes> vector_files() {
    std::map<std::string, Bytes> found;
    for (const auto& name : files.list())
      if (name.starts_with("stories-")) found[name] = *files.read(name);
    return found;
  }
};

using Kept = std::map<char, std::size_t>;

}  // namespace

TEST_CASE("what the model before has read is used until this page’s has read as much, then never more", "[stories][older]") {
  const std::size_t of_dimensions = GENERATE(std::size_t{16}, std::size_t{32});
  CAPTURE(of_dimensions);
  Renewed reading(many());
  const auto all = reading.state().all;
  REQUIRE(all == 17);
  CHECK(reading.kept() == Kept{{'a', all}});

  reading.renew('b', of_dimensions);
  CHECK(reading.state().older);
  CHECK(reading.state().state == "absent");
  CHECK(reading.like("film/story-1") == like_first);
  CHECK(reading.like("film/story-4") == like_fourth);

  reading.tell(ModelNews::Kind::here);
  int batches = 0;
  while (reading.state().older) {
    CHECK(reading.like("film/story-1") == like_first);
    CHECK(reading.like("film/story-4") == like_fourth);
    REQUIRE(reading.answer());
    ++batches;
    reading.keep();
  }
  CHECK(batches > 1);
  CHECK(reading.state().read == all);
  // All at once it is what the new one says.
  const Titles by_newer{"Three", "Four", "Two", "Dreams"};
  CHECK(reading.like("film/story-1") == by_newer);
  reading.keep();
  CHECK(reading.kept() == Kept{{'b', all}});

  reading.renew('b', of_dimensions);
  CHECK_FALSE(reading.state().older);
  CHECK(reading.like("film/story-1") == by_newer);
  CHECK(reading.host.batches.empty());
}

TEST_CASE("who does not download the newer model keeps what the one before has read, and its files", "[stories][older]") {
  Renewed reading;
  const auto files = reading.vector_files();
  Item fresh = stories()[0];
  fresh.id = "film/new";
  fresh.title = "New";
  reading.items.push_back(fresh);
  for (int visit = 0; visit < 3; ++visit) {
    reading.renew();
    CHECK(reading.state().older);
    CHECK(reading.like("film/story-1") == like_first);
    CHECK(reading.like("film/story-4") == like_fourth);
    // What came later has none.
    CHECK(reading.like("film/new").empty());
    reading.keep();
    CHECK(reading.vector_files() == files);
  }
  // Descriptions are looked for by their words.
  reading.send(p::Search{"dreams of a heist", MediaType::film, 10});
  CHECK(reading.host.last<p::SearchDone>()->by_story == std::vector<std::string>{"film/story-1", "film/new", "film/story-2"});
}

TEST_CASE("a description is compared with what this page’s model has read alone", "[stories][older]") {
  Renewed reading(many());
  reading.renew();
  reading.send(p::PageHidden{true});
  reading.tell(ModelNews::Kind::here);
  REQUIRE(reading.host.batches.empty());
  reading.send(p::Search{"dreams of a heist", MediaType::film, 10});
  pass(reading.host, *reading.session, engine::Stories::rest + 1);
  REQUIRE(reading.answer());
  CHECK(reading.state().older);
  // Those of the catalogue; the fourth would be as close as the second.
  CHECK(reading.host.last<p::SearchDone>()->by_story == std::vector<std::string>{"film/story-1", "film/story-3", "film/story-2"});
}

TEST_CASE("of several older models the last is used, and what is older still goes", "[stories][older]") {
  Renewed reading(many());
  reading.renew('b');
  reading.tell(ModelNews::Kind::here);
  REQUIRE(reading.answer());
  reading.keep();
  CHECK(reading.kept() == Kept{{'a', 17}, {'b', 11}});

  SECTION("where a third one comes") {
    reading.renew('c');
    CHECK(reading.kept() == Kept{{'b', 11}});
    CHECK(reading.state().older);
    // Some are equally close, in no order of their own.
    Titles alike = reading.like("film/story-4");
    std::sort(alike.begin(), alike.end());
    CHECK(alike == Titles{"One", "Six", "Three", "Two"});
  }
  SECTION("where the page before comes again, that is its own") {
    reading.offered = model();
    reading.meaning = each_its_own;
    reading.comes = brought(reading.offered, of_catalogue, reading.meaning, reading.items);
    reading.reopen();
    CHECK_FALSE(reading.state().older);
    CHECK(reading.like("film/story-4") == like_fourth);
    reading.keep();
    CHECK(reading.kept() == Kept{{'a', 17}});
  }
}

TEST_CASE("a tab that does not write uses the older vectors, and deletes nothing", "[stories][older]") {
  Renewed reading;
  const auto files = reading.vector_files();
  reading.mode = StorageMode::read_only;
  reading.renew();
  CHECK(reading.state().older);
  CHECK(reading.like("film/story-4") == like_fourth);
  // All that there is comes with the page.
  reading.session->bring_stories(
      brought(reading.offered, {"film/story-1", "film/story-2", "film/story-3", "film/story-4", "film/story-5", "film/story-6", "book/one"},
              newer_meaning));
  CHECK_FALSE(reading.state().older);
  reading.keep();
  reading.send(p::DeleteEverything{});
  CHECK(reading.vector_files() == files);
  // It writes from now on, as the other one was closed.
  reading.session->open(StorageMode::writer);
  CHECK_FALSE(reading.state().older);
  reading.keep();
  CHECK(reading.vector_files().empty());
}

TEST_CASE("the catalogue’s vectors are kept beside a person’s own, and by nobody else", "[stories][older]") {
  SECTION("nobody else") {
    Reading reading;
    reading.comes = brought(reading.offered, of_catalogue);
    reading.reopen();
    reading.keep();
    const auto names = reading.files.list();
    CHECK(std::none_of(names.begin(), names.end(), [](const std::string& name) { return name.starts_with("stories-"); }));
    // So those of another page are used at once.
    reading.offered = model_of('b');
    reading.comes = brought(reading.offered, of_catalogue, newer_meaning);
    reading.reopen();
    CHECK_FALSE(reading.state().older);
    CHECK(reading.like("film/story-1") == Titles{"Three", "Two"});
  }
  SECTION("also where they were read before, and once") {
    Renewed reading;
    CHECK(reading.kept() == Kept{{'a', 7}});
    reading.files.remove("stories-0001");
    engine::VectorFiles own;
    features::VectorStore store(dimensions);
    own.open(reading.files, model().hash, store, true);
    REQUIRE(engine::read_records(brought(model(), {"film/story-4"}), engine::vectors_head(model().hash, dimensions), store) > 0);
    own.write(store, {0});
    for (int visit = 0; visit < 3; ++visit) {
      reading.reopen();
      reading.keep();
      CHECK(reading.kept() == Kept{{'a', 4}});
      CHECK(reading.vector_files().begin()->second.size() == engine::vectors_head(model().hash, dimensions).size() + 4 * 32);
    }
  }
}

TEST_CASE("everything deleted, the older vectors are gone too; the model removed, they stay as its own do", "[stories][older]") {
  Renewed reading;
  reading.renew();
  SECTION("everything") {
    reading.send(p::DeleteEverything{});
    CHECK(reading.vector_files().empty());
    // What comes with the page is there.
    CHECK(reading.like("film/story-1") == Titles{"Three", "Two"});
    CHECK(reading.like("film/story-4").empty());
    reading.settle();
    CHECK_FALSE(reading.state().older);
  }
  SECTION("the model") {
    reading.tell(ModelNews::Kind::here);
    reading.send(p::WishTextModel{"remove"});
    reading.tell(ModelNews::Kind::absent);
    CHECK(reading.state().older);
    CHECK(reading.like("film/story-4") == like_fourth);
    reading.keep();
    CHECK(reading.kept() == Kept{{'a', 7}});
  }
}

TEST_CASE("while the demo is shown the older vectors stay for the person’s own works", "[stories][older]") {
  Reading reading;
  // Their own is the fourth alone.
  Item own = stories()[3];
  own.provenance = "import";
  std::erase_if(reading.items, [](const Item& item) { return item.id == "film/story-4"; });
  reading.comes = brought(model(), {"film/story-1", "film/story-2", "film/story-3", "film/story-5", "film/story-6", "book/one"});
  reading.reopen();
  reading.send(p::TakeBack{"00000000000000aa", false, {Event{{"00000000000000aa", 1}, 1, ItemAdded{own}}}});
  reading.settle();
  reading.tell(ModelNews::Kind::here);
  reading.answer_all();
  reading.keep();
  REQUIRE(reading.like("film/story-4") == like_fourth);

  reading.offered = model_of('b');
  reading.comes =
      brought(reading.offered, {"film/story-1", "film/story-2", "film/story-3", "film/story-5", "film/story-6", "book/one"}, newer_meaning);
  reading.reopen();
  CHECK(reading.state().older);
  reading.send(p::OpenDemo{});
  REQUIRE(reading.host.last<p::Opened>()->demo);
  CHECK(reading.like("film/story-1") == like_first);
  reading.keep();
  reading.send(p::LeaveDemo{});
  CHECK(reading.state().older);
  CHECK(reading.like("film/story-4") == like_fourth);
  // Without that work there is nothing left that only the older one has read.
  reading.send(p::Undo{});
  CHECK_FALSE(reading.state().older);
  CHECK(reading.like("film/story-1") == Titles{"Three", "Two", "Dreams"});
}

TEST_CASE("files of vectors of two models stand beside each other, and a damaged one is no model", "[stories][older]") {
  storage::MemoryFileSystem files;
  const auto write = [&](char hash, std::uint64_t key, const std::string& spared = {}) {
    features::VectorStore store(dimensions);
    engine::VectorFiles of;
    of.open(files, std::string(64, hash), store, true, spared);
    const auto row = store.put(key, features::quantised(std::vector<float>(dimensions, 0.25F)));
    of.write(store, {row});
  };
  const auto other = [&](char hash) {
    const auto found = engine::VectorFiles().other_model(files, std::string(64, hash));
    return found ? found->model.substr(0, 1) + " " + std::to_string(found->dimensions) : std::string();
  };
  const auto head = [](char hash) { return engine::vectors_head(std::string(64, hash), dimensions); };
  CHECK(other('a').empty());
  write('a', 1);
  CHECK(other('a').empty());
  CHECK(other('b') == "a 16");
  write('b', 2, head('a'));
  CHECK(other('a') == "b 16");
  CHECK(files.list() == std::vector<std::string>{"stories-0001", "stories-0002"});
  // The one that is used last is the last.
  write('a', 3, head('b'));
  CHECK(files.list().size() == 3);
  CHECK(other('c') == "a 16");
  CHECK(other('a') == "b 16");

  for (const std::string text :
       {"", "{", "{\"model\":1,\"dimensions\":16}\n", "{\"model\":\"x\",\"dimensions\":17}\n", "{\"model\":\"x\",\"dimensions\":16}",
        "{\"model\": \"x\",\"dimensions\":16}\n", "{\"model\":\"x\",\"dimensions\":18446744073709551600}\n"}) {
    CAPTURE(text);
    REQUIRE(files.write("stories-0009", bytes(text + std::string(text.empty() ? 0 : 40, 'x'))));
    CHECK(other('c') == "a 16");
  }
  // A head without a whole vector is written anew.
  REQUIRE(files.write("stories-0009", bytes(head('c') + "xxx")));
  write('c', 4, head('a'));
  features::VectorStore store(dimensions);
  engine::VectorFiles().open(files, std::string(64, 'c'), store, false);
  CHECK(store.size() == 1);
}

TEST_CASE("who holds the older vectors goes on with those", "[stories][older]") {
  storage::MemoryFileSystem files;
  REQUIRE(files.write("stories-0001", brought(model(), {"film/story-1"})));
  TestHost host;
  const auto work = std::make_shared<const Item>(stories()[0]);
  engine::Stories read(host, host, {[&] { return std::vector<engine::Works::Ref>{work}; }, [] {}, [](const auto&) {}, [] {}});
  read.offer(model_of('b'));
  read.open(&files, true);
  const auto held = read.used();
  REQUIRE(held->model() == model().hash);
  std::vector<float> older(dimensions);
  REQUIRE(held->of(*work, older));
  CHECK_FALSE(read.take_over());
  read.bring(brought(model_of('b'), {"film/story-1"}, {8, 9, 10, 11, 12, 13, 14, 15}));
  CHECK(read.uses_older());
  CHECK(read.take_over());
  CHECK_FALSE(read.take_over());
  std::vector<float> vector(dimensions);
  REQUIRE(read.used()->of(*work, vector));
  CHECK(read.used()->model() == model_of('b').hash);
  CHECK(vector != older);
  REQUIRE(held->of(*work, vector));
  CHECK(held->model() == model().hash);
  CHECK(vector == older);
}
