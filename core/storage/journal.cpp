#include "core/storage/journal.hpp"

#include <algorithm>

#include "core/storage/crc32c.hpp"

namespace hub::storage {
namespace {

constexpr std::size_t kind_bytes = 8;
constexpr std::string_view segment_kind = "MHUBJRN1";
constexpr std::string_view snapshot_kind = "MHUBSNP1";
constexpr std::size_t most_payload_bytes = std::size_t{1} << 30;

void append_number(Bytes& file, std::uint32_t number) {
  for (int shift = 0; shift < 32; shift += 8) file.push_back(static_cast<std::uint8_t>(number >> shift));
}

std::uint32_t number_at(const Bytes& file, std::size_t position) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number |= static_cast<std::uint32_t>(file[position + i]) << (8 * i);
  return number;
}

std::string_view text_at(const Bytes& file, std::size_t position, std::size_t length) {
  return {reinterpret_cast<const char*>(file.data()) + position, length};
}

std::uint32_t checksum_of(std::uint32_t number) {
  Bytes bytes;
  append_number(bytes, number);
  return crc32c(bytes.data(), bytes.size());
}

std::optional<FileHead> read_head(const Bytes& file) {
  if (file.size() < head_bytes || crc32c(file.data(), head_bytes - 4) != number_at(file, head_bytes - 4)) return std::nullopt;
  FileHead head;
  const std::string_view kind = text_at(file, 0, kind_bytes);
  if (kind == snapshot_kind)
    head.kind = FileKind::snapshot;
  else if (kind != segment_kind)
    return std::nullopt;
  head.version = number_at(file, kind_bytes);
  head.sequence = number_at(file, kind_bytes + 4);
  return head;
}

/// Whether a record may begin at `position`, judged without its checksum.
bool looks_like_record(const Bytes& file, std::size_t position) {
  if (file.size() - position < frame_bytes) return false;
  const std::uint32_t length = number_at(file, position);
  return length >= 2 && length <= most_payload_bytes && length <= file.size() - position - frame_bytes;
}

bool is_record(const Bytes& file, std::size_t position) {
  return looks_like_record(file, position) &&
         crc32c(file.data() + position + frame_bytes, number_at(file, position)) == number_at(file, position + 4);
}

}  // namespace

void append_head(Bytes& file, const FileHead& head) {
  const std::size_t begin = file.size();
  for (char byte : head.kind == FileKind::snapshot ? snapshot_kind : segment_kind) file.push_back(static_cast<std::uint8_t>(byte));
  append_number(file, head.version);
  append_number(file, head.sequence);
  append_number(file, crc32c(file.data() + begin, head_bytes - 4));
}

void append_record(Bytes& file, std::string_view payload) {
  append_number(file, static_cast<std::uint32_t>(payload.size()));
  append_number(file, crc32c(payload));
  file.insert(file.end(), payload.begin(), payload.end());
}

void append_end(Bytes& file, std::uint32_t records) {
  append_number(file, 0);
  append_number(file, checksum_of(records));
}

Scan scan(const Bytes& file) {
  Scan scan;
  scan.head = read_head(file);
  const bool may_end = !scan.head || scan.head->kind == FileKind::snapshot;
  std::size_t position = head_bytes;
  if (!scan.head) {
    // A damaged head is as long as a whole one; one that was cut short is all there is.
    scan.damage.push_back({0, std::min(file.size(), head_bytes)});
    position = std::min(file.size(), head_bytes);
  }
  // Looking for records in a damaged part sums some bytes more than once. Hostile bytes could make that many times; no accident does.
  std::size_t patience = 16 * file.size();
  while (position < file.size()) {
    if (is_record(file, position)) {
      const std::uint32_t length = number_at(file, position);
      scan.payloads.push_back(text_at(file, position + frame_bytes, length));
      position += frame_bytes + length;
      continue;
    }
    if (may_end && file.size() - position == frame_bytes && number_at(file, position) == 0) {
      scan.ended = number_at(file, position + 4) == checksum_of(static_cast<std::uint32_t>(scan.payloads.size()));
      // Behind damage the count cannot be right, which is then no damage of its own.
      if (scan.ended || !scan.damage.empty()) break;
    }
    const std::size_t begin = position;
    for (++position; position < file.size(); ++position) {
      if (!looks_like_record(file, position)) continue;
      const std::size_t cost = number_at(file, position);
      if (cost > patience) {
        position = file.size();
        break;
      }
      patience -= cost;
      if (is_record(file, position)) break;
    }
    scan.damage.push_back({begin, position});
  }
  return scan;
}

}  // namespace hub::storage
