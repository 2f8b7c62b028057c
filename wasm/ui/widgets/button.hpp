#pragma once

#include "imgui.h"
#include "imgui_internal.h"

#include <string_view>

#include "wasm/platform/mirror.hpp"
#include "wasm/ui/widgets/icon.hpp"

namespace hub::ui {

enum class ButtonKind { primary, secondary, quiet, danger };

struct ButtonOptions {
  ButtonKind kind = ButtonKind::secondary;
  Icon icon = Icon::none;      ///< before the label
  std::string_view name = {};  ///< accessible name where it is not the label
  std::string_view description = {};
  bool disabled = false;
  bool compact = false;                          ///< 32 high, 13 px text
  std::string_view file_types = {};              ///< opens the file picker: files arrive in the application, the button is never pressed
  mirror::State pressed = mirror::State::unset;  ///< toggle button
  mirror::State expanded = mirror::State::unset;
  ImGuiID controls = 0;
};

/// Size it needs by itself.
ImVec2 button_size(std::string_view label, const ButtonOptions& options = {});
/// @return  whether it was pressed, by whatever means.
bool button(const char* id, const ImRect& box, std::string_view label, const ButtonOptions& options = {});
/// Of its own size at `at`.
bool button(const char* id, ImVec2 at, std::string_view label, const ButtonOptions& options = {});
/// A square with an icon alone; `name` is said and shown as tooltip.
bool icon_button(const char* id, const ImRect& box, Icon icon, std::string_view name, const ButtonOptions& options = {});

}  // namespace hub::ui
