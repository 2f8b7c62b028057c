#pragma once

#include "imgui_internal.h"

#include <span>
#include <string_view>

namespace hub::ui {

/// The height in which all labels have room: that of a control, or of several where they need as many rows.
float segmented_height(float width, std::span<const std::string_view> labels);

/// One of a few: a radiogroup named `name`, equal segments over `box`, in rows where it is high enough for them and the labels need them.
/// @param selected  index of the one chosen, 0-based.
/// @return          the one to choose now (`selected` when nothing was pressed).
int segmented(const char* id, const ImRect& box, std::string_view name, std::span<const std::string_view> labels, int selected);

}  // namespace hub::ui
