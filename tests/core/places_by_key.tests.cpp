#include "core/library/places_by_key.hpp"

#include <random>
#include <unordered_map>

#include "tests/core/catch.hpp"

using namespace hub;

namespace {

struct Row {
  std::vector<std::uint64_t> keys;
  PlacesByKey places;

  void add(std::uint64_t key) {
    keys.push_back(key);
    places.add(key, static_cast<std::uint32_t>(keys.size() - 1), [&](std::uint32_t place) { return keys[place]; });
  }
  std::optional<std::uint32_t> find(std::uint64_t key) const {
    return places.find(key, [&](std::uint32_t place) { return keys[place]; });
  }
};

}  // namespace

TEST_CASE("What stands in a row is found by its key, and nothing else is") {
  std::mt19937_64 random(11);
  Row row;
  std::unordered_map<std::uint64_t, std::uint32_t> expected;
  CHECK_FALSE(row.find(0));
  while (row.keys.size() < 5'000) {
    const std::uint64_t key = random();
    if (!expected.emplace(key, static_cast<std::uint32_t>(row.keys.size())).second) continue;
    row.add(key);
  }
  for (const auto& [key, place] : expected) REQUIRE(row.find(key) == place);
  for (int i = 0; i < 5'000; ++i) {
    const std::uint64_t key = random();
    REQUIRE(row.find(key).has_value() == (expected.count(key) > 0));
  }
}

TEST_CASE("Keys that begin their search at the same place are told apart") {
  Row row;
  // The same lower bits, and the upper half away.
  for (std::uint64_t i = 0; i < 200; ++i) row.add(i << 20U);
  for (std::uint32_t i = 0; i < 200; ++i) CHECK(row.find(std::uint64_t{i} << 20U) == i);
  CHECK_FALSE(row.find(std::uint64_t{200} << 20U));
}

TEST_CASE("Nothing is found any more once all places are forgotten") {
  Row row;
  for (std::uint64_t key = 1; key < 100; ++key) row.add(key);
  row.places.clear();
  CHECK_FALSE(row.find(1));
  row.keys = {};
  row.add(7);
  CHECK(row.find(7) == 0U);
  CHECK_FALSE(row.find(8));
}
