// How long the engine takes to find, among 50,000 works, those that are like one, and those that fit a description: all of one type, so
// that every query goes through all of them. Vectors are random; works have the genres, keywords and synopses that a real one has, of
// made-up words. Prints the median of a query with its 95 % interval (by the order of all times, as nothing is known of their
// distribution) beside the 20 ms that are allowed.

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <iterator>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "core/engine/stories.hpp"
#include "core/engine/vector_records.hpp"
#include "core/features/story.hpp"
#include "core/features/vector_store.hpp"

using namespace hub;
using engine::Stories;
using engine::Works;

namespace {

/// Not the processor's own count of this thread (bench::now()): that moves on in steps that are as long as a query.
using Clock = std::chrono::steady_clock;

constexpr std::size_t dimensions = 384;
constexpr std::size_t works = 50'000;
constexpr std::size_t queries = 200;
constexpr double allowed = 20;  ///< milliseconds
/// As many as the page shows.
constexpr std::size_t shown = 8;

class Maker {
 public:
  std::vector<float> vector() {
    std::normal_distribution<float> normal;
    std::vector<float> vector(dimensions);
    double squares = 0;
    for (float& one : vector) {
      one = normal(random_);
      squares += static_cast<double>(one) * static_cast<double>(one);
    }
    for (float& one : vector) one = static_cast<float>(static_cast<double>(one) / std::sqrt(squares));
    return vector;
  }
  std::size_t below(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_); }
  /// One of so many words, some of which are far more common than others.
  std::string word(const char* kind, std::size_t count) {
    const double share = std::uniform_real_distribution<double>()(random_);
    return kind + std::to_string(static_cast<std::size_t>(share * share * share * static_cast<double>(count)));
  }
  Works::Ref work(std::size_t number) {
    auto made = std::make_shared<Item>();
    made->id = "film/" + std::to_string(number);
    made->title = word("Title", 8000) + " " + std::to_string(number);
    for (int i = 0; i < 2; ++i) made->genres.push_back(word("Genre", 20));
    std::vector<std::string> keywords(6);
    for (std::string& keyword : keywords) keyword = word("theme", 2000);
    made->keywords = std::move(keywords);
    std::string synopsis;
    for (int i = 0; i < 20; ++i) synopsis += word("word", 20000) + " ";
    made->synopsis = synopsis;
    return made;
  }

 private:
  std::mt19937 random_{1};
};

/// A model that says of any words what it was told to say, and a clock that is as late as one likes.
class MadeUp final : public engine::ModelHost, public fetching::Outside {
 public:
  void look_for_model(engine::ModelPlace) override {}
  void get_model(engine::ModelPlace) override {}
  void stop_getting_model(engine::ModelPlace) override {}
  void remove_model(engine::ModelPlace) override {}
  void embed(std::uint32_t id, const engine::TextBatch& batch) override {
    id_ = id;
    pieces_ = batch.pieces.size();
  }
  void end_model(engine::ModelPlace) override {}
  void see(engine::ModelPlace, std::uint32_t, const std::string&, int, const std::string*) override {}
  void describe(engine::ModelPlace, std::uint32_t, const std::vector<std::int32_t>&) override {}
  void fetch(std::uint32_t, const std::string&, std::size_t, bool) override {}
  void stop(std::uint32_t) override {}
  bool online() override { return false; }
  void call_in(double) override {}
  std::int64_t now() override { return 0; }
  double ticks() override { return time_; }
  double random() override { return 0.5; }

  /// Words are typed, and have rested; where there is a model, it says that they are this vector.
  void type(Stories& stories, const std::string& words, const std::vector<float>& vector) {
    stories.type(words);
    time_ += Stories::rest;
    id_ = 0;
    stories.run();
    if (id_ == 0) return;
    std::vector<float> states;
    for (std::size_t piece = 0; piece < pieces_; ++piece) states.insert(states.end(), vector.begin(), vector.end());
    stories.embedded(id_, states, {});
  }

 private:
  double time_ = 0;
  std::uint32_t id_ = 0;
  std::size_t pieces_ = 0;
};

/// @param query  one of them; how many works it found.
void measure(Stories& stories, const char* name, const std::function<std::size_t(std::size_t)>& prepare,
             const std::function<std::size_t(std::size_t)>& query) {
  std::vector<double> times;
  double first = 0;
  std::size_t found = 0;
  // The first one looks which works there are, as after each change of them; it is told apart.
  stories.works_changed();
  for (std::size_t i = 0; i <= queries; ++i) {
    const std::size_t work = prepare(i);
    const auto begin = Clock::now();
    found += query(work) > 0 ? 1 : 0;
    const double took = std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
    if (i == 0)
      first = took;
    else
      times.push_back(took);
  }
  std::sort(times.begin(), times.end());
  const double half = static_cast<double>(queries) / 2;
  const double spread = 1.96 * std::sqrt(static_cast<double>(queries)) / 2;
  const double low = times[static_cast<std::size_t>(half - spread)];
  const double high = times[static_cast<std::size_t>(half + spread)];
  std::printf(
      "%-34s %6.2f ms (95 %% interval %.2f - %.2f), 19 of 20 within %.2f; allowed %.0f   first after a change %.0f ms, %zu of %zu found any\n",
      name, times[queries / 2], low, high, times[queries * 19 / 20], allowed, first, found, queries + 1);
}

}  // namespace

int main() {
  Maker maker;
  MadeUp outside;
  std::vector<Works::Ref> all;
  std::vector<std::vector<float>> vectors;
  const std::string hash(64, 'a');
  const std::string head = engine::vectors_head(hash, dimensions);
  storage::Bytes records(head.begin(), head.end());
  for (std::size_t i = 0; i < works; ++i) {
    all.push_back(maker.work(i));
    const auto vector = maker.vector();
    const auto kept = features::quantised(vector);
    engine::add_record(records, key_of(features::story_of(*all.back())), kept.scale, kept.values);
    // Of those that are sought.
    if (i <= queries) vectors.push_back(vector);
  }

  Stories stories(outside, outside, {[&] { return all; }, [] {}, [](const auto&) {}, [] {}});
  stories.offer({"Made up", "MIT", hash, 0, 0, dimensions, 128});
  stories.open(nullptr, false);
  if (!stories.bring(std::move(records))) return 1;
  const auto any = [&](std::size_t) { return maker.below(works); };
  measure(stories, "more like this", any, [&](std::size_t work) { return stories.like(all[work], MediaType::film, shown).size(); });

  std::string words;
  const auto typed = [&](std::size_t i) {
    words.clear();
    for (int k = 0; k < 5; ++k) words += maker.word("word", 20000) + " ";
    outside.type(stories, words, vectors[i]);
    return i;
  };
  const auto described = [&](std::size_t) { return stories.about(words, MediaType::film, shown).size(); };
  measure(stories, "a description, by its words", typed, described);
  stories.type({});
  stories.told({engine::ModelNews::Kind::here, 0, true, {}, "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n"});
  measure(stories, "a description, by the text model", typed, described);
  return 0;
}
