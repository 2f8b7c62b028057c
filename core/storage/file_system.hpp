#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/library/error.hpp"

namespace hub::storage {

using Bytes = std::vector<std::uint8_t>;

/// Where files live: memory in tests and in a private window, IDBFS in the browser. Flat: a path is a name without slashes.
///
/// Changes are visible to reads at once and durable only after sync() has called back without an error.
class FileSystem {
 public:
  virtual ~FileSystem() = default;

  /// @return Error "not_found", or "io" with the reason.
  virtual Expected<Bytes> read(std::string_view path) = 0;
  /// Replaces the whole file. @return Error "quota_exceeded" or "io".
  virtual Expected<void> write(std::string_view path, const Bytes& bytes) = 0;
  virtual Expected<void> append(std::string_view path, const Bytes& bytes) = 0;
  virtual Expected<void> rename(std::string_view from, std::string_view to) = 0;
  virtual Expected<void> remove(std::string_view path) = 0;
  virtual std::vector<std::string> list() = 0;

  /// Makes everything written so far durable, all of it or nothing. Asynchronous; one at a time, a call while one is in flight joins the
  /// next.
  /// @param done  called once, later: no value, or Error "quota_exceeded", "blocked", "timeout" or "io".
  virtual void sync(std::function<void(Expected<void>)> done) = 0;
};

}  // namespace hub::storage
