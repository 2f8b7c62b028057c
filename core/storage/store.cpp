#include "core/storage/store.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "core/library/event_text.hpp"
#include "core/library/limits.hpp"
#include "core/storage/journal.hpp"

namespace hub::storage {
namespace {

constexpr std::size_t full_segment = 64 * 1024;
constexpr std::uint64_t fold_at_least = 256 * 1024;  // a small history need not be folded each time it doubles
constexpr std::size_t most_segments = 64;
constexpr std::size_t piece = 1024 * 1024;

constexpr std::string_view segment_prefix = "segment-";
constexpr std::string_view snapshot_prefix = "snapshot-";
constexpr std::string_view damaged_prefix = "damaged-";
constexpr std::string_view aside_suffix = ".new";

struct File {
  FileKind kind = FileKind::segment;
  std::uint32_t sequence = 0;
  bool aside = false;  ///< a snapshot not yet swapped in
  std::uint64_t size = 0;

  std::string name() const {
    const std::string digits = std::to_string(sequence);
    std::string name(kind == FileKind::segment ? segment_prefix : snapshot_prefix);
    name += std::string(10 - digits.size(), '0') + digits;
    if (aside) name += aside_suffix;
    return name;
  }
};

/// The number in a name such as "segment-0000000012", or nothing for other names.
std::optional<std::uint32_t> sequence_in(std::string_view digits) {
  if (digits.size() != 10) return std::nullopt;
  std::uint64_t sequence = 0;
  for (char digit : digits) {
    if (digit < '0' || digit > '9') return std::nullopt;
    sequence = sequence * 10 + static_cast<std::uint64_t>(digit - '0');
  }
  return sequence <= UINT32_MAX ? std::optional(static_cast<std::uint32_t>(sequence)) : std::nullopt;
}

std::optional<File> file_named(std::string_view name) {
  File file;
  if (name.starts_with(segment_prefix)) {
    name.remove_prefix(segment_prefix.size());
  } else if (name.starts_with(snapshot_prefix)) {
    file.kind = FileKind::snapshot;
    name.remove_prefix(snapshot_prefix.size());
    file.aside = name.ends_with(aside_suffix);
    if (file.aside) name.remove_suffix(aside_suffix.size());
  } else {
    return std::nullopt;
  }
  const auto sequence = sequence_in(name);
  if (!sequence) return std::nullopt;
  file.sequence = *sequence;
  return file;
}

struct ReadFile {
  File file;
  Bytes bytes;
  Scan found;

  bool whole_snapshot() const { return file.kind == FileKind::snapshot && found.whole() && found.ended; }
};

bool earlier(const File& a, const File& b) {
  if (a.sequence != b.sequence) return a.sequence < b.sequence;
  return a.aside && !b.aside;
}

}  // namespace

struct Store::State : std::enable_shared_from_this<State> {
  State(FileSystem& the_files, const Format& the_format) : files(the_files), format(the_format) {}

  FileSystem& files;
  const Format& format;
  std::vector<File> live;       ///< what the history is read from, in order; the last may be appended to
  bool may_append = false;      ///< the last of `live` is a segment with room
  std::optional<File> aside;    ///< stands for all live files before it as soon as it is swapped in
  bool aside_can_go = false;    ///< it repeats what other files hold
  std::set<std::string> stale;  ///< stand for nothing any more; removed with the next swap
  bool forget_damaged = false;  ///< at the next swap
  bool swapping = false;
  std::uint32_t sequence = 0;          ///< the last number given
  std::uint64_t fold_again_above = 0;  ///< loose bytes, after a fold that failed

  // Opening

