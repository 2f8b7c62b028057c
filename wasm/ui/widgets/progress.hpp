#pragma once

#include "imgui.h"
#include "imgui_internal.h"

#include <string_view>

namespace hub::ui {

/// A thin bar, 4 px or as high as the box; a progressbar named `name`.
/// @param fraction  0 … 1; below 0: of unknown length.
/// @param words     how far it is, where that is more than the share: “1.2 of 3.1 MB”.
void progress_bar(const ImRect& box, std::string_view name, float fraction, std::string_view words = {});

/// Words, per cent, bar and a button “Cancel” (when `can_cancel`). progress_height() high.
/// @return  whether Cancel was pressed.
bool progress(const char* id, ImVec2 at, float width, std::string_view words, float fraction, bool can_cancel);
float progress_height();

}  // namespace hub::ui
