#include "core/engine/vector_files.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "core/storage/crc32c.hpp"

namespace hub::engine {
namespace {

using features::Quantised;
using features::VectorStore;

constexpr std::string_view prefix = "stories-";
constexpr std::size_t beside_values = 16;  ///< bytes of a record

std::string name_of_file(std::uint32_t number) {
  char text[24];
  std::snprintf(text, sizeof text, "stories-%04u", number);
  return text;
}

void put_number(storage::Bytes& bytes, std::uint64_t number, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) bytes.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
}

std::uint64_t number_at(const std::uint8_t* bytes, std::size_t size) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < size; ++i) number |= std::uint64_t{bytes[i]} << (8 * i);
  return number;
}

std::uint32_t sum_of(const std::uint8_t* bytes, std::size_t size) {
  return storage::crc32c(static_cast<const void*>(bytes), size);
}

/// @return how many bytes of the file are whole records, its head included; 0 for a file of another kind.
std::size_t read_records(const storage::Bytes& bytes, std::string_view head, std::size_t dimensions, VectorStore& store) {
  if (bytes.size() < head.size() || std::memcmp(bytes.data(), head.data(), head.size()) != 0) return 0;
  const std::size_t record = dimensions + beside_values;
  std::size_t at = head.size();
  for (; at + record <= bytes.size(); at += record) {
    const std::uint8_t* from = bytes.data() + at;
    if (sum_of(from, record - 4) != number_at(from + record - 4, 4)) break;
    Quantised vector;
    const auto scale = static_cast<std::uint32_t>(number_at(from + 8, 4));
    std::memcpy(&vector.scale, &scale, sizeof scale);
    if (!std::isfinite(vector.scale)) break;
    vector.values.resize(dimensions);
    std::memcpy(vector.values.data(), from + 12, dimensions);
    store.put(number_at(from, 8), vector);
  }
  return at;
}

}  // namespace

void VectorFiles::open(storage::FileSystem& files, std::string_view model, VectorStore& store, bool may_write) {
  files_ = may_write ? &files : nullptr;
  dimensions_ = store.dimensions();
  head_ = "{\"model\":\"" + std::string(model) + "\",\"dimensions\":" + std::to_string(dimensions_) + "}\n";
  counts_.clear();
  unsynced_.clear();
  std::vector<std::uint32_t> numbers;
  for (const std::string& name : files.list())
    if (name.starts_with(prefix) && name.size() <= prefix.size() + 9)
      if (const long number = std::strtol(name.c_str() + prefix.size(), nullptr, 10); number > 0)
        numbers.push_back(static_cast<std::uint32_t>(number));
  std::sort(numbers.begin(), numbers.end());
  for (const std::uint32_t number : numbers) {
    auto bytes = files.read(name_of_file(number));
    const std::size_t whole = bytes ? read_records(*bytes, head_, dimensions_, store) : 0;
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
    for (; next < rows.size() && count < room; ++next, ++count) {
      const std::size_t begin = bytes.size();
      std::uint32_t scale = 0;
      const float one = store.scale(rows[next]);
      std::memcpy(&scale, &one, sizeof scale);
      put_number(bytes, store.key(rows[next]), 8);
      put_number(bytes, scale, 4);
      for (const std::int8_t value : store.values(rows[next])) bytes.push_back(static_cast<std::uint8_t>(value));
      put_number(bytes, sum_of(bytes.data() + begin, bytes.size() - begin), 4);
    }
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
