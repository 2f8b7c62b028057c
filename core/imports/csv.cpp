#include "core/imports/csv.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace hub::imports {
namespace {

constexpr std::size_t sample_bytes = 64 * 1024;
constexpr std::size_t sample_records = 40;

std::size_t count_line_ends(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'))) ++count;
  return count;
}

/// How well `layout` explains the beginning of `text`: values in a record, times the share of records that have as many. 0 for a single
/// column.
double fit(std::string_view text, CsvLayout layout) {
  CsvReader reader(text, layout);
  CsvRecord record;
  std::size_t columns = 0;
  std::size_t records = 0;
  std::size_t alike = 0;
  while (records < sample_records && reader.next(record)) {
    if (records == 0) columns = record.fields.size();
    if (record.fields.size() == columns) ++alike;
    ++records;
  }
  if (columns < 2) return 0;
  return static_cast<double>(std::min<std::size_t>(columns, 40)) * static_cast<double>(alike) / static_cast<double>(records);
}

}  // namespace

CsvLayout detect_layout(std::string_view text) {
  CsvLayout layout;
  constexpr std::string_view statement = "sep=";
  if (text.size() > statement.size() + 1 && text.starts_with(statement)) {
    const std::size_t end = text.find_first_of("\r\n");
    if (end == statement.size() + 1) {
      layout.separator = text[statement.size()];
      layout.position = text.compare(end, 2, "\r\n") == 0 ? end + 2 : end + 1;
      layout.line = 2;
      return layout;
    }
  }
  const std::string_view sample = text.substr(0, sample_bytes);
  double best = 0;
  for (char separator : {',', ';', '\t', '|'}) {
    const double score = fit(sample, {separator, 0, 1});
    if (score > best) {
      best = score;
      layout.separator = separator;
    }
  }
  return layout;
}

CsvReader::CsvReader(std::string_view text, CsvLayout layout)
    : text_(text), separator_(layout.separator), position_(std::min(layout.position, text.size())), line_(layout.line) {
  skip_blank_lines();
}

std::size_t CsvReader::line_end(std::size_t from) const {
  return std::min(text_.find_first_of("\r\n", from), text_.size());
}

std::size_t CsvReader::after_line(std::size_t from) const {
  const std::size_t end = line_end(from);
  if (end == text_.size()) return end;
  return text_.compare(end, 2, "\r\n") == 0 ? end + 2 : end + 1;
}

void CsvReader::skip_blank_lines() {
  while (position_ < text_.size()) {
    const std::size_t end = line_end(position_);
    const auto blank = [&](char c) { return c == ' ' || (c == '\t' && separator_ != '\t'); };
    if (!std::all_of(text_.begin() + static_cast<std::ptrdiff_t>(position_), text_.begin() + static_cast<std::ptrdiff_t>(end), blank))
      return;
    position_ = after_line(position_);
    if (end < text_.size()) ++line_;
  }
}

bool CsvReader::ends_value(std::size_t at) const {
  while (at < text_.size() && text_[at] == ' ') ++at;
  return at == text_.size() || text_[at] == separator_ || text_[at] == '\r' || text_[at] == '\n';
}

/// Reads from behind the opening quote; leaves `at` on what follows the closing one. @return false when it is not closed.
bool CsvReader::read_quoted(std::string& field, std::size_t& at) {
  const std::size_t start = at;
  const bool one_line = read_twice_ > 4 * text_.size() + 4096;
  const std::size_t limit = one_line ? line_end(start) : text_.size();
  while (true) {
    const std::size_t quote = text_.find('"', at);
    if (quote == std::string_view::npos || quote >= limit) {
      at = limit;
      return false;
    }
    field.append(text_.substr(at, quote - at));
    at = quote + 1;
    if (at < text_.size() && text_[at] == '"') {
      field.push_back('"');
      ++at;
    } else if (ends_value(at)) {
      while (at < text_.size() && text_[at] == ' ' && separator_ != ' ') ++at;
      return true;
    } else if (text_.substr(start, quote - start).find_first_of("\r\n") != std::string_view::npos) {
      return false;  // more likely the opening quote of a later line than a stray one of this value
    } else {
      field.push_back('"');
    }
  }
}

bool CsvReader::next(CsvRecord& record) {
  if (position_ >= text_.size()) return false;
  record.line = line_;
  record.unclosed = false;
  const std::size_t start = position_;
  std::size_t at = start;
  std::size_t used = 0;
  while (true) {
    if (used == record.fields.size()) record.fields.emplace_back();
    std::string& field = record.fields[used];
    field.clear();
    if (at < text_.size() && text_[at] == '"') {
      const std::size_t opened = at++;
      if (!read_quoted(field, at)) {
        record.unclosed = true;
        const std::size_t again = after_line(opened);
        read_twice_ += at > again ? at - again : 0;
        at = again;
        break;
      }
    } else {
      const std::array<char, 4> ends{separator_, '\r', '\n', '\0'};
      const std::size_t end = std::min(text_.find_first_of(std::string_view(ends.data(), 3), at), text_.size());
      field.append(text_.substr(at, end - at));
      at = end;
    }
    ++used;
    if (at >= text_.size()) break;
    if (text_[at] != separator_) {
      at = after_line(at);
      break;
    }
    ++at;
  }
  record.fields.resize(used);
  line_ += count_line_ends(text_.substr(start, at - start));
  position_ = at;
  skip_blank_lines();
  return true;
}

}  // namespace hub::imports
