#include "core/engine/agreements.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "core/features/story.hpp"

namespace hub::engine {
namespace {

/// Works whose texts were hashed are forgotten with all others, once there are so many.
constexpr std::size_t most_texts = 100'000;

/// 0 where no text tells of the work.
std::uint64_t text_of(const Item& work) {
  const std::string story = features::story_of(work);
  return story.empty() ? 0 : key_of(story);
}

std::optional<std::uint64_t> key_from(std::uint64_t text, std::uint64_t poster) {
  if (text == 0) return std::nullopt;
  return key_of(std::to_string(poster) + " " + std::to_string(text));
}

}  // namespace

Agreements::Agreements(std::string_view model) : files_("agreement-" + std::string(model.substr(0, 8))), model_(model) {}

void Agreements::open(storage::FileSystem* files, bool may_write) {
  unwritten_.clear();
  if (files) files_.open(*files, model_, store_, may_write);
  change();
}

std::optional<std::uint64_t> Agreements::key_of_pair(const Works::Ref& work, std::uint64_t poster) {
  if (texts_.size() > most_texts) texts_.clear();
  const auto [place, fresh] = texts_.try_emplace(work, 0);
  if (fresh) place->second = text_of(*work);
  return key_from(place->second, poster);
}

void Agreements::plan(std::vector<Pair> seen) {
  stale_ = false;
  queue_.clear();
  all_ = read_ = 0;
  running_counts_ = false;
  std::unordered_set<std::uint64_t> counted;
  for (Pair& pair : seen) {
    const auto key = key_of_pair(pair.work, pair.poster);
    if (!key || without_.contains(*key) || !counted.insert(*key).second) continue;
    pair.key = *key;
    ++all_;
    if (store_.find(*key))
      ++read_;
    else if (running_ && running_->key == *key)
      running_counts_ = true;
    else
      queue_.push_back(std::move(pair));
  }
  std::reverse(queue_.begin(), queue_.end());
}

const Agreements::Pair* Agreements::begin(std::uint32_t id) {
  if (queue_.empty() || running_) return nullptr;
  running_ = std::move(queue_.back());
  queue_.pop_back();
  id_ = id;
  running_counts_ = true;
  return &*running_;
}

void Agreements::end(std::optional<double> cosine, double now) {
  const Pair pair = *std::exchange(running_, std::nullopt);
  if (!cosine || !std::isfinite(*cosine)) {
    without_.insert(pair.key);
    change();
    return;
  }
  const bool fresh = !store_.find(pair.key);
  const auto number = static_cast<float>(std::clamp(*cosine, -1.0, 1.0));
  const auto row = store_.put(pair.key, features::quantised({&number, 1}));
  if (running_counts_) ++read_;
  if (!fresh) return;
  if (unwritten_.empty()) unwritten_since_ = now;
  unwritten_.push_back(row);
}

void Agreements::drop() {
  running_.reset();
  change();
}

std::optional<double> Agreements::of(const Item& work, std::uint64_t poster) const {
  // Most people have none, and a text is long.
  if (empty()) return std::nullopt;
  const auto key = key_from(text_of(work), poster);
  const auto row = key ? store_.find(*key) : std::nullopt;
  if (!row) return std::nullopt;
  float number = 0;
  store_.read(*row, {&number, 1});
  return static_cast<double>(number);
}

std::optional<double> Agreements::unwritten_since() const {
  if (unwritten_.empty() || !files_.may_write()) return std::nullopt;
  return unwritten_since_;
}

void Agreements::write() {
  files_.write(store_, std::exchange(unwritten_, {}));
}

void Agreements::remove_all() {
  files_.remove_all();
  store_.clear();
  unwritten_.clear();
  without_.clear();
  drop();
}

}  // namespace hub::engine
