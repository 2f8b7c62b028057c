#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <type_traits>

namespace hub {

/// A list of which most have one element: that takes no room beside it. Used as the vector that it is otherwise.
/// @tparam T  something that can be copied byte by byte
template <typename T>
class FirstInside {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

 public:
  using iterator = T*;
  using const_iterator = const T*;
  using const_reverse_iterator = std::reverse_iterator<const_iterator>;

  FirstInside() : inside_() {}
  FirstInside(FirstInside&& other) noexcept : FirstInside() { swap(other); }
  FirstInside& operator=(FirstInside&& other) noexcept {
    swap(other);
    return *this;
  }
  FirstInside(const FirstInside& other) : FirstInside() {
    for (const T& one : other) push_back(one);
  }
  FirstInside& operator=(const FirstInside& other) { return *this = FirstInside(other); }
  ~FirstInside() {
    if (room_ > 1) delete[] outside_;
  }

  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  iterator begin() { return room_ > 1 ? outside_ : &inside_; }
  iterator end() { return begin() + size_; }
  const_iterator begin() const { return room_ > 1 ? outside_ : &inside_; }
  const_iterator end() const { return begin() + size_; }
  const_reverse_iterator rbegin() const { return const_reverse_iterator(end()); }
  const_reverse_iterator rend() const { return const_reverse_iterator(begin()); }
  T& back() { return *(end() - 1); }
  const T& back() const { return *(end() - 1); }

  void push_back(const T& value) {
    const T copy = value;  // which may be one of its own
    if (size_ == room_) {
      const std::uint32_t room = room_ * 2;
      T* larger = new T[room];
      std::memcpy(static_cast<void*>(larger), begin(), size_ * sizeof(T));
      if (room_ > 1) delete[] outside_;
      outside_ = larger;
      room_ = room;
    }
    begin()[size_++] = copy;
  }

 private:
  void swap(FirstInside& other) {
    alignas(FirstInside) unsigned char mine[sizeof(FirstInside)];
    std::memcpy(mine, static_cast<void*>(this), sizeof mine);
    std::memcpy(static_cast<void*>(this), static_cast<void*>(&other), sizeof mine);
    std::memcpy(static_cast<void*>(&other), mine, sizeof mine);
  }

  union {
    T inside_;
    T* outside_;
  };
  std::uint32_t size_ = 0;
  std::uint32_t room_ = 1;
};

}  // namespace hub
