#pragma once

#include "imgui.h"

#include <string_view>

namespace hub::ui {

/// A switch with its label after it, on or off at once; told as a switch.
/// @param width  of both; the label ends within it.
/// @return       whether it was turned.
bool switch_control(const char* id, ImVec2 at, float width, std::string_view label, bool on);
float switch_control_height();

}  // namespace hub::ui
