#include "core/exports/table.hpp"

#include "core/library/limits.hpp"
#include "core/library/text.hpp"

namespace hub::exports {

std::string table_value(std::string_view value) {
  std::string text = clean_text(std::string(value), most_synopsis_bytes);
  // What spreadsheets reckon out. Numbers are as they are: a sign before digits alone is no formula.
  const bool formula = !text.empty() && (text[0] == '=' || text[0] == '+' || text[0] == '-' || text[0] == '@') &&
                       text.find_first_not_of("0123456789.", 1) != std::string::npos;
  if (formula) text.insert(0, "'");
  if (text.find_first_of(",;\"") == std::string::npos && (text.empty() || (text.front() != ' ' && text.back() != ' '))) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

void Table::line(std::initializer_list<std::string_view> values) {
  bool first = true;
  for (const std::string_view value : values) {
    if (!first) text_ += ',';
    first = false;
    text_ += table_value(value);
  }
  text_ += "\r\n";
}

}  // namespace hub::exports
