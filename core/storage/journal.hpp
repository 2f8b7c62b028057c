#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/storage/file_system.hpp"

/// The bytes of journal files, without regard to what the records mean.
///
/// A file is a head of 20 bytes (8 bytes of kind, u32 version, u32 sequence number, u32 CRC-32C of those 16) and records (u32 length, u32
/// CRC-32C of the payload, payload). A snapshot ends with a record of length 0 whose checksum is that of the number of records before it,
/// as u32. All little endian.
namespace hub::storage {

enum class FileKind { segment, snapshot };  ///< "MHUBJRN1" and "MHUBSNP1"

struct FileHead {
  FileKind kind = FileKind::segment;
  std::uint32_t version = 0;
  std::uint32_t sequence = 0;
  bool operator==(const FileHead&) const = default;
};

inline constexpr std::size_t head_bytes = 20;
inline constexpr std::size_t frame_bytes = 8;  ///< a record's length and checksum

void append_head(Bytes& file, const FileHead& head);
/// @param payload  text without zero bytes (JSON), at least 2 bytes, below 1 GiB.
void append_record(Bytes& file, std::string_view payload);
void append_end(Bytes& file, std::uint32_t records);

/// Bytes [begin, end) of a file.
struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// What a file's bytes hold. Views point into the bytes that were scanned.
struct Scan {
  std::optional<FileHead> head;            ///< nothing when it is damaged
  std::vector<std::string_view> payloads;  ///< of whole records, also of those behind a damaged part
  std::vector<Range> damage;               ///< what belongs to no whole record
  bool ended = false;                      ///< the end record is there and its count is right: nothing is missing

  bool whole() const { return head && damage.empty(); }
};

/// Reads all whole records. Behind a damaged part it looks for the next place at which a record with a right checksum begins; records hold
/// no zero bytes and their lengths do, so nothing inside a record is taken for one. Takes time proportional to the size, whatever the bytes
/// are.
Scan scan(const Bytes& file);

}  // namespace hub::storage
