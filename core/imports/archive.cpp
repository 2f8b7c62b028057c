#include "core/imports/archive.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/imports/format.hpp"
#include "core/imports/words.hpp"
#include "core/imports/zip.hpp"

namespace hub::imports {
namespace {

constexpr std::size_t deepest = 3;                             ///< archives within archives
constexpr std::uint64_t most_in_all = std::uint64_t{1} << 30;  ///< bytes that are unpacked of one archive and those within it
constexpr std::size_t names_shown = 8;

/// Whether a folder of this name is one of those that hold the file, in any case.
bool lies_in(std::string_view path, std::string_view folder) {
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/')) {
    if (comparable(path.substr(0, slash)) == folder) return true;
    path.remove_prefix(slash + 1);
  }
  return false;
}

/// What computers put into archives beside what the person chose.
bool is_litter(std::string_view path) {
  const std::string_view last = path.substr(path.rfind('/') + 1);
  return path.starts_with("__MACOSX/") || last.starts_with("._") || last == ".DS_Store" || last == "Thumbs.db" || last == "desktop.ini";
}

/// Pictures, sound and films by the endings of their names, in lower case: what a service hands out with everything it knows of somebody is
/// mostly these, and they are large.
constexpr std::array<std::string_view, 14> endings_of_recordings{"jpg", "jpeg", "png", "gif", "webp", "heic", "mp4",
                                                                 "mov", "webm", "mkv", "mp3", "m4a",  "ogg",  "wav"};

bool is_recording(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  if (dot == std::string_view::npos) return false;
  const std::string ending = comparable(path.substr(dot + 1));
  return std::find(endings_of_recordings.begin(), endings_of_recordings.end(), ending) != endings_of_recordings.end();
}

class ArchiveReader final : public Reader {
 public:
  /// @return  whether the archive can be opened and a file in it is known.
  Expected<void> start(std::unique_ptr<const ByteSource> source) {
    if (auto opened = push(std::move(source), {}); !opened) return opened;
    if (const auto& entries = levels_.front()->zip.entries(); std::any_of(entries.begin(), entries.end(), [](const ZipEntry& entry) {
          return entry.name == "[Content_Types].xml" || entry.name == "mimetype";
        }))
      return failure("unknown_format",
                     "This is a spreadsheet or office document. Nothing was changed. Please save the table as CSV and bring that.");
    while (!levels_.empty() && !reader_) open_next();
    if (reader_) return {};
    if (left_aside_.size() > 1 && first_error_ && first_error_->code == "unknown_format")
      return failure("unknown_format", "None of the " + std::to_string(left_aside_.size()) +
                                           " files in this zip archive is an export that is known: " + names_left_aside() +
                                           ". Nothing was changed. " + std::string(what_is_read));
    if (first_error_) {
      // What is said of one file of several does not say it.
      if (first_error_->message.find("othing was changed") == std::string::npos) first_error_->message += " Nothing was changed.";
      return tl::unexpected(std::move(*first_error_));
    }
    return failure("empty_file", "There is no file in this zip archive. Nothing was changed. Please export it once more.");
  }

  bool step(std::size_t records) override {
    if (reader_) {
      if (reader_->step(records)) return true;
      names_.push_back(name_);
      files_.push_back(reader_->take());
      reader_.reset();
      done_ += std::exchange(current_, 0);
    } else if (!levels_.empty()) {
      open_next();
    }
    return reader_ || !levels_.empty();
  }

  double progress() const override {
    if (all_ == 0 || (!reader_ && levels_.empty())) return 1;
    const double now = reader_ ? static_cast<double>(current_) * reader_->progress() : 0;
    return std::min(1.0, (static_cast<double>(done_) + now) / static_cast<double>(all_));
  }

  Parsed take() override {
    Parsed parsed = merged_files(std::move(names_), std::move(files_));
    if (!left_aside_.empty())
      parsed.notes.push_back(in_words(left_aside_.size(), "file", "files") + " of this archive " +
                             (left_aside_.size() == 1 ? "holds" : "hold") + " nothing that is read here: " + names_left_aside() + ".");
    for (std::string& problem : problems_) parsed.notes.push_back(std::move(problem));
    return parsed;
  }

 private:
  /// An archive that is being gone through; `zip` looks into `source`.
  struct Level {
    std::unique_ptr<const ByteSource> source;
    ZipArchive zip;
    std::string prefix;  ///< of the names
    std::size_t next = 0;
  };

