// Models and settings of the predictor in a session: kept, restored, searched for.
#include <algorithm>
#include <cstring>

#include "core/engine/model_files.hpp"
#include "core/engine/tuned.hpp"
#include "core/predictor/tunable.hpp"
#include "core/storage/store.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/session_fixture.hpp"

using hub::MediaType;
using namespace hub::tests;

namespace {

std::vector<std::string> model_files(hub::storage::FileSystem& files) {
  std::vector<std::string> names;
  for (const auto& name : files.list())
    if (name.starts_with("model-")) names.push_back(name);
  return names;
}

std::string model_file(hub::storage::FileSystem& files) {
  for (const auto& name : model_files(files))
    if (name.ends_with(".bin")) return name;
  return {};
}

void rate(Fixture& f, int from, int to) {
  for (int i = from; i < to; ++i) f.send(p::Rate{id_of(i), i % 3 == 0 ? 4.5 : 1.5 + 0.5 * (i % 4)});
}

std::vector<p::ModelCard> cards(Fixture& f) {
  f.send(p::InspectModel{MediaType::film});
  return f.host.last<p::ModelReport>()->cards;
}

/// What the interface was last told of films.
Bytes predictions(const TestHost& host) {
  for (std::size_t i = host.messages.size(); i-- > 0;) {
    const auto* told = std::get_if<p::Predictions>(&host.messages[i]);
    if (told && told->type == MediaType::film) return host.bulks[i];
  }
  return {};
}

/// A page with a model of twenty ratings.
struct Twenty : Fixture {
  Bytes then;       ///< what it predicts
  std::string old;  ///< its card
  Twenty() {
    rate(*this, 0, 20);
    settle();
    then = predictions(host);
    old = cards(*this)[0].id;
  }
};

/// A page that is opened with the files that another left.
struct Reopened {
  TestHost host;
  SlowFileSystem& files;
  Session session;
  explicit Reopened(SlowFileSystem& its_files, StorageMode mode = StorageMode::writer, std::vector<hub::Item> items = catalogue())
      : files(its_files), session(files, host, std::move(items), demo()) {
    host.time = 1'800'000'000'000;
    session.open(mode);
    do {
      while (session.run(1000)) {
      }
      while (!files.waiting.empty()) files.finish();
      host.tick += 200;  // the rest before a training
    } while (session.run(1000));
    session.receive(p::InspectModel{MediaType::film}, {}, 1);
  }
  const std::vector<p::ModelCard>& cards() const { return host.last<p::ModelReport>()->cards; }
};

}  // namespace

TEST_CASE("a training leaves a card and a model, of which the three newest stay", "[models]") {
  Fixture f;
  CHECK(model_files(f.files).empty());
  rate(f, 0, 8);
  f.settle();
  auto told = cards(f);
  REQUIRE(told.size() == 1);
  CHECK(told[0].in_use);
  CHECK(told[0].ratings == 8);
  CHECK(told[0].parameters == "default");
  CHECK(told[0].made.starts_with("2023-11-14T22:13:2"));
  CHECK(told[0].data.size() == 16);
  REQUIRE(told[0].rmse);
  CHECK_FALSE(told[0].code.empty());
  for (int more = 8; more < 12; ++more) {
    rate(f, more, more + 1);
    f.settle();
  }
  told = cards(f);
  REQUIRE(told.size() == hub::engine::ModelFiles::most_a_type);
  CHECK(told[0].ratings == 12);
  CHECK(told[2].ratings == 10);
  CHECK(told[0].in_use);
  CHECK_FALSE(told[1].in_use);
  CHECK(model_files(f.files).size() == 2 * told.size());
}

TEST_CASE("a backup tells of the model in use of each type", "[models]") {
  Twenty f;
  f.send(p::MakeBackup{});
  f.settle();
  const Bytes& file = f.host.last_bulk<p::FileReady>();
  const std::string text(file.begin(), file.end());
  const auto head = hub::parse_json(std::string_view(text).substr(0, text.find('\n')));
  REQUIRE(head);
  REQUIRE((*head)["models"].size() == 1);
  const auto& card = (*head)["models"][0];
  CHECK(card["type"] == "film");
  CHECK(card["id"] == f.old);
  CHECK(card["ratings"] == 20);
  CHECK(card["scores"]["rmse"].is_number());
}

