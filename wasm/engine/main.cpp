// The engine as a worker's module. Every function that crosses to JavaScript is in this file and in idb_file_system.cpp;
// web/engine-worker.js is the other side. Text crosses as UTF-8 with its length, files and arrays as bytes that the caller allocated with
// engine_allocate.

#include <emscripten.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <variant>

#include "core/engine/session.hpp"
#include "core/library/event_bytes.hpp"
#include "wasm/engine/blob_source.hpp"
#include "wasm/engine/idb_file_system.hpp"

using hub::engine::ModelPlace;
using hub::engine::Session;
using hub::engine::StorageMode;
using hub::storage::Bytes;

// clang-format off
EM_JS(void, post_message, (const char* json, int length, const void* bytes, int size), {
  Module['hub'].post(UTF8ToString(json, length), size ? HEAPU8.slice(bytes, bytes + size).buffer : undefined);
});
EM_JS(void, broadcast_text, (const char* text, int length), { Module['hub'].broadcast(UTF8ToString(text, length)); });
EM_JS(void, ask_to_run, (), { Module['hub'].wake(); });
EM_JS(void, begin_fetch, (unsigned id, const char* address, int length, double most_bytes, int follow), {
  Module['hub'].fetch(id, UTF8ToString(address, length), most_bytes, follow !== 0);
});
EM_JS(void, show_picture, (unsigned id, const char* key, int length, int width, int height, int days, const char* bytes, int size), {
  Module['hub'].show(id, UTF8ToString(key, length), width, height, days, size < 0 ? undefined : HEAPU8.slice(bytes, bytes + size));
});
EM_JS(void, forget_pictures, (), { Module['hub'].forgetPictures(); });
EM_JS(void, wish_model, (unsigned model, int what), { Module['hub'].model(model, what); });
EM_JS(void, read_description, (unsigned model, unsigned id, const int* pieces, int size), {
  Module['hub'].describe(model, id, HEAPU8.slice(pieces, pieces + 4 * size).buffer);
});
EM_JS(void, see_picture, (unsigned model, unsigned id, const char* key, int length, int days, const char* bytes, int size), {
  Module['hub'].see(model, id, UTF8ToString(key, length), days, size < 0 ? undefined : HEAPU8.slice(bytes, bytes + size));
});
EM_JS(void, run_text_model, (unsigned id, const int* pieces, int size, const unsigned* counts, int rows), {
  Module['hub'].embed(id, HEAPU8.slice(pieces, pieces + 4 * size).buffer, HEAPU8.slice(counts, counts + 4 * rows).buffer);
});
EM_JS(void, stop_fetch, (unsigned id), { Module['hub'].stop(id); });
EM_JS(int, has_network, (), { return Module['hub'].online() ? 1 : 0; });
EM_JS(void, set_alarm, (double milliseconds), { Module['hub'].callIn(milliseconds); });
EM_JS(double, draw_random, (), { return Math.random(); });
// clang-format on

