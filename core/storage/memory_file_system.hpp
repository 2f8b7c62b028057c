#pragma once

#include <map>

#include "core/storage/file_system.hpp"

namespace hub::storage {

/// Files in memory, for a private window, blocked storage and the command line: everything works, nothing outlives the process.
class MemoryFileSystem : public FileSystem {
 public:
  Expected<Bytes> read(std::string_view path) override;
  Expected<void> write(std::string_view path, const Bytes& bytes) override;
  Expected<void> append(std::string_view path, const Bytes& bytes) override;
  Expected<void> rename(std::string_view from, std::string_view to) override;
  Expected<void> remove(std::string_view path) override;
  std::vector<std::string> list() override;
  /// Calls back before it returns.
  void sync(std::function<void(Expected<void>)> done) override;

 private:
  std::map<std::string, Bytes, std::less<>> files_;
};

}  // namespace hub::storage
