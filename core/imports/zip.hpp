#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/imports/byte_source.hpp"
#include "core/imports/unpack.hpp"

namespace hub::imports {

/// One file of an archive, as the archive's directory describes it.
struct ZipEntry {
  std::string name;            ///< with its folders, "/" between them, fit to be shown
  std::uint64_t packed = 0;    ///< bytes in the archive
  std::uint64_t unpacked = 0;  ///< bytes of the file
  std::uint64_t offset = 0;    ///< of its local header
  std::uint32_t checksum = 0;
  unsigned method = 0;
  bool encrypted = false;
};

bool is_zip(ByteSpan bytes);

/// A zip archive (PKWARE's APPNOTE 6.3, with zip64). Its directory at the end counts, so that archives written as a stream, whose local
/// headers have no sizes, are read like all others, as are those with something before their beginning or behind their end. Of the archive
/// no more is held than the directory, and the one entry that is being unpacked.
class ZipArchive {
 public:
  /// Reads the directory alone. Folders are left out.
  ///
  /// @param source  the archive; must outlive this.
  /// @return        or Error "damaged" (cut off, or a directory that contradicts itself), "too_large" (entries that lie over each other, or
  ///                more than 50,000 of them), "several_parts", "unreadable".
  static Expected<ZipArchive> open(const ByteSource& source);

  const std::vector<ZipEntry>& entries() const { return entries_; }

  /// Unpacks one entry and checks its checksum.
  ///
  /// @return  or Error "damaged", "too_large", "encrypted" or "unknown_method", with a sentence that names the entry; or "unreadable".
  Expected<std::vector<std::uint8_t>> read(const ZipEntry& entry) const;

 private:
  const ByteSource* source_ = nullptr;
  std::vector<ZipEntry> entries_;
};

/// The name of an entry as it is shown: in UTF-8, with "/" between folders, without what leads out of the archive ("..", a drive, a leading
/// slash) and without control characters.
///
/// @param utf8  said to be UTF-8; else it is taken for UTF-8 where it can be, and for code page 437 where it cannot.
std::string zip_entry_name(std::string_view written, bool utf8);

}  // namespace hub::imports
