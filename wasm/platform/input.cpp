#include "wasm/platform/input.hpp"

#include "imgui_internal.h"
#include "wasm/platform/frame.hpp"
#include "wasm/platform/host.hpp"
#include "wasm/platform/lifecycle.hpp"

#include <emscripten.h>

#include <algorithm>
#include <array>
#include <cfloat>
#include <optional>
#include <vector>

namespace hub::input {
namespace {

struct KeyName {
  std::string_view name;  ///< KeyboardEvent.key
  ImGuiKey key;
};

constexpr std::array<KeyName, 42> key_names = {{
    {"ArrowUp", ImGuiKey_UpArrow},
    {"ArrowDown", ImGuiKey_DownArrow},
    {"ArrowLeft", ImGuiKey_LeftArrow},
    {"ArrowRight", ImGuiKey_RightArrow},
    {"Home", ImGuiKey_Home},
    {"End", ImGuiKey_End},
    {"PageUp", ImGuiKey_PageUp},
    {"PageDown", ImGuiKey_PageDown},
    {"Enter", ImGuiKey_Enter},
    {"Escape", ImGuiKey_Escape},
    {"Tab", ImGuiKey_Tab},
    {"Backspace", ImGuiKey_Backspace},
    {"Delete", ImGuiKey_Delete},
    {"Insert", ImGuiKey_Insert},
    {" ", ImGuiKey_Space},
    {"ContextMenu", ImGuiKey_Menu},
    {"F1", ImGuiKey_F1},
    {"F2", ImGuiKey_F2},
    {"F3", ImGuiKey_F3},
    {"F4", ImGuiKey_F4},
    {"F5", ImGuiKey_F5},
    {"F6", ImGuiKey_F6},
    {"F7", ImGuiKey_F7},
    {"F8", ImGuiKey_F8},
    {"F9", ImGuiKey_F9},
    {"F10", ImGuiKey_F10},
    {"F11", ImGuiKey_F11},
    {"F12", ImGuiKey_F12},
    {"/", ImGuiKey_Slash},
    {",", ImGuiKey_Comma},
    {".", ImGuiKey_Period},
    {"-", ImGuiKey_Minus},
    {"=", ImGuiKey_Equal},
    {";", ImGuiKey_Semicolon},
    {"'", ImGuiKey_Apostrophe},
    {"[", ImGuiKey_LeftBracket},
    {"]", ImGuiKey_RightBracket},
    {"\\", ImGuiKey_Backslash},
    {"`", ImGuiKey_GraveAccent},
    {"Shift", ImGuiMod_Shift},
    {"Control", ImGuiMod_Ctrl},
    {"Alt", ImGuiMod_Alt},
}};

ImGuiKey key_of(std::string_view name) {
  if (name.size() == 1) {
    const char c = name[0];
    if (c >= 'a' && c <= 'z') return static_cast<ImGuiKey>(ImGuiKey_A + (c - 'a'));
    if (c >= 'A' && c <= 'Z') return static_cast<ImGuiKey>(ImGuiKey_A + (c - 'A'));
    if (c >= '0' && c <= '9') return static_cast<ImGuiKey>(ImGuiKey_0 + (c - '0'));
  }
  for (const KeyName& known : key_names)
    if (known.name == name) return known.key;
  return ImGuiKey_None;
}

std::string name_of(ImGuiKey key) {
  if (key >= ImGuiKey_A && key <= ImGuiKey_Z) return std::string(1, static_cast<char>('a' + (key - ImGuiKey_A)));
  if (key >= ImGuiKey_0 && key <= ImGuiKey_9) return std::string(1, static_cast<char>('0' + (key - ImGuiKey_0)));
  for (const KeyName& known : key_names)
    if (known.key == key) return std::string(known.name);
  return {};
}

struct Claim {
  ImGuiKeyChord chord;
  bool in_text;
};

std::vector<KeyEvent> arriving;
std::vector<KeyEvent> present;
std::vector<Claim> claims;
std::string claims_sent;
std::optional<std::string> paste_arriving;
std::optional<std::string> paste_present;
bool files_over = false;
ImGuiID menu_arriving = 0;
ImGuiID menu_present = 0;
ImGuiMouseSource pointer_now = ImGuiMouseSource_Mouse;

}  // namespace

std::span<const KeyEvent> key_events() {
  return present;
}

bool pressed(ImGuiKey key, ImGuiID focused) {
  return std::any_of(present.begin(), present.end(), [&](const KeyEvent& event) {
    if (event.key != key || event.mods != 0) return false;
    return focused != 0 ? event.focused == focused : !event.in_text || key == ImGuiKey_Escape;
  });
}

bool shortcut(ImGuiKeyChord chord, bool in_text) {
  claims.push_back({chord, in_text});
  const auto key = static_cast<ImGuiKey>(chord & ~ImGuiMod_Mask_);
  const ImGuiKeyChord mods = chord & ImGuiMod_Mask_;
  return std::any_of(present.begin(), present.end(),
                     [&](const KeyEvent& event) { return event.key == key && event.mods == mods && (in_text || !event.in_text); });
}

bool typed(std::string_view character) {
  return std::any_of(present.begin(), present.end(), [&](const KeyEvent& event) { return !event.in_text && event.text == character; });
}

const std::string* pasted_text() {
  return paste_present ? &*paste_present : nullptr;
}
bool files_hover() {
  return files_over;
}
ImGuiID context_menu() {
  return menu_present;
}
ImGuiMouseSource pointer() {
  return pointer_now;
}

void begin() {
  present = std::move(arriving);
  arriving.clear();
  paste_present = std::move(paste_arriving);
  paste_arriving.reset();
  menu_present = menu_arriving;
  menu_arriving = 0;
  claims.clear();
}

void end() {
  std::string list;
  for (const Claim& claim : claims) {
    if ((claim.chord & ImGuiMod_Ctrl) != 0) list += 'C';
    if ((claim.chord & ImGuiMod_Alt) != 0) list += 'A';
    if ((claim.chord & ImGuiMod_Shift) != 0) list += 'S';
    if (claim.in_text) list += 'T';
    list += '-';
    list += name_of(static_cast<ImGuiKey>(claim.chord & ~ImGuiMod_Mask_));
    list += '\n';
  }
  if (list == claims_sent) return;
  claims_sent = list;
  boundary::page_set_shortcuts(list.data(), list.size());
}

void on_paste(std::string text) {
  paste_arriving = std::move(text);
}
void on_files_hover(bool over) {
  files_over = over;
}
void on_context_menu(ImGuiID id) {
  menu_arriving = id;
}

}  // namespace hub::input

