/// The user-interface module: sets up Dear ImGui on the canvas and draws a frame whenever the page asks for one.

#include "imgui.h"
#include "imgui_internal.h"
#include "wasm/platform/app.hpp"
#include "wasm/platform/display.hpp"
#include "wasm/platform/frame.hpp"
#include "wasm/platform/host.hpp"
#include "wasm/platform/lifecycle.hpp"
#include "wasm/platform/renderer.hpp"

#include <emscripten.h>

#include <algorithm>

namespace hub {
namespace {

bool started = false;
bool shown = false;
int cursor_shown = ImGuiMouseCursor_Arrow;

void set_clipboard(ImGuiContext*, const char* text) {
  host::copy_text(text);
}
const char* get_clipboard(ImGuiContext*) {
  return "";
}

void create_imgui() {
  IMGUI_CHECKVERSION();
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.BackendFlags |= ImGuiBackendFlags_HasMouseCursors;
  io.BackendPlatformName = "browser";
  io.ConfigMacOSXBehaviors = false;
  io.MouseDrawCursor = false;
  // Nothing may blink: an idle page draws no frame.
  io.ConfigInputTextCursorBlink = false;
  ImGui::GetPlatformIO().Platform_SetClipboardTextFn = set_clipboard;
  ImGui::GetPlatformIO().Platform_GetClipboardTextFn = get_clipboard;
  ImGui::GetCurrentContext()->TestEngineHookItems = true;
}

}  // namespace
}  // namespace hub

using namespace hub;

extern "C" {

/// Draws a frame. `seconds`: since the page was opened. Returns the milliseconds until the next one is wanted: 0 at the next refresh,
/// negative when none is.
EMSCRIPTEN_KEEPALIVE double hub_frame(double seconds) {
  frame::begin(seconds);
  display::refresh();
  const ImVec2 size = display::size();
  if (size.x <= 0 || size.y <= 0) return -1;
  ImGuiIO& io = ImGui::GetIO();
  io.DeltaTime = std::max(frame::delta(), 0.0001F);
  fonts::collect();
  ImGui::NewFrame();
  input::begin();
  mirror::begin();
  ui::frame();
  mirror::end();
  input::end();
  const int cursor = ImGui::GetMouseCursor();
  ImGui::Render();
  renderer::draw(*ImGui::GetDrawData(), ImGui::GetStyle().Colors[ImGuiCol_WindowBg]);
  if (cursor != cursor_shown) {
    cursor_shown = cursor;
    boundary::page_set_cursor(cursor);
  }
  if (!shown) {
    shown = true;
    boundary::page_ready();
  }
  return frame::next();
}

/// Something happened to the page; see boundary::Event.
EMSCRIPTEN_KEEPALIVE void hub_event(int event, const char* text, std::size_t length, double number) {
  const auto what = static_cast<boundary::Event>(event);
  if (what == boundary::Event::context_lost) renderer::lose();
  if (what == boundary::Event::context_restored) renderer::restore();
  host::on_event(what, std::string_view(text, length), number);
}

/// Starts the application, once the page can be asked things. Returns 0 if the canvas could not be set up.
EMSCRIPTEN_KEEPALIVE int hub_start(void) {
  if (!started) return 0;
  display::refresh();
  ui::start();
  frame::request(3);
  return 1;
}

/// Frames drawn since the start, and elements mirrored in the last one.
EMSCRIPTEN_KEEPALIVE double hub_frames(void) {
  return static_cast<double>(frame::count());
}
EMSCRIPTEN_KEEPALIVE int hub_mirror_size(void) {
  return mirror::size();
}
}

int main() {
  create_imgui();
  fonts::create();
  started = renderer::create();
  return 0;
}
