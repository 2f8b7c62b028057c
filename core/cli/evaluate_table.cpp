#include "core/cli/evaluate_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "core/imports/words.hpp"

namespace hub::cli {

namespace {

std::string lower(std::string_view text) {
  std::string result;
  for (const char c : text) result += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  return result;
}

bool is_missing(std::string_view text) {
  constexpr std::array<std::string_view, 9> words{"", "nan", "na", "n/a", "null", "none", "\\n", "-", "?"};
  return std::find(words.begin(), words.end(), lower(text)) != words.end();
}

}  // namespace

Expected<Table> Table::read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return failure("unreadable", "The file " + path + " cannot be opened.");
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  Table table;
  table.path_ = path;
  auto layout = imports::detect_layout(text);
  // Here '|' joins lists; it is a separator only where nothing else can be.
  if (layout.separator == '|' && text.substr(0, text.find_first_of("\r\n")).find(',') != std::string::npos) layout.separator = ',';
  imports::CsvReader reader(text, layout);
  imports::CsvRecord record;
  if (!reader.next(record)) return failure("empty_file", "The file " + path + " is empty.");
  table.headings_ = record.fields;
  for (std::size_t i = 0; i < record.fields.size(); ++i) table.places_.emplace(imports::comparable(record.fields[i]), i);
  while (reader.next(record)) {
    if (record.unclosed)
      return failure("unclosed_quote", path + ", line " + std::to_string(record.line) + ": a quotation mark is opened and never closed.");
    table.records_.push_back(record);
  }
  return table;
}

std::optional<std::size_t> Table::find(std::initializer_list<std::string_view> names) const {
  for (const auto name : names) {
    if (const auto found = places_.find(imports::comparable(name)); found != places_.end()) return found->second;
  }
  return std::nullopt;
}

Expected<std::size_t> Table::need(std::initializer_list<std::string_view> names) const {
  if (const auto found = find(names)) return *found;
  std::string there;
  for (const auto& heading : headings_) there += (there.empty() ? "" : ", ") + heading;
  return failure("missing_column",
                 path_ + ", line 1: there is no column “" + std::string(*names.begin()) + "” (there are: " + there + ").");
}

std::string_view Table::text(std::size_t row, std::optional<std::size_t> column) const {
  const auto& fields = records_[row].fields;
  return column && *column < fields.size() ? imports::trimmed(fields[*column]) : std::string_view();
}

Expected<std::optional<double>> Table::number(std::size_t row, std::optional<std::size_t> column) const {
  const auto written = text(row, column);
  if (is_missing(written)) return std::optional<double>();
  const std::string terminated(written);
  char* end = nullptr;
  const double value = std::strtod(terminated.c_str(), &end);
  if (end != terminated.c_str() + terminated.size() || !std::isfinite(value))
    return wrong(row, *column, "not_a_number", "“" + terminated + "” is not a number.");
  return std::optional<double>(value);
}

tl::unexpected<Error> Table::wrong(std::size_t row, std::size_t column, std::string code, const std::string& what) const {
  return failure(std::move(code), path_ + ", line " + std::to_string(records_[row].line) + ", column “" + headings_[column] + "”: " + what);
}

std::vector<std::string> list_of(std::string_view text) {
  std::vector<std::string> entries;
  while (!text.empty()) {
    const auto end = std::min(text.find('|'), text.size());
    if (const auto entry = imports::trimmed(text.substr(0, end)); !entry.empty()) entries.emplace_back(entry);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return entries;
}

}  // namespace hub::cli
