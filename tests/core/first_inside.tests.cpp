#include "core/library/first_inside.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "tests/core/catch.hpp"

using namespace hub;

TEST_CASE("a list holds what it was given in order, however many", "[library]") {
  for (const int count : {0, 1, 2, 3, 100}) {
    FirstInside<int> list;
    for (int i = 0; i < count; ++i) list.push_back(i);
    REQUIRE(list.size() == static_cast<std::size_t>(count));
    CHECK(list.empty() == (count == 0));
    for (int i = 0; i < count; ++i) CHECK(list.begin()[i] == i);

    FirstInside<int> copy = list;
    const FirstInside<int> moved = std::move(list);
    CHECK(std::equal(copy.begin(), copy.end(), moved.begin(), moved.end()));
    copy.push_back(-1);
    CHECK(copy.back() == -1);
    CHECK(moved.size() == static_cast<std::size_t>(count));
    CHECK(std::vector<int>(copy.rbegin(), copy.rend()).front() == -1);
  }
}

TEST_CASE("an element of the list itself can be added to it", "[library]") {
  FirstInside<int> list;
  list.push_back(42);
  for (int i = 0; i < 20; ++i) list.push_back(*list.begin());
  CHECK(std::all_of(list.begin(), list.end(), [](int one) { return one == 42; }));
}

TEST_CASE("lists take each other's place", "[library]") {
  FirstInside<int> one;
  FirstInside<int> many;
  one.push_back(1);
  for (int i = 0; i < 9; ++i) many.push_back(i);
  one = std::move(many);
  CHECK(one.size() == 9);
  const FirstInside<int> copy = one;
  one = copy;
  CHECK(one.back() == 8);
}
