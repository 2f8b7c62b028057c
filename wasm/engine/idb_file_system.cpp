#include "wasm/engine/idb_file_system.hpp"

#include <dirent.h>
#include <emscripten.h>
#include <sys/stat.h>
#include <sys/time.h>

#include <algorithm>
#include <cstdio>

namespace hub::engine {

// Begins the write-back; the page answers through engine_synced().
EM_JS(void, begin_write_back, (), { Module['hub'].sync(); });

namespace {

Error io_error(std::string_view doing, std::string_view path) {
  return {"io", "The browser's storage failed while " + std::string(doing) + " " + std::string(path) + "."};
}

Error sync_error(const std::string& code) {
  if (code == "quota_exceeded")
    return {code,
            "The browser gives this page no more space. Your changes are kept only while this tab is open: download a backup now, then "
            "free some space."};
  if (code == "blocked")
    return {code,
            "The browser refuses to store anything for this page. Your changes are kept only while this tab is open: download a backup "
            "before you close it."};
  if (code == "timeout")
    return {code,
            "The browser did not answer in time when saving. Your changes are kept in this tab and are saved with the next change: "
            "download a backup to be safe."};
  return {"io", "The browser could not save. Your changes are kept in this tab: download a backup to be safe, then reload the page."};
}

}  // namespace

IdbFileSystem::IdbFileSystem(std::string folder) : folder_(std::move(folder)) {}

std::string IdbFileSystem::full(std::string_view path) const {
  return folder_ + "/" + std::string(path);
}

Expected<storage::Bytes> IdbFileSystem::read(std::string_view path) {
  std::FILE* file = std::fopen(full(path).c_str(), "rb");
  if (!file) return failure("not_found", "There is no file " + std::string(path) + ".");
  storage::Bytes bytes;
  std::fseek(file, 0, SEEK_END);
  const long size = std::ftell(file);
  std::rewind(file);
  bytes.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  const std::size_t got = bytes.empty() ? 0 : std::fread(bytes.data(), 1, bytes.size(), file);
  std::fclose(file);
  if (got != bytes.size()) return tl::unexpected(io_error("reading", path));
  return bytes;
}

void IdbFileSystem::put(const std::string& path, const storage::Bytes& bytes, const char* how, Expected<void>& result) {
  std::FILE* file = std::fopen(path.c_str(), how);
  const std::size_t written = file && !bytes.empty() ? std::fwrite(bytes.data(), 1, bytes.size(), file) : 0;
  const bool closed = file && std::fclose(file) == 0;
  if (!closed || written != bytes.size()) {
    result = tl::unexpected(io_error("writing", path));
    return;
  }
  // IDBFS writes a file back when its time differs from the stored one: two changes within a millisecond must not look alike.
  timeval now{};
  gettimeofday(&now, nullptr);
  last_time_ = std::max(last_time_ + 1, static_cast<long long>(now.tv_sec) * 1000 + now.tv_usec / 1000);
  const timeval stamp{static_cast<time_t>(last_time_ / 1000), static_cast<suseconds_t>(last_time_ % 1000 * 1000)};
  const timeval both[2] = {stamp, stamp};
  utimes(path.c_str(), both);
}

Expected<void> IdbFileSystem::write(std::string_view path, const storage::Bytes& bytes) {
  Expected<void> result;
  put(full(path), bytes, "wb", result);
  return result;
}

Expected<void> IdbFileSystem::append(std::string_view path, const storage::Bytes& bytes) {
  Expected<void> result;
  put(full(path), bytes, "ab", result);
  return result;
}

Expected<void> IdbFileSystem::rename(std::string_view from, std::string_view to) {
  if (std::rename(full(from).c_str(), full(to).c_str()) != 0) return tl::unexpected(io_error("renaming", from));
  return {};
}

Expected<void> IdbFileSystem::remove(std::string_view path) {
  if (std::remove(full(path).c_str()) != 0) return failure("not_found", "There is no file " + std::string(path) + ".");
  return {};
}

std::vector<std::string> IdbFileSystem::list() {
  std::vector<std::string> names;
  DIR* folder = opendir(folder_.c_str());
  if (!folder) return names;
  while (const dirent* entry = readdir(folder)) {
    const std::string name = entry->d_name;
    if (name != "." && name != "..") names.push_back(name);
  }
  closedir(folder);
  std::sort(names.begin(), names.end());
  return names;
}

void IdbFileSystem::sync(std::function<void(Expected<void>)> done) {
  if (!running_.empty()) {
    waiting_.push_back(std::move(done));
    return;
  }
  running_.push_back(std::move(done));
  begin_write_back();
}

void IdbFileSystem::finished(const std::string& code) {
  auto told = std::move(running_);
  running_ = std::move(waiting_);
  waiting_.clear();
  if (!running_.empty()) begin_write_back();
  for (const auto& done : told) {
    if (code.empty()) {
      done({});
    } else {
      done(tl::unexpected(sync_error(code)));
    }
  }
}

}  // namespace hub::engine
