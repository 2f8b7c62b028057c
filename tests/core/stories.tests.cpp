// A session that reads what works are about: by a made-up model, whose vectors say which of a few words a text holds.

#include <algorithm>
#include <string>

#include "tests/core/stories_fixture.hpp"

using namespace hub;
using namespace hub::tests;

TEST_CASE("a page without a text model says so, and asks for nothing", "[stories]") {
  Fixture fixture;
  REQUIRE(fixture.host.last<p::Stories>());
  CHECK(fixture.host.last<p::Stories>()->state == "none");
  fixture.send(p::WishTextModel{"get"});
  CHECK(fixture.host.text_model().gets == 0);
  CHECK(fixture.host.text_model().looked_for == 0);
}

TEST_CASE("the model is downloaded when it is wished for, and then reads all that has a story", "[stories]") {
  Reading reading;
  CHECK(reading.host.text_model().looked_for == 1);
  reading.tell(ModelNews::Kind::absent);
  CHECK(reading.state().state == "absent");
  CHECK(reading.state().got_bytes == 300);
  CHECK(reading.state().download_bytes == 1000);
  CHECK(reading.host.batches.empty());
  CHECK(reading.host.text_model().gets == 0);

  reading.send(p::WishTextModel{"get"});
  CHECK(reading.host.text_model().gets == 1);
  CHECK(reading.state().state == "downloading");
  reading.send(p::WishTextModel{"get"});
  CHECK(reading.host.text_model().gets == 1);
  reading.send(p::WishTextModel{"stop"});
  CHECK(reading.host.text_model().gets_stopped == 1);
  reading.tell(ModelNews::Kind::absent);
  reading.send(p::WishTextModel{"get"});

  reading.tell(ModelNews::Kind::here);
  CHECK(reading.state().state == "opening");
  reading.answer_all();
  CHECK(reading.state().state == "here");
  CHECK(reading.state().all == 7);
  CHECK(reading.state().read == 7);

  SECTION("what is alike is told, of the same type first, and never what has no story") {
    reading.send(p::Inspect{"film/story-1"});
    CHECK(titles(reading.host.last<p::Details>()->similar) == std::vector<std::string>{"Two", "Dreams"});
    // What the model has read stays known while it is away.
    reading.tell(ModelNews::Kind::absent);
    CHECK(reading.host.last<p::Details>()->similar.size() == 2);
    reading.tell(ModelNews::Kind::here);
    reading.send(p::Inspect{"film/bare"});
    CHECK(reading.host.last<p::Details>()->similar.empty());
  }
  SECTION("removed, it reads nothing any more, and what it has read stays known") {
    reading.send(p::WishTextModel{"remove"});
    CHECK(reading.host.text_model().removals == 1);
    CHECK(reading.host.text_model().ends == 1);
    reading.tell(ModelNews::Kind::absent);
    CHECK(reading.state().state == "absent");
    reading.send(p::Inspect{"film/story-1"});
    CHECK(titles(reading.host.last<p::Details>()->similar) == std::vector<std::string>{"Two", "Dreams"});
    reading.send(p::Search{"robots", MediaType::film, 10});
    pass(reading.host, *reading.session, engine::Stories::rest + 1);
    CHECK(reading.host.batches.empty());
  }
  SECTION("its vectors are there when the page is opened again, and nothing is read twice") {
    pass(reading.host, *reading.session, engine::Stories::gathered + 1);
    reading.settle();
    reading.reopen();
    reading.tell(ModelNews::Kind::here);
    CHECK(reading.host.batches.empty());
    CHECK(reading.state().read == 7);
    reading.send(p::Inspect{"film/story-3"});
    CHECK(titles(reading.host.last<p::Details>()->similar) == std::vector<std::string>{"Four"});
    // They are no part of the journal, and go with everything.
    reading.send(p::DeleteEverything{});
    const auto names = reading.files.list();
    CHECK(std::none_of(names.begin(), names.end(), [](const std::string& name) { return name.starts_with("stories-"); }));
    CHECK(reading.host.text_model().removals == 1);
  }
  SECTION("it is ended when there was nothing to read for a while, and started again for what comes") {
    CHECK(reading.host.text_model().ends == 0);
    pass(reading.host, *reading.session, engine::Stories::idle / 2);
    CHECK(reading.host.text_model().ends == 0);
    pass(reading.host, *reading.session, engine::Stories::idle);
    CHECK(reading.host.text_model().ends == 1);
    reading.send(p::Search{"heist at sea", MediaType::film, 10});
    pass(reading.host, *reading.session, engine::Stories::rest + 1);
    CHECK(reading.host.batches.size() == 1);
  }
}

