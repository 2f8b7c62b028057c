#pragma once

#include "wasm/ui/layout.hpp"

namespace hub::ui::views {

/// The section of Data with the models that can be had on this device: what they are for, what they cost, how far they are. Nothing on a
/// page that has none.
void text_model(Column& page, bool narrow);

}  // namespace hub::ui::views
