#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace hub::features {

inline constexpr std::size_t projected_dimensions = 256;

/// A shorter vector with about the same angles to all others that were made shorter so: each of its numbers is the sum of all given ones,
/// each with a sign that a hash of both places draws (random projection; Achlioptas 2003). The cosine of two changes by 1/16 on average.
/// Nothing is fitted, so that vectors made at any time can be compared. Not scaled: its length means nothing.
std::vector<float> projected(std::span<const float> vector);

}  // namespace hub::features
