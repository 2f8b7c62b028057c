// An engine ends, and what storage does not have is given to the next one by the interface, which holds every event.

#include <memory>
#include <random>
#include <set>

#include "core/engine/session.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/faulty_file_system.hpp"
#include "tests/core/session_fixture.hpp"

using namespace hub::tests;

namespace {

/// An engine on files that forget what was not synced when it ends.
struct Engine {
  explicit Engine(FaultyFileSystem& the_files, std::string name, StorageMode mode = StorageMode::writer) : files(the_files) {
    host.device = std::move(name);
    session = std::make_unique<Session>(files, host, catalogue(), demo());
    session->open(mode, mode == StorageMode::memory ? "Storage is blocked." : "");
  }
  void send(const p::Command& command, std::uint32_t id = 7) { session->receive(command, {}, id); }
  void end() {
    session.reset();
    std::mt19937 random(1);
    files.crash(FaultyFileSystem::Keep::nothing, random);
  }
  p::TakeBack all() const { return {host.last<p::Opened>()->device, false, host.replica().events()}; }

  FaultyFileSystem& files;
  TestHost host;
  std::unique_ptr<Session> session;
};

FaultyFileSystem late_files() {
  FaultyFileSystem files;
  files.late = true;
  return files;
}

void check_ids(const hub::Library& library) {
  std::set<hub::EventId> ids;
  for (const hub::Event& event : library.events()) CHECK(ids.insert(event.id).second);
}

}  // namespace

TEST_CASE("with blocked storage an engine that was started again goes on from what the interface holds") {
  FaultyFileSystem files;
  Engine first(files, "00000000000000aa", StorageMode::memory);
  first.send(p::Rate{id_of(3), 4.5});
  first.send(p::Rate{id_of(4), 2});
  const auto held = first.all();
  first.end();

  Engine second(files, "00000000000000bb", StorageMode::memory);
  CHECK(second.host.replica().rating_count() == 0);
  second.send(held);
  CHECK(second.host.last<p::Opened>()->device == "00000000000000aa");
  CHECK(second.host.last<p::StorageState>()->state == "memory");
  CHECK(second.host.replica().rating_count() == 2);
  second.send(p::Rate{id_of(5), 1});
  const auto library = second.host.replica();
  check_ids(library);
  CHECK(library.events().back().id == hub::EventId{"00000000000000aa", 3});
  for (int i = 0; i < 3; ++i) second.send(p::Undo{});
  CHECK(second.host.replica().rating_count() == 0);
}

TEST_CASE("what was being saved when the engine ended is taken back and saved") {
  auto files = late_files();
  Engine first(files, "00000000000000aa");
  first.files.deliver();
  first.send(p::Rate{id_of(3), 4.5});
  first.files.deliver();
  first.send(p::Rate{id_of(4), 2});
  const auto held = first.all();
  first.end();

  Engine second(files, "00000000000000bb");
  CHECK(second.host.replica().rating_count() == 1);
  second.send(held);
  CHECK(second.host.last<p::StorageState>()->state == "saving");
  CHECK(second.host.replica().find(id_of(4))->rating->value == 2);
  CHECK(second.host.count<p::Opened>() == 1);  // same device, so nothing begins anew
  const auto events = second.host.count<p::EventsAdded>();
  second.send(held);  // a second time changes nothing
  CHECK(second.host.count<p::EventsAdded>() == events);
  second.files.deliver();
  CHECK(second.host.last<p::StorageState>()->state == "saved");
  second.end();

  Engine third(files, "00000000000000cc");
  CHECK(third.host.last<p::EventsAdded>()->events.size() == 2);
  CHECK(third.host.last<p::Opened>()->device == "00000000000000aa");
}

TEST_CASE("with a full disk what could not be saved survives the engine, and is saved when there is room") {
  auto files = late_files();
  Engine first(files, "00000000000000aa");
  first.files.deliver();
  first.send(p::Rate{id_of(3), 4.5});
  first.files.failing_sync = "quota_exceeded";
  first.files.deliver();
  CHECK(first.host.last<p::StorageState>()->state == "failed");
  const auto held = first.all();
  first.end();

  Engine second(files, "00000000000000bb");
  second.send(held);
  CHECK(second.host.replica().rating_count() == 1);
  second.files.failing_sync = "quota_exceeded";
  second.files.deliver();
  CHECK(second.host.last<p::StorageState>()->state == "failed");
  second.send(p::SaveAgain{});
  second.files.deliver();
  CHECK(second.host.last<p::StorageState>()->state == "saved");
  second.end();
  CHECK(Engine(files, "00000000000000cc").host.replica().rating_count() == 1);
}

