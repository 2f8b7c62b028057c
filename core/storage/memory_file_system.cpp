#include "core/storage/memory_file_system.hpp"

#include <utility>

namespace hub::storage {
namespace {

tl::unexpected<Error> no_file(std::string_view path) {
  return failure("not_found", "There is no file named " + std::string(path) + ".");
}

}  // namespace

Expected<Bytes> MemoryFileSystem::read(std::string_view path) {
  const auto found = files_.find(path);
  if (found == files_.end()) return no_file(path);
  return found->second;
}

Expected<void> MemoryFileSystem::write(std::string_view path, const Bytes& bytes) {
  files_.insert_or_assign(std::string(path), bytes);
  return {};
}

Expected<void> MemoryFileSystem::append(std::string_view path, const Bytes& bytes) {
  Bytes& file = files_[std::string(path)];
  file.insert(file.end(), bytes.begin(), bytes.end());
  return {};
}

Expected<void> MemoryFileSystem::rename(std::string_view from, std::string_view to) {
  const auto found = files_.find(from);
  if (found == files_.end()) return no_file(from);
  if (from == to) return {};
  Bytes bytes = std::move(found->second);
  files_.erase(found);
  files_.insert_or_assign(std::string(to), std::move(bytes));
  return {};
}

Expected<void> MemoryFileSystem::remove(std::string_view path) {
  const auto found = files_.find(path);
  if (found == files_.end()) return no_file(path);
  files_.erase(found);
  return {};
}

std::vector<std::string> MemoryFileSystem::list() {
  std::vector<std::string> names;
  for (const auto& [name, bytes] : files_) names.push_back(name);
  return names;
}

void MemoryFileSystem::sync(std::function<void(Expected<void>)> done) {
  done({});
}

}  // namespace hub::storage
