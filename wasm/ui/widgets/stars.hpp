#pragma once

#include "imgui.h"

#include <optional>

namespace hub::ui {

/// One star; `fill` is the part of it, from the left, that is filled: 0, 0.5 or 1.
void draw_star(ImDrawList* list, ImVec2 center, float size, float fill, ImU32 filled, ImU32 outline);

/// Five stars in a row, `size` each, top left at `at`; only drawn (say the rating in words beside it). Width is stars_width(size).
void draw_stars(ImDrawList* list, ImVec2 at, float size, double value);
float stars_width(float size);

}  // namespace hub::ui
