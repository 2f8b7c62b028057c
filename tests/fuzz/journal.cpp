// The journal for any bytes: opening, mending, and that what was mended opens again without a word.
//
// An odd first byte frames the lines that follow as records with right checksums, so that the reader of events is reached; an even one
// gives the bytes as they are.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/library/library.hpp"
#include "core/library/limits.hpp"
#include "core/storage/journal.hpp"
#include "core/storage/memory_file_system.hpp"
#include "core/storage/store.hpp"
#include "tests/fuzz/memory.hpp"

using namespace hub;
using namespace hub::storage;

namespace {

Bytes framed(std::string_view lines, bool snapshot) {
  Bytes file;
  append_head(file, {snapshot ? FileKind::snapshot : FileKind::segment, 1, 1});
  std::uint32_t records = 0;
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    if (end >= 2) {
      append_record(file, lines.substr(0, end));
      ++records;
    }
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  if (snapshot) append_end(file, records);
  return file;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const hub::fuzz::MemoryBound bound(hub::fuzz::most_for_file(size));
  if (size == 0) return 0;
  const bool snapshot = (data[0] & 2) != 0;
  const Bytes file =
      (data[0] & 1) != 0 ? framed({reinterpret_cast<const char*>(data) + 1, size - 1}, snapshot) : Bytes(data + 1, data + size);

  MemoryFileSystem files;
  if (!files.write(snapshot ? "snapshot-0000000001" : "segment-0000000001", file)) std::abort();
  Store store(files);
  Expected<Opening> opening = store.open();
  if (!opening) {
    if (opening.error().code != "newer_version") std::abort();
    return 0;
  }
  for (const Event& event : opening->events)
    if (!check(event)) std::abort();
  Library library;
  library.merge(opening->events);
  static_cast<void>(library.entries());
  for (const Event& event : opening->events) static_cast<void>(library.describe(event.id));

  const Event more = library.make("00112233aabbccdd", 1, SettingChanged{"theme", "dark"});
  const bool appended = store.append({&more, 1}).has_value();  // a count or time at its very end has no next
  bool saved = false;
  store.sync([&](Expected<void> result) { saved = result.has_value(); });
  if (!saved) std::abort();
  Store again(files);
  const Expected<Opening> reopened = again.open();
  if (!reopened || !reopened->warnings.empty() || reopened->events.size() != opening->events.size() + (appended ? 1 : 0)) std::abort();
  return 0;
}