TEST_CASE("what the catalogue is about comes with the page: alike titles are told before there is a model", "[stories]") {
  Reading reading;
  reading.tell(ModelNews::Kind::absent);
  reading.send(p::Inspect{"film/story-1"});
  CHECK(reading.host.last<p::Details>()->similar.empty());
  const auto bytes = brought(model(), {"film/story-1", "film/story-2", "film/story-3", "film/bare"});

  SECTION("it is told for the title that is looked at, and for others") {
    reading.session->bring_stories(bytes);
    CHECK(titles(reading.host.last<p::Details>()->similar) == std::vector<std::string>{"Two"});
    reading.send(p::Inspect{"film/story-4"});
    CHECK(reading.host.last<p::Details>()->similar.empty());
    // The model reads what is left.
    reading.tell(ModelNews::Kind::here);
    CHECK(reading.state().all == 7);
    CHECK(reading.state().read == 3);
    std::size_t rows = 0;
    while (!reading.host.batches.empty()) {
      rows += reading.host.batches.back().second.counts.size();
      reading.answer();
    }
    CHECK(rows == 4);
    CHECK(reading.state().read == 7);
    // Everything deleted, what came with the page is there as before.
    reading.send(p::DeleteEverything{});
    reading.send(p::Inspect{"film/story-1"});
    CHECK(titles(reading.host.last<p::Details>()->similar) == std::vector<std::string>{"Two"});
  }
  SECTION("vectors of another model are not used") {
    auto other = model();
    other.hash = std::string(64, 'b');
    reading.session->bring_stories(brought(other, {"film/story-1", "film/story-2"}));
    CHECK(reading.host.last<p::Details>()->similar.empty());
    reading.tell(ModelNews::Kind::here);
    CHECK(reading.state().read == 0);
  }
  SECTION("nor are damaged ones, and what stands behind them") {
    auto damaged = bytes;
    damaged[engine::vectors_head(model().hash, dimensions).size() + 20] ^= 1;
    reading.session->bring_stories(damaged);
    CHECK(reading.host.last<p::Details>()->similar.empty());
    for (const std::size_t size : {std::size_t{0}, std::size_t{10}, bytes.size() - 1}) {
      reading.session->bring_stories({bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)});
    }
    // Two of three are whole there.
    CHECK(titles(reading.host.last<p::Details>()->similar) == std::vector<std::string>{"Two"});
  }
}

TEST_CASE("typed words find what is about them, behind what is called so", "[stories]") {
  Reading reading;
  reading.tell(ModelNews::Kind::here);
  reading.answer_all();
  const auto search = [&](const std::string& words) {
    reading.send(p::Search{words, MediaType::film, 10});
    CHECK(reading.host.batches.empty());
    pass(reading.host, *reading.session, engine::Stories::rest + 1);
    reading.answer_all();
    return *reading.host.last<p::SearchDone>();
  };
  const auto done = search("dreams of a heist");
  REQUIRE(done.query == "dreams of a heist");
  REQUIRE(done.items.size() == 2);
  CHECK(done.items[0].title == "One");
  CHECK(done.by_story == std::vector<std::string>{"film/story-1", "film/story-2"});
  CHECK(done.total == 2);

  // One word that a title has is that title; one that none has is looked for in what they are about.
  const auto title = search("heist");
  REQUIRE(title.items.size() == 1);
  CHECK(title.items[0].id == "film/bare");
  CHECK(title.by_story.empty());
  CHECK(search("robots").by_story == std::vector<std::string>{"film/story-5"});
  CHECK(search("nothing of that").by_story.empty());

  // Words that were replaced before they were read are not answered.
  reading.send(p::Search{"sea ship", MediaType::film, 10});
  reading.send(p::Search{"robots", MediaType::film, 10});
  pass(reading.host, *reading.session, engine::Stories::rest + 1);
  reading.answer_all();
  CHECK(reading.host.last<p::SearchDone>()->query == "robots");
}

TEST_CASE("without the model typed words find what is told in them, and nothing is awaited", "[stories]") {
  Reading reading;
  reading.tell(ModelNews::Kind::absent);
  const auto search = [&](const std::string& words) {
    reading.send(p::Search{words, MediaType::film, 10});
    return *reading.host.last<p::SearchDone>();
  };
  CHECK(search("dreams of a heist").by_story == std::vector<std::string>{"film/story-1", "film/story-2"});
  // One word is what a title is looked for by; and one of many that nothing is told with is not enough.
  CHECK(search("robots").by_story.empty());
  CHECK(search("heist").by_story.empty());
  CHECK(search("robots zeppelins volcanoes tomatoes giraffes").by_story.empty());
  CHECK(search("giraffes").by_story.empty());
  CHECK(reading.host.batches.empty());
  // With the model it is the model that finds.
  reading.tell(ModelNews::Kind::here);
  reading.answer_all();
  CHECK(search("dreams of a heist").by_story.empty());
  pass(reading.host, *reading.session, engine::Stories::rest + 1);
  reading.answer_all();
  CHECK(reading.host.last<p::SearchDone>()->by_story == std::vector<std::string>{"film/story-1", "film/story-2"});
}

