#pragma once

#include "imgui.h"

#include <string_view>

namespace hub::ui {

/// A switch with its label after it, on or off at once; told as a switch.
/// @param width  of both; a label that is longer takes several lines.
/// @return       whether it was turned.
bool switch_control(const char* id, ImVec2 at, float width, std::string_view label, bool on);
float switch_control_height(float width, std::string_view label);

}  // namespace hub::ui
