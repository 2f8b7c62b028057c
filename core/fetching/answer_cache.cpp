#include "core/fetching/answer_cache.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iterator>

#include "core/library/json.hpp"
#include "core/storage/crc32c.hpp"

namespace hub::fetching {
namespace {

constexpr std::string_view prefix = "answers-";
constexpr std::int64_t day = 86'400'000;

std::string key_of(const metadata::Request& request) {
  return request.host + request.path;
}

std::string name_of_file(std::uint32_t number) {
  char text[24];
  std::snprintf(text, sizeof text, "answers-%04u", number);
  return text;
}

bool too_old(const AnswerCache::Kept& kept, std::int64_t now) {
  // One from the future is of a clock that was set back: how old it is, nobody knows.
  return kept.at > now + day || now - kept.at > metadata::info(kept.service).cache_days * day;
}

/// Over all that is written of an answer.
std::uint32_t sum_of(const AnswerCache::Kept& kept) {
  const std::string head = std::string(metadata::info(kept.service).word) + " " + kept.key + " " + std::to_string(kept.at) + " ";
  return storage::crc32c(kept.body, storage::crc32c(head));
}

std::string written(const AnswerCache::Kept& kept) {
  Json head = Json::object();
  head["service"] = std::string(metadata::info(kept.service).word);
  head["key"] = kept.key;
  head["at"] = kept.at;
  head["size"] = kept.body.size();
  head["crc"] = sum_of(kept);
  return json_text(head) + "\n" + kept.body + "\n";
}

/// Takes the first answer off `text`. @return whether there was a whole one.
bool take(std::string_view& text, AnswerCache::Kept& kept) {
  const std::size_t line = text.find('\n');
  if (line == std::string_view::npos) return false;
  const auto head = parse_json(text.substr(0, line));
  if (!head || !head->is_object()) return false;
  const auto text_of = [&](const char* name) {
    const auto found = head->find(name);
    return found != head->end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  const auto whole_of = [&](const char* name) -> std::int64_t {
    const auto found = head->find(name);
    return found != head->end() && found->is_number_integer() ? found->get<std::int64_t>() : -1;
  };
  const auto service = metadata::service_from(text_of("service"));
  const std::int64_t size = whole_of("size");
  text.remove_prefix(line + 1);
  if (!service || size < 0 || static_cast<std::uint64_t>(size) >= text.size() || text[static_cast<std::size_t>(size)] != '\n') return false;
  kept = {*service, text_of("key"), whole_of("at"), std::string(text.substr(0, static_cast<std::size_t>(size))), 0};
  text.remove_prefix(static_cast<std::size_t>(size) + 1);
  return kept.at >= 0 && !kept.key.empty() && whole_of("crc") == static_cast<std::int64_t>(sum_of(kept));
}

}  // namespace

void AnswerCache::open(storage::FileSystem& files, std::int64_t now, bool may_write) {
  files_ = nullptr;
  Order before;
  before.splice(before.end(), order_);
  by_key_.clear();
  sizes_.clear();
  unsynced_.clear();
  bytes_ = fresh_ = 0;
  std::vector<std::pair<std::uint32_t, std::string>> found;
  for (const std::string& name : files.list())
    if (name.starts_with(prefix) && name.size() <= prefix.size() + 9)
      if (const long number = std::strtol(name.c_str() + prefix.size(), nullptr, 10); number > 0)
        found.emplace_back(static_cast<std::uint32_t>(number), name);
  std::sort(found.begin(), found.end());
  files_ = &files;
  for (const auto& [number, name] : found) read_file(name, number, now);
  for (Kept& kept : before) {
    kept.file = 0;
    if (by_key_.contains(kept.key)) continue;
    ++fresh_;
    bytes_ += kept.body.size();
    order_.push_back(std::move(kept));
    by_key_[order_.back().key] = std::prev(order_.end());
  }
  if (!may_write) {
    files_ = nullptr;
    return;
  }
  // What has gone from memory since it was written (too old, damaged, asked again) goes from the files too.
  for (const auto& [number, name] : found) {
    std::size_t size = 0;
    for (const Kept& kept : order_)
      if (kept.file == number) size += written(kept).size();
    if (size != sizes_[number]) rewrite(number);
  }
}

void AnswerCache::read_file(const std::string& name, std::uint32_t number, std::int64_t now) {
  const auto bytes = files_->read(name);
  sizes_[number] = bytes ? bytes->size() : 1;
  if (!bytes) return;
  std::string_view text(reinterpret_cast<const char*>(bytes->data()), bytes->size());
  Kept kept;
  while (take(text, kept)) {
    if (too_old(kept, now)) continue;
    if (const auto older = by_key_.find(kept.key); older != by_key_.end()) erase(older->second);
    kept.file = number;
    bytes_ += kept.body.size();
    order_.push_back(std::move(kept));
    by_key_[order_.back().key] = std::prev(order_.end());
  }
}

void AnswerCache::rewrite(std::uint32_t file) {
  std::string text;
  for (const Kept& kept : order_)
    if (kept.file == file) text += written(kept);
  unsynced_.push_back(file);
  if (text.empty()) {
    (void)files_->remove(name_of_file(file));
    sizes_.erase(file);
    return;
  }
  sizes_[file] = text.size();
  (void)files_->write(name_of_file(file), {text.begin(), text.end()});
}

void AnswerCache::erase(Order::iterator kept) {
  bytes_ -= kept->body.size();
  if (kept->file == 0) --fresh_;
  by_key_.erase(kept->key);
  order_.erase(kept);
}

const AnswerCache::Kept* AnswerCache::find(const metadata::Request& request, std::int64_t now) const {
  const auto found = by_key_.find(key_of(request));
  return found == by_key_.end() || too_old(*found->second, now) ? nullptr : &*found->second;
}

std::vector<const AnswerCache::Kept*> AnswerCache::like(std::string_view begin, std::string_view end, std::int64_t now) const {
  std::vector<const Kept*> found;
  for (auto kept = order_.rbegin(); kept != order_.rend(); ++kept) {
    const bool fits = kept->key.size() >= begin.size() + end.size() && kept->key.starts_with(begin) && kept->key.ends_with(end);
    if (fits && !too_old(*kept, now)) found.push_back(&*kept);
  }
  return found;
}

void AnswerCache::put(const metadata::Request& request, std::int64_t now, std::string body) {
  std::string key = key_of(request);
  if (const auto older = by_key_.find(key); older != by_key_.end()) erase(older->second);
  if (body.size() > most_answer_bytes) return;
  bytes_ += body.size();
  ++fresh_;
  order_.push_back({request.service, std::move(key), now, std::move(body), 0});
  by_key_[order_.back().key] = std::prev(order_.end());
  make_room();
}

void AnswerCache::make_room() {
  while (bytes_ > most_bytes) {
    const std::uint32_t file = order_.front().file;
    erase(order_.begin());
    if (file == 0) continue;
    for (auto kept = order_.begin(); kept != order_.end();) {
      const auto next = std::next(kept);
      if (kept->file == file) erase(kept);
      kept = next;
    }
    if (files_) rewrite(file);
  }
}

void AnswerCache::write() {
  if (!files_) return;
  for (Kept& kept : order_) {
    if (kept.file != 0) continue;
    const std::string text = written(kept);
    std::uint32_t number = sizes_.empty() ? 1 : sizes_.rbegin()->first;
    if (!sizes_.empty() && sizes_.rbegin()->second + text.size() > file_bytes) ++number;
    if (!files_->append(name_of_file(number), {text.begin(), text.end()})) return;
    kept.file = number;
    sizes_[number] += text.size();
    if (unsynced_.empty() || unsynced_.back() != number) unsynced_.push_back(number);
    --fresh_;
  }
}

void AnswerCache::withdraw() {
  if (!files_) return;
  // Their answers stay in memory for as long as the page is open, and are not tried again.
  for (const std::uint32_t number : unsynced_) {
    (void)files_->remove(name_of_file(number));
    sizes_.erase(number);
  }
  unsynced_.clear();
}

void AnswerCache::remove_all() {
  for (const auto& [number, size] : sizes_)
    if (files_) (void)files_->remove(name_of_file(number));
  order_.clear();
  by_key_.clear();
  sizes_.clear();
  unsynced_.clear();
  bytes_ = fresh_ = 0;
}

}  // namespace hub::fetching
