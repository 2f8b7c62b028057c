#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace hub::predictor {

/// Places of the ratings that teach and of those that are predicted.
struct Split {
  std::vector<std::size_t> train;
  std::vector<std::size_t> test;
  bool is_future = false;  ///< all of the test part is later than what teaches
};

/// 0 … n - 1 in an order drawn by `seed`, equal in every build (Fisher and Yates, as in Knuth 1997, 3.4.2).
std::vector<std::size_t> shuffled(std::size_t n, std::uint64_t seed);

/// Every place is in the test part once. @param folds  at least 2; those behind the n-th have no test part.
std::vector<Split> cross_validation(std::size_t n, std::size_t folds, std::uint64_t seed);

/// The first four fifths by date teach, the rest is predicted; what has the same date stays in the given order.
///
/// @param dates  ISO 8601, empty where unknown, which counts as before all others.
/// @return       nothing with fewer than six distinct dates.
std::vector<Split> by_date(std::span<const std::string> dates);

/// `size` ratings drawn by `seed` teach, the rest is predicted.
Split first_ratings(std::size_t n, std::size_t size, std::uint64_t seed);

}  // namespace hub::predictor
