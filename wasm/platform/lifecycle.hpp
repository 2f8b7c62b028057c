#pragma once

#include "imgui_internal.h"
#include "wasm/platform/boundary.hpp"
#include "wasm/platform/mirror.hpp"

#include <string>
#include <string_view>

/// How the parts of the platform are called by one another and by main.cpp; not for views.
namespace hub {

namespace frame {
void begin(double seconds);
/// Milliseconds until the next frame: 0 at the next refresh, negative when none is wanted.
double next();
}  // namespace frame

namespace display {
/// Reads the page's surface and preferences; called before a frame after they changed.
void refresh();
void mark_changed();
}  // namespace display

namespace fonts {
void create();
/// Glyphs are made anew: after a change of theme, or when the system's fonts changed.
void discard();
/// Frees runs that have not been drawn for a while.
void collect();
/// Whether text must be shaped by the browser as a whole.
bool needs_shaping(std::string_view text);
}  // namespace fonts

namespace input {
void begin();
/// Events of this frame are over; tells the page which chords are claimed.
void end();
void on_paste(std::string text);
void on_files_hover(bool over);
void on_context_menu(ImGuiID id);
}  // namespace input

namespace mirror {

void begin();
/// Compares with the frame before and hands the differences to the page.
void end();
void on_action(boundary::Action action, ImGuiID id, double x, double number, std::string_view text);

/// Opens and closes a container, as Scope does. `scroll` gives position and size of its content.
int open(const Item& hints, ImGuiID key);
void close(int node);
void set_box(int node, const ImRect& box);
void set_scroll(int node, ImVec2 position, ImVec2 content, bool horizontal);
void set_hints(int node, const Item& hints);
void set_interactive(int node, bool interactive);  ///< reachable by Tab
ImGuiID key_of(int node);
/// Makes the item with this id submitted last a field; `json` holds further members of its node (",…", without braces).
void set_field(ImGuiID id, bool multiline, const std::string& json);
/// Moves the scroll position of the container in the page: down, or sideways where it is one that is pushed sideways.
void request_scroll(ImGuiID id, float to, bool smooth);
bool wants_frame();
void append_string(std::string& to, std::string_view text);
void append_number(std::string& to, double number);

}  // namespace mirror

namespace fields {
void on_action(boundary::Action action, ImGuiID id, double number, std::string_view text);
}
namespace scrolling {
void on_scroll(ImGuiID id, double left, double top);
}

namespace host {
/// Text that the page has just handed over (`page_text`, `page_bulk_text`).
std::string take_text();
void on_event(boundary::Event event, std::string_view text, double number);
}  // namespace host

}  // namespace hub
