#pragma once

#include <cstdint>
#include <deque>
#include <string>

namespace hub::fetching {

/// What came of a request.
enum class Outcome : std::uint8_t {
  under_way,
  answered,    ///< by the service
  from_cache,  ///< nothing went out
  stopped,     ///< by the person: something newer was typed, or “Stay offline”
  failed
};

/// The word for it in messages: the name of the enumerator.
const char* name_of(Outcome outcome);

struct LedgerEntry {
  std::uint32_t number = 0;  ///< 1, 2, …
  std::int64_t time = 0;     ///< milliseconds since 1970-01-01 UTC
  std::string host;
  std::string purpose;      ///< “Search for “girls””
  std::uint64_t bytes = 0;  ///< of the answer
  Outcome outcome = Outcome::under_way;
};

/// Every request since the page was opened, for the person to see. Nothing of it is kept beyond that.
class Ledger {
 public:
  static constexpr std::size_t most_entries = 500;  ///< the oldest go

  /// @return  the entry's number.
  std::uint32_t begin(std::int64_t time, std::string host, std::string purpose);
  void end(std::uint32_t number, Outcome outcome, std::uint64_t bytes);

  const std::deque<LedgerEntry>& entries() const { return entries_; }  ///< oldest first
  std::uint32_t count() const { return count_; }                       ///< all there were
  std::uint32_t sent() const { return sent_; }                         ///< of those, how many went out
  std::uint64_t bytes() const { return bytes_; }                       ///< that came from outside
  /// Grows with every change.
  std::uint64_t revision() const { return revision_; }

 private:
  std::deque<LedgerEntry> entries_;
  std::uint32_t count_ = 0;
  std::uint32_t sent_ = 0;
  std::uint64_t bytes_ = 0;
  std::uint64_t revision_ = 0;
};

}  // namespace hub::fetching
