#pragma once

#include "imgui.h"

#include <string>
#include <string_view>
#include <vector>

namespace hub::ui {

/// Keys as they look on a keyboard, in the order they are pressed. Decoration: what they are is said in words.
/// @param at  left end, on the middle line.
void key_caps(ImVec2 at, const std::vector<std::string>& keys);
float key_caps_width(const std::vector<std::string>& keys);

/// The same in words: “Ctrl + K”, “G then L”, “Delete or Backspace”.
/// @param between  “ + ” for keys pressed together, “ then ” for one after the other, “ or ” for a choice.
std::string key_words(const std::vector<std::string>& keys, std::string_view between);

/// Keys that work while a widget has the focus; each widget tells its own, for the list of all shortcuts.
struct WidgetKeys {
  std::string_view what;
  std::vector<std::string> keys;  ///< any of them
};

}  // namespace hub::ui
