#pragma once

#include <string>

#include "core/library/item.hpp"

namespace hub::engine {

/// The first thing that two works share and a person would name: a maker, a performer, a theme, a genre. Empty when there is none.
std::string shared_words(const Item& item, const Item& other);

}  // namespace hub::engine
