// How long it takes to find, among 50,000 works, those that are about something: vectors at random.
// Prints the least, the median and the worst time of a query, and the median as a share of the 20 ms that are allowed.

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <random>
#include <vector>

#include "core/features/vector_store.hpp"

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t dimensions = 384;
constexpr std::size_t works = 50'000;
constexpr std::size_t queries = 200;

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

}  // namespace

int main() {
  std::mt19937 random(1);
  hub::features::VectorStore store(dimensions);
  std::vector<hub::features::VectorStore::Row> rows;
  for (std::uint64_t key = 1; key <= works; ++key) rows.push_back(store.put(key, hub::features::quantised(random_vector(random))));
  std::vector<double> times;
  double told = 0;
  for (std::size_t i = 0; i < queries; ++i) {
    const auto sought = random_vector(random);
    const auto begin = Clock::now();
    const auto near = store.nearest(hub::features::quantised(sought), rows, 10);
    times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
    told += static_cast<double>(near.front().likeness);
  }
  std::sort(times.begin(), times.end());
  const double least = times.front();
  const double median = times[times.size() / 2];
  std::printf("%zu works: least %.2f ms, median %.2f ms (%.0f %% of 20), worst %.2f ms; mean likeness of the first %.2f\n", works, least,
              median, median * 5, times.back(), told / queries);
  return 0;
}
