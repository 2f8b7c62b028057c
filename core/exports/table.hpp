#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace hub::exports {

/// Lines of a table as in RFC 4180, with the line ends that spreadsheets and services take alike.
class Table {
 public:
  explicit Table(std::string_view headings) : text_(std::string(headings) + "\r\n") {}

  /// @param values  as many as there are headings; cleaned and quoted here, and formulas made harmless.
  void line(std::initializer_list<std::string_view> values);

  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

/// What a table holds for `value`.
std::string table_value(std::string_view value);

}  // namespace hub::exports
