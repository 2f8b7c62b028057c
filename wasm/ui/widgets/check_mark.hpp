#pragma once

#include "imgui.h"
#include "imgui_internal.h"

#include <string_view>

namespace hub::ui {

inline constexpr float check_mark_size = 20;

/// The box of a checkbox, only drawn: its item and its name are the widget's around it.
/// @param over  the pointer is on it.
void draw_check_mark(ImDrawList* list, ImVec2 center, bool on, bool over);

/// A checkbox with its label, and behind it in a fainter colour what is to be said of it.
/// @return  whether it was pressed; the caller turns it.
bool check_box(const char* id, const ImRect& box, std::string_view label, bool on, std::string_view about = {});
float check_box_height();

/// One of several, in a Scope of role radiogroup. @return whether it was pressed.
bool radio_button(const char* id, const ImRect& box, std::string_view label, bool on);

}  // namespace hub::ui
