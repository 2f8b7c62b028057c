// The zip reader and gzip, for any bytes: every entry that the directory lists is read or refused with a sentence.
//
// libFuzzer (https://llvm.org/docs/LibFuzzer.html): the program must neither crash, nor hang, nor break a promise.

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "core/imports/zip.hpp"
#include "core/library/text.hpp"
#include "tests/fuzz/memory.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const hub::fuzz::MemoryBound bound(hub::fuzz::most_for_file(size));
  const hub::imports::ByteSpan bytes(data, size);
  if (hub::imports::is_gzip(bytes)) {
    const auto unpacked = hub::imports::gunzipped("fuzz.gz", bytes);
    if (!unpacked && (unpacked.error().code.empty() || unpacked.error().message.empty())) std::abort();
    return 0;
  }
  const hub::imports::HeldBytes source({data, data + size});
  const auto archive = hub::imports::ZipArchive::open(source);
  if (!archive) {
    if (archive.error().code.empty() || archive.error().message.empty()) std::abort();
    return 0;
  }
  for (const auto& entry : archive->entries()) {
    if (!hub::is_clean_text(entry.name, entry.name.size()) || entry.name.starts_with('/')) std::abort();
    const auto file = archive->read(entry);
    if (file ? file->size() != entry.unpacked || hub::imports::crc32_of(*file) != entry.checksum : file.error().message.empty())
      std::abort();
  }
  return 0;
}
