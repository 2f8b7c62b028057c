#include <algorithm>
#include <utility>

#include "core/imports/dates.hpp"
#include "core/imports/numbers.hpp"
#include "core/imports/record.hpp"
#include "core/imports/words.hpp"

namespace hub::imports {
namespace {

class TableSource final : public Source {
 public:
  TableSource(std::string_view text, CsvLayout layout, std::span<const Name> names, std::span<const Field> order)
      : text_(text), csv_(text, layout) {
    if (order.empty()) {
      csv_.next(row_);
      for (const std::string& heading : row_.fields) fields_.push_back(field_called(names, comparable(heading)));
    } else {
      fields_.assign(order.begin(), order.end());
    }
  }

  bool next(Record& record) override {
    if (!csv_.next(row_)) return false;
    record.clear();
    record.line = row_.line;
    auto& values = row_.fields;
    if (row_.unclosed) {
      record.problem = "A quotation mark in this line is opened and never closed, so the line cannot be read.";
      return true;
    }
    while (values.size() > fields_.size() && trimmed(values.back()).empty()) values.pop_back();
    if (values.size() < fields_.size() && csv_.at_end() && text_.back() != '\n' && text_.back() != '\r') {
      record.problem = "The file ends in the middle of this line.";
      return true;
    }
    for (std::size_t i = 0; i < std::min(values.size(), fields_.size()); ++i) {
      if (fields_[i] == Field::count) continue;
      std::string& value = record[fields_[i]];
      if (!value.empty()) continue;
      value = values[i].find('&') == std::string::npos ? trimmed(values[i]) : trimmed(decode_entities(values[i]));
      if (!value.empty() && value.front() == '\'') value = std::string(without_guard(value));
    }
    if (values.size() > fields_.size() && !in_place(record))
      record.problem = "This line has " + std::to_string(values.size()) + " values where the first line has " +
                       std::to_string(fields_.size()) + "; probably a title with a comma is not in quotes.";
    return true;
  }

  std::size_t position() const override { return csv_.position(); }

 private:
  static Field field_called(std::span<const Name> names, std::string_view heading) {
    const auto found = std::find_if(names.begin(), names.end(), [&](const Name& name) { return name.name == heading; });
    return found == names.end() ? Field::count : found->field;
  }

  /// Whether, in a line with too many values, those that can be checked stand where they should: then what is too much came after them.
  static bool in_place(const Record& record) {
    const auto number = [&](Field field) { return !record.has(field) || read_decimal(record[field]); };
    const auto date = [&](Field field) {
      return !record.has(field) || read_date(record[field], DateOrder::day_first).state != DateState::unreadable;
    };
    return (record.has(Field::rating) || record.has(Field::date) || record.has(Field::other_date)) && number(Field::rating) &&
           number(Field::year) && date(Field::date) && date(Field::other_date);
  }

  std::string_view text_;
  CsvReader csv_;
  CsvRecord row_;
  std::vector<Field> fields_;  ///< of each column; Field::count where it is of no use
};

}  // namespace

std::unique_ptr<Source> table_source(std::string_view text, CsvLayout layout, std::span<const Name> names, std::span<const Field> order) {
  return std::make_unique<TableSource>(text, layout, names, order);
}

}  // namespace hub::imports
