#pragma once
// A file system for tests that fails as real ones do: in the middle of a write, for want of room, at any call, and by forgetting what was
// not synced.

#include <functional>
#include <limits>
#include <map>
#include <random>
#include <utility>

#include "core/storage/file_system.hpp"

namespace hub::tests {

using storage::Bytes;

class FaultyFileSystem : public storage::FileSystem {
 public:
  using Files = std::map<std::string, Bytes, std::less<>>;

  /// What becomes of changes that were not durable when the power went.
  enum class Keep { nothing, everything, beginning, some };

  std::size_t room = std::numeric_limits<std::size_t>::max();        ///< bytes of all files together
  std::size_t calls_left = std::numeric_limits<std::size_t>::max();  ///< until the power goes; each call but list() takes one
  std::string failing_sync;                                          ///< code of the error of the next sync
  bool late = false;                                                 ///< syncs wait for deliver()
  std::size_t syncs = 0;

  Expected<Bytes> read(std::string_view path) override {
    if (!powered()) return off();
    const auto found = now_.find(path);
    if (found == now_.end()) return failure("not_found", "There is no such file.");
    return found->second;
  }

  Expected<void> write(std::string_view path, const Bytes& bytes) override { return change({Kind::write, std::string(path), {}, bytes}); }
  Expected<void> append(std::string_view path, const Bytes& bytes) override { return change({Kind::append, std::string(path), {}, bytes}); }
  Expected<void> rename(std::string_view from, std::string_view to) override {
    return change({Kind::rename, std::string(from), std::string(to), {}});
  }
  Expected<void> remove(std::string_view path) override { return change({Kind::remove, std::string(path), {}, {}}); }

  std::vector<std::string> list() override {
    std::vector<std::string> names;
    for (const auto& [name, bytes] : now_) names.push_back(name);
    return names;
  }

  void sync(std::function<void(Expected<void>)> done) override {
    ++syncs;
    if (!powered()) return;  // the page is gone, and with it whoever waits
    waiting_.push_back(std::move(done));
    if (!late) deliver();
  }

  /// Finishes the syncs that wait.
  void deliver() {
    const auto waiting = std::exchange(waiting_, {});
    if (waiting.empty()) return;
    const std::string code = std::exchange(failing_sync, {});
    if (code.empty()) {
      durable_ = now_;
      log_.clear();
    }
    for (const auto& done : waiting) done(code.empty() ? Expected<void>() : failure(code, "The sync failed."));
  }

  /// The power goes and comes back.
  void crash(Keep keep, std::mt19937& random) {
    Files files = durable_;
    const std::size_t kept = keep == Keep::nothing ? 0 : keep == Keep::beginning && !log_.empty() ? random() % log_.size() : log_.size();
    for (std::size_t i = 0; i < kept; ++i)
      if (keep != Keep::some || random() % 2 == 0) perform(log_[i], files);
    if (keep == Keep::beginning && kept < log_.size()) {
      Change torn = log_[kept];
      if (torn.kind == Kind::write || torn.kind == Kind::append) {
        torn.bytes.resize(torn.bytes.empty() ? 0 : random() % torn.bytes.size());
        perform(torn, files);
      }
    }
    now_ = durable_ = files;
    log_.clear();
    waiting_.clear();
    calls_left = std::numeric_limits<std::size_t>::max();
  }

  Files& files() { return now_; }
  const Files& durable() const { return durable_; }

 private:
  enum class Kind { write, append, rename, remove };
  struct Change {
    Kind kind;
    std::string path;
    std::string to;
    Bytes bytes;
  };

  bool powered() {
    if (calls_left == 0) return false;
    if (calls_left != std::numeric_limits<std::size_t>::max()) --calls_left;
    return true;
  }
  static tl::unexpected<Error> off() { return failure("io", "The power is off."); }

  static void perform(const Change& change, Files& files) {
    switch (change.kind) {
      case Kind::write: files[change.path] = change.bytes; break;
      case Kind::append: files[change.path].insert(files[change.path].end(), change.bytes.begin(), change.bytes.end()); break;
      case Kind::rename:
        if (auto moved = files.extract(change.path)) {
          files.erase(change.to);
          moved.key() = change.to;
          files.insert(std::move(moved));
        }
        break;
      case Kind::remove: files.erase(change.path); break;
    }
  }

  Expected<void> change(Change made) {
    if (!powered()) return off();
    if ((made.kind == Kind::rename || made.kind == Kind::remove) && now_.find(made.path) == now_.end())
      return failure("not_found", "There is no such file.");
    std::size_t used = 0;
    for (const auto& [name, bytes] : now_)
      if (made.kind != Kind::write || name != made.path) used += bytes.size();
    const bool fits = used + made.bytes.size() <= room;
    if (!fits) made.bytes.resize(used < room ? room - used : 0);  // a part is written before the room is out
    perform(made, now_);
    log_.push_back(std::move(made));
    if (!fits) return failure("quota_exceeded", "There is no room.");
    return {};
  }

  Files now_;
  Files durable_;
  std::vector<Change> log_;
  std::vector<std::function<void(Expected<void>)>> waiting_;
};

}  // namespace hub::tests
