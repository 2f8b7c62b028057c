#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/library/error.hpp"

namespace hub::imports {

/// A file that somebody chose, read piece by piece where it lies: an archive takes the memory of what is looked at in it, not its own size.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  /// Bytes.
  virtual std::uint64_t size() const = 0;

  /// @param offset, count  bytes; of what lies behind the end nothing is read.
  /// @return  as many bytes as there are of those asked for, or Error "unreadable" where the file cannot be read any more, as after it was
  ///          moved or changed since it was chosen.
  virtual Expected<std::vector<std::uint8_t>> read(std::uint64_t offset, std::uint64_t count) const = 0;
};

/// A file that is in memory as a whole: one that was packed in another, or a small one.
class HeldBytes final : public ByteSource {
 public:
  explicit HeldBytes(std::vector<std::uint8_t> bytes) : bytes_(std::move(bytes)) {}

  std::uint64_t size() const override { return bytes_.size(); }
  Expected<std::vector<std::uint8_t>> read(std::uint64_t offset, std::uint64_t count) const override;

 private:
  std::vector<std::uint8_t> bytes_;
};

/// What is said of a file that cannot be read any more.
Error unreadable();

}  // namespace hub::imports
