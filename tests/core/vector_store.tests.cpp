// Vectors of texts: how they are made, kept as whole numbers, and searched in.

#include "core/features/vector_store.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "core/engine/vector_files.hpp"
#include "core/features/story.hpp"
#include "core/storage/memory_file_system.hpp"
#include "tests/core/catch.hpp"

using namespace hub;
using features::VectorStore;

namespace {

constexpr std::size_t dimensions = 384;

std::vector<float> random_vector(std::mt19937& random) {
  std::normal_distribution<float> normal;
  std::vector<float> vector(dimensions);
  double squares = 0;
  for (float& one : vector) {
    one = normal(random);
    squares += static_cast<double>(one) * static_cast<double>(one);
  }
  for (float& one : vector) one = static_cast<float>(static_cast<double>(one) / std::sqrt(squares));
  return vector;
}

double product(const std::vector<float>& left, const std::vector<float>& right) {
  double sum = 0;
  for (std::size_t i = 0; i < left.size(); ++i) sum += static_cast<double>(left[i]) * static_cast<double>(right[i]);
  return sum;
}

}  // namespace

TEST_CASE("a work's story is its title, genres, first keywords and synopsis", "[stories]") {
  Item item;
  item.title = "Slow Tide";
  CHECK(features::story_of(item).empty());
  item.synopsis = "A harbour town waits.";
  CHECK(features::story_of(item) == "Slow Tide. A harbour town waits.");
  item.genres = {"Drama", "Mystery"};
  for (int i = 1; i <= 10; ++i) item.keywords.push_back("k" + std::to_string(i));
  CHECK(features::story_of(item) == "Slow Tide. Drama, Mystery. k1, k2, k3, k4, k5, k6, k7, k8. A harbour town waits.");
  item.title = "Who Waits?";
  CHECK(features::story_of(item).starts_with("Who Waits? Drama, Mystery. "));
}

TEST_CASE("the mean of a text's pieces leaves padding out and has length 1", "[stories]") {
  // Two pieces of the text, one of padding.
  const std::vector<float> states{3, 0, 1, 4, 100, 100};
  const auto vector = features::mean_vector(states, 2, 2);
  REQUIRE(vector.size() == 2);
  CHECK(vector[0] == Approx(4 / std::sqrt(32.0)));
  CHECK(vector[1] == Approx(4 / std::sqrt(32.0)));
  CHECK(features::mean_vector(std::vector<float>{1, -1, -1, 1}, 2, 2) == std::vector<float>{0, 0});
  CHECK(features::mean_vector(std::vector<float>{std::numeric_limits<float>::quiet_NaN(), 1}, 1, 2) == std::vector<float>{0, 0});
}

TEST_CASE("quantising moves no number by more than half a step, and cosines by less than a hundredth", "[stories]") {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    const auto left = random_vector(random);
    const auto right = random_vector(random);
    const auto kept = features::quantised(left);
    const auto other = features::quantised(right);
    for (std::size_t i = 0; i < dimensions; ++i)
      REQUIRE(std::abs(static_cast<double>(left[i]) - static_cast<double>(kept.scale) * kept.values[i]) <=
              static_cast<double>(kept.scale) * 0.5001);
    const double cosine = static_cast<double>(features::dot(kept.values.data(), other.values.data(), dimensions)) *
                          static_cast<double>(kept.scale) * static_cast<double>(other.scale);
    REQUIRE(std::abs(cosine - product(left, right)) < 0.01);
  }
  const auto nothing = features::quantised(std::vector<float>(dimensions));
  CHECK(nothing.scale == 0);
  CHECK(std::all_of(nothing.values.begin(), nothing.values.end(), [](std::int8_t one) { return one == 0; }));
}

