#pragma once

#include "core/library/item.hpp"
#include "core/protocol/protocol.hpp"
#include "wasm/ui/layout.hpp"

namespace hub::ui::views {

/// “More like this”: works that are about something alike. Where the model that knows is not on this device, it is offered, until somebody
/// says no.
void draw_similar(Column& column, const Item& item, const protocol::Details& details);

}  // namespace hub::ui::views
