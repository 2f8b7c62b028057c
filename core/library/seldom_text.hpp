#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace hub {

/// A text that many of those who have it leave empty: then it takes the room of a pointer. Read as the text that it is otherwise.
class SeldomText {
 public:
  SeldomText() = default;
  SeldomText(std::string text)  // NOLINT(google-explicit-constructor)
      : text_(text.empty() ? nullptr : std::make_unique<const std::string>(std::move(text))) {}
  SeldomText(std::string_view text) : SeldomText(std::string(text)) {}  // NOLINT(google-explicit-constructor)
  SeldomText(const char* text) : SeldomText(std::string(text)) {}       // NOLINT(google-explicit-constructor)
  SeldomText(const SeldomText& other) : SeldomText(other.text()) {}
  SeldomText(SeldomText&&) noexcept = default;
  SeldomText& operator=(const SeldomText& other) { return *this = SeldomText(other); }
  SeldomText& operator=(SeldomText&&) noexcept = default;
  ~SeldomText() = default;

  const std::string& text() const { return text_ ? *text_ : none(); }
  operator const std::string&() const { return text(); }  // NOLINT(google-explicit-constructor)
  operator std::string_view() const { return text(); }    // NOLINT(google-explicit-constructor)

  bool empty() const { return !text_; }
  std::size_t size() const { return text().size(); }
  void clear() { text_.reset(); }

  friend bool operator==(const SeldomText& a, const SeldomText& b) { return a.text() == b.text(); }
  friend bool operator==(const SeldomText& a, std::string_view b) { return a.text() == b; }
  friend bool operator==(const SeldomText& a, const std::string& b) { return a.text() == b; }
  friend bool operator==(const SeldomText& a, const char* b) { return a.text() == b; }

 private:
  static const std::string& none() {
    static const std::string nothing;
    return nothing;
  }

  std::unique_ptr<const std::string> text_;
};

}  // namespace hub
