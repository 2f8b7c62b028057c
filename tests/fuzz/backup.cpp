// Restoring from any bytes, in pieces of any size: every end is a list of well-formed events or an error with words.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/library/limits.hpp"
#include "core/storage/backup.hpp"
#include "tests/fuzz/memory.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const hub::fuzz::MemoryBound bound(hub::fuzz::most_for_file(size));
  if (size == 0) return 0;
  const std::size_t piece = 1 + data[0];
  std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  hub::storage::BackupReader reader;
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) {
    if (const auto taken = reader.take(text.substr(0, piece)); !taken && taken.error().message.empty()) std::abort();
  }
  const auto events = reader.finish();
  if (!events) {
    if (events.error().code.empty() || events.error().message.empty()) std::abort();
    return 0;
  }
  for (const hub::Event& event : *events)
    if (!hub::check(event)) std::abort();
  return 0;
}
