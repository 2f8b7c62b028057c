#pragma once

#include <string_view>

#include "wasm/ui/navigation.hpp"

namespace hub::ui {

/// Where an address leads; Start for whatever is not known.
/// @param address  the fragment without “#”: "/film/tt2543164", "/data", "".
Route route_of(std::string_view address);

/// The address bar says something else now.
void take_address(std::string_view address);

}  // namespace hub::ui