TEST_CASE("the product of whole numbers is exact at both ends of their range", "[stories]") {
  std::mt19937 random(3);
  std::uniform_int_distribution<int> any(-127, 127);
  for (const std::size_t count : {16U, 32U, 384U, 1024U}) {
    std::vector<std::int8_t> left(count);
    std::vector<std::int8_t> right(count);
    std::int32_t expected = 0;
    for (std::size_t i = 0; i < count; ++i) {
      left[i] = static_cast<std::int8_t>(any(random));
      right[i] = static_cast<std::int8_t>(any(random));
      expected += left[i] * right[i];
    }
    CHECK(features::dot(left.data(), right.data(), count) == expected);
    std::fill(left.begin(), left.end(), std::int8_t{-127});
    std::fill(right.begin(), right.end(), std::int8_t{127});
    CHECK(features::dot(left.data(), right.data(), count) == -127 * 127 * static_cast<int>(count));
  }
}

TEST_CASE("the nearest vectors are those with the largest products, among the rows that are asked for", "[stories]") {
  std::mt19937 random(11);
  VectorStore store(dimensions);
  std::vector<std::vector<float>> vectors;
  std::vector<VectorStore::Row> rows;
  for (std::uint64_t key = 1; key <= 500; ++key) {
    vectors.push_back(random_vector(random));
    const auto row = store.put(key, features::quantised(vectors.back()));
    if (key % 2 == 0) rows.push_back(row);
  }
  const auto sought = random_vector(random);
  const auto near = store.nearest(features::quantised(sought), rows, 5);
  REQUIRE(near.size() == 5);
  for (std::size_t i = 0; i < near.size(); ++i) {
    CHECK(near[i].likeness == Approx(product(sought, vectors[rows[near[i].place]])).margin(0.01));
    if (i > 0) CHECK(near[i].likeness <= near[i - 1].likeness);
  }
  std::size_t closer = 0;
  for (const auto row : rows) closer += product(sought, vectors[row]) > static_cast<double>(near.back().likeness) + 0.01 ? 1 : 0;
  CHECK(closer <= 4);
  CHECK(store.nearest(features::quantised(vectors[9]), rows, 1).front().place == 4);
  CHECK(store.nearest(features::quantised(sought), {}, 5).empty());
  // A key keeps its first vector.
  const auto before = store.size();
  CHECK(store.put(10, features::quantised(sought)) == 9);
  CHECK(store.size() == before);
}

TEST_CASE("vectors come back from their files as they were put there, and of another model none", "[stories]") {
  storage::MemoryFileSystem files;
  std::mt19937 random(5);
  VectorStore store(dimensions);
  engine::VectorFiles kept;
  kept.open(files, "aa", store, true);
  std::vector<VectorStore::Row> rows;
  // More than one file holds.
  for (std::uint64_t key = 1; key <= 700; ++key)
    rows.push_back(store.put(key * 0x9E3779B97F4A7C15U, features::quantised(random_vector(random))));
  kept.write(store, {rows.begin(), rows.begin() + 3});
  kept.write(store, {rows.begin() + 3, rows.end()});
  CHECK(kept.size() == 700);
  CHECK(files.list().size() == 2);

  const auto reread = [&](std::string_view model, bool may_write) {
    VectorStore again(dimensions);
    engine::VectorFiles other;
    other.open(files, model, again, may_write);
    return again;
  };
  const auto again = reread("aa", false);
  REQUIRE(again.size() == 700);
  for (VectorStore::Row row = 0; row < 700; ++row) {
    const auto place = again.find(store.key(row));
    REQUIRE(place);
    REQUIRE(again.scale(*place) == store.scale(row));
    REQUIRE(std::equal(again.values(*place).begin(), again.values(*place).end(), store.values(row).begin()));
  }

  SECTION("a damaged record ends its file there, and what comes next is written behind the rest") {
    auto bytes = *files.read("stories-0001");
    bytes[bytes.size() - 500] ^= 1U;
    REQUIRE(files.write("stories-0001", bytes));
    CHECK(reread("aa", true).size() == 698);
    CHECK(files.read("stories-0001")->size() == bytes.size() - 800);
  }
  SECTION("of another model") {
    CHECK(reread("bb", false).size() == 0);
    CHECK(files.list().size() == 2);
    CHECK(reread("bb", true).size() == 0);
    CHECK(files.list().empty());
  }
  SECTION("what there was no room for goes") {
    kept.withdraw();
    CHECK(files.list().empty());
    CHECK(kept.size() == 0);
  }
}
