#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/library/error.hpp"

namespace hub::predictor {

static_assert(std::endian::native == std::endian::little, "numbers are kept as they are in memory");

/// Writes values one after another. The same calls on an InArchive read them back: what is kept is listed once, for both directions.
class OutArchive {
 public:
  static constexpr bool reading = false;

  template <typename T>
  requires std::is_arithmetic_v<T> || std::is_enum_v<T>
  void operator()(T& value) {
    if constexpr (std::is_same_v<T, std::size_t>) {
      // Equally wide on every machine.
      auto wide = static_cast<std::uint64_t>(value);
      raw(&wide, sizeof wide);
    } else {
      raw(&value, sizeof value);
    }
  }
  void operator()(std::string& text) {
    size(text);
    raw(text.data(), text.size());
  }
  /// The number of elements of a container, which InArchive makes that long.
  template <typename Container>
  void size(Container& container) {
    auto count = static_cast<std::uint64_t>(container.size());
    (*this)(count);
  }
  template <typename T>
  requires std::is_arithmetic_v<T> || std::is_enum_v<T>
  void operator()(std::vector<T>& values) {
    size(values);
    raw(values.data(), values.size() * sizeof(T));
  }
  void raw(const void* from, std::size_t count) {
    const auto* begin = static_cast<const std::uint8_t*>(from);
    bytes.insert(bytes.end(), begin, begin + count);
  }
  void fail(Error why) {
    if (!error) error = std::move(why);
  }

  std::vector<std::uint8_t> bytes;
  std::optional<Error> error;  ///< the first thing that could not be written
};

/// Reads what an OutArchive wrote. After the first thing that cannot be, good() is false and everything that is read is 0 or empty.
class InArchive {
 public:
  static constexpr bool reading = true;

  explicit InArchive(std::span<const std::uint8_t> bytes) : rest_(bytes) {}

  template <typename T>
  requires std::is_arithmetic_v<T> || std::is_enum_v<T>
  void operator()(T& value) {
    if constexpr (std::is_same_v<T, bool>) {
      std::uint8_t byte = 0;
      raw(&byte, 1);
      value = byte != 0;
    } else if constexpr (std::is_same_v<T, std::size_t>) {
      std::uint64_t wide = 0;
      raw(&wide, sizeof wide);
      value = static_cast<std::size_t>(wide);
    } else {
      value = T{};
      raw(&value, sizeof value);
    }
  }
  void operator()(std::string& text) {
    size(text);
    raw(text.data(), text.size());
  }
  template <typename Container>
  void size(Container& container) {
    std::uint64_t count = 0;
    (*this)(count);
    // Every element takes a byte at least, so that a wrong number cannot ask for more memory than the file is long.
    if (count > rest_.size()) fail();
    container.resize(good_ ? static_cast<std::size_t>(count) : 0);
  }
  template <typename T>
  requires std::is_arithmetic_v<T> || std::is_enum_v<T>
  void operator()(std::vector<T>& values) {
    std::uint64_t count = 0;
    (*this)(count);
    if (count > rest_.size() / sizeof(T)) fail();
    values.resize(good_ ? static_cast<std::size_t>(count) : 0);
    raw(values.data(), values.size() * sizeof(T));
  }
  void raw(void* to, std::size_t count) {
    if (count > rest_.size()) fail();
    if (!good_ || count == 0) return;
    std::memcpy(to, rest_.data(), count);
    rest_ = rest_.subspan(count);
  }
  void fail() { good_ = false; }
  bool good() const { return good_; }
  bool at_end() const { return good_ && rest_.empty(); }
  std::size_t remaining() const { return rest_.size(); }

 private:
  std::span<const std::uint8_t> rest_;
  bool good_ = true;
};

}  // namespace hub::predictor
