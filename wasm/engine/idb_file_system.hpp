#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/storage/file_system.hpp"

namespace hub::engine {

/// Files in a folder of Emscripten's in-memory file system on which IDBFS is mounted: writes are seen at once, sync() carries all changed
/// files to IndexedDB in one transaction with strict durability (web/engine-worker.js), and calls back when that transaction is complete.
class IdbFileSystem final : public storage::FileSystem {
 public:
  /// @param folder  the mount point; must exist and be populated before the first call.
  explicit IdbFileSystem(std::string folder);

  Expected<storage::Bytes> read(std::string_view path) override;
  Expected<void> write(std::string_view path, const storage::Bytes& bytes) override;
  Expected<void> append(std::string_view path, const storage::Bytes& bytes) override;
  Expected<void> rename(std::string_view from, std::string_view to) override;
  Expected<void> remove(std::string_view path) override;
  std::vector<std::string> list() override;
  void sync(std::function<void(Expected<void>)> done) override;

  /// The page's answer to the write-back that sync() began. @param code  empty, "quota_exceeded", "blocked", "timeout" or "io".
  void finished(const std::string& code);

 private:
  std::string full(std::string_view path) const;
  void put(const std::string& path, const storage::Bytes& bytes, const char* how, Expected<void>& result);

  std::string folder_;
  long long last_time_ = 0;  ///< of a file's change, milliseconds; never given twice, as IDBFS tells changes by it
  std::vector<std::function<void(Expected<void>)>> running_;
  std::vector<std::function<void(Expected<void>)>> waiting_;
};

}  // namespace hub::engine