  Expected<Opening> open() {
    live.clear();
    aside.reset();
    stale.clear();
    may_append = false;
    Expected<std::vector<ReadFile>> all = read_all();
    if (!all) return tl::unexpected(std::move(all.error()));

    const std::uint32_t version = version_of(*all);
    if (version > format.version()) {
      return failure(
          "newer_version",
          "Your library was saved by a newer version of this page. Nothing was changed. Close all tabs of this page and open it again to "
          "get the newer version.");
    }
    for (const ReadFile& one : *all) sequence = std::max(sequence, one.file.sequence);
    const std::vector<const ReadFile*> used = choose(*all);

    Opening opening;
    Bytes damaged;
    bool migrated = false;
    // A damaged snapshot may stand beside files that it repeats; only then an event can come twice.
    const bool repeats = std::any_of(used.begin(), used.end(),
                                     [&](const ReadFile* one) { return one != used.front() && one->file.kind == FileKind::snapshot; });
    std::set<EventId> seen;
    for (const ReadFile* one : used) {
      const std::uint32_t written = one->found.head ? one->found.head->version : version;
      migrated = migrated || written != format.version();
      for (std::string_view payload : one->found.payloads) {
        Expected<Event> event = format.read(payload, written);
        if (!event)
          append_record(damaged, payload);
        else if (!repeats || seen.insert(event->id).second)
          opening.events.push_back(std::move(*event));
      }
      for (const Range& range : one->found.damage)
        damaged.insert(damaged.end(), one->bytes.begin() + static_cast<std::ptrdiff_t>(range.begin),
                       one->bytes.begin() + static_cast<std::ptrdiff_t>(range.end));
    }
    const bool cut = std::any_of(used.begin(), used.end(), [](const ReadFile* one) {
      return !one->found.whole() || (one->file.kind == FileKind::snapshot && !one->found.ended);
    });
    if (!damaged.empty()) keep_damaged(damaged, opening);
    if (cut || !damaged.empty() || migrated) {
      if (cut && damaged.empty()) opening.warnings.push_back("The end of your saved history is missing. Everything before it is here.");
      mend(opening.events);
    }
    for (const std::string& name : files.list())
      if (name.starts_with(damaged_prefix)) opening.damaged_files.push_back(name);
    return opening;
  }

  Expected<std::vector<ReadFile>> read_all() {
    std::vector<ReadFile> all;
    for (const std::string& name : files.list()) {
      const std::optional<File> file = file_named(name);
      if (!file) continue;
      Expected<Bytes> bytes = files.read(name);
      if (!bytes) return tl::unexpected(std::move(bytes.error()));
      ReadFile& read = all.emplace_back();
      read.file = *file;
      read.bytes = std::move(*bytes);
      read.file.size = read.bytes.size();
      read.found = scan(read.bytes);
    }
    std::sort(all.begin(), all.end(), [](const ReadFile& a, const ReadFile& b) { return earlier(a.file, b.file); });
    return all;
  }

  /// The newest version that any file has; files whose head is damaged are taken to have it too.
  std::uint32_t version_of(const std::vector<ReadFile>& all) const {
    std::uint32_t version = 0;
    for (const ReadFile& one : all)
      if (one.found.head) version = std::max(version, one.found.head->version);
    return version == 0 ? format.version() : version;
  }

  /// Which files the history is read from, in order; enters them in `live` and `aside`, and the others in `stale`.
  std::vector<const ReadFile*> choose(const std::vector<ReadFile>& all) {
    const ReadFile* base = nullptr;
    for (const ReadFile& one : all)
      if (one.whole_snapshot()) base = &one;
    std::vector<const ReadFile*> used;
    for (const ReadFile& one : all) {
      const bool superseded = base && &one != base && !earlier(base->file, one.file);
      // A snapshot aside that is not whole was being written when the page ended: what it repeats is still in the other files. Only where
      // there are none was it the single copy.
      const bool unfinished = one.file.aside && !one.whole_snapshot() && all.size() > 1;
      if (superseded || unfinished || one.bytes.empty()) {
        stale.insert(one.file.name());
        continue;
      }
      used.push_back(&one);
      if (&one == base && one.file.aside)
        aside = one.file;
      else
        live.push_back(one.file);
    }
    aside_can_go = false;
    if (!used.empty()) {
      const ReadFile& last = *used.back();
      may_append = last.file.kind == FileKind::segment && last.found.whole() && last.found.head->version == format.version() &&
                   last.file.size < full_segment && last.file.sequence == sequence;
    }
    return used;
  }

  void keep_damaged(const Bytes& bytes, Opening& opening) {
    std::uint32_t number = 1;
    const auto name = [&] { return std::string(damaged_prefix) + std::to_string(number) + ".bin"; };
    const std::vector<std::string> names = files.list();
    bool kept = false;
    for (; std::find(names.begin(), names.end(), name()) != names.end(); ++number) {
      // Until the mended history is durable each opening finds the same damage.
      const Expected<Bytes> earlier_part = files.read(name());
      kept = kept || (earlier_part && *earlier_part == bytes);
    }
    if (!kept) kept = files.write(name(), bytes).has_value();
    opening.warnings.push_back("A part of your saved history could not be read (" + std::to_string(bytes.size()) +
                               " bytes). Everything else is here" + (kept ? ", and you can download the damaged part." : "."));
  }

