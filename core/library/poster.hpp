#pragma once

#include <string>

#include "core/library/item.hpp"

namespace hub {

/// Where a picture of the work is said to be: the address that a source gave, or for an album that MusicBrainz knows the Cover Art
/// Archive's of its front, which is there or not. Empty where nothing leads to one.
std::string poster_address(const Item& item);

}  // namespace hub
