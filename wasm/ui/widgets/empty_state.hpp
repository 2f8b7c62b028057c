#pragma once

#include "imgui.h"
#include "imgui_internal.h"

#include <string_view>

#include "wasm/ui/widgets/icon.hpp"

namespace hub::ui {

struct EmptyState {
  Icon icon = Icon::info;
  std::string_view title;
  std::string_view words;
  std::string_view action = {};  ///< label of a button, empty for none
  std::string_view second = {};  ///< label of a second, quieter one
};

/// Says in the middle of `box` that there is nothing and what to do. @return 0 nothing, 1 the action, 2 the second was pressed.
int empty_state(const char* id, const ImRect& box, const EmptyState& what);

}  // namespace hub::ui
