#pragma once
// A session with a host and files that do what a test says.

#include <algorithm>
#include <array>
#include <cstring>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/session.hpp"
#include "core/library/library.hpp"
#include "core/storage/memory_file_system.hpp"
#include "tests/core/catch.hpp"

namespace hub::tests {

namespace p = hub::protocol;
using engine::DemoRating;
using engine::Host;
using engine::Session;
using engine::StorageMode;
using storage::Bytes;

/// A file system whose write-back ends when the test says so, with the error that the test chose.
class SlowFileSystem final : public hub::storage::MemoryFileSystem {
 public:
  void sync(std::function<void(hub::Expected<void>)> done) override { waiting.push_back(std::move(done)); }
  void finish(hub::Expected<void> how = {}) {
    REQUIRE_FALSE(waiting.empty());
    auto done = std::move(waiting.front());
    waiting.pop_front();
    done(how);
  }
  std::deque<std::function<void(hub::Expected<void>)>> waiting;
};

/// Remembers what was said and lets the clock be set.
class TestHost final : public Host {
 public:
  void post(const p::Message& message, Bytes bulk, std::uint32_t in_reply_to) override {
    messages.push_back(message);
    bulks.push_back(std::move(bulk));
    replies.push_back(in_reply_to);
  }
  void broadcast(const std::string& text) override { broadcasts.push_back(text); }
  std::int64_t now() override { return time++; }
  double ticks() override { return tick++; }
  std::string random_id() override { return device; }
  void wake() override {}

  void fetch(std::uint32_t id, const std::string& address, std::size_t, bool) override { out[id] = address; }
  void stop(std::uint32_t id) override {
    out.erase(id);
    ++stopped;
  }
  bool online() override { return has_network; }
  void call_in(double milliseconds) override {
    const double at = tick + milliseconds;
    if (!alarm || at < *alarm) alarm = at;
  }
  double random() override { return 0.5; }

  void show(std::uint32_t id, const Wish& wish, const std::string* bytes) override {
    pictures.push_back({id, wish.key, bytes ? std::optional(*bytes) : std::nullopt});
  }
  void forget_all() override { ++forgotten; }

  void look_for_model(engine::ModelPlace model) override { ++of_model(model).looked_for; }
  void get_model(engine::ModelPlace model) override { ++of_model(model).gets; }
  void stop_getting_model(engine::ModelPlace model) override { ++of_model(model).gets_stopped; }
  void remove_model(engine::ModelPlace model) override { ++of_model(model).removals; }
  void end_model(engine::ModelPlace model) override { ++of_model(model).ends; }
  void embed(std::uint32_t id, const engine::TextBatch& batch) override { batches.emplace_back(id, batch); }
  void see(engine::ModelPlace model, std::uint32_t id, const std::string& key, int, const std::string* bytes) override {
    asked_model = model;
    to_see.push_back({id, key, bytes ? std::optional(*bytes) : std::nullopt});
  }

  void describe(engine::ModelPlace model, std::uint32_t id, const std::vector<std::int32_t>& pieces) override {
    asked_model = model;
    descriptions.emplace_back(id, pieces);
  }

  /// The last message of a kind, or null.
  template <typename T>
  const T* last() const {
    for (auto message = messages.rbegin(); message != messages.rend(); ++message)
      if (const T* found = std::get_if<T>(&*message)) return found;
    return nullptr;
  }
  template <typename T>
  std::size_t count() const {
    std::size_t n = 0;
    for (const auto& message : messages) n += std::holds_alternative<T>(message) ? 1 : 0;
    return n;
  }
  template <typename T>
  const Bytes& last_bulk() const {
    for (std::size_t i = messages.size(); i-- > 0;)
      if (std::holds_alternative<T>(messages[i])) return bulks[i];
    static const Bytes none;
    return none;
  }

  /// The interface's replica, from the messages alone.
  hub::Library replica() const {
    hub::Library library;
    for (const auto& message : messages) {
      if (std::holds_alternative<p::Opened>(message)) library = hub::Library();
      if (const auto* added = std::get_if<p::EventsAdded>(&message)) (void)library.merge(added->events);
    }
    return library;
  }

