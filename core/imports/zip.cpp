#include "core/imports/zip.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/imports/words.hpp"

namespace hub::imports {
namespace {

constexpr std::size_t most_entries = 50'000;
constexpr std::uint64_t most_directory_bytes = std::uint64_t{64} << 20;  ///< a kilobyte for each of these and more
constexpr std::size_t end_bytes = 22;                                    ///< of the end record, without its comment
constexpr std::size_t locator_bytes = 20;
constexpr std::size_t end64_bytes = 56;
constexpr std::size_t central_bytes = 46;
constexpr std::size_t local_bytes = 30;
constexpr std::size_t longest_comment = 0xFFFF;
constexpr std::uint64_t longest_tail = longest_comment + end_bytes + locator_bytes + end64_bytes;

constexpr std::uint32_t end_mark = 0x06054B50;
constexpr std::uint32_t locator_mark = 0x07064B50;
constexpr std::uint32_t end64_mark = 0x06064B50;
constexpr std::uint32_t central_mark = 0x02014B50;
constexpr std::uint32_t local_mark = 0x04034B50;

/// Numbers of `count` bytes, the lowest first; `at` and what follows must be there.
std::uint64_t number_at(ByteSpan bytes, std::size_t at, std::size_t count) {
  std::uint64_t value = 0;
  for (std::size_t i = count; i-- > 0;) value = value << 8 | bytes[at + i];
  return value;
}

std::uint16_t short_at(ByteSpan bytes, std::size_t at) {
  return static_cast<std::uint16_t>(number_at(bytes, at, 2));
}

std::uint32_t word_at(ByteSpan bytes, std::size_t at) {
  return static_cast<std::uint32_t>(number_at(bytes, at, 4));
}

std::string_view text_at(ByteSpan bytes, std::size_t at, std::size_t count) {
  const ByteSpan part = bytes.subspan(at, count);
  return {reinterpret_cast<const char*>(part.data()), part.size()};
}

tl::unexpected<Error> cut_off() {
  return failure("damaged",
                 "This zip archive is damaged or cut off: its list of files is missing or cannot be right. Nothing was changed. Please "
                 "download it once more.");
}

/// Where the directory lies and how many entries it says it has.
struct Directory {
  std::uint64_t entries = 0;
  std::uint64_t bytes = 0;
  std::uint64_t offset = 0;  ///< as written
  std::uint64_t end = 0;     ///< where it really ends: the record that speaks of it begins there
  bool parts = false;        ///< the archive is one of several
};

/// The last bytes of an archive, where the records lie that tell of its directory.
struct Tail {
  const ByteSource& source;
  std::uint64_t start;  ///< of `bytes` in the archive
  std::vector<std::uint8_t> bytes;