  /// Writes the history anew after damage or migration. Without room for it the files stay as they are, and are mended at a later opening.
  void mend(std::span<const Event> events) {
    may_append = false;
    if (const Expected<File> written = write_aside(events)) set_aside(*written, true);
  }

  // Snapshots

  /// The next snapshot, begun; `put` adds whole records to it.
  struct Writer {
    State& state;
    File file;
    Bytes bytes;
    std::uint32_t records = 0;
    bool begun = false;

    explicit Writer(State& the_state) : state(the_state) {
      file = {FileKind::snapshot, ++state.sequence, true, 0};
      append_head(bytes, {FileKind::snapshot, state.format.version(), file.sequence});
    }

    Expected<void> flush() {
      Expected<void> done = begun ? state.files.append(file.name(), bytes) : state.files.write(file.name(), bytes);
      begun = true;
      file.size += bytes.size();
      bytes.clear();
      return done;
    }

    Expected<File> finish() {
      append_end(bytes, records);
      if (auto done = flush(); !done) return give_up(std::move(done.error()));
      return file;
    }

    tl::unexpected<Error> give_up(Error error) {
      // A file that was not even begun cannot be removed, which is as well.
      static_cast<void>(state.files.remove(file.name()));
      return tl::unexpected(std::move(error));
    }
  };

  Expected<File> write_aside(std::span<const Event> events) {
    Writer writer(*this);
    for (const Event& event : events) {
      append_record(writer.bytes, event_text(event));
      ++writer.records;
      if (writer.bytes.size() < piece) continue;
      if (auto done = writer.flush(); !done) return writer.give_up(std::move(done.error()));
    }
    return writer.finish();
  }

  /// Copies the records of all live files, as they are, into a snapshot aside.
  Expected<File> fold() {
    Writer writer(*this);
    for (const File& file : live) {
      Expected<Bytes> bytes = files.read(file.name());
      if (!bytes) return writer.give_up(std::move(bytes.error()));
      const Scan found = scan(*bytes);
      // Damaged or older files, for which there was no room to write them anew at opening, are left to the next opening.
      if (!found.whole() || found.head->version != format.version())
        return writer.give_up({"io", "A file of the history has to be mended first."});
      for (std::string_view payload : found.payloads) {
        append_record(writer.bytes, payload);
        ++writer.records;
      }
      if (auto done = writer.flush(); !done) return writer.give_up(std::move(done.error()));
    }
    return writer.finish();
  }

  void set_aside(const File& file, bool can_go) {
    if (aside) stale.insert(aside->name());
    aside = file;
    aside_can_go = can_go;
    may_append = false;
  }

  void drop_aside() {
    static_cast<void>(files.remove(aside->name()));
    aside.reset();
    fold_again_above = 2 * loose_bytes();
  }

  /// Lets the snapshot aside, which is durable now, take the place of what it stands for.
  Expected<void> swap() {
    if (aside) {
      File swapped = *aside;
      swapped.aside = false;
      if (auto done = files.rename(aside->name(), swapped.name()); !done) return done;
      const auto covered = [&](const File& file) { return file.sequence < swapped.sequence; };
      for (const File& file : live)
        if (covered(file)) stale.insert(file.name());
      std::erase_if(live, covered);
      live.insert(live.begin(), swapped);
      aside.reset();
      fold_again_above = 0;
    }
    // What cannot be removed now is found stale, and removed, after the next opening.
    for (const std::string& name : stale) static_cast<void>(files.remove(name));
    stale.clear();
    if (forget_damaged) {
      for (const std::string& name : files.list())
        if (name.starts_with(damaged_prefix)) static_cast<void>(files.remove(name));
      forget_damaged = false;
    }
    return {};
  }

  /// Of segments small enough to be worth folding: a large import fills one by itself, which is as good a file as a snapshot, and would
  /// only be written twice before it counts as saved.
  std::uint64_t loose_bytes() const {
    std::uint64_t bytes = 0;
    for (const File& file : live)
      if (is_loose(file)) bytes += file.size;
    return bytes;
  }

  static bool is_loose(const File& file) { return file.kind == FileKind::segment && file.size < fold_at_least; }

  bool should_fold() const {
    if (aside) return false;
    std::uint64_t settled = 0;
    std::size_t segments = 0;
    for (const File& file : live) {
      if (!is_loose(file)) settled += file.size;
      if (file.kind == FileKind::segment) ++segments;
    }
    const std::uint64_t loose = loose_bytes();
    if (fold_again_above > 0 && loose <= fold_again_above) return false;
    return loose > std::max(settled, fold_at_least) || segments > most_segments;
  }

