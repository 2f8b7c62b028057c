#pragma once

#include "imgui_internal.h"

#include <string_view>

namespace hub::ui {

/// Words beside `anchor` in the foreground, for a widget that is hovered or focused. Decoration: what it says is already the widget's name
/// or description.
void tooltip(const ImRect& anchor, std::string_view words);

}  // namespace hub::ui
