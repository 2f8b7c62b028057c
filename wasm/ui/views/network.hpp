#pragma once

#include "wasm/ui/layout.hpp"

namespace hub::ui::views {

/// Data: what leaves this device, every request of this visit, and the switch that stops them.
void network(Column& page, bool narrow);

}  // namespace hub::ui::views
