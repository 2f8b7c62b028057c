#include "core/fetching/back_off.hpp"

#include <algorithm>

namespace hub::fetching {
namespace {

constexpr double first = 700;
constexpr int most_doublings = 7;

}  // namespace

double back_off(int failed, double random) {
  const double whole = first * static_cast<double>(1U << static_cast<unsigned>(std::clamp(failed - 1, 0, most_doublings)));
  return whole * (0.5 + random);
}

}  // namespace hub::fetching
