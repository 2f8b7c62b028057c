#pragma once

#include "imgui.h"
#include "imgui_internal.h"

namespace hub::ui {

/// The ground of a card: surface, hairline, radius 14.
void draw_card(ImDrawList* list, const ImRect& box);

}  // namespace hub::ui
