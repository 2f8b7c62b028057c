#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/library/item.hpp"

namespace hub::features {

/// Keywords of a work that its text has; the first ones say most.
inline constexpr std::size_t story_keywords = 8;

/// What a work is about, as the one text that an embedding model reads: "title. genres. keywords. synopsis", where genres and keywords are
/// parted by commas and what is not known is left out with its full stop. Empty for a work that has a title alone: a name says little of
/// what it is about, and much that is wrong.
std::string story_of(const Item& item);

/// The vector of a text from what the model says of its pieces: their mean, of length 1 (Reimers and Gurevych 2019, section 3).
///
/// @param states  pieces x dimensions, those of padding last.
/// @param pieces  of the text itself, at least 1.
/// @return        `dimensions` numbers; all 0 where the mean is 0 or not finite.
std::vector<float> mean_vector(std::span<const float> states, std::size_t pieces, std::size_t dimensions);

}  // namespace hub::features
