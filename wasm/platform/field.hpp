#pragma once

#include "imgui_internal.h"
#include "wasm/platform/mirror.hpp"

#include <string>
#include <string_view>

/// Text fields. The element that is typed into is the browser's own `<input>` or `<textarea>`, lying exactly over the box: input methods,
/// dead keys, clipboard, undo, spelling and the soft keyboard are the browser's. Its text is transparent and the canvas draws the value;
/// caret and selection are native. Frame, icon and focus ring are drawn by the caller around it.
namespace hub {

struct FieldOptions {
  mirror::Role role = mirror::Role::textbox;  ///< or searchbox
  std::string_view name = {};                 ///< accessible name; required
  std::string_view placeholder = {};
  std::string_view description = {};
  bool multiline = false;
  bool read_only = false;
  bool disabled = false;
  bool spellcheck = false;
  bool invalid = false;
  int max_length = 0;                ///< in UTF-16 units, as HTML counts; 0 for none
  std::string_view input_mode = {};  ///< "search", "numeric", "decimal", "url", …: picks the soft keyboard
  std::string_view enter_hint = {};  ///< "search", "done", "go": label of its Enter key
  ImVec2 padding =
      ImVec2(12, 0);  ///< from the box to the text: x left and right; y top and bottom when multiline (a single line is centred)
  float padding_left = -1, padding_right = -1;  ///< where they differ (icon, counter); -1: padding.x
  ImU32 text_color = 0;                         ///< 0: ImGuiCol_Text
  ImU32 placeholder_color = 0;                  ///< 0: ImGuiCol_TextDisabled
  float line_height = 0;                        ///< multiline; 0: the font's own
  input::Keys keys = input::no_keys;  ///< keys the view handles instead of the field: up_down for a list of results, escape, enter
  ImGuiID controls = 0;               ///< the list of results
  ImGuiID active = 0;                 ///< the result that arrows have reached
  mirror::State expanded = mirror::State::unset;
};

struct FieldState {
  ImGuiID id = 0;
  bool visible = false;
  bool hovered = false;
  bool focused = false;
  bool focus_visible = false;  ///< a text field shows its ring whenever it is focused
  bool changed = false;        ///< `value` was edited by the person since the last frame
  bool submitted = false;      ///< Enter in a single line
  bool composing = false;      ///< an input method is at work: `value` is not settled
};

/// Submits a field at `box`, draws its text or placeholder in the current font, and keeps `value` (UTF-8) equal to it both ways: what the
/// person types arrives here, what the program assigns arrives in the field.
FieldState field(const char* str_id, std::string& value, const ImRect& box, const FieldOptions& options);

/// Whether the focus is in a text field, so that a soft keyboard may be there.
bool field_focused();

}  // namespace hub
