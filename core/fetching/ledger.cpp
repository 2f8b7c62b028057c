#include "core/fetching/ledger.hpp"

#include <utility>

namespace hub::fetching {

const char* name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::under_way: return "under_way";
    case Outcome::answered: return "answered";
    case Outcome::from_cache: return "from_cache";
    case Outcome::stopped: return "stopped";
    case Outcome::failed: break;
  }
  return "failed";
}

std::uint32_t Ledger::begin(std::int64_t time, std::string host, std::string purpose) {
  ++revision_;
  ++sent_;
  entries_.push_back({++count_, time, std::move(host), std::move(purpose), 0, Outcome::under_way});
  if (entries_.size() > most_entries) entries_.pop_front();
  return count_;
}

void Ledger::end(std::uint32_t number, Outcome outcome, std::uint64_t bytes) {
  ++revision_;
  if (outcome == Outcome::from_cache)
    --sent_;
  else
    bytes_ += bytes;
  for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry) {
    if (entry->number != number) continue;
    entry->outcome = outcome;
    entry->bytes = bytes;
    return;
  }
}

}  // namespace hub::fetching
