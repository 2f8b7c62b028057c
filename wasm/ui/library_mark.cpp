#include "wasm/ui/library_mark.hpp"

#include <array>
#include <cstdint>
#include <cstdio>

namespace hub::ui {
namespace {

/// FNV-1a over the device, and the count mixed in as SplitMix64 does it.
std::uint64_t hash_of(const EventId& id) {
  std::uint64_t hash = 14695981039346656037U;
  for (const char letter : id.device) hash = (hash ^ static_cast<unsigned char>(letter)) * 1099511628211U;
  hash += id.counter * 0x9e3779b97f4a7c15U;
  hash = (hash ^ (hash >> 30U)) * 0xbf58476d1ce4e5b9U;
  hash = (hash ^ (hash >> 27U)) * 0x94d049bb133111ebU;
  return hash ^ (hash >> 31U);
}

}  // namespace

std::string mark_of(const Library& library) {
  std::uint64_t sum = 0;
  for (const Event& event : library.events()) sum += hash_of(event.id);
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%zu-%016llx", library.events().size(), static_cast<unsigned long long>(sum));
  return text.data();
}

std::size_t events_of(std::string_view mark) {
  std::size_t count = 0;
  for (const char digit : mark) {
    if (digit < '0' || digit > '9') break;
    count = count * 10 + static_cast<std::size_t>(digit - '0');
  }
  return count;
}

bool is_mark_of(std::string_view mark, const Library& library) {
  return events_of(mark) == library.events().size() && mark == mark_of(library);
}

}  // namespace hub::ui