TEST_CASE("a model is restored at opening without a training and says the same to the bit", "[models]") {
  Fixture f;
  rate(f, 0, 30);
  f.settle();
  const auto before = cards(f);
  const auto mode = GENERATE(StorageMode::writer, StorageMode::read_only);
  const Reopened again(f.files, mode);
  // Whatever is trained gets a card of its own.
  REQUIRE(again.cards().size() == before.size());
  CHECK(again.cards()[0].id == before[0].id);
  CHECK(again.cards()[0].in_use);
  CHECK((predictions(again.host) == predictions(f.host)));
}

TEST_CASE("a model is trained anew where ratings, facts or other works differ from what it learnt from", "[models]") {
  Fixture f;
  rate(f, 0, 12);
  f.settle();
  const auto before = cards(f);
  auto items = catalogue();
  const int what = GENERATE(0, 1);
  if (what == 0) items[3].keywords = {"sea"};  // of a rated work
  if (what == 1) items[40].title = "Quite another title";
  const Reopened again(f.files, StorageMode::writer, items);
  REQUIRE(again.cards().size() == 2);
  CHECK(again.cards()[0].in_use);
  CHECK(again.cards()[0].data != before[0].data);
}

TEST_CASE("a damaged model is passed over and trained again", "[models]") {
  Fixture f;
  rate(f, 0, 12);
  f.settle();
  const auto before = cards(f);
  const auto name = model_file(f.files);
  auto wrong = *f.files.read(name);
  const int what = GENERATE(0, 1, 2);
  if (what == 0) wrong[wrong.size() / 2] ^= 1;
  if (what == 1) wrong.resize(wrong.size() / 3);
  if (what == 2) wrong.clear();
  REQUIRE(f.files.write(name, wrong));
  const Reopened again(f.files);
  CHECK(again.host.last<p::Opened>()->warnings.empty());
  CHECK(again.host.count<p::Failed>() == 0);
  REQUIRE(again.cards().size() == 1);
  CHECK(again.cards()[0].in_use);
  CHECK(again.cards()[0].id != before[0].id);
  CHECK((predictions(again.host) == predictions(f.host)));
}

TEST_CASE("a card that is not to be understood is passed over", "[models]") {
  Fixture f;
  rate(f, 0, 6);
  f.settle();
  for (const char* text : {"", "{", "[]", "{\"settings\":{\"eta\":\"fast\"},\"made\":\"x\",\"data\":\"y\"}", "{\"settings\":7}"})
    REQUIRE(f.files.write("model-film-ffffffffffff.json", bytes(text)));
  REQUIRE(f.files.write("model-.json", bytes("{}")));
  const Reopened again(f.files);
  CHECK(again.cards().size() == 1);
  CHECK(again.host.last<p::Training>()->types[0].ratings == 6);
}

TEST_CASE("an earlier model is put back into use until ratings of its type change", "[models]") {
  Twenty f;
  rate(f, 20, 22);
  f.settle();
  REQUIRE(cards(f).size() == 2);
  REQUIRE((predictions(f.host) != f.then));

  f.send(p::RestoreModel{MediaType::film, f.old});
  f.settle();
  CHECK((predictions(f.host) == f.then));
  auto told = cards(f);
  REQUIRE(told.size() == 2);
  CHECK_FALSE(told[0].in_use);
  CHECK(told[1].in_use);
  CHECK(f.host.last<p::Training>()->types[0].ratings == 20);

  rate(f, 22, 23);
  f.settle();
  CHECK(f.host.last<p::Training>()->types[0].ratings == 23);
  told = cards(f);
  REQUIRE(told.size() == 3);
  CHECK(told[0].in_use);
  CHECK_FALSE(told[2].in_use);

  f.send(p::RestoreModel{MediaType::film, "nonsense"});
  CHECK(f.host.last<p::Failed>()->code == "not_found");
}

TEST_CASE("taking a rating back brings the model of before back without a training", "[models]") {
  Twenty f;
  rate(f, 20, 21);
  f.settle();
  f.send(p::Undo{});
  f.settle();
  CHECK((predictions(f.host) == f.then));
  const auto told = cards(f);
  REQUIRE(told.size() == 2);
  CHECK(told[1].id == f.old);
  CHECK(told[1].in_use);
}

