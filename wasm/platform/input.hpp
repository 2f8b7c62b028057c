#pragma once

#include "imgui.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

/// Keys, pointers, drops and pastes, beyond what `ImGui::GetIO()` tells.
///
/// The pointer is in ImGui as usual (`ImGui::IsMouseClicked`, hover, drag); touch sets `io.MouseSource`. Keys are events here, each
/// with the widget that had the focus. The browser keeps every key that nobody claimed.
namespace hub::input {

/// Keys a widget claims while it has the focus, so that the browser does not act on them too (`mirror::Item::keys`).
enum Keys : std::uint32_t {
  no_keys = 0,
  up_down = 1U << 0,
  left_right = 1U << 1,
  home_end = 1U << 2,
  page_keys = 1U << 3,
  enter = 1U << 4,
  space = 1U << 5,
  escape = 1U << 6,
  digits = 1U << 7,
  delete_keys = 1U << 8,  ///< Delete and Backspace
  letters = 1U << 9,      ///< any other printable character
  list_keys = up_down | home_end | page_keys | enter,
};
constexpr Keys operator|(Keys a, Keys b) {
  return static_cast<Keys>(static_cast<std::uint32_t>(a) | static_cast<std::uint32_t>(b));
}

struct KeyEvent {
  ImGuiKey key = ImGuiKey_None;  ///< by meaning, not by place: ImGuiKey_A is the key that types “a” on this layout
  ImGuiKeyChord mods = 0;        ///< ImGuiMod_Ctrl (Command on Apple), ImGuiMod_Shift, ImGuiMod_Alt, ImGuiMod_Super
  std::string text;              ///< the character typed, UTF-8, empty for others
  ImGuiID focused = 0;           ///< widget with the focus, 0 for none
  bool in_text = false;          ///< the focus is in a text field, which edits by itself
  bool repeat = false;
};

/// Keys pressed since the last frame, in order. Valid during the frame.
std::span<const KeyEvent> key_events();

/// True in the frame in which `key` was pressed without modifiers: with the focus on `focused`, or anywhere outside text fields when
/// `focused` is 0 (Escape: also inside them).
bool pressed(ImGuiKey key, ImGuiID focused = 0);

/// Declares a shortcut and tells whether it was pressed; call it in each frame in which it should work. The browser's own action for it
/// is prevented. Ctrl means Command on Apple systems.
/// @param chord    `ImGuiMod_Ctrl | ImGuiKey_K`; a chord with neither Ctrl nor Alt never acts inside a text field.
/// @param in_text  whether it also works while a text field has the focus (Ctrl K yes, Ctrl Z no: the field has its own undo).
bool shortcut(ImGuiKeyChord chord, bool in_text = false);

/// True in the frame in which this character was typed outside text fields, whatever keys the layout needs for it: `typed("?")`.
bool typed(std::string_view character);

/// Text pasted while no text field had the focus, delivered once; empty otherwise. Bounded at 64 MiB.
const std::string* pasted_text();

/// True while files are dragged over the page, with the position in `ImGui::GetIO().MousePos`.
bool files_hover();

/// A context menu asked for (right button, long press, menu key), once: the widget it was asked on, 0 for none. The browser's own menu is
/// shown instead unless the widget has `Item::context_menu`.
ImGuiID context_menu();

/// Last pointer used: finger, pen or mouse.
ImGuiMouseSource pointer();

}  // namespace hub::input
