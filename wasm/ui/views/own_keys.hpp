#pragma once

#include "wasm/ui/layout.hpp"

namespace hub::ui::views {

/// The section of Data for the person's own keys to services that want one; nothing where the page reaches no such service.
void own_keys(Column& page, bool narrow);

}  // namespace hub::ui::views
