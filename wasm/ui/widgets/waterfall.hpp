#pragma once

#include "imgui.h"
#include "imgui_internal.h"

#include <string_view>

namespace hub::ui {

/// Where stars lie between the words and the amounts, the same for all rows.
struct WaterfallAxis {
  double least = 0, most = 5;  ///< stars at the left and right ends
  double base = 0;             ///< the dotted line: where the sum starts
  float left = 0, right = 0;   ///< screen x of the ends
};

enum class WaterfallKind { base, step, total };

/// One row, a listitem in words with its signed amount: the start (dot), a step from `from` to `to` (bar, green or red, with + or −), or
/// the total.
struct WaterfallRow {
  WaterfallKind kind = WaterfallKind::step;
  std::string_view words;
  double from = 0, to = 0;  ///< stars; base and total use `to`
  int position = 0, count = 0;
};

void waterfall_row(const ImRect& box, const WaterfallRow& row, const WaterfallAxis& axis);
float waterfall_row_height();

}  // namespace hub::ui
