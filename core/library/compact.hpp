#pragma once

#include <limits>
#include <optional>
#include <type_traits>

namespace hub {

/// A number that may not be known, in the room of the number alone: a value that no fact has stands for nothing. Used as the std::optional
/// that it is otherwise.
/// @tparam T  a signed whole number, of which the lowest stands for nothing, or a floating point number, of which NaN does
template <typename T>
class Compact {
 public:
  using value_type = T;

  constexpr Compact() = default;
  constexpr Compact(std::nullopt_t) {}                                                   // NOLINT(google-explicit-constructor)
  constexpr Compact(T value) : value_(value) {}                                          // NOLINT(google-explicit-constructor)
  constexpr Compact(const std::optional<T>& value) : value_(value.value_or(nothing)) {}  // NOLINT(google-explicit-constructor)

  constexpr operator std::optional<T>() const { return has_value() ? std::optional<T>(value_) : std::nullopt; }  // NOLINT
  constexpr explicit operator bool() const { return has_value(); }
  constexpr bool has_value() const {
    if constexpr (std::is_floating_point_v<T>) return value_ == value_;
    return value_ != nothing;
  }
  constexpr const T& operator*() const { return value_; }
  constexpr T& operator*() { return value_; }
  constexpr T value_or(T other) const { return has_value() ? value_ : other; }
  constexpr void reset() { value_ = nothing; }
  constexpr T& emplace(T value = {}) { return value_ = value; }

  friend constexpr bool operator==(const Compact& a, const Compact& b) {
    return a.has_value() == b.has_value() && (!a.has_value() || a.value_ == b.value_);
  }

 private:
  static constexpr T nothing = std::is_floating_point_v<T> ? std::numeric_limits<T>::quiet_NaN() : std::numeric_limits<T>::lowest();

  T value_ = nothing;
};

}  // namespace hub
