#pragma once

#include <string_view>

#include "core/library/library.hpp"

namespace hub::exports {

/// The one word for what the person did with a work, for files that have room for one: "dropped", "in progress", "completed", "wish list",
/// "owned"; empty where nothing is told.
std::string_view standing_of(const Entry& entry);

}  // namespace hub::exports
