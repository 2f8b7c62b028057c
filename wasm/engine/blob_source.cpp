#include "wasm/engine/blob_source.hpp"

#include <emscripten.h>

#include <algorithm>

// clang-format off
EM_JS(int, read_blob, (unsigned file, double offset, int count, void* into), {
  const bytes = Module['hub'].read(file, offset, count);
  if (!bytes) return -1;
  HEAPU8.set(bytes, into);
  return bytes.length;
});
EM_JS(void, forget_blob, (unsigned file), {
  Module['hub'].forget(file);
});
// clang-format on

namespace hub::engine {

BlobSource::~BlobSource() {
  forget_blob(file_);
}

Expected<std::vector<std::uint8_t>> BlobSource::read(std::uint64_t offset, std::uint64_t count) const {
  const std::uint64_t from = std::min(offset, size_);
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(std::min(count, size_ - from)));
  const int got = read_blob(file_, static_cast<double>(from), static_cast<int>(bytes.size()), bytes.data());
  if (got < 0) return tl::unexpected(imports::unreadable());
  bytes.resize(static_cast<std::size_t>(got));
  return bytes;
}

}  // namespace hub::engine
