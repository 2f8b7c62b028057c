#include "core/imports/dates.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>
#include <utility>

#include "core/imports/words.hpp"
#include "core/library/limits.hpp"

namespace hub::imports {
namespace {

/// Month words as comparable() writes them. "mar" is March: as a short Tuesday (French, Spanish, Italian) no export known writes it.
constexpr std::array<std::pair<std::string_view, int>, 109> month_words{
    {{"jan", 1},       {"january", 1},    {"januar", 1},    {"janner", 1},    {"janv", 1},      {"janvier", 1},    {"ene", 1},
     {"enero", 1},     {"gen", 1},        {"gennaio", 1},   {"janeiro", 1},   {"जनवरी", 1},     {"जन", 1},         {"feb", 2},
     {"february", 2},  {"februar", 2},    {"fevr", 2},      {"fevrier", 2},   {"febrero", 2},   {"febbraio", 2},   {"fev", 2},
     {"fevereiro", 2}, {"फरवरी", 2},      {"mar", 3},       {"march", 3},     {"marz", 3},      {"mrz", 3},        {"mars", 3},
     {"marzo", 3},     {"marco", 3},      {"मार्च", 3},      {"apr", 4},       {"april", 4},     {"avr", 4},        {"avril", 4},
     {"abr", 4},       {"abril", 4},      {"aprile", 4},    {"अप्रैल", 4},      {"may", 5},       {"mai", 5},        {"mayo", 5},
     {"mag", 5},       {"maggio", 5},     {"maio", 5},      {"मई", 5},        {"jun", 6},       {"june", 6},       {"juni", 6},
     {"juin", 6},      {"junio", 6},      {"giu", 6},       {"giugno", 6},    {"junho", 6},     {"जून", 6},         {"jul", 7},
     {"july", 7},      {"juli", 7},       {"juil", 7},      {"juillet", 7},   {"julio", 7},     {"lug", 7},        {"luglio", 7},
     {"julho", 7},     {"जुलाई", 7},       {"aug", 8},       {"august", 8},    {"aout", 8},      {"ago", 8},        {"agosto", 8},
     {"अगस्त", 8},      {"sep", 9},        {"sept", 9},      {"september", 9}, {"septembre", 9}, {"septiembre", 9}, {"set", 9},
     {"settembre", 9}, {"setembro", 9},   {"सितंबर", 9},     {"सितम्बर", 9},    {"oct", 10},      {"october", 10},   {"okt", 10},
     {"oktober", 10},  {"octobre", 10},   {"octubre", 10},  {"ott", 10},      {"ottobre", 10},  {"out", 10},       {"outubro", 10},
     {"अक्टूबर", 10},    {"अक्तूबर", 10},     {"nov", 11},      {"november", 11}, {"novembre", 11}, {"noviembre", 11}, {"novembro", 11},
     {"नवंबर", 11},     {"dec", 12},       {"december", 12}, {"dez", 12},      {"dezember", 12}, {"dic", 12},       {"decembre", 12},
     {"dicembre", 12}, {"diciembre", 12}, {"dezembro", 12}, {"दिसंबर", 12}}};

std::optional<int> month_named(std::string_view word) {
  const std::string key = comparable(word);
  for (const auto& [name, month] : month_words)
    if (name == key) return month;
  return std::nullopt;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

struct Numbers {
  std::array<int, 3> value{};
  std::array<std::size_t, 3> digits{};
  char mark = '/';
};

/// Three numbers with the same mark between them, then nothing, a space or a time.
std::optional<Numbers> three_numbers(std::string_view text) {
  Numbers numbers;
  std::size_t at = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    while (at < text.size() && is_digit(text[at])) {
      if (++numbers.digits[i] > 4) return std::nullopt;
      numbers.value[i] = numbers.value[i] * 10 + (text[at++] - '0');
    }
    if (numbers.digits[i] == 0) return std::nullopt;
    if (i == 2) break;
    if (at == text.size()) return std::nullopt;
    const char mark = text[at++];
    if (mark != '/' && mark != '.' && mark != '-') return std::nullopt;
    if (i == 0)
      numbers.mark = mark;
    else if (mark != numbers.mark)
      return std::nullopt;
    while (at < text.size() && text[at] == ' ') ++at;
  }
  if (at < text.size() && text[at] != ' ' && text[at] != 'T' && text[at] != ',') return std::nullopt;
  return numbers;
}

bool year_last(const Numbers& numbers) {
  return numbers.digits[0] <= 2 && numbers.digits[1] <= 2 && (numbers.digits[2] == 4 || numbers.digits[2] == 2);
}

DateReading calendar_date(int year, int month, int day) {
  char iso[32];
  std::snprintf(iso, sizeof iso, "%04d-%02d-%02d", year, month, day);
  if (year < 1800 || year > 2200 || !is_date(iso)) return {DateState::impossible, {}};
  return {DateState::read, iso};
}

int full_year(int year, std::size_t digits) {
  if (digits > 2) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

/// A month's word, a day and a year in any order, among words that are none.
DateReading read_words(std::string_view text) {
  std::optional<int> month;
  std::optional<int> day;
  std::optional<int> year;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" ,", at), text.size());
    std::string_view token = text.substr(at, end - at);
    at = end + 1;
    while (!token.empty() && token.back() == '.') token.remove_suffix(1);
    if (token.empty() || token.find(':') != std::string_view::npos) continue;
    if (!is_digit(token.front())) {
      if (const auto named = month_named(token); named && !month) month = named;
      continue;
    }
    int value = 0;
    std::size_t digits = 0;
    while (digits < token.size() && digits < 5 && is_digit(token[digits])) value = value * 10 + (token[digits++] - '0');
    if (digits == 4)
      year = value;
    else if (digits <= 2 && !day)
      day = value;
  }
  if (!month || !day || !year) return {DateState::unreadable, {}};
  return calendar_date(*year, *month, *day);
}

}  // namespace

