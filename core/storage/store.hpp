#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/library/event.hpp"
#include "core/storage/file_system.hpp"
#include "core/storage/migrations.hpp"

namespace hub::storage {

/// What opening found, beside the events.
struct Opening {
  std::vector<Event> events;          ///< in the order in which they were appended
  std::vector<std::string> warnings;  ///< sentences for the person; empty when all was in order
  std::vector<std::string>
      damaged_files;  ///< parts that could not be read, now or at an earlier opening, kept under these names for download
};

/// The journal on a file system: a snapshot of all events up to some point and a chain of small segments after it.
///
/// File format, version 1: see core/storage/journal.hpp; each record is one event as JSON (core/library/json.hpp). Snapshots and segments
/// are numbered by one count, "snapshot-0000000005" and "segment-0000000006": a whole snapshot stands for all files with smaller numbers. A
/// snapshot is written aside ("snapshot-0000000005.new"), made durable, then renamed and what it stands for removed. So at every moment
/// there is a whole history.
class Store {
 public:
  /// @param files   must outlive the store.
  /// @param format  of the events; must outlive the store. Tests give others than the present one.
  explicit Store(FileSystem& files, const Format& format = present_format());
  ~Store();
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;

  /// Reads snapshot and segments; to be called first, once. What is damaged is cut out and kept aside, all whole records before and after
  /// it are kept; older versions are migrated. What is so mended becomes durable with the next sync.
  /// @return Error "newer_version" when a later version of the page wrote it (nothing is touched), or "io".
  Expected<Opening> open();

  /// Appends to the current segment, starting a new one when it is full (64 KiB: IDBFS rewrites changed files whole). Not durable until
  /// sync.
  /// @return Error "quota_exceeded" or "io", and then none of them was appended; "bad_event" when one could not be read again (see check).
  Expected<void> append(std::span<const Event> events);

  /// Makes what was appended durable; folds the segments into a new snapshot first when the small ones outweigh all else. Where there is no
  /// room for that, the segments stay.
  ///
  /// @param done  as of FileSystem::sync; no value means that all that was appended before this call is durable.
  void sync(std::function<void(Expected<void>)> done);

  /// Replaces everything by these events (restore, delete everything), by the same write-aside-and-swap. Durable, and the old history gone,
  /// when the next sync is done; until then a crash brings back the old. Without events the damaged files go as well.
  Expected<void> replace_all(std::span<const Event> events);

  /// Bytes in files now.
  std::uint64_t size() const;

 private:
  struct State;
  std::shared_ptr<State> state_;  ///< shared with a sync in flight, so that the store may go before it is done
};

}  // namespace hub::storage
