#pragma once

#include <cstddef>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/imports/csv.hpp"
#include "core/library/error.hpp"

namespace hub::cli {

/// A file of separated values whose columns are found by their headings: in any order, in any case, with spaces or underscores; a byte
/// order mark, any of the usual separators and columns that nobody asks for are fine.
class Table {
 public:
  /// @return  Error "unreadable" or "empty_file" naming the file.
  static Expected<Table> read(const std::string& path);

  /// @param names  what a column may be called. @return  its place, or nothing where there is none.
  std::optional<std::size_t> find(std::initializer_list<std::string_view> names) const;

  /// As find. @return  Error "missing_column" with the file, the first name and the headings there are.
  Expected<std::size_t> need(std::initializer_list<std::string_view> names) const;

  std::size_t size() const { return records_.size(); }
  std::size_t line(std::size_t row) const { return records_[row].line; }
  const std::vector<std::string>& headings() const { return headings_; }

  /// @param column  as from find. @return  without spaces around; empty where the column or this row's value is missing.
  std::string_view text(std::size_t row, std::optional<std::size_t> column) const;

  /// A number, nothing where the value is missing (empty, "nan", "n/a", "null", …), or Error "not_a_number" with file, line and column.
  Expected<std::optional<double>> number(std::size_t row, std::optional<std::size_t> column) const;

  /// A failure at one value: “songs.csv, line 3, column “tempo”: …”.
  tl::unexpected<Error> wrong(std::size_t row, std::size_t column, std::string code, const std::string& what) const;

 private:
  std::string path_;
  std::vector<std::string> headings_;                       ///< as they are written
  std::map<std::string, std::size_t, std::less<>> places_;  ///< by heading as imports::comparable gives it
  std::vector<imports::CsvRecord> records_;
};

/// Members of a list joined with '|', without spaces around and without empty ones.
std::vector<std::string> list_of(std::string_view text);

}  // namespace hub::cli
