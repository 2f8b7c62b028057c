#pragma once

#include "imgui.h"

namespace hub::ui {

enum class Icon {
  none,
  home,
  star,
  library,
  target,
  database,
  search,
  undo,
  redo,
  chevron_left,
  chevron_right,
  chevron_down,
  chevron_up,
  close,
  upload,
  download,
  trash,
  check,
  warning,
  info,
  sort_up,
  sort_down,
  plus,
  sparkle,
  lock,
  refresh,
  sun,
  moon,
  eye,
  filter,
  more,
  heart,
  heart_filled
};

/// Draws an icon with strokes.
/// @param size  of its square, 16 to 48.
void draw_icon(ImDrawList* list, Icon icon, ImVec2 center, float size, ImU32 color);

}  // namespace hub::ui
