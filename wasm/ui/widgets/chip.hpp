#pragma once

#include "imgui.h"
#include "imgui_internal.h"

#include <string_view>

namespace hub::ui {

struct ChipOptions {
  bool selected = false;
  bool toggle = true;  ///< tells its state as a toggle button; else it is a plain button
  ImU32 dot = 0;       ///< colour of a type's dot before the label, 0 for none
  std::string_view name = {};
  bool removes = false;  ///< what it says is so, and a press ends that: with a cross behind the label
};

ImVec2 chip_size(std::string_view label, const ChipOptions& options = {});
/// A filter that is on or off. @return whether it was pressed.
bool chip(const char* id, ImVec2 at, std::string_view label, const ChipOptions& options = {});
/// A word in a chip, only to be read (a genre). @return its width.
float tag(ImVec2 at, std::string_view label, ImU32 dot = 0);
ImVec2 tag_size(std::string_view label, ImU32 dot = 0);
/// The dot of a type; `at` is its middle.
void type_dot(ImVec2 at, ImU32 color, float radius = 4.0F);

}  // namespace hub::ui