TEST_CASE("ratings are saved before the models that came of them", "[models]") {
  Fixture f;
  rate(f, 0, 6);
  f.host.tick += 200;
  while (f.session.run(1000)) {
  }
  CHECK(f.host.last<p::StorageState>()->state == "saving");
  REQUIRE(f.files.waiting.size() == 1);
  // The first rating, then the others.
  for (int k = 0; k < 2; ++k) f.files.finish();
  CHECK(f.host.last<p::StorageState>()->state == "saved");  // and the models are still being written back
  REQUIRE(f.files.waiting.size() == 1);
  REQUIRE_FALSE(model_files(f.files).empty());
  f.files.finish(hub::failure("quota_exceeded", "No more space."));
  CHECK(f.host.last<p::StorageState>()->state == "saved");
  CHECK(model_files(f.files).empty());
}

TEST_CASE("deleting everything deletes the models", "[models]") {
  Fixture f;
  rate(f, 0, 6);
  f.settle();
  REQUIRE_FALSE(model_files(f.files).empty());
  f.send(p::DeleteEverything{});
  f.settle();
  CHECK(model_files(f.files).empty());
  CHECK(cards(f).empty());
}

TEST_CASE("no model is written in the demo, where another tab writes, or where nothing can be kept", "[models]") {
  Fixture f;
  f.send(p::OpenDemo{});
  f.settle();
  CHECK(model_files(f.files).empty());
  f.send(p::RestoreModel{MediaType::film, "0"});
  CHECK(f.host.last<p::Failed>()->code == "demo");

  Fixture blocked(StorageMode::memory);
  rate(blocked, 0, 6);
  blocked.settle();
  CHECK(model_files(blocked.files).empty());

  Fixture writer;
  rate(writer, 0, 6);
  writer.settle();
  for (const auto& name : model_files(writer.files)) REQUIRE(writer.files.remove(name));
  const Reopened reader(writer.files, StorageMode::read_only);
  CHECK(reader.host.last<p::Training>()->types[0].ratings == 6);
  CHECK(model_files(writer.files).empty());
}

TEST_CASE("settings that a search found are written as text, and what is wrong in them is refused", "[models]") {
  hub::Library library;
  CHECK(hub::engine::settings_of(library, MediaType::film) == hub::predictor::Settings());
  hub::engine::Tuned tuned;
  tuned.settings.max_depth = 4;
  tuned.settings.eta = 0.1 / 3;
  tuned.trials = 7;
  tuned.rmse_best = 0.5;
  const auto set = [&](const std::string& value) {
    REQUIRE(library.apply(library.make("0123456789abcdef", 1, hub::SettingChanged{hub::engine::tuned_key(MediaType::film), value})));
  };
  set(hub::engine::tuned_value(tuned));
  CHECK(hub::engine::settings_of(library, MediaType::film) == tuned.settings);
  CHECK(hub::engine::settings_of(library, MediaType::show) == hub::predictor::Settings());
  CHECK(hub::engine::told(*hub::engine::tuned_of(library, MediaType::film)).words.find("trees 4 deep") != std::string::npos);
  for (const char* wrong : {"", "{}", "{\"settings\":{\"rounds\":1e9}}", "{\"settings\":{\"eta\":\"x\"}}", "{\"settings\":[]}"}) {
    set(wrong);
    CHECK_FALSE(hub::engine::tuned_of(library, MediaType::film));
  }
}

TEST_CASE("settings in the library are what a type is trained with, and undoing them trains it as before", "[models]") {
  Fixture f;
  rate(f, 0, 25);
  f.settle();
  const auto usual = predictions(f.host);
  hub::engine::Tuned tuned;
  tuned.settings.trees_most = 0.9;
  tuned.settings.rounds = 20;
  f.send(p::ChangeSetting{hub::engine::tuned_key(MediaType::film), hub::engine::tuned_value(tuned)});
  f.settle();
  CHECK((predictions(f.host) != usual));
  auto told = cards(f);
  REQUIRE(told.size() == 2);
  CHECK(told[0].parameters == "20 trees in each forest, trees count up to 0.9");
  CHECK(told[0].data == told[1].data);
  CHECK(f.host.last<p::ModelReport>()->tuning.kept);
  f.send(p::Undo{});
  f.settle();
  CHECK((predictions(f.host) == usual));
  CHECK_FALSE(f.host.last<p::ModelReport>()->tuning.kept);
  CHECK(cards(f)[1].in_use);
}