using namespace hub;

extern "C" {

/// kind: 0 moved, 1 pressed, 2 released, 3 left the page or taken over by the browser's scrolling. source: 0 mouse, 1 finger, 2 pen.
/// mods: of a press, as for hub_key.
EMSCRIPTEN_KEEPALIVE void hub_pointer(int kind, float x, float y, int button, int source, int mods) {
  ImGuiIO& io = ImGui::GetIO();
  const ImGuiMouseSource from = source == 1 ? ImGuiMouseSource_TouchScreen : source == 2 ? ImGuiMouseSource_Pen : ImGuiMouseSource_Mouse;
  input::pointer_now = from;
  io.AddMouseSourceEvent(from);
  if (kind == 3) {
    // Away first, so that letting go presses nothing.
    io.AddMousePosEvent(-FLT_MAX, -FLT_MAX);
    for (int held = 0; held < 3; ++held) io.AddMouseButtonEvent(held, false);
  } else {
    io.AddMousePosEvent(x, y);
    // The key alone was the browser's and did not come here; a press with it may be the page's.
    if (kind == 1) {
      io.AddKeyEvent(ImGuiMod_Ctrl, (mods & 1) != 0);
      io.AddKeyEvent(ImGuiMod_Shift, (mods & 2) != 0);
    }
    if (kind != 0 && button >= 0 && button < 5) io.AddMouseButtonEvent(button, kind == 1);
    if (kind == 2 && from == ImGuiMouseSource_TouchScreen) io.AddMousePosEvent(-FLT_MAX, -FLT_MAX);
  }
  frame::request(kind == 0 ? 1 : 3);
}

EMSCRIPTEN_KEEPALIVE void hub_wheel(float x, float y) {
  ImGui::GetIO().AddMouseWheelEvent(x, y);
  frame::request(3);
}

/// mods: 1 Ctrl (Command on Apple), 2 Shift, 4 Alt, 8 the other one of Ctrl and Command. flags: 1 repeated, 2 in a text field, 4 released.
EMSCRIPTEN_KEEPALIVE void hub_key(const char* name, std::size_t length, int mods, int flags, ImGuiID focused) {
  const std::string_view text(name, length);
  ImGuiIO& io = ImGui::GetIO();
  io.AddKeyEvent(ImGuiMod_Ctrl, (mods & 1) != 0);
  io.AddKeyEvent(ImGuiMod_Shift, (mods & 2) != 0);
  io.AddKeyEvent(ImGuiMod_Alt, (mods & 4) != 0);
  io.AddKeyEvent(ImGuiMod_Super, (mods & 8) != 0);
  frame::request(2);
  if ((flags & 4) != 0) return;
  input::KeyEvent event;
  event.key = input::key_of(text);
  event.mods = ((mods & 1) != 0 ? ImGuiMod_Ctrl : 0) | ((mods & 2) != 0 ? ImGuiMod_Shift : 0) | ((mods & 4) != 0 ? ImGuiMod_Alt : 0) |
               ((mods & 8) != 0 ? ImGuiMod_Super : 0);
  unsigned int first = 0;
  const int first_length = ImTextCharFromUtf8(&first, name, name + length);
  if (static_cast<std::size_t>(first_length) == length && first >= 0x20 && (mods & 9) == 0) event.text = text;
  event.focused = focused;
  event.in_text = (flags & 2) != 0;
  event.repeat = (flags & 1) != 0;
  if ((event.key & ImGuiMod_Mask_) != 0) return;
  if (event.key != ImGuiKey_None && !event.in_text) {
    io.AddKeyEvent(event.key, true);
    io.AddKeyEvent(event.key, false);
  }
  input::arriving.push_back(std::move(event));
}

/// The page was left for another window: nothing is held any more.
EMSCRIPTEN_KEEPALIVE void hub_window_focus(int has) {
  ImGui::GetIO().AddFocusEvent(has != 0);
  frame::request(2);
}
}
