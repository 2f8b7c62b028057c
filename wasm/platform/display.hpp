#pragma once

#include "imgui.h"

/// The surface and what the person prefers, as the browser tells it. All lengths are CSS pixels.
namespace hub::display {

enum class Scheme { light, dark };

struct Insets {
  float top = 0, right = 0, bottom = 0, left = 0;
};

/// Width and height of the page, in CSS pixels; equal to `ImGui::GetIO().DisplaySize`.
ImVec2 size();

/// Device pixels in one CSS pixel, above 0; changes with the monitor and with the browser's zoom.
float scale();

/// Space to keep free: rounded corners, notch, home indicator, and at the bottom the soft keyboard while it is shown.
Insets safe_area();

/// Height that the soft keyboard covers, 0 without one; part of `safe_area().bottom`.
float keyboard_height();

/// The person's text size relative to the browser's standard of 16 px, 0.5 to 4.
float text_scale();

/// True where the main pointer is a finger: targets of 44 px.
bool coarse_pointer();

Scheme scheme();        ///< What the system asks for; a theme chosen by the person may differ.
bool more_contrast();   ///< prefers-contrast: more
bool forced_colors();   ///< Windows' high contrast and the like
bool reduced_motion();  ///< prefers-reduced-motion
bool hidden();          ///< The page is in a background tab: nothing is drawn.

/// One of the system's colours, as 0xAABBGGRR (`ImU32`), for forced colours: "Canvas", "CanvasText", "LinkText", "ButtonFace",
/// "ButtonText", "Highlight", "HighlightText", "GrayText". Other names give opaque black.
ImU32 system_color(const char* css_name);

/// What the page draws natively above and around the canvas. Call when the theme changes; equal values cost nothing.
struct PageColors {
  ImU32 background;  ///< the page behind the canvas, and `theme-color`
  ImU32 caret;       ///< text caret
  ImU32 selection;   ///< selected text, usually translucent
  ImU32 scrollbar;   ///< thumb of the scrollbars; the track is transparent
  ImU32 text;        ///< text of a field while the browser draws it itself (input methods, scripts that need shaping)
  Scheme scheme;     ///< for the browser's own parts; also picks the gamma of the glyphs
};
void set_page_colors(const PageColors& colors);

}  // namespace hub::display
