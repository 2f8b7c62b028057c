#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/library/event.hpp"
#include "core/library/json.hpp"
#include "core/storage/file_system.hpp"
#include "core/storage/migrations.hpp"

namespace hub::storage {

/// A backup is readable JSON lines: a head {"created":…,"events":n,"media_hub_backup":1} whose 1 is the version of the events, and where
/// there are any, "models" with the manifests of those that were learnt from them, one event a line, and a foot {"crc32c":"xxxxxxxx"} over
/// all bytes before it, in hexadecimal. Written and read piece by piece, so that its size is bounded by the disk and not by memory.
class BackupWriter {
 public:
  /// @param events  must outlive the writer.
  /// @param now     milliseconds since 1970-01-01 UTC.
  /// @param write   receives each piece in order.
  /// @param models  manifests of models, for whoever reads the file; restoring does not need them. Null or an array of objects.
  BackupWriter(std::span<const Event> events, std::int64_t now, std::function<void(std::string_view)> write, const Json& models = {});

  /// Writes the next piece of about 256 KiB, to the next end of a line. @return whether there is more.
  bool step();
  double progress() const;  ///< 0 … 1, by events

 private:
  void add_line(const std::string& line);

  std::span<const Event> events_;
  std::function<void(std::string_view)> write_;
  std::string piece_;
  std::size_t next_ = 0;
  std::uint32_t sum_ = 0;
  bool done_ = false;
};

class BackupReader {
 public:
  /// @param format  of the events; must outlive the reader. Tests give others than the present one.
  explicit BackupReader(const Format& format = present_format());

  /// Takes the next piece, of any size, split anywhere. @return Error "not_a_backup", "newer_version", "bad_event" with the line's number;
  /// whatever
  ///         comes after it is refused alike.
  Expected<void> take(std::string_view piece);

  /// @return all events, in the order in which they were written. Error "damaged" when the check sum or the count does not match,
  /// "truncated" when
  ///         the foot is missing. Nothing is lost by a failure: the caller changes its state only with what this returns.
  Expected<std::vector<Event>> finish();

 private:
  Expected<void> take_line(std::string_view line);
  Expected<void> take_head(std::string_view line);
  tl::unexpected<Error> fail(std::string code, std::string message);

  const Format* format_;
  std::string rest_;  ///< of a line that is not whole yet
  std::size_t line_ = 0;
  std::uint32_t version_ = 0;
  std::uint64_t expected_events_ = 0;
  std::uint32_t sum_ = 0;
  bool ended_ = false;
  bool sum_matches_ = false;
  bool more_after_end_ = false;
  std::vector<Event> events_;
  Error error_;
};

}  // namespace hub::storage
