#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace hub::imports {

/// Which of the two small numbers of "3/4/2019" comes first.
enum class DateOrder { day_first, month_first };

/// Collects, over all dates of a column, what tells the order: a first number above 12 must be a day, a second one above 12 as well.
class DateEvidence {
 public:
  void see(std::string_view text);

  bool known() const { return day_first_ != month_first_; }          ///< one order explains more dates than the other
  bool open() const { return numeric_ > 0 && !known(); }             ///< there are such dates, and nothing tells
  bool mixed() const { return day_first_ > 0 && month_first_ > 0; }  ///< some dates are impossible under either order
  DateOrder order() const;                                 ///< by evidence; where there is none month first, as IMDb's own exports had it
  const std::string& example() const { return example_; }  ///< the first date that could be either

 private:
  std::size_t day_first_ = 0;
  std::size_t month_first_ = 0;
  std::size_t dotted_ = 0;  ///< written with points, as only countries do where the day comes first
  std::size_t numeric_ = 0;
  std::string example_;
};

enum class DateState {
  absent,      ///< nothing written
  read,        ///< a calendar date
  impossible,  ///< in the form of a date, but not in the calendar, such as 30 February
  unreadable   ///< anything else
};

struct DateReading {
  DateState state = DateState::absent;
  std::string iso;  ///< ISO 8601 calendar date where state is `read`, else empty
};

/// Reads one date: ISO 8601 with or without a time, year/month/day, two numbers and a year with '/', '.' or '-' (a year of two digits is of
/// 1970 to 2069), and months written out or shortened in English, German, French, Spanish, Italian, Portuguese or Hindi ("Thu Jun 14
/// 00:00:00 2012", "14. Juni 2012", "14 de junho de 2012").
DateReading read_date(std::string_view text, DateOrder order);

/// The day (UTC) of a time in seconds since 1970, ISO 8601; empty before 1980 and after 2200. Milliseconds are told by their size.
std::string day_of_time(std::int64_t time);

}  // namespace hub::imports