TEST_CASE("what was rated is read first; pausing, a hidden page and a training hold the rest back", "[stories]") {
  Reading reading;
  reading.send(p::Rate{"film/story-6", 4});
  reading.send(p::PauseStories{true});
  reading.tell(ModelNews::Kind::here);
  CHECK(reading.state().paused);
  CHECK(reading.host.batches.empty());
  reading.send(p::PageHidden{true});
  reading.send(p::PauseStories{false});
  CHECK(reading.host.batches.empty());
  // The rating is yet to be learnt from.
  (void)reading.session->run(0);
  reading.send(p::PageHidden{false});
  CHECK(reading.host.batches.empty());
  reading.host.tick += 200;
  reading.settle();
  REQUIRE(reading.host.batches.size() == 1);
  const auto pieces = reading.host.batches[0].second.pieces;
  // [CLS] six . love war [SEP]: unknown words are [UNK].
  const std::vector<std::int32_t> sixth{2, 1, 1, first_known + 4, first_known + 5, 3};
  CHECK(std::equal(sixth.begin(), sixth.end(), pieces.begin()));
}

TEST_CASE("what goes wrong with the model is said, leaves the rest as it is, and can be tried again", "[stories]") {
  Reading reading;
  for (const char* code : {"network", "wrong_hash", "quota_exceeded", "blocked"}) {
    CAPTURE(code);
    reading.send(p::WishTextModel{"get"});
    reading.tell(ModelNews::Kind::failed, code);
    CHECK(reading.state().state == "absent");
    CHECK(reading.state().code == code);
    CHECK(reading.state().words.size() > 40);
    CHECK(reading.host.last<p::Failed>() == nullptr);
  }
  CHECK(reading.host.text_model().gets == 4);
  reading.send(p::WishTextModel{"get"});
  CHECK(reading.state().words.empty());
  reading.tell(ModelNews::Kind::here);
  REQUIRE(reading.host.batches.size() == 1);
  // The runtime does not start.
  reading.session->embedded(reading.host.batches.back().first, {}, "runtime");
  reading.host.batches.clear();
  CHECK(reading.state().state == "here");
  CHECK(reading.state().code == "runtime");
  reading.send(p::Search{"heist at sea", MediaType::film, 10});
  pass(reading.host, *reading.session, engine::Stories::rest + 1);
  CHECK(reading.host.batches.empty());
  reading.send(p::WishTextModel{"get"});
  CHECK(reading.state().code.empty());
  reading.answer_all();
  CHECK(reading.state().read == 7);

  // A vocabulary that is none.
  Reading other;
  other.session->model_told(engine::text_place, {ModelNews::Kind::here, 1000, true, {}, "nothing\n"});
  CHECK(other.state().code == "wrong_hash");
  // An answer of another length than what was asked.
  Reading third;
  third.tell(ModelNews::Kind::here);
  third.session->embedded(third.host.batches.back().first, std::vector<float>(3), "");
  CHECK(third.state().code == "runtime");
}

TEST_CASE("the vector of a work can be had by others, once it has been read", "[stories]") {
  TestHost host;
  engine::Stories stories_read(host, host, {[] { return std::vector<engine::Works::Ref>(); }, [] {}, [](const auto&) {}, [] {}});
  std::vector<float> into(dimensions);
  CHECK(stories_read.used() == nullptr);
  stories_read.offer(model());
  CHECK(stories_read.used()->dimensions() == dimensions);
  stories_read.open(nullptr, false);
  stories_read.told({ModelNews::Kind::here, 1000, true, {}, vocabulary()});
  CHECK_FALSE(stories_read.used()->of(stories()[0], into));
  stories_read.look_at(std::make_shared<const Item>(stories()[0]));
  REQUIRE(host.batches.size() == 1);
  const auto& [id, batch] = host.batches[0];
  std::vector<float> states(batch.length * dimensions);
  states[3] = 2;
  stories_read.embedded(id, states, "");
  REQUIRE(stories_read.used()->of(stories()[0], into));
  CHECK(into[3] == Approx(1));
  CHECK(into[0] == 0);
  // Kept in memory alone.
  CHECK_FALSE(stories_read.write_due());
  std::vector<float> other(dimensions + 1);
  CHECK_FALSE(stories_read.used()->of(stories()[0], other));
}

TEST_CASE("models.json names a text model that can be used, or is refused with what is wrong", "[stories]") {
  const std::string hash(64, 'f');
  const auto told = [&](const std::string& more) {
    return engine::read_text_model(R"({"version":1,"text":{"name":"A","licence":"MIT","hash":")" + hash +
                                   R"(","download_bytes":5,"memory_bytes":6,)" + more + "}}");
  };
  const auto good = told(R"("dimensions":384,"most_pieces":128)");
  REQUIRE(good);
  CHECK(good->dimensions == 384);
  CHECK(good->most_pieces == 128);
  for (const char* more : {R"("dimensions":0,"most_pieces":128)", R"("dimensions":383,"most_pieces":128)",
                           R"("dimensions":1e9,"most_pieces":128)", R"("dimensions":384,"most_pieces":2)", R"("dimensions":384)"})
    CHECK_FALSE(told(more));
  for (const char* text : {"", "{}", "[]", R"({"text":{}})", R"({"text":[]})"}) CHECK_FALSE(engine::read_text_model(text));
}
