#include "core/storage/store.hpp"

#include <algorithm>
#include <random>

#include "core/library/json.hpp"
#include "core/storage/journal.hpp"
#include "core/storage/memory_file_system.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/faulty_file_system.hpp"

using namespace hub;
using namespace hub::storage;
using hub::tests::FaultyFileSystem;
using Keep = FaultyFileSystem::Keep;

namespace {

Event event(std::uint64_t number, std::size_t length = 20) {
  return {{"00112233aabbccdd", number},
          static_cast<std::int64_t>(number),
          SettingChanged{"n" + std::to_string(number), std::string(length, 'x')}};
}

std::vector<Event> events(std::uint64_t from, std::uint64_t to, std::size_t length = 20) {
  std::vector<Event> made;
  for (std::uint64_t number = from; number <= to; ++number) made.push_back(event(number, length));
  return made;
}

std::vector<std::uint64_t> numbers(const std::vector<Event>& events) {
  std::vector<std::uint64_t> numbers;
  for (const Event& event : events) numbers.push_back(event.id.counter);
  return numbers;
}

std::vector<std::uint64_t> count_to(std::uint64_t last) {
  return numbers(events(1, last));
}

Opening opened(FileSystem& files) {
  Store store(files);
  Expected<Opening> opening = store.open();
  INFO((opening ? "" : opening.error().message));
  REQUIRE(opening);
  return *opening;
}

/// The code of the error that a sync ended with, "" for none, "never" when it did not end.
std::string synced(Store& store) {
  std::string code = "never";
  store.sync([&](Expected<void> result) { code = result ? "" : result.error().code; });
  return code;
}

bool contains_all(const std::vector<std::uint64_t>& all, const std::vector<std::uint64_t>& some) {
  return std::all_of(some.begin(), some.end(),
                     [&](std::uint64_t number) { return std::find(all.begin(), all.end(), number) != all.end(); });
}

}  // namespace

TEST_CASE("What was appended is there at the next opening") {
  MemoryFileSystem files;
  {
    Store store(files);
    CHECK(store.open()->events.empty());
    REQUIRE(store.append(events(1, 3)));
    REQUIRE(store.append(events(4, 4)));
    CHECK(synced(store).empty());
  }
  CHECK(files.list().size() == 1);
  {
    Store store(files);
    const auto opening = store.open();
    CHECK(opening->events == events(1, 4));
    CHECK(opening->warnings.empty());
    REQUIRE(store.append(events(5, 5)));
    CHECK(synced(store).empty());
  }
  CHECK(files.list().size() == 1);  // a session does not cost a file
  CHECK(opened(files).events == events(1, 5));
}

