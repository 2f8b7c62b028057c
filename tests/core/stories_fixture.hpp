#pragma once
// A session that reads what works are about: by a made-up model, whose vectors say which of a few words a text holds.

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/engine/catalogue_stories.hpp"
#include "core/engine/stories.hpp"
#include "core/engine/vector_records.hpp"
#include "core/features/story.hpp"
#include "tests/core/session_fixture.hpp"

namespace hub::tests {

using engine::ModelNews;

inline constexpr std::size_t dimensions = 16;
inline constexpr std::array<std::string_view, 8> known{"heist", "dreams", "sea", "ship", "love", "war", "robots", "music"};
inline constexpr std::int32_t first_known = 5;
/// The dimension along which each of those moves the vector: what shares words is alike.
using Meaning = std::array<std::size_t, known.size()>;
inline constexpr Meaning each_its_own{0, 1, 2, 3, 4, 5, 6, 7};

inline std::string vocabulary() {
  std::string lines = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n";
  for (const auto word : known) lines += std::string(word) + "\n";
  return lines;
}

inline engine::TextModel model() {
  return {"Made up", "MIT", std::string(64, 'a'), 1000, 2000, dimensions, 16};
}

inline std::vector<Item> stories() {
  const std::array<std::pair<const char*, const char*>, 6> told{{{"One", "heist dreams"},
                                                                 {"Two", "heist dreams love"},
                                                                 {"Three", "sea ship"},
                                                                 {"Four", "sea ship war"},
                                                                 {"Five", "robots music"},
                                                                 {"Six", "love war"}}};
  std::vector<Item> items;
  for (std::size_t i = 0; i < told.size(); ++i) {
    Item item;
    item.id = "film/story-" + std::to_string(i + 1);
    item.title = told[i].first;
    item.synopsis = told[i].second;
    item.provenance = "catalogue";
    items.push_back(item);
  }
  Item bare;
  bare.id = "film/bare";
  bare.title = "Heist";
  items.push_back(bare);
  Item book = items[0];
  book.id = "book/one";
  book.type = MediaType::book;
  book.title = "Dreams";
  items.push_back(book);
  return items;
}

/// What a model says of each piece of some texts. What padding says is nonsense.
inline std::vector<float> states_of(std::span<const std::int32_t> pieces, std::size_t dimensions_of, const Meaning& meaning) {
  std::vector<float> states(pieces.size() * dimensions_of);
  for (std::size_t at = 0; at < pieces.size(); ++at) {
    if (pieces[at] >= first_known) states[at * dimensions_of + meaning.at(static_cast<std::size_t>(pieces[at] - first_known))] = 1;
    if (pieces[at] == 0) states[at * dimensions_of + 15] = 99;
  }
  return states;
}

/// Vectors of some works, as they come with the page.
inline Bytes brought(const engine::TextModel& of, const std::vector<std::string>& ids, const Meaning& meaning = each_its_own,
                     std::vector<Item> items = stories()) {
  const auto pieces = features::WordPiece::read(vocabulary());
  REQUIRE(pieces);
  const std::string head = engine::vectors_head(of.hash, of.dimensions);
  Bytes bytes(head.begin(), head.end());
  std::erase_if(items, [&](const Item& item) { return std::find(ids.begin(), ids.end(), item.id) == ids.end(); });
  for (const auto& [key, own] : engine::story_pieces(items, *pieces, 16)) {
    const auto vector = features::quantised(features::mean_vector(states_of(own, of.dimensions, meaning), own.size(), of.dimensions));
    engine::add_record(bytes, key, vector.scale, vector.values);
  }
  return bytes;
}

inline std::vector<std::string> titles(const std::vector<p::Similar>& similar) {
  std::vector<std::string> titles;
  for (const auto& one : similar) titles.push_back(one.title);
  return titles;
}

/// A session, and what it is given the next time that it is made: at first the model above, and nothing that comes with the page.
struct Reading {
  TestHost host;
  SlowFileSystem files;
  engine::TextModel offered = model();
  Meaning meaning = each_its_own;
  std::vector<Item> items = stories();
  Bytes comes;
  StorageMode mode = StorageMode::writer;
  std::unique_ptr<Session> session = made();

  std::unique_ptr<Session> made() {
    auto fresh = std::make_unique<Session>(
        files, host, items, std::vector<DemoRating>{{"film/story-1", {4, hub::RatingScale::half_stars, "2024-01-01", "demo"}}});
    fresh->offer(offered);
    fresh->open(mode);
    fresh->bring_stories(comes);
    return fresh;
  }
  Reading() { settle(); }
  /// The page is opened again.
  void reopen() {
    session.reset();
    host.batches.clear();
    session = made();
    settle();
  }
  void settle() {
    while (session->run(1000)) {
    }
    while (!files.waiting.empty()) files.finish();
  }
  /// What has gathered is written.
  void keep() {
    pass(host, *session, engine::Stories::gathered + 1);
    settle();
  }
  void send(const p::Command& command) { session->receive(command, {}, 7); }
  void tell(ModelNews::Kind kind, std::string code = {}) {
    session->model_told(engine::text_place, {kind, kind == ModelNews::Kind::here ? 1000U : 300U, true, std::move(code),
                                             kind == ModelNews::Kind::here ? vocabulary() : std::string()});
  }
  /// Answers the batch that is waiting. @return whether there was one.
  bool answer() {
    if (host.batches.empty()) return false;
    const auto [id, batch] = host.batches.back();
    host.batches.clear();
    REQUIRE(batch.pieces.size() == batch.counts.size() * batch.length);
    session->embedded(id, states_of(batch.pieces, offered.dimensions, meaning), "");
    return true;
  }
  void answer_all() {
    while (answer()) {
    }
  }
  const p::Stories& state() const { return *host.last<p::Stories>(); }
  /// Titles of what is told to be like this one.
  std::vector<std::string> like(const std::string& id) {
    send(p::Inspect{id});
    return titles(host.last<p::Details>()->similar);
  }
};

}  // namespace hub::tests