TEST_CASE("what was deleted stays deleted when the engine ends before that is on disk") {
  auto files = late_files();
  Engine first(files, "00000000000000aa");
  first.send(p::Rate{id_of(3), 4.5});
  first.files.deliver();
  first.files.deliver();
  REQUIRE(first.host.last<p::StorageState>()->state == "saved");
  CHECK_FALSE(first.host.last<p::Opened>()->replaced);
  first.host.device = "00000000000000dd";
  first.send(p::DeleteEverything{});
  CHECK(first.host.last<p::Opened>()->replaced);
  first.send(p::Rate{id_of(4), 2});
  p::TakeBack held = first.all();
  held.replace = true;
  CHECK(held.device == "00000000000000dd");
  first.end();

  Engine second(files, "00000000000000bb");
  CHECK(second.host.replica().find(id_of(3)));
  second.send(held);
  CHECK_FALSE(second.host.replica().find(id_of(3)));
  CHECK(second.host.replica().find(id_of(4)));
  CHECK(second.host.last<p::Opened>()->replaced);
  while (second.host.last<p::StorageState>()->state == "saving") second.files.deliver();
  second.send(p::OpenDemo{});
  second.send(p::LeaveDemo{});
  CHECK_FALSE(second.host.last<p::Opened>()->replaced);
  second.end();

  Engine third(files, "00000000000000cc");
  CHECK_FALSE(third.host.replica().find(id_of(3)));
  CHECK(third.host.replica().find(id_of(4)));
  CHECK(third.host.last<p::Opened>()->device == "00000000000000dd");
}

TEST_CASE("where another tab writes by now it takes what this one was left with, at once or when it writes") {
  auto files = late_files();
  Engine first(files, "00000000000000aa");
  first.files.deliver();
  first.send(p::Rate{id_of(3), 4.5});
  const auto held = first.all();
  first.end();

  const auto mode = GENERATE(StorageMode::writer, StorageMode::read_only);
  Engine other(files, "00000000000000bb", mode);
  Engine again(files, "00000000000000cc", StorageMode::read_only);
  again.send(held);
  CHECK(again.host.replica().rating_count() == 0);
  REQUIRE(again.host.broadcasts.size() == 1);
  other.session->follow(again.host.broadcasts[0]);
  if (mode == StorageMode::read_only) {
    CHECK(other.host.replica().rating_count() == 0);
    other.session->open(StorageMode::writer);
  }
  CHECK(other.host.replica().rating_count() == 1);
  while (other.host.last<p::StorageState>()->state == "saving") files.deliver();
  // The tab that gave them hears that they are saved, as all others do.
  REQUIRE_FALSE(other.host.broadcasts.empty());
  again.session->follow(other.host.broadcasts.back());
  CHECK(again.host.replica().rating_count() == 1);
  Engine last(files, "00000000000000dd");
  CHECK(last.host.replica().rating_count() == 1);
}

TEST_CASE("a device that is none is refused, and nothing is taken") {
  FaultyFileSystem files;
  Engine engine(files, "00000000000000aa");
  engine.send(p::TakeBack{"not a device", true, {}});
  REQUIRE(engine.host.last<p::Failed>());
  CHECK(engine.host.last<p::Opened>()->device == "00000000000000aa");
}

TEST_CASE("events that found no room in any file are written as soon as there is room, before “saved” is said") {
  FaultyFileSystem files;
  {
    Engine engine(files, "00000000000000aa");
    files.room = 0;
    for (const auto& [name, bytes] : files.files()) files.room += bytes.size();
    engine.send(p::Rate{id_of(3), 4.5});
    CHECK(engine.host.last<p::StorageState>()->state == "failed");
    engine.send(p::SaveAgain{});
    CHECK(engine.host.last<p::StorageState>()->state == "failed");
    files.room = 1'000'000;
    if (GENERATE(true, false))
      engine.send(p::SaveAgain{});
    else
      engine.send(p::Rate{id_of(4), 3});
    CHECK(engine.host.last<p::StorageState>()->state == "saved");
    engine.end();
  }
  Engine again(files, "00000000000000bb");
  REQUIRE(again.host.replica().find(id_of(3)));
  CHECK(again.host.replica().find(id_of(3))->rating->value == 4.5);
}

TEST_CASE("every command that may change the library is answered, last of all, with its number") {
  FaultyFileSystem files;
  Engine engine(files, "00000000000000aa");
  std::uint32_t id = 100;
  for (const p::Command& command : std::vector<p::Command>{p::Rate{id_of(3), 4.5}, p::Rate{"film/unknown", 4}, p::Undo{}, p::Redo{},
                                                           p::ClearRating{id_of(9)}, p::Skip{id_of(8)}, p::OpenDemo{}, p::LeaveDemo{},
                                                           p::ConfirmImport{}, p::SaveAgain{}, p::DeleteEverything{}}) {
    engine.send(command, ++id);
    CHECK(std::holds_alternative<p::StorageState>(engine.host.messages.back()));
    CHECK(engine.host.replies.back() == id);
  }
}

TEST_CASE("what is given back survives being written and read") {
  const auto text = p::write(p::Command{p::TakeBack{"00000000000000aa", true, {}}}, 9);
  const auto read = p::read_command(text);
  REQUIRE(read);
  CHECK(read->id == 9);
  const auto& back = std::get<p::TakeBack>(read->body);
  CHECK(back.device == "00000000000000aa");
  CHECK(back.replace);
}
