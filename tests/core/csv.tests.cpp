#include "core/imports/csv.hpp"

#include <random>
#include <string>
#include <vector>

#include "tests/core/catch.hpp"

using hub::imports::CsvLayout;
using hub::imports::CsvReader;
using hub::imports::CsvRecord;
using hub::imports::detect_layout;

namespace {

using Fields = std::vector<std::string>;

std::vector<CsvRecord> read(const std::string& text, char separator = ',') {
  CsvReader reader(text, {separator, 0, 1});
  std::vector<CsvRecord> records;
  CsvRecord record;
  while (reader.next(record)) records.push_back(record);
  return records;
}

/// As a careful program writes a value: in quotes where it has to be, and at times where it does not.
std::string written(const std::string& value, bool quoted) {
  if (!quoted && value.find_first_of("\",;\r\n\t|") == std::string::npos) return value;
  std::string text = "\"";
  for (char c : value) text += c == '"' ? std::string("\"\"") : std::string(1, c);
  return text + "\"";
}

}  // namespace

TEST_CASE("csv: values, quotes and empty ones") {
  const auto records = read("a,b c,\"d,e\",\"say \"\"hi\"\"\",\n,\"\",x");
  REQUIRE(records.size() == 2);
  CHECK(records[0].fields == Fields{"a", "b c", "d,e", "say \"hi\"", ""});
  CHECK(records[1].fields == Fields{"", "", "x"});
}

TEST_CASE("csv: each kind of line end counts as one line, also mixed and within quotes") {
  const auto records = read("a,1\r\nb,\"2\r\n2\"\rc,3\n\n\r\nd,4");
  REQUIRE(records.size() == 4);
  CHECK(records[1].fields == Fields{"b", "2\r\n2"});
  CHECK(records[0].line == 1);
  CHECK(records[1].line == 2);
  CHECK(records[2].line == 4);
  CHECK(records[3].line == 7);
}

TEST_CASE("csv: lines with nothing but spaces are passed over, lines with separators are not") {
  const auto records = read("\n  \na,b\n,\n   ");
  REQUIRE(records.size() == 2);
  CHECK(records[0].line == 3);
  CHECK(records[1].fields == Fields{"", ""});
}

TEST_CASE("csv: quotes that nobody doubled are taken literally") {
  CHECK(read("1,\"The \"Burbs\",x").front().fields == Fields{"1", "The \"Burbs", "x"});
  CHECK(read("1,7\" single,x").front().fields == Fields{"1", "7\" single", "x"});
  CHECK(read("\"a\" ,b").front().fields == Fields{"a", "b"});
}

TEST_CASE("csv: an unclosed quote costs its own line only") {
  SECTION("to the end of the file") {
    const auto records = read("a,1\nb,\"2\nc,3\nd,4\n");
    REQUIRE(records.size() == 4);
    CHECK(records[1].unclosed);
    CHECK(records[1].line == 2);
    CHECK(records[1].fields == Fields{"b"});
    CHECK_FALSE(records[2].unclosed);
    CHECK(records[2].line == 3);
    CHECK(records[3].fields == Fields{"d", "4"});
  }
  SECTION("up to the opening quote of a later line") {
    const auto records = read("a,\"1\nb,\"2, too\",x\nc,3\n");
    REQUIRE(records.size() == 3);
    CHECK(records[0].unclosed);
    CHECK(records[1].fields == Fields{"b", "2, too", "x"});
    CHECK(records[2].line == 3);
  }
}

TEST_CASE("csv: many unclosed quotes take linear time and every line is given out") {
  std::string text;
  constexpr std::size_t lines = 20'000;
  for (std::size_t i = 0; i < lines; ++i) text += "x,\"\"\"\"\"\n";
  const auto records = read(text);
  std::size_t reached = 0;
  for (const CsvRecord& record : records) {
    CHECK(record.line > reached);
    reached = record.line;
  }
  CHECK(reached >= lines - 1);
}

TEST_CASE("csv: the separator is found") {
  CHECK(detect_layout("a,b,c\n1,2,3\n").separator == ',');
  CHECK(detect_layout("a;b;c\n1,5;2;\"x, y\"\n").separator == ';');
  CHECK(detect_layout("a\tb, c\td\n1\t2\t3\n").separator == '\t');
  CHECK(detect_layout("a|b|c\n1|2|3\n").separator == '|');
  CHECK(detect_layout("one column\nonly\n").separator == ',');
  const std::string text = "sep=;\r\na;b\r\n";
  const CsvLayout layout = detect_layout(text);
  CHECK(layout.separator == ';');
  CsvRecord record;
  REQUIRE(CsvReader(text, layout).next(record));
  CHECK(record.fields == Fields{"a", "b"});
  CHECK(record.line == 2);
}

TEST_CASE("csv: what is written is read back, whatever is in the values") {
  std::mt19937 random(7);
  const std::string alphabet = "ab\",;\r\n\t|\xC3\xA9 '";
  const std::string separators = ",;\t|";
  for (int round = 0; round < 300; ++round) {
    const char separator = separators[random() % separators.size()];
    const std::string line_end = round % 3 == 0 ? "\r\n" : round % 3 == 1 ? "\n" : "\r";
    std::vector<Fields> rows;
    std::string text;
    for (std::size_t r = 0; r < 1 + random() % 8; ++r) {
      Fields& fields = rows.emplace_back();
      for (std::size_t f = 0; f < 2 + random() % 4; ++f) {
        std::string value;
        for (std::size_t c = random() % 6; c > 0; --c) value += alphabet[random() % alphabet.size()];
        text += (f ? std::string(1, separator) : "") + written(value, f == 0 || random() % 2 == 0);
        fields.push_back(value);
      }
      text += line_end;
    }
    const auto records = read(text, separator);
    INFO(text);
    REQUIRE(records.size() == rows.size());
    for (std::size_t r = 0; r < rows.size(); ++r) {
      CHECK_FALSE(records[r].unclosed);
      CHECK(records[r].fields == rows[r]);
    }
  }
}
