#pragma once

#include <compare>
#include <string>
#include <string_view>

namespace hub {

/// A text of which a library has few and each thousands of times: a language, a source, the part that somebody had in a work. Equal ones
/// are held once, as long as the program runs, and each use is a pointer. Used as the text itself.
class Name {
 public:
  Name() = default;
  // From and to texts without further ado: that they are held once concerns nobody who reads or writes them.
  Name(std::string_view text);                                     // NOLINT(google-explicit-constructor)
  Name(const std::string& text) : Name(std::string_view(text)) {}  // NOLINT(google-explicit-constructor)
  Name(const char* text) : Name(std::string_view(text)) {}         // NOLINT(google-explicit-constructor)

  const std::string& text() const { return *text_; }
  operator const std::string&() const { return *text_; }  // NOLINT(google-explicit-constructor)
  operator std::string_view() const { return *text_; }    // NOLINT(google-explicit-constructor)

  bool empty() const { return text_->empty(); }
  std::size_t size() const { return text_->size(); }
  void clear() { *this = Name(); }

  friend bool operator==(const Name& a, const Name& b) { return a.text_ == b.text_; }
  friend bool operator==(const Name& a, std::string_view b) { return *a.text_ == b; }
  friend bool operator==(const Name& a, const std::string& b) { return *a.text_ == b; }
  friend bool operator==(const Name& a, const char* b) { return *a.text_ == b; }
  friend std::strong_ordering operator<=>(const Name& a, const Name& b) { return a.text_->compare(*b.text_) <=> 0; }
  friend std::string operator+(const std::string& a, const Name& b) { return a + *b.text_; }
  friend std::string operator+(const Name& a, const std::string& b) { return *a.text_ + b; }
  friend std::string operator+(const char* a, const Name& b) { return a + *b.text_; }
  friend std::string operator+(const Name& a, const char* b) { return *a.text_ + b; }

 private:
  static const std::string nothing;
  const std::string* text_ = &nothing;
};

}  // namespace hub
