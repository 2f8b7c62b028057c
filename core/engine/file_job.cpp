#include "core/engine/file_job.hpp"

#include <algorithm>
#include <cstdio>
#include <string_view>
#include <unordered_set>

namespace hub::engine {
namespace {

constexpr std::string_view backup_key = "\"media_hub_backup\"";
constexpr std::size_t backup_head_bytes = 200;
constexpr std::size_t backup_piece = 256 * 1024;
constexpr std::size_t records_a_slice = 500;
constexpr std::size_t lines_shown = 200;

/// "8 / 10", "4.5 / 5", "liked": as the person gave it.
std::string in_words(const Rating& rating) {
  if (rating.scale == RatingScale::like) return rating.value > 0 ? "liked" : "disliked";
  char text[32];
  std::snprintf(text, sizeof text, "%g / %g", rating.value, highest_of(rating.scale));
  return text;
}

std::string file_of(const imports::Parsed& parsed, std::uint32_t file) {
  return file < parsed.files.size() ? parsed.files[file] : std::string();
}

enum class Effect { added, changed, unchanged };

/// The date and source are part of what was said only where a rating is new: the same value again is no change.
Effect effect_of(const imports::Row& row, const Library& library) {
  const Entry* entry = library.find(row.item.id);
  if (!entry || !entry->rating) return Effect::added;
  return entry->rating->value == row.rating.value && entry->rating->scale == row.rating.scale ? Effect::unchanged : Effect::changed;
}

}  // namespace

Expected<FileJob> FileJob::start(std::uint32_t id, std::string name, storage::Bytes bytes) {
  FileJob job;
  job.id_ = id;
  job.name_ = std::move(name);
  // A backup is told by its first line alone; whether it is whole is its reader's business.
  const std::string_view head(reinterpret_cast<const char*>(bytes.data()), std::min(bytes.size(), backup_head_bytes));
  if (head.substr(0, head.find('\n')).find(backup_key) != std::string_view::npos) {
    job.bytes_ = std::move(bytes);
    job.backup_reader_ = std::make_unique<storage::BackupReader>();
    return job;
  }
  auto reader = imports::open(job.name_, std::move(bytes));
  if (!reader) return tl::unexpected(reader.error());
  job.reader_ = std::move(*reader);
  return job;
}

double FileJob::progress() const {
  if (reader_) return reader_->progress();
  return bytes_.empty() ? 1.0 : static_cast<double>(taken_) / static_cast<double>(bytes_.size());
}

Expected<bool> FileJob::step() {
  if (reader_) {
    if (reader_->step(records_a_slice)) return true;
    parsed = reader_->take();
    return false;
  }
  const std::size_t size = std::min(backup_piece, bytes_.size() - taken_);
  if (size > 0) {
    const auto good = backup_reader_->take({reinterpret_cast<const char*>(bytes_.data()) + taken_, size});
    if (!good) return tl::unexpected(good.error());
    taken_ += size;
    return true;
  }
  auto events = backup_reader_->finish();
  if (!events) return tl::unexpected(events.error());
  backup = std::move(*events);
  return false;
}

protocol::ImportPreview preview_of(const imports::Parsed& parsed, const std::string& file, const Library& library) {
  protocol::ImportPreview preview;
  preview.file = file;
  preview.source = parsed.source;
  preview.ratings = static_cast<std::uint32_t>(parsed.rows.size());
  preview.skipped = static_cast<std::uint32_t>(parsed.skipped.size());
  preview.by_type.assign(media_type_count, 0);
  preview.notes = parsed.notes;
  for (const imports::Row& row : parsed.rows) {
    ++preview.by_type[index_of(row.item.type)];
    const Effect effect = effect_of(row, library);
    if (effect == Effect::unchanged) {
      ++preview.unchanged;
      continue;
    }
    ++(effect == Effect::added ? preview.added : preview.changed);
    if (preview.changes.size() < lines_shown) {
      const std::string before = effect == Effect::changed ? in_words(*library.find(row.item.id)->rating) + " becomes " : "";
      preview.changes.push_back({row.line, row.item.title, before + in_words(row.rating), file_of(parsed, row.file)});
    }
  }
  for (const imports::SkippedLine& line : parsed.skipped)
    if (preview.skips.size() < lines_shown) preview.skips.push_back({line.line, {}, line.reason, file_of(parsed, line.file)});
  return preview;
}

Imported batch_of(const imports::Parsed& parsed, const std::string& file, const Library& library) {
  Imported batch;
  batch.source = parsed.source;
  batch.file = file;
  std::unordered_set<std::string_view> carried;
  for (const imports::Row& row : parsed.rows) {
    if (effect_of(row, library) == Effect::unchanged) continue;
    batch.ratings.push_back({row.item.id, row.rating});
    // Facts of a work that is here already come too, where the file knows more than the library.
    const Entry* entry = library.find(row.item.id);
    Item facts = entry ? merged(*entry->item, row.item) : row.item;
    if ((!entry || !(facts == *entry->item)) && carried.insert(row.item.id).second) batch.items.push_back(std::move(facts));
  }
  return batch;
}

}  // namespace hub::engine