  std::uint64_t end() const { return start + bytes.size(); }
};

/// The record of zip64 at a place in the archive, or nothing where none lies there or it would reach into `before`.
Expected<std::vector<std::uint8_t>> record64_at(const Tail& tail, std::uint64_t at, std::uint64_t before) {
  std::vector<std::uint8_t> record;
  if (before < end64_bytes || at > before - end64_bytes) return record;
  if (at >= tail.start) {
    const auto from = tail.bytes.begin() + static_cast<std::ptrdiff_t>(at - tail.start);
    record.assign(from, from + end64_bytes);
  } else {
    auto read = tail.source.read(at, end64_bytes);
    if (!read) return read;
    record = std::move(*read);
  }
  if (record.size() < end64_bytes || word_at(record, 0) != end64_mark) record.clear();
  return record;
}

/// What the end record at `at` of the tail says; nothing where it contradicts itself.
Expected<std::optional<Directory>> directory_at(const Tail& tail, std::size_t at) {
  const ByteSpan bytes = tail.bytes;
  Directory found{short_at(bytes, at + 10), word_at(bytes, at + 12), word_at(bytes, at + 16), tail.start + at,
                  short_at(bytes, at + 4) != 0 && short_at(bytes, at + 4) != 0xFFFF};
  const bool says_64 = found.entries == 0xFFFF || found.bytes == 0xFFFFFFFF || found.offset == 0xFFFFFFFF;
  if (at >= locator_bytes && word_at(bytes, at - locator_bytes) == locator_mark) {
    const std::uint64_t locator = found.end - locator_bytes;
    std::uint64_t place = number_at(bytes, at - locator_bytes + 8, 8);
    auto record = record64_at(tail, place, locator);
    // The place that the locator names is wrong where something stands before the archive; then the record is right before the locator.
    if (record && record->empty() && locator >= end64_bytes) {
      place = locator - end64_bytes;
      record = record64_at(tail, place, locator);
    }
    if (!record) return tl::unexpected(std::move(record.error()));
    if (!record->empty())
      return Directory{number_at(*record, 32, 8), number_at(*record, 40, 8), number_at(*record, 48, 8), place, word_at(*record, 16) != 0};
    if (says_64) return std::nullopt;
  }
  return found;
}

/// The last end record that agrees with what stands before it.
Expected<std::optional<Directory>> find_directory(const Tail& tail) {
  if (tail.bytes.size() < end_bytes) return std::nullopt;
  const std::size_t last = tail.bytes.size() - end_bytes;
  const std::size_t first = last > longest_comment ? last - longest_comment : 0;
  for (std::size_t at = last + 1; at-- > first;) {
    if (word_at(tail.bytes, at) != end_mark) continue;
    auto found = directory_at(tail, at);
    if (!found) return found;
    if (*found && ((*found)->parts || ((*found)->bytes <= (*found)->end && (*found)->entries <= (*found)->bytes / central_bytes)))
      return found;
  }
  return std::nullopt;
}

/// Takes from an entry's extra fields the sizes that have no place in its header (zip64), and its name in UTF-8.
///
/// @return  whether all that had to be there was there.
bool read_extra(ByteSpan extra, ZipEntry& entry, std::string& utf8_name) {
  bool sizes_missing = entry.unpacked == 0xFFFFFFFF || entry.packed == 0xFFFFFFFF || entry.offset == 0xFFFFFFFF;
  while (extra.size() >= 4) {
    const unsigned kind = short_at(extra, 0);
    const std::size_t length = std::min<std::size_t>(short_at(extra, 2), extra.size() - 4);
    ByteSpan field = extra.subspan(4, length);
    extra = extra.subspan(4 + length);
    if (kind == 0x0001 && sizes_missing) {
      for (std::uint64_t* value : {&entry.unpacked, &entry.packed, &entry.offset}) {
        if (*value != 0xFFFFFFFF) continue;
        if (field.size() < 8) return false;
        *value = number_at(field, 0, 8);
        field = field.subspan(8);
      }
      sizes_missing = false;
    } else if (kind == 0x7075 && field.size() > 5 && field[0] == 1) {
      utf8_name = text_at(field, 5, field.size() - 5);
    }
  }
  return !sizes_missing;
}

std::string_view name_of_method(unsigned method) {
  switch (method) {
    case 1: return "Shrink";
    case 6: return "Implode";
    case 9: return "Deflate64";
    case 12: return "bzip2";
    case 14: return "LZMA";
    case 93: return "Zstandard";
    case 95: return "XZ";
    case 98: return "PPMd";
    default: return {};
  }
}

}  // namespace

bool is_zip(ByteSpan bytes) {
  if (bytes.size() < 4) return false;
  const std::uint32_t mark = word_at(bytes, 0);
  return mark == local_mark || mark == end_mark || mark == 0x08074B50;  // the last begins an archive of one part that was to have several
}

Expected<ZipArchive> ZipArchive::open(const ByteSource& source) {
  const std::uint64_t tail_bytes = std::min<std::uint64_t>(source.size(), longest_tail);
  auto tail = source.read(source.size() - tail_bytes, tail_bytes);
  if (!tail) return tl::unexpected(std::move(tail.error()));
  const auto looked = find_directory({source, source.size() - tail_bytes, std::move(*tail)});
  if (!looked) return tl::unexpected(looked.error());
  const std::optional<Directory>& directory = *looked;
  if (!directory) return cut_off();
  if (directory->parts)
    return failure("several_parts",
                   "This zip archive is one of several parts. Nothing was changed. Please unpack all parts together and bring the files "
                   "themselves.");
  if (directory->entries > most_entries)
    return failure("too_large", "This zip archive lists " + std::to_string(directory->entries) +
                                    " files, which is more than an export has. It was not unpacked, and nothing was changed.");
  if (directory->bytes > most_directory_bytes)
    return failure("too_large",
                   "The list of files in this zip archive is longer than any is. It was not unpacked, and nothing was changed.");
  // What stands before the archive, such as a program that unpacks it, moves all its places.
  const std::uint64_t start = directory->end - directory->bytes;
  const std::uint64_t moved = start > directory->offset ? start - directory->offset : 0;

  const auto read = source.read(start, directory->bytes);
  if (!read) return tl::unexpected(read.error());
  const ByteSpan bytes = *read;

  ZipArchive archive;
  archive.source_ = &source;
  std::uint64_t packed = 0;
  std::size_t at = 0;
  for (std::uint64_t i = 0; i < directory->entries; ++i) {
    if (at + central_bytes > bytes.size() || word_at(bytes, at) != central_mark) return cut_off();
    const std::size_t name_bytes = short_at(bytes, at + 28);
    const std::size_t extra_bytes = short_at(bytes, at + 30);
    const std::size_t next = at + central_bytes + name_bytes + extra_bytes + short_at(bytes, at + 32);
    if (next > bytes.size()) return cut_off();
    const unsigned flags = short_at(bytes, at + 8);
    ZipEntry entry;
    entry.method = short_at(bytes, at + 10);
    entry.encrypted = (flags & 1U) != 0 || entry.method == 99;
    entry.checksum = word_at(bytes, at + 16);
    entry.packed = word_at(bytes, at + 20);
    entry.unpacked = word_at(bytes, at + 24);
    entry.offset = word_at(bytes, at + 42);
    std::string utf8_name;
    if (!read_extra(bytes.subspan(at + central_bytes + name_bytes, extra_bytes), entry, utf8_name)) return cut_off();
    const std::string_view name = text_at(bytes, at + central_bytes, name_bytes);
    entry.name = utf8_name.empty() ? zip_entry_name(name, (flags & 0x800U) != 0) : zip_entry_name(utf8_name, true);
    entry.offset += moved;
    at = next;
    if (entry.packed > source.size()) return cut_off();
    packed += entry.packed;
    const bool folder = (name.ends_with('/') || name.ends_with('\\')) && entry.unpacked == 0;
    if (!folder) archive.entries_.push_back(std::move(entry));
  }
  // Files that lie over each other unpack the same bytes again and again.
  if (packed > source.size())
    return failure("too_large",
                   "The files of this zip archive lie over each other, as no program writes them. It was not unpacked, and nothing was "
                   "changed.");
  return archive;
}

Expected<std::vector<std::uint8_t>> ZipArchive::read(const ZipEntry& entry) const {
  const auto refuse = [&](std::string code, const std::string& what) {
    return failure(std::move(code), "The file " + quoted(entry.name, 80) + " in this zip archive " + what);
  };
  if (entry.encrypted)
    return refuse("encrypted",
                  "is protected by a password, which this page cannot ask for. Please unpack the archive and bring the file itself.");
  if (entry.method != 0 && entry.method != 8) {
    const std::string_view name = name_of_method(entry.method);
    return refuse("unknown_method", "is packed in a way that this page does not read (" +
                                        (name.empty() ? "method " + std::to_string(entry.method) : std::string(name)) +
                                        "). Please unpack the archive and bring the file itself.");
  }
  const std::string broken = "is damaged and was not read. Please download the archive once more.";
  // Before anything of that size is read.
  if (auto plausible = plausible_size(entry.name, entry.packed, entry.unpacked); !plausible)
    return tl::unexpected(std::move(plausible.error()));
  if (entry.packed > most_unpacked_bytes) return refuse("damaged", broken);
  const auto local = source_->read(entry.offset, local_bytes);
  if (!local) return tl::unexpected(local.error());
  if (local->size() < local_bytes || word_at(*local, 0) != local_mark) return refuse("damaged", broken);
  const std::uint64_t data = entry.offset + local_bytes + short_at(*local, 26) + short_at(*local, 28);
  auto packed = source_->read(data, entry.packed);
  if (!packed) return tl::unexpected(std::move(packed.error()));
  if (packed->size() != entry.packed) return refuse("damaged", broken);

  std::vector<std::uint8_t> bytes;
  if (entry.method == 0) {
    if (entry.packed != entry.unpacked) return refuse("damaged", broken);
    bytes = std::move(*packed);
  } else {
    auto unpacked = inflated(entry.name, *packed, entry.unpacked);
    if (!unpacked) return unpacked.error().code == "damaged" ? refuse("damaged", broken) : tl::unexpected(std::move(unpacked.error()));
    bytes = std::move(*unpacked);
  }
  if (crc32_of(bytes) != entry.checksum)
    return refuse("damaged", "is damaged: its checksum does not agree. Please download the archive once more.");
  return bytes;
}

}  // namespace hub::imports
