#pragma once

#include "imgui.h"
#include "imgui_internal.h"

#include <string_view>

#include "core/library/item.hpp"

namespace hub::ui {

/// A drawn cover: ground and colours by a hash of the title, shape by type, the title set in it from 88 px of width on. Decoration: the
/// mirror is told nothing. The usual proportion is 2 : 3; any box works.
/// @param brightness  0 … 1, less while something else wants attention.
void draw_cover(ImDrawList* list, const ImRect& box, MediaType type, std::string_view title, float brightness = 1.0F);
inline void draw_cover(ImDrawList* list, const ImRect& box, const Item& item) {
  draw_cover(list, box, item.type, item.title);
}

}  // namespace hub::ui
