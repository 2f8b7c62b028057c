#pragma once

#include <memory>
#include <utility>

namespace hub {

/// Something that is with most of those who have it as it is made: then it takes the room of a pointer. Read as what it holds.
template <typename T>
class MostlyDefault {
 public:
  MostlyDefault() = default;
  MostlyDefault(const MostlyDefault& other) : value_(other.value_ ? std::make_unique<T>(*other.value_) : nullptr) {}
  MostlyDefault(MostlyDefault&&) noexcept = default;
  MostlyDefault& operator=(const MostlyDefault& other) { return *this = MostlyDefault(other); }
  MostlyDefault& operator=(MostlyDefault&&) noexcept = default;
  MostlyDefault& operator=(T value) {
    value_ = value == as_made() ? nullptr : std::make_unique<T>(std::move(value));
    return *this;
  }
  ~MostlyDefault() = default;

  const T& operator*() const { return value_ ? *value_ : as_made(); }
  const T* operator->() const { return &**this; }
  operator const T&() const { return **this; }  // NOLINT(google-explicit-constructor)

  friend bool operator==(const MostlyDefault& a, const MostlyDefault& b) { return *a == *b; }
  friend bool operator==(const MostlyDefault& a, const T& b) { return *a == b; }

 private:
  static const T& as_made() {
    static const T value;
    return value;
  }

  std::unique_ptr<T> value_;
};

}  // namespace hub
