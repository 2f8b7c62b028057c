// The import road for any bytes: recognising, reading, matching to known works, and what a reader promises about its lines.
//
// libFuzzer (https://llvm.org/docs/LibFuzzer.html): the program must neither crash, nor hang, nor break a promise.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <deque>

#include "core/imports/imports.hpp"
#include "core/imports/matching.hpp"
#include "core/library/limits.hpp"
#include "tests/fuzz/memory.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const hub::fuzz::MemoryBound bound(hub::fuzz::most_for_file(size));
  auto reader = hub::imports::open("fuzz.csv", {data, data + size});
  if (!reader) {
    if (reader.error().code.empty() || reader.error().message.empty()) std::abort();
    return 0;
  }
  // The first byte also chooses the size of the slices.
  const std::size_t slice = size > 0 ? 1 + data[0] % 7u : 1;
  while ((*reader)->step(slice))
    if (!((*reader)->progress() >= 0 && (*reader)->progress() <= 1)) std::abort();
  hub::imports::Parsed parsed = (*reader)->take();
  // Some of the works are known, under other ids: every line is still accounted for.
  std::deque<hub::Item> works;
  hub::imports::Matcher known;
  for (std::size_t i = 0; i < parsed.rows.size(); i += 2) {
    works.push_back(parsed.rows[i].item);
    works.back().id = std::string(name_of(works.back().type)) + "/known-" + std::to_string(i);
    known.add(works.back());
  }
  hub::imports::match(parsed, known);
  if (parsed.rows.size() + parsed.skipped.size() != parsed.lines) std::abort();
  for (const auto& row : parsed.rows)
    if (!hub::check(row.item) || !hub::check(row.rating) || !hub::is_date(row.rating.date)) std::abort();
  for (const auto& skipped : parsed.skipped)
    if (skipped.reason.empty()) std::abort();
  return 0;
}
