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
/// The work's own picture where there is one (posters.hpp), cut to the box or, where too much would be lost, whole on a ground of its own
/// colours; until it is here, and where there is none, a drawn cover.
/// @return  whether the title can be read on it, as on a drawn one that is wide enough: it need not be said again below.
bool draw_cover(ImDrawList* list, const ImRect& box, const Item& item);

}  // namespace hub::ui
