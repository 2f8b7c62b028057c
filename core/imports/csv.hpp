#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hub::imports {

/// How the values of a table are told apart, and where its records begin.
struct CsvLayout {
  char separator = ',';      ///< ',', ';', tab or '|'
  std::size_t position = 0;  ///< byte at which the first record begins (behind a spreadsheet's "sep=;" line)
  std::size_t line = 1;      ///< and its line
};

/// Finds the separator by trying each on the first records: the one that gives many values and in every record as many.
CsvLayout detect_layout(std::string_view text);

struct CsvRecord {
  std::size_t line = 0;             ///< in which the record begins; 1 is the first line of the text
  std::vector<std::string> fields;  ///< without their quotes; spaces are kept
  bool unclosed = false;            ///< a quotation mark was opened and never closed; `fields` ends before it
};

/// Reads records as in RFC 4180, and what programs write instead: any of CR, LF and CRLF ends a line, also mixed; quotes within a quoted
/// value that are not doubled are taken literally; blank lines are passed over.
///
/// An unclosed quotation mark costs one line, not the rest of the file: when the end is reached without a closing one, or when what closes
/// it is evidently the opening one of a later line, the record is given out as unclosed and reading goes on with the next line. Time stays
/// linear in the size of the text: after too much has been read twice, values may no longer span lines.
class CsvReader {
 public:
  /// @param text  must outlive the reader.
  CsvReader(std::string_view text, CsvLayout layout);

  /// @param record  overwritten; its memory is used again.
  /// @return        false at the end, `record` then means nothing.
  bool next(CsvRecord& record);

  std::size_t position() const { return position_; }  ///< bytes read so far
  bool at_end() const { return position_ >= text_.size(); }

 private:
  bool read_quoted(std::string& field, std::size_t& at);
  bool ends_value(std::size_t at) const;
  std::size_t line_end(std::size_t from) const;
  std::size_t after_line(std::size_t from) const;
  void skip_blank_lines();

  std::string_view text_;
  char separator_;
  std::size_t position_;
  std::size_t line_;
  std::size_t read_twice_ = 0;
};

}  // namespace hub::imports
