#include "core/imports/dates.hpp"

#include <string>
#include <utility>

#include "core/imports/numbers.hpp"
#include "tests/core/catch.hpp"

using namespace hub::imports;

namespace {

std::string iso(const std::string& text, DateOrder order = DateOrder::month_first) {
  return read_date(text, order).iso;
}

}  // namespace

TEST_CASE("dates: ISO 8601 and year first") {
  CHECK(iso("2024-05-31") == "2024-05-31");
  CHECK(iso("2024-05-31T10:11:12Z") == "2024-05-31");
  CHECK(iso("2024-05-31 10:11") == "2024-05-31");
  CHECK(iso("2024/5/1") == "2024-05-01");
}

TEST_CASE("dates: numbers in the order that is asked for") {
  CHECK(iso("3/4/2019", DateOrder::day_first) == "2019-04-03");
  CHECK(iso("3/4/2019", DateOrder::month_first) == "2019-03-04");
  CHECK(iso("03.04.2019", DateOrder::day_first) == "2019-04-03");
  CHECK(iso("3-4-19", DateOrder::day_first) == "2019-04-03");
  CHECK(iso("3/4/98", DateOrder::month_first) == "1998-03-04");
  CHECK(iso("31. 12. 2019", DateOrder::day_first) == "2019-12-31");
}

TEST_CASE("dates: months in words") {
  using Pair = std::pair<std::string, std::string>;
  const auto [text, expected] =
      GENERATE(Pair{"Thu Jun 14 00:00:00 2012", "2012-06-14"}, Pair{"21 Apr 2014", "2014-04-21"}, Pair{"June 14, 2012", "2012-06-14"},
               Pair{"14. Juni 2012", "2012-06-14"}, Pair{"1. März 2012", "2012-03-01"}, Pair{"14 août 2012", "2012-08-14"},
               Pair{"14 de junho de 2012", "2012-06-14"}, Pair{"14 dic. 2012", "2012-12-14"}, Pair{"2 maggio 2012", "2012-05-02"},
               Pair{"14 जून 2012", "2012-06-14"}, Pair{"14 फ़रवरी 2012", "2012-02-14"});
  CHECK(iso(text) == expected);
}

TEST_CASE("dates: what is not in the calendar is refused, and told from what is no date") {
  CHECK(read_date("2019-02-30", DateOrder::day_first).state == DateState::impossible);
  CHECK(read_date("29/2/2019", DateOrder::day_first).state == DateState::impossible);
  CHECK(read_date("29/2/2020", DateOrder::day_first).iso == "2020-02-29");
  CHECK(read_date("31/12/2019", DateOrder::month_first).state == DateState::impossible);
  CHECK(read_date("0000-00-00", DateOrder::day_first).state == DateState::impossible);
  CHECK(read_date("31 June 2019", DateOrder::day_first).state == DateState::impossible);
  CHECK(read_date("soon", DateOrder::day_first).state == DateState::unreadable);
  CHECK(read_date("12/2019", DateOrder::day_first).state == DateState::unreadable);
  CHECK(read_date("  ", DateOrder::day_first).state == DateState::absent);
}

TEST_CASE("dates: the whole column tells the order") {
  DateEvidence days;
  for (const char* text : {"3/4/2019", "29/4/2015", "2/2/2002", ""}) days.see(text);
  CHECK(days.known());
  CHECK(days.order() == DateOrder::day_first);

  DateEvidence months;
  for (const char* text : {"3/4/2019", "4/29/2015"}) months.see(text);
  CHECK(months.order() == DateOrder::month_first);

  DateEvidence nothing;
  for (const char* text : {"3/4/2019", "5/6/2019"}) nothing.see(text);
  CHECK(nothing.open());
  CHECK(nothing.example() == "3/4/2019");
  CHECK(nothing.order() == DateOrder::month_first);

  DateEvidence points;
  points.see("03.04.2019");
  CHECK(points.order() == DateOrder::day_first);

  DateEvidence iso_only;
  iso_only.see("2019-04-03");
  CHECK_FALSE(iso_only.open());
}

TEST_CASE("numbers: decimal marks and thousands of all countries") {
  CHECK(read_decimal("7.3") == 7.3);
  CHECK(read_decimal(" 7,3 ") == 7.3);
  CHECK(read_decimal("10") == 10.0);
  for (const char* text : {"", "-3", "1e3", "7.", ".7", "1.2.3", "x"}) CHECK_FALSE(read_decimal(text));
  CHECK(read_whole("1234567") == 1234567);
  CHECK(read_whole("1,234,567") == 1234567);
  CHECK(read_whole("1.234.567") == 1234567);
  CHECK(read_whole("12,34,567") == 1234567);
  CHECK(read_whole("1\xC2\xA0"
                   "234") == 1234);
  for (const char* text : {"", "7.3", "1,2", "12,34", "1234567890123", ",5", "5,", "-1"}) CHECK_FALSE(read_whole(text));
}
