#pragma once

#include "wasm/ui/layout.hpp"

namespace hub::ui::views {

/// Light or dark, or as the device has it, and how strong the contrast is. Kept on this device.
void look(Column& page, bool narrow);

}  // namespace hub::ui::views