TEST_CASE("A long history is folded into a snapshot, and stays small files at its end") {
  MemoryFileSystem files;
  Store store(files);
  REQUIRE(store.open());
  for (std::uint64_t number = 1; number <= 2'000; ++number) {
    REQUIRE(store.append(events(number, number, 1'000)));
    if (number % 50 == 0) REQUIRE(synced(store).empty());
  }
  const std::vector<std::string> names = files.list();
  CHECK(std::count_if(names.begin(), names.end(), [](const std::string& name) { return name.starts_with("snapshot-"); }) == 1);
  CHECK(names.size() < 30);
  std::uint64_t bytes = 0;
  for (const std::string& name : names) {
    const std::size_t size = files.read(name)->size();
    bytes += size;
    if (name.starts_with("segment-")) CHECK(size < 70'000);
  }
  CHECK(store.size() == bytes);
  CHECK(opened(files).events == events(1, 2'000, 1'000));
}

TEST_CASE("A batch larger than a segment is kept whole") {
  MemoryFileSystem files;
  Store store(files);
  REQUIRE(store.open());
  REQUIRE(store.append(events(1, 500, 1'000)));
  REQUIRE(store.append(events(501, 501, 60'000)));
  REQUIRE(store.append(events(502, 510)));
  const std::vector<Event> found = opened(files).events;
  CHECK(numbers(found) == count_to(510));
}

TEST_CASE("An event that could not be read again is not written") {
  MemoryFileSystem files;
  Store store(files);
  REQUIRE(store.open());
  std::vector<Event> wrong = events(1, 2);
  wrong[1].payload = Unrated{"nothing"};
  const auto appended = store.append(wrong);
  REQUIRE_FALSE(appended);
  CHECK(appended.error().code == "bad_event");
  CHECK(files.list().empty());
}

TEST_CASE("Everything can be replaced and deleted") {
  MemoryFileSystem files;
  Store store(files);
  REQUIRE(store.open());
  REQUIRE(store.append(events(1, 100)));
  REQUIRE(synced(store).empty());
  REQUIRE(store.replace_all(events(7, 9)));
  REQUIRE(store.append(events(10, 10)));
  REQUIRE(synced(store).empty());
  CHECK(numbers(opened(files).events) == std::vector<std::uint64_t>{7, 8, 9, 10});
  REQUIRE(files.write("damaged-1.bin", {1, 2, 3}));
  REQUIRE(store.replace_all({}));
  REQUIRE(synced(store).empty());
  CHECK(opened(files).events.empty());
  for (const std::string& name : files.list()) CHECK(files.read(name)->size() < 40);
}

TEST_CASE("A journal cut at any byte keeps every record before the cut") {
  const bool snapshot = GENERATE(false, true);
  MemoryFileSystem files;
  Store store(files);
  REQUIRE(store.open());
  if (snapshot)
    REQUIRE(store.replace_all(events(1, 6)));
  else
    REQUIRE(store.append(events(1, 6)));
  REQUIRE(synced(store).empty());
  const std::string name = files.list().front();
  const Bytes whole = *files.read(name);
  const std::size_t record = (whole.size() - head_bytes - (snapshot ? frame_bytes : 0)) / 6;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CAPTURE(size);
    MemoryFileSystem cut;
    REQUIRE(cut.write(name, Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size))));
    const Opening opening = opened(cut);
    const std::size_t kept = size < head_bytes ? 0 : std::min<std::size_t>(6, (size - head_bytes) / record);
    REQUIRE(numbers(opening.events) == count_to(kept));
    const bool between_records = size == 0 || (!snapshot && size >= head_bytes && (size - head_bytes) % record == 0);
    REQUIRE(opening.warnings.empty() == between_records);
    // It goes on from there.
    Store again(cut);
    REQUIRE(numbers(again.open()->events) == count_to(kept));
    REQUIRE(again.append(events(100, 100)));
    REQUIRE(synced(again).empty());
    const Opening mended = opened(cut);
    REQUIRE(mended.events.size() == kept + 1);
    REQUIRE(mended.events.back().id.counter == 100);
    REQUIRE(mended.warnings.empty());
  }
}

TEST_CASE("A flipped bit anywhere loses no record but the one it is in, and the damaged bytes are kept") {
  const bool snapshot = GENERATE(false, true);
  MemoryFileSystem files;
  Store store(files);
  REQUIRE(store.open());
  if (snapshot)
    REQUIRE(store.replace_all(events(1, 5)));
  else
    REQUIRE(store.append(events(1, 5)));
  REQUIRE(synced(store).empty());
  const std::string name = files.list().front();
  const Bytes whole = *files.read(name);
  const std::size_t record = (whole.size() - head_bytes - (snapshot ? frame_bytes : 0)) / 5;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      CAPTURE(at, bit);
      Bytes bytes = whole;
      bytes[at] = static_cast<std::uint8_t>(bytes[at] ^ (1u << bit));
      MemoryFileSystem flipped;
      REQUIRE(flipped.write(name, bytes));
      const Opening opening = opened(flipped);
      std::vector<std::uint64_t> expected = count_to(5);
      const std::size_t in = at < head_bytes ? 5 : (at - head_bytes) / record;
      if (in < 5) expected.erase(expected.begin() + static_cast<std::ptrdiff_t>(in));
      REQUIRE(numbers(opening.events) == expected);
      REQUIRE(opening.warnings.size() == 1);
      REQUIRE(opening.damaged_files == std::vector<std::string>{"damaged-1.bin"});
      const Bytes kept = *flipped.read("damaged-1.bin");
      REQUIRE(std::search(bytes.begin(), bytes.end(), kept.begin(), kept.end()) != bytes.end());
      REQUIRE(kept.size() <= record + frame_bytes + head_bytes);
      // Opened again before anything was synced: the same, and no second copy.
      REQUIRE(numbers(opened(flipped).events) == expected);
      REQUIRE(opened(flipped).damaged_files.size() == 1);
    }
  }
}

TEST_CASE("A crash between any two calls leaves one whole history") {
  const Keep keep = GENERATE(Keep::nothing, Keep::everything, Keep::beginning, Keep::some);
  const bool replace = GENERATE(false, true);
  std::mt19937 random(5);
  bool finished = false;
  for (std::size_t calls = 0; !finished; ++calls) {
    REQUIRE(calls < 1'000);
    for (int attempt = 0; attempt < (keep == Keep::beginning || keep == Keep::some ? 3 : 1); ++attempt) {
      CAPTURE(calls, attempt);
      FaultyFileSystem files;
      {
        Store store(files);
        REQUIRE(store.open());
        REQUIRE(store.append(events(1, 10)));
        REQUIRE(synced(store).empty());
      }
      std::uint64_t appended = 10;
      std::uint64_t saved = 10;
      bool replacing = false;
      bool replaced = false;
      {
        files.calls_left = calls;
        Store store(files);
        if (store.open()) {
          for (int step = 0; step < 8; ++step) {
            if (replace && step == 4) {
              replacing = true;
              if (!store.replace_all(events(1, 1))) break;
            }
            const std::uint64_t next = appended + 1;
            if (!store.append(events(next, next, 60'000))) break;
            appended = next;
            if (!synced(store).empty()) break;
            saved = appended;
            replaced = replacing;
          }
        }
        finished = files.calls_left > 0;
      }
      files.crash(keep, random);
      const Opening opening = opened(files);
      const std::vector<std::uint64_t> found = numbers(opening.events);
      std::vector<std::uint64_t> old = count_to(saved);
      std::vector<std::uint64_t> anew = {1};
      for (std::uint64_t number = 15; number <= saved; ++number) anew.push_back(number);
      if (replaced)
        REQUIRE(contains_all(found, anew));
      else if (replacing)
        REQUIRE((contains_all(found, old) || contains_all(found, {1})));
      else
        REQUIRE(contains_all(found, old));
      if (replaced) REQUIRE_FALSE(contains_all(found, {2}));
      REQUIRE(std::is_sorted(found.begin(), found.end()));
      REQUIRE(std::adjacent_find(found.begin(), found.end()) == found.end());
      // Whatever was left behind is cleared away.
      Store again(files);
      REQUIRE(again.open());
      REQUIRE(again.append(events(1'000, 1'000)));
      REQUIRE(synced(again).empty());
      std::vector<std::uint64_t> and_more = found;
      and_more.push_back(1'000);
      const Opening last = opened(files);
      REQUIRE(numbers(last.events) == and_more);
      REQUIRE(last.warnings.empty());
    }
  }
}

TEST_CASE("An append for which there is no room leaves nothing behind") {
  FaultyFileSystem files;
  Store store(files);
  REQUIRE(store.open());
  REQUIRE(store.append(events(1, 5)));
  REQUIRE(synced(store).empty());
  files.room = static_cast<std::size_t>(store.size()) + 150;
  const auto appended = store.append(events(6, 2'000));
  REQUIRE_FALSE(appended);
  CHECK(appended.error().code == "quota_exceeded");
  CHECK(numbers(opened(files).events) == count_to(5));
  files.room = 1'000'000;
  REQUIRE(store.append(events(6, 6)));
  REQUIRE(synced(store).empty());
  const Opening opening = opened(files);
  CHECK(numbers(opening.events) == count_to(6));
  CHECK(opening.warnings.empty());
}

TEST_CASE("Without room for a snapshot the segments stay and what was appended is saved") {
  FaultyFileSystem files;
  Store store(files);
  REQUIRE(store.open());
  files.room = 600'000;
  for (std::uint64_t number = 1; number <= 9; ++number) {
    REQUIRE(store.append(events(number, number, 60'000)));
    REQUIRE(synced(store).empty());
  }
  std::mt19937 random(1);
  files.crash(Keep::nothing, random);
  CHECK(numbers(opened(files).events) == count_to(9));
}

TEST_CASE("A snapshot that the browser refuses at the sync is given up, not the events") {
  FaultyFileSystem files;
  Store store(files);
  REQUIRE(store.open());
  REQUIRE(store.append(events(1, 8, 60'000)));
  files.failing_sync = "quota_exceeded";
  CHECK(synced(store).empty());
  for (const auto& [name, bytes] : files.durable()) CHECK(name.starts_with("segment-"));
  std::mt19937 random(1);
  files.crash(Keep::nothing, random);
  CHECK(numbers(opened(files).events) == count_to(8));
}

TEST_CASE("A sync that fails says so, and the next one saves all") {
  FaultyFileSystem files;
  Store store(files);
  REQUIRE(store.open());
  const std::string code = GENERATE("quota_exceeded", "blocked", "timeout", "io");
  const std::size_t length = GENERATE(20u, 60'000u);
  REQUIRE(store.append(events(1, 3)));
  files.failing_sync = code;
  CHECK(synced(store) == code);
  REQUIRE(store.append(events(4, 10, length)));
  CHECK(synced(store).empty());
  std::mt19937 random(1);
  files.crash(Keep::nothing, random);
  CHECK(numbers(opened(files).events) == count_to(10));
}

TEST_CASE("What is appended or replaced while a sync is under way is not called saved before it is") {
  FaultyFileSystem files;
  files.late = true;
  Store store(files);
  REQUIRE(store.open());
  REQUIRE(store.append(events(1, 8, 60'000)));  // enough to be folded
  int done = 0;
  store.sync([&](Expected<void> result) { done += result ? 1 : 100; });
  const bool replace = GENERATE(false, true);
  if (replace) REQUIRE(store.replace_all(events(1, 2)));
  REQUIRE(store.append(events(9, 9)));
  store.sync([&](Expected<void> result) { done += result ? 10 : 100; });
  std::mt19937 random(2);
  for (int i = 0; i < 10 && done != 11; ++i) {
    files.deliver();
    FaultyFileSystem copy = files;
    copy.crash(Keep::nothing, random);
    const auto found = numbers(opened(copy).events);
    if (done >= 10) CHECK(contains_all(found, {9}));
    CHECK((contains_all(found, count_to(8)) || (replace && contains_all(found, {1, 2}))));
  }
  CHECK(done == 11);
  CHECK(numbers(opened(files).events) == (replace ? std::vector<std::uint64_t>{1, 2, 9} : count_to(9)));
}

TEST_CASE("A store may go while its sync is under way") {
  FaultyFileSystem files;
  files.late = true;
  bool done = false;
  {
    Store store(files);
    REQUIRE(store.open());
    REQUIRE(store.append(events(1, 8, 60'000)));
    store.sync([&](Expected<void> result) { done = result.has_value(); });
  }
  files.deliver();
  files.deliver();
  CHECK(done);
}

namespace {

/// A form of events that this program might have in future: settings have their key and value in a pair.
Expected<Json> to_second(Json event) {
  if (event["k"] == "setting") {
    if (event["key"] == "n3") return failure("bad_event", "This entry cannot be carried over.");
    event["key"] = "new " + event["key"].get<std::string>();
  }
  return event;
}

}  // namespace

TEST_CASE("An older history is migrated, a newer one is left alone") {
  MemoryFileSystem files;
  Store first(files);
  REQUIRE(first.open());
  REQUIRE(first.append(events(1, 4)));
  REQUIRE(synced(first).empty());

  const Format second_format{{nullptr, nullptr, nullptr, nullptr, nullptr, to_second}};
  CHECK(second_format.version() == 7);
  for (int time = 0; time < 2; ++time) {
    Store second(files, second_format);
    const auto opening = second.open();
    REQUIRE(opening);
    CHECK(numbers(opening->events) == std::vector<std::uint64_t>{1, 2, 4});
    CHECK(std::get<SettingChanged>(opening->events[0].payload).key == "new n1");
    CHECK(opening->warnings.size() == (time == 0 ? 1 : 0));  // about the one that could not be carried over
    CHECK(opening->damaged_files.size() == 1);
    REQUIRE(synced(second).empty());
  }
  const std::vector<std::string> before = files.list();
  Store old(files);
  const auto refused = old.open();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == "newer_version");
  CHECK(files.list() == before);
}

TEST_CASE("Where facts came from is kept in the journal, beside events of before it was noted") {
  Item item;
  item.id = "show/a";
  item.type = MediaType::show;
  item.title = "A";
  item.year = 2013;
  item.provenance = "TVMaze";
  const Event before{{"00112233aabbccdd", 1}, 1, ItemAdded{item}};
  item.sources = {{"Wikidata", "2026-11-24", set_of(Fact::year)}};
  const Event after{{"00112233aabbccdd", 2}, 2, ItemAdded{item}};
  MemoryFileSystem files;
  for (const Event& event : {before, after}) {
    Store store(files);
    REQUIRE(store.open());
    REQUIRE(store.append({&event, 1}));
    REQUIRE(synced(store).empty());
  }
  CHECK(opened(files).events == std::vector<Event>{before, after});
}

TEST_CASE("A history of before series and awards reads as it was, and a program of then leaves one of now alone") {
  const Format before{{nullptr, nullptr}};
  Item item;
  item.id = "book/a";
  item.type = MediaType::book;
  item.title = "A (Harbours, #1)";
  const Event old_event{{"00112233aabbccdd", 1}, 1, ItemAdded{item}};
  item.series = {{"Harbours", "1"}};
  item.awards = {"Prize"};
  item.awards_won = 2;
  const Event new_event{{"00112233aabbccdd", 2}, 2, ItemAdded{item}};
  MemoryFileSystem files;
  {
    Store store(files, before);
    REQUIRE(store.open());
    REQUIRE(store.append({&old_event, 1}));
    REQUIRE(synced(store).empty());
  }
  {
    Store store(files);
    const auto opening = store.open();
    REQUIRE(opening);
    CHECK(opening->events == std::vector<Event>{old_event});
    CHECK(opening->warnings.empty());
    REQUIRE(store.append({&new_event, 1}));
    REQUIRE(synced(store).empty());
  }
  CHECK(opened(files).events == std::vector<Event>{old_event, new_event});
  Store old(files, before);
  const auto refused = old.open();
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == "newer_version");
}

TEST_CASE("Other files in the same place are neither read nor removed") {
  MemoryFileSystem files;
  REQUIRE(files.write("device", {1}));
  REQUIRE(files.write("segment-1", {2}));
  REQUIRE(files.write("snapshot-00000000xx", {3}));
  CHECK(opened(files).events.empty());
  Store store(files);
  REQUIRE(store.open());
  REQUIRE(store.replace_all({}));
  REQUIRE(synced(store).empty());
  CHECK(files.list().size() == 4);
}
