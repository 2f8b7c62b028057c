#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/library/error.hpp"

namespace hub::metadata {

inline constexpr std::size_t most_answer_bytes = std::size_t{8} << 20U;
inline constexpr std::size_t deepest_answer = 64;

class Answer;

/// One value of an answer, or its absence: what is missing, null or of another kind than asked for reads as nothing. Valid as long as the
/// answer it came from.
class Value {
 public:
  Value() = default;

  explicit operator bool() const;  ///< there, and not null
  bool is_text() const;
  bool is_list() const;
  bool is_object() const;

  /// The member of an object called `key`: the first of that name.
  Value operator[](std::string_view key) const;
  /// The first element of a list.
  Value front() const;

  /// Text without its quotation marks and escapes; empty for anything else.
  std::string text() const;
  /// Text, or a number as it is written: ids are either.
  std::string id() const;
  /// A finite number, also one in quotation marks ("7.9"); nothing for anything else.
  std::optional<double> number() const;
  /// A whole number of at most 2^31 in amount; nothing for anything else.
  std::optional<long> whole() const;
  bool is_true() const;

  /// Walks over the elements of a list, or over the values of an object; over nothing else.
  class Iterator {
   public:
    Value operator*() const { return {answer_, at_}; }
    Iterator& operator++();
    bool operator!=(const Iterator& other) const { return at_ != other.at_; }
    /// The name of the member, where an object is walked over.
    std::string key() const;

   private:
    friend class Value;
    Iterator(const Answer* answer, std::uint32_t at, bool object) : answer_(answer), at_(at), object_(object) {}
    const Answer* answer_;
    std::uint32_t at_;
    bool object_;
  };
  Iterator begin() const;
  Iterator end() const;

 private:
  friend class Answer;
  Value(const Answer* answer, std::uint32_t at) : answer_(answer), at_(at) {}
  std::string_view written() const;  ///< the bytes of the value

  const Answer* answer_ = nullptr;
  std::uint32_t at_ = 0;
};

/// JSON (RFC 8259) from a service, as a flat list of where its values are in the text: 12 bytes for each value, so that memory stays below
/// ten times the text even for text made for the purpose (a tree of nodes takes up to forty times).
class Answer {
 public:
  /// @param text  must outlive the answer.
  /// @return      Error "bad_answer" when it is no JSON, longer than most_answer_bytes or nested deeper than deepest_answer; the sentence
  ///              calls the service by `name`.
  static Expected<Answer> parse(std::string_view text, std::string_view name);

  Answer(Answer&&) noexcept = default;
  Answer& operator=(Answer&&) noexcept = default;

  Value root() const { return {this, 0}; }

 private:
  friend class Value;
  friend class Value::Iterator;
  Answer() = default;

  struct Place {
    std::uint32_t begin;
    std::uint32_t end;
    std::uint32_t next;  ///< the place after this value and all in it
  };

  std::string_view text_;
  std::vector<Place> places_;
};

}  // namespace hub::metadata
