#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/library/library.hpp"

namespace hub::ui {

/// Tells which history a file holds without holding it: how many events, and a sum over their ids, in whatever order they came. Without
/// spaces: "412-9f86d081884c7d65".
std::string mark_of(const Library& library);

/// How many events the history with this mark has; 0 for what is no mark.
std::size_t events_of(std::string_view mark);

/// Whether this is the mark of the library. Quick where the number alone tells.
bool is_mark_of(std::string_view mark, const Library& library);

}  // namespace hub::ui
