#pragma once

#include <cstdint>
#include <vector>

#include "core/imports/byte_source.hpp"

namespace hub::engine {

/// A file that the page handed to the worker: the browser reads each piece when it is asked for (FileReaderSync of the File API), and none
/// of it is kept.
class BlobSource final : public imports::ByteSource {
 public:
  /// @param file  its number in the worker (web/engine-worker.js), which forgets it when this ends. @param size  bytes.
  BlobSource(unsigned file, std::uint64_t size) : file_(file), size_(size) {}
  ~BlobSource() override;
  BlobSource(const BlobSource&) = delete;
  BlobSource& operator=(const BlobSource&) = delete;

  std::uint64_t size() const override { return size_; }
  Expected<std::vector<std::uint8_t>> read(std::uint64_t offset, std::uint64_t count) const override;

 private:
  unsigned file_;
  std::uint64_t size_;
};

}  // namespace hub::engine