TEST_CASE("a search for better settings tells how it goes and says in the end which settings are in use", "[models]") {
  Fixture f;
  f.send(p::Tune{MediaType::film, 1});
  CHECK(f.host.last<p::Failed>()->code == "too_few");
  rate(f, 0, 44);
  f.settle();
  f.send(p::InspectModel{MediaType::film});
  f.send(p::Tune{MediaType::film, 1});
  REQUIRE(f.host.last<p::JobProgress>());
  CHECK(f.host.last<p::JobProgress>()->label == "Looking for better settings for films");
  CHECK_FALSE(f.host.last<p::JobProgress>()->ended);
  CHECK(f.host.last<p::ModelReport>()->tuning.running);
  f.send(p::Tune{MediaType::film, 1});
  CHECK(f.host.last<p::Failed>()->code == "busy");
  const auto reports = f.host.count<p::ModelReport>();
  f.settle();
  CHECK(f.host.count<p::ModelReport>() > reports + 5);
  CHECK(f.host.last<p::JobProgress>()->ended);
  CHECK_FALSE(f.host.last<p::JobProgress>()->cancelled);
  const auto& tuning = f.host.last<p::ModelReport>()->tuning;
  CHECK_FALSE(tuning.running);
  CHECK(tuning.trials >= 4);
  CHECK_FALSE(tuning.words.empty());
  REQUIRE(tuning.rmse_default);
  REQUIRE(tuning.rmse_best);
  REQUIRE(tuning.standard_error);
  CHECK(tuning.kept == (*tuning.rmse_default - *tuning.rmse_best > *tuning.standard_error));
  CHECK(tuning.kept == f.replica().setting(hub::engine::tuned_key(MediaType::film)).has_value());
}

TEST_CASE("a search that is cancelled after any number of steps leaves everything as it was", "[models]") {
  Fixture f;
  rate(f, 0, 42);
  f.settle();
  const auto before = predictions(f.host);
  const auto events = f.replica().events().size();
  const auto kept = cards(f);
  f.settle();
  const auto tuning = f.host.last<p::ModelReport>()->tuning;
  for (const int steps : {0, 1, 2, 7, 30, 90}) {
    f.send(p::Tune{MediaType::film, 3600});
    const auto job = f.host.last<p::JobProgress>()->job;
    for (int step = 0; step < steps; ++step) REQUIRE(f.session.run(0));
    f.send(p::CancelJob{job});
    CHECK(f.host.last<p::JobProgress>()->ended);
    CHECK(f.host.last<p::JobProgress>()->cancelled);
    CHECK_FALSE(f.session.run(0));
    f.settle();
    CHECK((predictions(f.host) == before));
    CHECK(f.replica().events().size() == events);
    const auto now = cards(f);
    f.settle();
    REQUIRE(now.size() == kept.size());
    CHECK(now[0].id == kept[0].id);
    CHECK(now[0].in_use);
    CHECK_FALSE(f.host.last<p::ModelReport>()->tuning.running);
    CHECK(f.host.last<p::ModelReport>()->tuning.words == tuning.words);
  }
}

TEST_CASE("a rating of the type ends the search with a sentence", "[models]") {
  Fixture f;
  rate(f, 0, 42);
  f.settle();
  f.send(p::InspectModel{MediaType::film});
  f.send(p::Tune{MediaType::film, 3600});
  for (int step = 0; step < 5; ++step) f.session.run(0);
  rate(f, 50, 51);
  CHECK(f.host.last<p::JobProgress>()->ended);
  CHECK_FALSE(f.host.last<p::ModelReport>()->tuning.running);
  CHECK(f.host.last<p::ModelReport>()->tuning.words.find("your film ratings changed") != std::string::npos);
  f.settle();
  CHECK_FALSE(f.host.last<p::ModelReport>()->tuning.kept);
}
