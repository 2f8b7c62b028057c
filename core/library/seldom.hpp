#pragma once

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <utility>
#include <vector>

namespace hub {

/// A list that most of those who have it leave empty: then it takes the room of a pointer. Used as the vector that it is otherwise.
template <typename T>
class Seldom {
 public:
  using value_type = T;
  using const_iterator = typename std::vector<T>::const_iterator;
  using iterator = typename std::vector<T>::iterator;

  Seldom() = default;
  Seldom(std::vector<T> list) { *this = std::move(list); }  // NOLINT(google-explicit-constructor)
  Seldom(std::initializer_list<T> list) : Seldom(std::vector<T>(list)) {}
  Seldom(const Seldom& other) : list_(other.list_ ? std::make_unique<std::vector<T>>(*other.list_) : nullptr) {}
  Seldom(Seldom&&) noexcept = default;
  Seldom& operator=(const Seldom& other) { return *this = Seldom(other); }
  Seldom& operator=(Seldom&&) noexcept = default;
  Seldom& operator=(std::vector<T> list) {
    list_ = list.empty() ? nullptr : std::make_unique<std::vector<T>>(std::move(list));
    return *this;
  }
  Seldom& operator=(std::initializer_list<T> list) { return *this = std::vector<T>(list); }
  ~Seldom() = default;

  operator const std::vector<T>&() const { return list_ ? *list_ : none(); }  // NOLINT(google-explicit-constructor)
  operator std::vector<T>&() { return list(); }                               // NOLINT(google-explicit-constructor)
  /// To change it by whatever takes a vector; tidy() afterwards gives back the room of one that stayed empty.
  std::vector<T>& list() {
    if (!list_) list_ = std::make_unique<std::vector<T>>();
    return *list_;
  }
  const std::vector<T>& list() const { return *this; }

  bool empty() const { return !list_ || list_->empty(); }
  std::size_t size() const { return list_ ? list_->size() : 0; }
  const T& operator[](std::size_t i) const { return (*list_)[i]; }
  T& operator[](std::size_t i) { return (*list_)[i]; }
  const T& front() const { return list_->front(); }
  T& front() { return list_->front(); }
  const T& back() const { return list_->back(); }
  T& back() { return list_->back(); }
  const_iterator begin() const { return list().begin(); }
  const_iterator end() const { return list().end(); }
  iterator begin() { return list_ ? list_->begin() : iterator(); }
  iterator end() { return list_ ? list_->end() : iterator(); }

  void push_back(T value) { list().push_back(std::move(value)); }
  template <typename... Of>
  T& emplace_back(Of&&... of) {
    return list().emplace_back(std::forward<Of>(of)...);
  }
  void push_front(T value) { list().insert(list().begin(), std::move(value)); }
  void resize(std::size_t size) { list().resize(size); }
  template <typename Which>
  void erase_if(Which&& which) {
    if (!list_) return;
    std::erase_if(*list_, which);
    if (list_->empty()) list_.reset();
  }
  void clear() { list_.reset(); }
  void tidy() {
    if (list_ && list_->empty()) list_.reset();
    if (list_) list_->shrink_to_fit();
  }

  friend bool operator==(const Seldom& a, const Seldom& b) { return a.list() == b.list(); }
  friend bool operator==(const Seldom& a, const std::vector<T>& b) { return a.list() == b; }

 private:
  static const std::vector<T>& none() {
    static const std::vector<T> nothing;
    return nothing;
  }

  std::unique_ptr<std::vector<T>> list_;
};

}  // namespace hub
