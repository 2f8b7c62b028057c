#include "core/predictor/splits.hpp"

#include <algorithm>
#include <set>

#include "tests/core/catch.hpp"

using namespace hub::predictor;

TEST_CASE("in cross-validation each rating is predicted once, from all others folds", "[splits]") {
  std::multiset<std::size_t> tested;
  for (const auto& split : cross_validation(23, 5, 4)) {
    tested.insert(split.test.begin(), split.test.end());
    CHECK(split.train.size() + split.test.size() == 23);
    for (const auto i : split.test) CHECK(std::find(split.train.begin(), split.train.end(), i) == split.train.end());
  }
  CHECK(tested.size() == 23);
  CHECK(std::set<std::size_t>(tested.begin(), tested.end()).size() == 23);
  CHECK(cross_validation(23, 5, 4).front().test == cross_validation(23, 5, 4).front().test);
  CHECK(cross_validation(23, 5, 4).front().test != cross_validation(23, 5, 5).front().test);
}

TEST_CASE("by date the past teaches, and one day stays in the order of the file", "[splits]") {
  const std::vector<std::string> dates{"2024-01-05", "2024-01-02", "2024-01-03", "2024-01-05", "2024-01-01",
                                       "",           "2024-01-04", "2024-01-06", "2024-01-06", "2024-01-06"};
  const auto splits = by_date(dates);
  REQUIRE(splits.size() == 1);
  CHECK(splits.front().train == std::vector<std::size_t>{5, 4, 1, 2, 6, 0, 3, 7});
  CHECK(splits.front().test == std::vector<std::size_t>{8, 9});
  CHECK(by_date(std::vector<std::string>(40, "2024-01-01")).empty());
  CHECK(by_date(std::vector<std::string>{"1", "2", "3", "4", "5", ""}).empty());
}

TEST_CASE("a curve's point learns from as many ratings as it says", "[splits]") {
  const auto split = first_ratings(30, 10, 2);
  CHECK(split.train.size() == 10);
  CHECK(split.test.size() == 20);
  CHECK(first_ratings(30, 10, 3).train != split.train);
}