  Expected<void> push(std::unique_ptr<const ByteSource> source, std::string prefix) {
    auto level = std::make_unique<Level>();
    level->source = std::move(source);
    level->prefix = std::move(prefix);
    auto zip = ZipArchive::open(*level->source);
    if (!zip) return tl::unexpected(std::move(zip.error()));
    level->zip = std::move(*zip);
    if (levels_.empty())
      for (const ZipEntry& entry : level->zip.entries()) all_ += entry.packed;
    levels_.push_back(std::move(level));
    return {};
  }

  std::string names_left_aside() const {
    std::string names;
    for (std::size_t i = 0; i < left_aside_.size() && i < names_shown; ++i) names += (i ? ", " : "") + left_aside_[i];
    if (left_aside_.size() > names_shown) names += " and " + std::to_string(left_aside_.size() - names_shown) + " more";
    return names;
  }

  void refuse(Error error) {
    problems_.push_back(error.message);
    if (!first_error_) first_error_ = std::move(error);
  }

  void leave_aside(const std::string& name, Error error) {
    left_aside_.push_back(name);
    if (!first_error_ || first_error_->code == "unknown_format") first_error_ = std::move(error);
  }

  /// Goes to the next file, and opens it where it is known.
  void open_next() {
    Level& level = *levels_.back();
    if (level.next == level.zip.entries().size()) {
      levels_.pop_back();
      return;
    }
    const ZipEntry& entry = level.zip.entries()[level.next++];
    if (levels_.size() == 1) done_ += std::exchange(current_, entry.packed);
    if (is_litter(entry.name) || entry.unpacked == 0) return;
    std::string name = level.prefix + entry.name;
    // Letterboxd exports what the person has deleted, too.
    if (lies_in(name, "deleted")) return left_aside_.push_back(std::move(name));
    if (is_recording(name)) return leave_aside(name, {"unknown_format", std::string(no_text_in_recordings)});
    unpacked_ += entry.unpacked;
    if (unpacked_ > most_in_all) {
      levels_.clear();
      return refuse({"too_large", "This archive holds more than an export has. What follows " + quoted(name, 80) + " was not unpacked."});
    }
    auto bytes = level.zip.read(entry);
    if (!bytes) return refuse(std::move(bytes.error()));
    if (is_gzip(*bytes)) {
      auto inner = gunzipped(name, *bytes);
      if (!inner) return refuse(std::move(inner.error()));
      unpacked_ += inner->size();
      bytes = std::move(*inner);
      name = without_gz(std::move(name));
    }
    if (is_zip(*bytes)) return open_within(std::move(name), std::move(*bytes));
    if (bytes->empty()) return;
    auto reader = open_plain(name, std::move(*bytes));
    if (!reader) return leave_aside(name, std::move(reader.error()));
    reader_ = std::move(*reader);
    name_ = std::move(name);
  }

  void open_within(std::string name, std::vector<std::uint8_t> bytes) {
    if (levels_.size() == deepest)
      return refuse({"too_large", "The archive " + quoted(name, 80) + " lies too deep in other archives and was not opened."});
    std::string prefix = name + "/";
    if (auto opened = push(std::make_unique<HeldBytes>(std::move(bytes)), std::move(prefix)); !opened) refuse(std::move(opened.error()));
  }

  std::vector<std::unique_ptr<Level>> levels_;
  std::unique_ptr<Reader> reader_;
  std::string name_;
  std::vector<std::string> names_;
  std::vector<Parsed> files_;
  std::vector<std::string> left_aside_;
  std::vector<std::string> problems_;
  std::optional<Error> first_error_;
  std::uint64_t all_ = 0;       ///< packed bytes of the outermost archive's files
  std::uint64_t done_ = 0;      ///< likewise, of those that were read
  std::uint64_t current_ = 0;   ///< and of the one that is being read
  std::uint64_t unpacked_ = 0;  ///< bytes that came out so far
};

}  // namespace

std::string without_gz(std::string name) {
  const std::size_t dot = name.rfind('.');
  if (dot != std::string::npos && dot > 0 && (comparable(name.substr(dot)) == "gz" || comparable(name.substr(dot)) == "gzip"))
    name.resize(dot);
  return name;
}

Expected<std::unique_ptr<Reader>> open_archive(std::unique_ptr<const ByteSource> source) {
  auto reader = std::make_unique<ArchiveReader>();
  if (auto started = reader->start(std::move(source)); !started) return tl::unexpected(std::move(started.error()));
  return reader;
}

}  // namespace hub::imports