  std::vector<p::Message> messages;
  std::vector<Bytes> bulks;
  std::vector<std::uint32_t> replies;
  std::vector<std::string> broadcasts;
  std::int64_t time = 1'700'000'000'000;
  double tick = 0;
  std::map<std::uint32_t, std::string> out;  ///< addresses of the requests under way
  int stopped = 0;                           ///< requests
  bool has_network = true;
  std::optional<double> alarm;  ///< ticks
  struct Shown {
    std::uint32_t id;
    std::string key;
    std::optional<std::string> bytes;
  };
  std::vector<Shown> pictures;  ///< that were to be decoded
  int forgotten = 0;            ///< how often all kept pictures were
  /// How often each was asked for.
  struct OfModel {
    int looked_for = 0;
    int gets = 0;
    int gets_stopped = 0;
    int removals = 0;
    int ends = 0;
  };
  std::array<OfModel, 4> models;
  OfModel& of_model(engine::ModelPlace model) { return models.at(model); }
  OfModel& text_model() { return of_model(engine::text_place); }
  std::vector<std::pair<std::uint32_t, engine::TextBatch>> batches;               ///< that the text model was given
  std::vector<std::pair<std::uint32_t, std::vector<std::int32_t>>> descriptions;  ///< that a picture model was given
  engine::ModelPlace asked_model = 0;                                             ///< of those two, the last
  std::vector<Shown> to_see;                                                      ///< that the picture model was given
  std::string device = "0123456789abcdef";
};

/// Some milliseconds go by, and the session is told.
inline void pass(TestHost& host, Session& session, double milliseconds) {
  host.tick += milliseconds;
  host.alarm.reset();
  session.time_passed();
}

/// A second in which all is done that can be: what is to be learnt is learnt, and what is to be written is on disk.
inline void settle(TestHost& host, SlowFileSystem& files, Session& session) {
  for (int i = 0; i < 50; ++i) {
    while (session.run(1000)) {
    }
    while (!files.waiting.empty()) files.finish();
    pass(host, session, 20);
  }
}

/// The one request that is out is answered; or, of several, one whose address begins so.
inline void answer(TestHost& host, Session& session, int status, std::string body, const std::string& beginning = {},
                   std::optional<double> retry_after = std::nullopt) {
  if (beginning.empty()) REQUIRE(host.out.size() == 1);
  const auto found = std::find_if(host.out.begin(), host.out.end(), [&](const auto& one) { return one.second.starts_with(beginning); });
  REQUIRE(found != host.out.end());
  const auto id = found->first;
  host.out.erase(found);
  fetching::Arrival arrival;
  arrival.status = status;
  arrival.retry_after = retry_after;
  arrival.body = std::move(body);
  session.arrived(id, std::move(arrival));
}

inline hub::Item film(int number, const std::string& director, double rating) {
  hub::Item item;
  item.id = "film/tt" + std::to_string(1'000'000 + number);
  item.type = MediaType::film;
  item.title = "Film " + std::to_string(number);
  item.year = 1950 + number % 70;
  item.genres = {number % 2 == 0 ? "Drama" : "Comedy"};
  item.creators = {{"director", director}};
  item.community = {{"IMDb", rating, 10, 1000 + number, "2024"}};
  item.provenance = "catalogue";
  return item;
}

inline std::vector<hub::Item> catalogue() {
  std::vector<hub::Item> items;
  for (int i = 0; i < 60; ++i) items.push_back(film(i, i % 3 == 0 ? "Ada Kern" : "Bo Lind", 5.0 + 0.05 * i));
  return items;
}

inline std::string id_of(int number) {
  return film(number, "", 5).id;
}

inline std::vector<DemoRating> demo() {
  return {{id_of(1), {4.5, hub::RatingScale::half_stars, "2024-01-01", "demo"}},
          {id_of(2), {1.0, hub::RatingScale::half_stars, "2024-01-02", "demo"}}};
}

inline Bytes bytes(std::string_view text) {
  return {text.begin(), text.end()};
}

struct Fixture {
  TestHost host;
  SlowFileSystem files;
  Session session{files, host, catalogue(), demo()};

  explicit Fixture(StorageMode mode = StorageMode::writer) {
    session.open(mode, mode == StorageMode::memory ? "Storage is blocked." : "");
    settle();
  }
  /// Lets every job and write-back end, and the rest before a training or after a song was marked.
  void settle() {
    do {
      while (session.run(1000)) {
      }
      while (!files.waiting.empty()) files.finish();
      host.tick += 1200;
    } while (session.run(1000));
  }
  void send(const p::Command& command, Bytes bulk = {}) { session.receive(command, std::move(bulk), 7); }

  hub::Library replica() const { return host.replica(); }
  double predicted(const std::string& id) {
    send(p::Inspect{id});
    return host.last<p::Details>()->stars;
  }
};

}  // namespace hub::tests
