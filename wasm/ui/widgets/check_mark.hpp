#pragma once

#include "imgui.h"

namespace hub::ui {

inline constexpr float check_mark_size = 20;

/// The box of a checkbox, only drawn: its item and its name are the widget's around it.
/// @param over  the pointer is on it.
void draw_check_mark(ImDrawList* list, ImVec2 center, bool on, bool over);

}  // namespace hub::ui
