#pragma once

#include "imgui.h"
#include "imgui_internal.h"

namespace hub::ui {

/// A bar from the left whose length is an amount; only drawn (say the amount in words beside it).
/// @param part  of the box's width, 0 … 1.
void draw_amount_bar(const ImRect& box, double part, ImU32 color);

/// A mean that differs from nothing to one side or the other, with the interval around it, on an axis that is the same for all rows.
struct GapBar {
  double gap = 0;
  double low = 0, high = 0;  ///< ends of the interval
  double reach = 1;          ///< what the box's ends stand for, either way; above 0
  bool clear = false;        ///< beyond chance: filled, else only outlined
};

/// Bar from the middle of the box, whiskers over it; only drawn.
void draw_gap_bar(const ImRect& box, const GapBar& bar);

}  // namespace hub::ui
