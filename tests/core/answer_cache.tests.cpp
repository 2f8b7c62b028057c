#include "core/fetching/answer_cache.hpp"

#include "core/storage/memory_file_system.hpp"
#include "tests/core/catch.hpp"

using namespace hub;
using namespace hub::fetching;
using metadata::Ask;
using metadata::Request;
using metadata::Service;

namespace {

constexpr std::int64_t day = 86'400'000;
constexpr std::int64_t noon = 1'790'000'000'000;

Request request(const std::string& path, Service service = Service::tvmaze) {
  return {service, Ask::search, "host.example", path};
}

/// Writes all that is new, and reads it again. @param later  milliseconds.
AnswerCache reopened(AnswerCache& cache, storage::FileSystem& files, std::int64_t now) {
  cache.write();
  cache.synced();
  AnswerCache again;
  again.open(files, now, true);
  return again;
}

}  // namespace

TEST_CASE("Answers are there again after the page was opened anew, and the newest of each alone") {
  storage::MemoryFileSystem files;
  AnswerCache cache;
  cache.open(files, noon, true);
  cache.put(request("/a"), noon, "old");
  cache.write();
  cache.put(request("/a"), noon + 5, "new\nwith a line");
  cache.put(request("/b"), noon, "other");
  CHECK(cache.unwritten());
  AnswerCache again = reopened(cache, files, noon + 10);
  CHECK_FALSE(cache.unwritten());
  REQUIRE(again.find(request("/a"), noon + 10));
  CHECK(again.find(request("/a"), noon + 10)->body == "new\nwith a line");
  CHECK(again.find(request("/a"), noon + 10)->at == noon + 5);
  CHECK(again.find(request("/b"), noon + 10)->body == "other");
  CHECK_FALSE(again.find(request("/c"), noon + 10));
  CHECK(again.bytes() == cache.bytes());
}

TEST_CASE("An answer is kept no longer than its service's terms allow, on disk either") {
  storage::MemoryFileSystem files;
  AnswerCache cache;
  cache.open(files, noon, true);
  cache.put(request("/a", Service::spotify), noon, "a day");
  cache.put(request("/b", Service::tvmaze), noon, "thirty days");
  CHECK(cache.find(request("/a"), noon + day));
  CHECK_FALSE(cache.find(request("/a"), noon + day + 1));
  AnswerCache again = reopened(cache, files, noon + 2 * day);
  CHECK_FALSE(again.find(request("/a"), noon));
  CHECK(again.find(request("/b"), noon + 2 * day));
  for (const std::string& name : files.list()) {
    const auto bytes = files.read(name);
    CHECK(std::string(bytes->begin(), bytes->end()).find("a day") == std::string::npos);
  }
  AnswerCache last = reopened(again, files, noon + 40 * day);
  CHECK(last.size() == 0);
  CHECK(files.list().empty());
}

TEST_CASE("What the cache holds is bounded, in memory and on disk; the oldest goes") {
  storage::MemoryFileSystem files;
  AnswerCache cache;
  cache.open(files, noon, true);
  const std::string body(100'000, 'x');
  for (int i = 0; i < 200; ++i) {
    cache.put(request("/" + std::to_string(i)), noon + i, body);
    if (i % 7 == 0) cache.write();
  }
  cache.write();
  CHECK(cache.bytes() <= AnswerCache::most_bytes);
  CHECK(cache.find(request("/199"), noon + 200));
  CHECK_FALSE(cache.find(request("/0"), noon + 200));
  std::size_t on_disk = 0;
  for (const std::string& name : files.list()) {
    const std::size_t size = files.read(name)->size();
    CHECK(size <= AnswerCache::file_bytes + body.size());
    on_disk += size;
  }
  CHECK(on_disk <= AnswerCache::most_bytes + AnswerCache::most_bytes / 10);
  AnswerCache again;
  again.open(files, noon + 200, true);
  CHECK(again.size() == cache.size());
}

TEST_CASE("An answer that is larger than most is not kept") {
  AnswerCache cache;
  cache.put(request("/a"), noon, std::string(AnswerCache::most_answer_bytes + 1, 'x'));
  CHECK(cache.size() == 0);
  CHECK(cache.bytes() == 0);
}

TEST_CASE("Damaged files cost the answers behind the damage and nothing else") {
  storage::MemoryFileSystem files;
  AnswerCache cache;
  cache.open(files, noon, true);
  for (const char* path : {"/a", "/b", "/c"}) cache.put(request(path), noon, std::string("body of ") + path);
  cache.write();
  REQUIRE(files.list() == std::vector<std::string>{"answers-0001"});
  const auto whole = files.read("answers-0001").value();
  for (std::size_t cut = 0; cut < whole.size(); cut += 3) {
    auto damaged = whole;
    damaged[cut] ^= 0x55U;
    REQUIRE(files.write("answers-0001", damaged));
    AnswerCache again;
    again.open(files, noon, true);
    for (const char* path : {"/a", "/b", "/c"})
      if (const auto* kept = again.find(request(path), noon)) CHECK(kept->body == std::string("body of ") + path);
    CHECK(again.size() < 3);
    // Mended files read as well.
    AnswerCache mended;
    mended.open(files, noon, true);
    CHECK(mended.size() == again.size());
    damaged = whole;
    damaged.resize(cut);
    REQUIRE(files.write("answers-0001", damaged));
    AnswerCache shorter;
    shorter.open(files, noon, true);
    CHECK(shorter.size() < 3);
  }
}

TEST_CASE("Files that there was no room for are taken back, and their answers stay for as long as the page is open") {
  storage::MemoryFileSystem files;
  AnswerCache cache;
  cache.open(files, noon, true);
  cache.put(request("/a"), noon, "one");
  cache.write();
  cache.withdraw();
  CHECK(files.list().empty());
  CHECK(cache.find(request("/a"), noon));
  CHECK_FALSE(cache.unwritten());
  cache.put(request("/b"), noon, "two");
  AnswerCache again = reopened(cache, files, noon);
  CHECK(again.size() == 1);
}

TEST_CASE("A tab that does not write reads what is kept and changes nothing") {
  storage::MemoryFileSystem files;
  AnswerCache cache;
  cache.open(files, noon, true);
  cache.put(request("/a"), noon, "one");
  cache.write();
  const auto before = files.read("answers-0001").value();
  AnswerCache reader;
  reader.open(files, noon + 100 * day, false);
  CHECK(reader.size() == 0);
  reader.put(request("/b"), noon, "two");
  CHECK_FALSE(reader.unwritten());
  reader.write();
  CHECK(files.read("answers-0001").value() == before);
}

TEST_CASE("Removing all leaves no file") {
  storage::MemoryFileSystem files;
  AnswerCache cache;
  cache.open(files, noon, true);
  cache.put(request("/a"), noon, "one");
  cache.write();
  cache.remove_all();
  CHECK(files.list().empty());
  CHECK(cache.size() == 0);
}
