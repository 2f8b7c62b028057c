#include "core/engine/vector_files.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "core/engine/model_entry.hpp"
#include "core/engine/vector_records.hpp"

namespace hub::engine {
using features::VectorStore;

namespace {

/// What the first line of a file says; nothing where it is not one that vectors_head could have written.
std::optional<VectorFiles::Model> model_of(std::string_view file) {
  constexpr std::size_t longest_head = 256;
  const std::string_view line = file.substr(0, std::min(file.find('\n'), longest_head) + 1);
  const auto told = parse_json(line);
  if (!told || !told->is_object() || !told->contains("model") || !(*told)["model"].is_string()) return std::nullopt;
  VectorFiles::Model model{(*told)["model"].get<std::string>(), static_cast<std::size_t>(count_in(*told, "dimensions"))};
  // As a vector of it stands in the file whole.
  const bool possible = model.dimensions > 0 && model.dimensions % 16 == 0 && model.dimensions < file.size();
  return possible && vectors_head(model.model, model.dimensions) == line ? std::optional(std::move(model)) : std::nullopt;
}

}  // namespace

std::string VectorFiles::name_of_file(std::uint32_t number) const {
  char text[16];
  std::snprintf(text, sizeof text, "%04u", number);
  return prefix_ + text;
}

std::vector<std::uint32_t> VectorFiles::numbers_of(storage::FileSystem& files) const {
  std::vector<std::uint32_t> numbers;
  for (const std::string& name : files.list())
    if (name.starts_with(prefix_) && name.size() <= prefix_.size() + 9)
      if (const long number = std::strtol(name.c_str() + prefix_.size(), nullptr, 10); number > 0)
        numbers.push_back(static_cast<std::uint32_t>(number));
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

std::optional<VectorFiles::Model> VectorFiles::other_model(storage::FileSystem& files, std::string_view model) const {
  auto numbers = numbers_of(files);
  std::reverse(numbers.begin(), numbers.end());
  for (const std::uint32_t number : numbers) {
    const auto bytes = files.read(name_of_file(number));
    if (!bytes) continue;
    auto one = model_of({reinterpret_cast<const char*>(bytes->data()), bytes->size()});
    if (one && one->model != model) return one;
  }
  return std::nullopt;
}

void VectorFiles::open(storage::FileSystem& files, std::string_view model, VectorStore& store, bool may_write, std::string_view spared) {
  files_ = may_write ? &files : nullptr;
  dimensions_ = store.dimensions();
  head_ = vectors_head(model, dimensions_);
  counts_.clear();
  spared_ = 0;
  unsynced_.clear();
  for (const std::uint32_t number : numbers_of(files)) {
    auto bytes = files.read(name_of_file(number));
    std::size_t whole = bytes ? read_records(*bytes, head_, store) : 0;
    // Of no vector: what is written next begins it anew.
    if (whole == head_.size()) whole = 0;
    if (whole > 0) counts_[number] = (whole - head_.size()) / (dimensions_ + beside_values);
    if (whole == 0 && bytes && !spared.empty() && bytes->size() >= spared.size() &&
        std::equal(spared.begin(), spared.end(), bytes->begin())) {
      spared_ = number;
      continue;
    }
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
    std::uint32_t number = counts_.empty() ? 0 : counts_.rbegin()->first;
    // Behind those that are let be: the file that was begun last tells whose model was used last.
    if (number <= spared_ || counts_.at(number) >= room) number = std::max(number, spared_) + 1;
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
