#include "core/features/projection.hpp"

#include <cstdint>

namespace hub::features {
namespace {

/// SplitMix64's finaliser (Steele, Lea and Flood 2014): 64 signs for each place and each 64 numbers.
std::uint64_t signs(std::uint64_t place, std::uint64_t word) {
  std::uint64_t mixed = (place << 16U) + word + 0x9E37'79B9'7F4A'7C15U;
  mixed = (mixed ^ (mixed >> 30U)) * 0xBF58'476D'1CE4'E5B9U;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94D0'49BB'1331'11EBU;
  return mixed ^ (mixed >> 31U);
}

}  // namespace

std::vector<float> projected(std::span<const float> vector) {
  std::vector<float> shorter(projected_dimensions);
  for (std::size_t to = 0; to < projected_dimensions; ++to) {
    double sum = 0;
    std::uint64_t bits = 0;
    for (std::size_t from = 0; from < vector.size(); ++from, bits >>= 1U) {
      if (from % 64 == 0) bits = signs(to, from / 64);
      sum += (bits & 1U) != 0 ? static_cast<double>(vector[from]) : -static_cast<double>(vector[from]);
    }
    shorter[to] = static_cast<float>(sum);
  }
  return shorter;
}

}  // namespace hub::features
