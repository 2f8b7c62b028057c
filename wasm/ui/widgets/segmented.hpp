#pragma once

#include "imgui_internal.h"

#include <span>
#include <string_view>

namespace hub::ui {

/// One of a few: a radiogroup named `name`, equal segments over `box`.
/// @param selected  index of the one chosen, 0-based.
/// @return          the one to choose now (`selected` when nothing was pressed).
int segmented(const char* id, const ImRect& box, std::string_view name, std::span<const std::string_view> labels, int selected);

}  // namespace hub::ui
