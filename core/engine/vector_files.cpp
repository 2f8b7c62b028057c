#include "core/engine/vector_files.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "core/engine/vector_records.hpp"

namespace hub::engine {
using features::VectorStore;

std::string VectorFiles::name_of_file(std::uint32_t number) const {
  char text[16];
  std::snprintf(text, sizeof text, "%04u", number);
  return prefix_ + text;
}

void VectorFiles::open(storage::FileSystem& files, std::string_view model, VectorStore& store, bool may_write) {
  files_ = may_write ? &files : nullptr;
  dimensions_ = store.dimensions();
  head_ = vectors_head(model, dimensions_);
  counts_.clear();
  unsynced_.clear();
  std::vector<std::uint32_t> numbers;
  for (const std::string& name : files.list())
    if (name.starts_with(prefix_) && name.size() <= prefix_.size() + 9)
      if (const long number = std::strtol(name.c_str() + prefix_.size(), nullptr, 10); number > 0)
        numbers.push_back(static_cast<std::uint32_t>(number));
  std::sort(numbers.begin(), numbers.end());
  for (const std::uint32_t number : numbers) {
    auto bytes = files.read(name_of_file(number));
    const std::size_t whole = bytes ? read_records(*bytes, head_, store) : 0;
    if (whole > 0) counts_[number] = (whole - head_.size()) / (dimensions_ + beside_values);
    if (!files_ || (bytes && whole == bytes->size())) continue;
    unsynced_.push_back(number);
    if (whole == 0) {
      (void)files_->remove(name_of_file(number));
    } else {
      bytes->resize(whole);
      (void)files_->write(name_of_file(number), *bytes);
    }
  }
}

std::size_t VectorFiles::size() const {
  std::size_t size = 0;
  for (const auto& [number, count] : counts_) size += count;
  return size;
}

void VectorFiles::remove(std::uint32_t number) {
  (void)files_->remove(name_of_file(number));
  counts_.erase(number);
}

void VectorFiles::write(const VectorStore& store, const std::vector<VectorStore::Row>& rows) {
  if (!files_) return;
  const std::size_t room = (file_bytes - head_.size()) / (dimensions_ + beside_values);
  for (std::size_t next = 0; next < rows.size();) {
    std::uint32_t number = counts_.empty() ? 1 : counts_.rbegin()->first;
    if (const auto last = counts_.find(number); last != counts_.end() && last->second >= room) ++number;
    std::size_t& count = counts_[number];
    storage::Bytes bytes;
    if (count == 0) bytes.assign(head_.begin(), head_.end());
    for (; next < rows.size() && count < room; ++next, ++count)
      add_record(bytes, store.key(rows[next]), store.scale(rows[next]), store.values(rows[next]));
    if (!files_->append(name_of_file(number), bytes)) {
      withdraw();
      return;
    }
    if (unsynced_.empty() || unsynced_.back() != number) unsynced_.push_back(number);
  }
  while (size() > most_vectors) {
    unsynced_.push_back(counts_.begin()->first);
    remove(counts_.begin()->first);
  }
}

void VectorFiles::withdraw() {
  if (!files_) return;
  for (const std::uint32_t number : unsynced_) remove(number);
  unsynced_.clear();
}

void VectorFiles::remove_all() {
  if (!files_) return;
  while (!counts_.empty()) remove(counts_.begin()->first);
  unsynced_.clear();
}

}  // namespace hub::engine