  void sync(std::function<void(Expected<void>)> done) {
    if (!swapping && should_fold()) {
      if (const Expected<File> written = fold())
        set_aside(*written, true);
      else
        fold_again_above = 2 * loose_bytes();
    }
    if (swapping || !(aside || !stale.empty())) return files.sync(std::move(done));
    swapping = true;
    const std::uint32_t made_durable = aside ? aside->sequence : 0;
    files.sync([self = shared_from_this(), made_durable, done = std::move(done)](Expected<void> result) mutable {
      self->swapping = false;
      if (!result) {
        if (result.error().code != "quota_exceeded" || !self->aside || !self->aside_can_go || self->aside->sequence != made_durable)
          return done(std::move(result));
        self->drop_aside();  // the history without the snapshot may still fit
        return self->files.sync(std::move(done));
      }
      // A snapshot written in the meantime is not durable yet: once more.
      if ((self->aside ? self->aside->sequence : 0) != made_durable) return self->sync(std::move(done));
      if (auto swapped = self->swap(); !swapped) return done(std::move(swapped));
      self->files.sync(std::move(done));
    });
  }

  // Appending

  Expected<void> append(std::span<const Event> events) {
    for (const Event& event : events)
      if (auto fine = check(event); !fine) return fine;
    const std::vector<File> live_before = live;
    const bool could_append = may_append;
    Bytes bytes;
    std::uint64_t filled = may_append ? live.back().size : 0;
    const auto flush = [&]() -> Expected<void> {
      Expected<void> done = may_append ? files.append(live.back().name(), bytes) : begin_segment(bytes);
      if (!done) return done;
      if (may_append) live.back().size += bytes.size();
      may_append = live.back().size < full_segment;
      filled = may_append ? live.back().size : 0;
      bytes.clear();
      return done;
    };
    for (const Event& event : events) {
      append_record(bytes, event_text(event));
      if (filled + bytes.size() < full_segment) continue;
      if (auto done = flush(); !done) return take_back(live_before, could_append, std::move(done.error()));
    }
    if (bytes.empty()) return {};
    if (auto done = flush(); !done) return take_back(live_before, could_append, std::move(done.error()));
    return {};
  }

  Expected<void> begin_segment(const Bytes& records) {
    File file{FileKind::segment, ++sequence, false, 0};
    Bytes bytes;
    append_head(bytes, {FileKind::segment, format.version(), file.sequence});
    bytes.insert(bytes.end(), records.begin(), records.end());
    file.size = bytes.size();
    live.push_back(file);  // also when it fails: take_back removes what there is of it
    return files.write(file.name(), bytes);
  }

  /// After a failure halfway: removes new segments and what was added to the one before.
  Expected<void> take_back(const std::vector<File>& before, bool could_append, Error error) {
    for (std::size_t i = before.size(); i < live.size(); ++i) static_cast<void>(files.remove(live[i].name()));
    live = before;
    may_append = could_append;
    if (could_append) {
      Expected<Bytes> bytes = files.read(live.back().name());
      const std::uint64_t size = live.back().size;
      const bool intact = bytes && bytes->size() == size;
      if (bytes && bytes->size() > size) bytes->resize(static_cast<std::size_t>(size));
      // Where even that fails, the part stays as a damaged tail behind which nothing more is written.
      may_append = intact || (bytes && bytes->size() == size && files.write(live.back().name(), *bytes));
    }
    return tl::unexpected(std::move(error));
  }

  Expected<void> replace_all(std::span<const Event> events) {
    for (const Event& event : events)
      if (auto fine = check(event); !fine) return fine;
    Expected<File> written = write_aside(events);
    if (!written) return tl::unexpected(std::move(written.error()));
    set_aside(*written, false);
    forget_damaged = events.empty();
    return {};
  }

  std::uint64_t size() const {
    std::uint64_t bytes = aside ? aside->size : 0;
    for (const File& file : live) bytes += file.size;
    return bytes;
  }
};

Store::Store(FileSystem& files, const Format& format) : state_(std::make_shared<State>(files, format)) {}
Store::~Store() = default;
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;

Expected<Opening> Store::open() {
  return state_->open();
}
Expected<void> Store::append(std::span<const Event> events) {
  return state_->append(events);
}
void Store::sync(std::function<void(Expected<void>)> done) {
  state_->sync(std::move(done));
}
Expected<void> Store::replace_all(std::span<const Event> events) {
  return state_->replace_all(events);
}
std::uint64_t Store::size() const {
  return state_->size();
}

}  // namespace hub::storage