namespace {

class WorkerHost final : public hub::engine::Host {
 public:
  void post(const hub::protocol::Message& message, Bytes bulk, std::uint32_t in_reply_to) override {
    const std::string json = hub::protocol::write(message, in_reply_to);
    if (const auto* added = std::get_if<hub::protocol::EventsAdded>(&message)) bulk = hub::event_bytes(added->events);
    post_message(json.data(), static_cast<int>(json.size()), bulk.data(), static_cast<int>(bulk.size()));
  }
  void broadcast(const std::string& text) override { broadcast_text(text.data(), static_cast<int>(text.size())); }
  std::int64_t now() override {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  }
  double ticks() override { return emscripten_get_now(); }
  std::string random_id() override {
    std::random_device device;  // crypto.getRandomValues in a browser
    char text[17];
    std::snprintf(text, sizeof text, "%08x%08x", device(), device());
    return text;
  }
  void wake() override { ask_to_run(); }
  void fetch(std::uint32_t id, const std::string& address, std::size_t most_bytes, bool follow) override {
    begin_fetch(id, address.data(), static_cast<int>(address.size()), static_cast<double>(most_bytes), follow ? 1 : 0);
  }
  void stop(std::uint32_t id) override { stop_fetch(id); }
  bool online() override { return has_network() != 0; }
  void call_in(double milliseconds) override { set_alarm(milliseconds); }
  double random() override { return draw_random(); }
  void show(std::uint32_t id, const Wish& wish, const std::string* bytes) override {
    show_picture(id, wish.key.data(), static_cast<int>(wish.key.size()), wish.width, wish.height, wish.most_days,
                 bytes ? bytes->data() : nullptr, bytes ? static_cast<int>(bytes->size()) : -1);
  }
  void forget_all() override { forget_pictures(); }
  void look_for_model(ModelPlace model) override { wish_model(model, 0); }
  void get_model(ModelPlace model) override { wish_model(model, 1); }
  void stop_getting_model(ModelPlace model) override { wish_model(model, 2); }
  void remove_model(ModelPlace model) override { wish_model(model, 3); }
  void end_model(ModelPlace model) override { wish_model(model, 4); }
  void describe(ModelPlace model, std::uint32_t id, const std::vector<std::int32_t>& pieces) override {
    read_description(model, id, pieces.data(), static_cast<int>(pieces.size()));
  }
  void see(ModelPlace model, std::uint32_t id, const std::string& key, int days, const std::string* bytes) override {
    see_picture(model, id, key.data(), static_cast<int>(key.size()), days, bytes ? bytes->data() : nullptr,
                bytes ? static_cast<int>(bytes->size()) : -1);
  }
  void embed(std::uint32_t id, const hub::engine::TextBatch& batch) override {
    run_text_model(id, batch.pieces.data(), static_cast<int>(batch.pieces.size()), batch.counts.data(),
                   static_cast<int>(batch.counts.size()));
  }
};

struct Engine {
  explicit Engine(std::string folder) : files(std::move(folder)) {}
  WorkerHost host;
  hub::engine::IdbFileSystem files;
  std::unique_ptr<Session> session;
};

// One engine a worker; it lives as long as the worker does.
std::unique_ptr<Engine> engine;

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE void* engine_allocate(int size) {
  return std::malloc(static_cast<std::size_t>(size));
}
EMSCRIPTEN_KEEPALIVE void engine_free(void* bytes) {
  std::free(bytes);
}

/// @param folder    the mount point. @param services  services.json.
/// @return          0, or 1 when the catalogue is damaged (a Failed message then says what).
EMSCRIPTEN_KEEPALIVE int engine_start(const char* folder, const char* catalogue, int catalogue_length, const char* demo, int demo_length,
                                      const char* services, int services_length) {
  engine = std::make_unique<Engine>(folder);
  auto items = hub::engine::read_catalogue({catalogue, static_cast<std::size_t>(catalogue_length)});
  if (!items) {
    engine->host.post(
        hub::protocol::Failed{items.error().code, "The catalogue of this page is damaged; reload it. " + items.error().message}, {}, 0);
    return 1;
  }
  // A page may be built without a demo.
  auto ratings = hub::engine::read_demo({demo, static_cast<std::size_t>(demo_length)});
  // Without the file, or with one that cannot be read, no service is asked.
  auto addresses = hub::fetching::Addresses::read({services, static_cast<std::size_t>(services_length)});
  engine->session = std::make_unique<Session>(engine->files, engine->host, std::move(*items),
                                              ratings ? std::move(*ratings) : std::vector<hub::engine::DemoRating>{},
                                              addresses ? std::move(*addresses) : hub::fetching::Addresses{});
  return 0;
}

/// @param models  models.json. Before engine_open; a page without it has no models.
EMSCRIPTEN_KEEPALIVE void engine_offer(const char* models, int length) {
  const std::string_view json(models, static_cast<std::size_t>(length));
  if (auto model = hub::engine::read_text_model(json)) engine->session->offer(std::move(*model));
  engine->session->offer(hub::engine::read_picture_models(json));
}

/// @param vectors  of the catalogue, which came with the page, `size` bytes. After engine_offer.
EMSCRIPTEN_KEEPALIVE void engine_bring_stories(const std::uint8_t* vectors, int size) {
  engine->session->bring_stories(Bytes(vectors, vectors + size));
}

/// @param mode  0 writer, 1 read-only, 2 memory. @param why  what the person should know, a sentence or nothing (Session::open).
EMSCRIPTEN_KEEPALIVE void engine_open(int mode, const char* why) {
  engine->session->open(static_cast<StorageMode>(mode), why);
}

/// Takes one command; `bytes` may be null.
EMSCRIPTEN_KEEPALIVE void engine_receive(const char* json, int length, const std::uint8_t* bytes, int size) {
  auto command = hub::protocol::read_command({json, static_cast<std::size_t>(length)});
  if (!command) {
    engine->host.post(hub::protocol::Failed{command.error().code, command.error().message}, {}, 0);
    return;
  }
  if (auto* back = std::get_if<hub::protocol::TakeBack>(&command->body)) {
    auto events = hub::events_from_bytes({bytes, static_cast<std::size_t>(size)});
    if (!events) {
      engine->host.post(hub::protocol::Failed{events.error().code, events.error().message}, {}, command->id);
      return;
    }
    back->events = std::move(*events);
  }
  engine->session->receive(command->body, size > 0 ? Bytes(bytes, bytes + size) : Bytes(), command->id);
}

/// Takes a command with a file of so many bytes that the worker knows by this number.
EMSCRIPTEN_KEEPALIVE void engine_receive_file(const char* json, int length, unsigned file, double size) {
  auto source = std::make_unique<hub::engine::BlobSource>(file, static_cast<std::uint64_t>(size));
  const auto command = hub::protocol::read_command({json, static_cast<std::size_t>(length)});
  if (!command) return engine->host.post(hub::protocol::Failed{command.error().code, command.error().message}, {}, 0);
  if (const auto* read = std::get_if<hub::protocol::ReadFile>(&command->body))
    engine->session->receive(*read, std::move(source), command->id);
}

/// Works for about `budget` milliseconds. @return 1 when there is more to do.
EMSCRIPTEN_KEEPALIVE int engine_run(double budget) {
  return engine->session->run(budget) ? 1 : 0;
}

/// What Module.hub.fetch() brought. @param status  0: no whole answer. @param retry_after  seconds, below 0 where none was said.
EMSCRIPTEN_KEEPALIVE void engine_fetched(unsigned id, int status, double retry_after, int too_large, const char* body, int size) {
  hub::fetching::Arrival arrival;
  arrival.status = status;
  if (retry_after >= 0) arrival.retry_after = retry_after;
  arrival.too_large = too_large != 0;
  arrival.body.assign(body, static_cast<std::size_t>(size));
  engine->session->arrived(id, std::move(arrival));
}

/// What Module.hub.show() brought. @param what  Pictured. @param rgba  its pixels, size bytes of them.
EMSCRIPTEN_KEEPALIVE void engine_pictured(unsigned id, int what, int width, int height, const std::uint8_t* rgba, int size) {
  engine->session->pictured(id, static_cast<hub::engine::Pictured>(what), width, height, Bytes(rgba, rgba + size));
}

/// News of a model's files. @param model  ModelPlace. @param what  ModelNews::Kind. @param begun  ModelNews::begun. @param code  of a
/// failure.
/// @param vocabulary  the file, once all are here.
EMSCRIPTEN_KEEPALIVE void engine_model_told(unsigned model, int what, double got_bytes, int begun, const char* code, const char* vocabulary,
                                            int length) {
  hub::engine::ModelNews news;
  news.kind = static_cast<hub::engine::ModelNews::Kind>(what);
  news.got_bytes = static_cast<std::uint64_t>(got_bytes);
  news.begun = begun != 0;
  news.code = code;
  news.vocabulary.assign(vocabulary, static_cast<std::size_t>(length));
  engine->session->model_told(model, std::move(news));
}

/// What Module.hub.see() brought. @param what  Seen. @param features  `count` numbers. @param code  empty, or why it failed.
EMSCRIPTEN_KEEPALIVE void engine_seen(unsigned model, unsigned id, int what, const float* features, int count, const char* code) {
  engine->session->seen(model, id, static_cast<hub::engine::Seen>(what), {features, static_cast<std::size_t>(count)}, code);
}

/// What Module.hub.describe() brought, likewise.
EMSCRIPTEN_KEEPALIVE void engine_described(unsigned model, unsigned id, const float* features, int count, const char* code) {
  engine->session->described(model, id, {features, static_cast<std::size_t>(count)}, code);
}

/// What Module.hub.embed() brought. @param states  `count` numbers. @param code  empty, or why it failed.
EMSCRIPTEN_KEEPALIVE void engine_embedded(unsigned id, const float* states, int count, const char* code) {
  engine->session->embedded(id, {states, static_cast<std::size_t>(count)}, code);
}

/// Module.hub.callIn() has run out.
EMSCRIPTEN_KEEPALIVE void engine_time_passed() {
  engine->session->time_passed();
}

EMSCRIPTEN_KEEPALIVE void engine_follow(const char* text, int length) {
  engine->session->follow({text, static_cast<std::size_t>(length)});
}

/// The write-back that Module.hub.sync() began has ended. @param code  empty for success.
EMSCRIPTEN_KEEPALIVE void engine_synced(const char* code) {
  engine->files.finished(code);
}

}  // extern "C"