void DateEvidence::see(std::string_view text) {
  text = trimmed(text);
  const auto numbers = three_numbers(text);
  if (!numbers || !year_last(*numbers)) return;
  ++numeric_;
  if (numbers->mark == '.') ++dotted_;
  const int first = numbers->value[0];
  const int second = numbers->value[1];
  if (first > 12 && first <= 31 && second >= 1 && second <= 12)
    ++day_first_;
  else if (second > 12 && second <= 31 && first >= 1 && first <= 12)
    ++month_first_;
  else if (example_.empty() && first != second)
    example_ = text;
}

DateOrder DateEvidence::order() const {
  if (known()) return day_first_ > month_first_ ? DateOrder::day_first : DateOrder::month_first;
  return dotted_ > 0 && dotted_ * 2 > numeric_ ? DateOrder::day_first : DateOrder::month_first;
}

DateReading read_date(std::string_view text, DateOrder order) {
  text = trimmed(text);
  if (text.empty()) return {};
  const auto numbers = three_numbers(text);
  if (!numbers) return read_words(text);
  const auto& value = numbers->value;
  if (numbers->digits[0] == 4 && numbers->digits[1] <= 2 && numbers->digits[2] <= 2) return calendar_date(value[0], value[1], value[2]);
  if (!year_last(*numbers)) return {DateState::unreadable, {}};
  const int year = full_year(value[2], numbers->digits[2]);
  return order == DateOrder::day_first ? calendar_date(year, value[1], value[0]) : calendar_date(year, value[0], value[1]);
}

std::string day_of_time(std::int64_t time) {
  constexpr std::int64_t day_seconds = 86'400;
  constexpr std::int64_t first = 315'532'800;   // 1980
  constexpr std::int64_t last = 7'258'118'400;  // 2200
  if (time > last) time /= 1000;
  if (time < first || time > last) return {};
  std::int64_t days = time / day_seconds;
  int year = 1970;
  const auto leap = [](int y) { return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0; };
  for (; days >= (leap(year) ? 366 : 365); ++year) days -= leap(year) ? 366 : 365;
  constexpr std::array<int, 12> lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  int month = 1;
  for (const int length : lengths) {
    const int its = length + (month == 2 && leap(year) ? 1 : 0);
    if (days < its) break;
    days -= its;
    ++month;
  }
  return calendar_date(year, month, static_cast<int>(days) + 1).iso;
}

}  // namespace hub::imports
