#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace hub::predictor {

/// Two numbers that one instruction works on: SSE2 and WebAssembly's v128. Eigen knows the first only, and no compiler makes a sum or an
/// exponential of it by itself. What is written with it gives the same bits in both.
using Lanes = double __attribute__((vector_size(16)));
inline constexpr std::size_t lane_count = 2;

/// Four of half the width.
using HalfLanes = float __attribute__((vector_size(16)));
inline constexpr std::size_t half_lane_count = 4;

inline Lanes load(const double* from) {
  Lanes lanes;
  std::memcpy(&lanes, from, sizeof lanes);
  return lanes;
}

inline HalfLanes load(const float* from) {
  HalfLanes lanes;
  std::memcpy(&lanes, from, sizeof lanes);
  return lanes;
}

inline void store(double* to, Lanes lanes) {
  std::memcpy(to, &lanes, sizeof lanes);
}

/// e^x of each lane, x from -700 to 700; beyond it is that of -700 or 700. Relative error below 4e-13, the same in every build.
///
/// x = k ln 2 + r with whole k and |r| <= ln 2 / 2; e^r by its Taylor polynomial of degree 10, whose remainder is below 2.5e-13; 2^k put
/// into the exponent (Muller 2016, Elementary Functions, 11). ln 2 comes in two parts, so that k times the first is exact.
inline Lanes exponential(Lanes x) {
  using Bits = std::int64_t __attribute__((vector_size(16)));
  constexpr double most = 700;
  constexpr double per_two = 1.4426950408889634;  // 1 / ln 2
  constexpr double ln_two_high = 0.693147180369123816490;
  constexpr double ln_two_low = 1.90821492927058770002e-10;
  // Adding it leaves no places after the point: the sum's last bits are a whole number.
  constexpr double rounding = 6755399441055744.0;  // 1.5 · 2^52
  x = x < -most ? Lanes{} - most : x;
  x = x > most ? Lanes{} + most : x;
  const Lanes shifted = x * per_two + rounding;
  const Lanes k = shifted - rounding;
  const Lanes r = (x - k * ln_two_high) - k * ln_two_low;
  Lanes sum = r * (1.0 / 3628800) + 1.0 / 362880;
  sum = sum * r + 1.0 / 40320;
  sum = sum * r + 1.0 / 5040;
  sum = sum * r + 1.0 / 720;
  sum = sum * r + 1.0 / 120;
  sum = sum * r + 1.0 / 24;
  sum = sum * r + 1.0 / 6;
  sum = sum * r + 0.5;
  sum = sum * r + 1.0;
  sum = sum * r + 1.0;
  Bits exponent;
  Bits bits;
  std::memcpy(&exponent, &shifted, sizeof exponent);
  std::memcpy(&bits, &sum, sizeof bits);
  bits += exponent << 52;
  std::memcpy(&sum, &bits, sizeof sum);
  return sum;
}

/// Σ a_i b_i.
inline double dot(const double* a, const double* b, std::size_t n) {
  Lanes sums[2] = {};
  std::size_t i = 0;
  for (; i + 2 * lane_count <= n; i += 2 * lane_count) {
    sums[0] += load(a + i) * load(b + i);
    sums[1] += load(a + i + lane_count) * load(b + i + lane_count);
  }
  const Lanes both = sums[0] + sums[1];
  double sum = both[0] + both[1];
  for (; i < n; ++i) sum += a[i] * b[i];
  return sum;
}

}  // namespace hub::predictor
