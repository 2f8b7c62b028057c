// The import road for any bytes: recognising, reading, and what a reader promises about its lines.
//
// libFuzzer (https://llvm.org/docs/LibFuzzer.html): the program must neither crash, nor hang, nor break a promise.

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "core/imports/imports.hpp"
#include "core/library/limits.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto reader = hub::imports::open("fuzz.csv", {data, data + size});
  if (!reader) {
    if (reader.error().code.empty() || reader.error().message.empty()) std::abort();
    return 0;
  }
  // The first byte also chooses the size of the slices.
  const std::size_t slice = size > 0 ? 1 + data[0] % 7u : 1;
  while ((*reader)->step(slice))
    if (!((*reader)->progress() >= 0 && (*reader)->progress() <= 1)) std::abort();
  const hub::imports::Parsed parsed = (*reader)->take();
  if (parsed.rows.size() + parsed.skipped.size() != parsed.lines) std::abort();
  for (const auto& row : parsed.rows)
    if (!hub::check(row.item) || !hub::check(row.rating) || !hub::is_date(row.rating.date)) std::abort();
  for (const auto& skipped : parsed.skipped)
    if (skipped.reason.empty()) std::abort();
  return 0;
}
