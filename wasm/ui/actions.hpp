#pragma once

#include "imgui.h"

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "wasm/ui/widgets/icon.hpp"

/// Everything a person can do on this page, declared once. The command palette offers what is possible now, the list under “?” shows what
/// has keys, and the keys themselves are read from here: what is not in the list has no shortcut, and what is in it can be found.
namespace hub::ui {

enum class ActionGroup { title, places, search, history, files, library, accuracy, look, help };
std::string_view heading_of(ActionGroup group);

struct Action {
  ActionGroup group = ActionGroup::places;
  Icon icon = Icon::none;
  std::string name;                          ///< “Rate this title 4.5”; unique
  std::string_view other_words = {};         ///< by which it is found too
  ImGuiKeyChord chord = 0;                   ///< with Ctrl, which is Command on Apple systems
  bool in_text = false;                      ///< the chord also works while something is typed
  bool lent = false;                         ///< the chord is the browser's own wherever this is not possible
  std::string_view typed = {};               ///< or one or two characters, one after the other, outside of text fields: "?", "gl"
  bool (*possible)(int argument) = nullptr;  ///< null: always
  void (*run)(int argument) = nullptr;
  int argument = 0;                     ///< which type, which number of half stars
  std::function<void()> act = nullptr;  ///< in place of `run`, for what is there in passing (passing_actions.hpp)
};

/// All of them, in the order of their groups.
std::span<const Action> actions();
bool possible(const Action& action);
void run(const Action& action);

/// What is written on the keys of an action's shortcut, in the order they are pressed: “Ctrl”, “K”. Empty without one.
std::vector<std::string> keys_of(const Action& action);
/// The same in words: “Ctrl + K”, “G then L”.
std::string key_words_of(const Action& action);

/// Runs the actions whose keys were pressed in this frame. Nothing happens while a dialog is open.
void run_shortcuts();

/// Whether characters alone are shortcuts. They can be switched off, as speech input types letters that are not meant as such
/// (WCAG 2.2, 2.1.4). Kept on this device.
bool typed_shortcuts();
void set_typed_shortcuts(bool on);

}  // namespace hub::ui
