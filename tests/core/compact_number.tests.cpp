#include "core/library/compact.hpp"

#include <cmath>
#include <limits>
#include <optional>

#include "tests/core/catch.hpp"

using namespace hub;

TEST_CASE("a number that may not be known takes the room of the number", "[item]") {
  STATIC_REQUIRE(sizeof(Compact<int>) == sizeof(int));
  STATIC_REQUIRE(sizeof(Compact<double>) == sizeof(double));
  Compact<int> year;
  CHECK_FALSE(year.has_value());
  CHECK(std::optional<int>(year) == std::nullopt);
  CHECK(year.value_or(7) == 7);
  year = 0;
  CHECK(year.has_value());
  CHECK(*year == 0);
  CHECK(year != Compact<int>());
  year = std::optional<int>(-3000);
  CHECK(std::optional<int>(year) == -3000);
  year.reset();
  CHECK(year == Compact<int>());
}

TEST_CASE("lengths that are not known are equal, and differ from all that are", "[item]") {
  const Compact<double> unknown;
  CHECK(unknown == Compact<double>(std::nullopt));
  CHECK(unknown != Compact<double>(0.0));
  CHECK(Compact<double>(std::optional<double>()) == unknown);
  CHECK(Compact<double>(std::nan("")) == unknown);
  CHECK(Compact<double>(90.5) == Compact<double>(90.5));
  CHECK(*Compact<double>(std::numeric_limits<double>::infinity()) > 1);
}
