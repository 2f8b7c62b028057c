#pragma once

#include "imgui.h"

#include <string_view>

/// The system's user-interface font, drawn glyph by glyph by the browser's own text: every script the system has a font for,
/// and colour emoji; nothing is shipped or downloaded.
///
/// Any size is available: `ImGui::PushFont(fonts::bold(), 22.0F)`. Sizes are CSS pixels of the em, as in CSS `font-size`, whole numbers; a
/// line of text is as high as its size and its baseline lies where CSS puts it with `line-height: 1`. To set 15 px text in a line of 22 px,
/// start it (22 - 15) / 2 below the line's top. Digits all advance alike (tabular figures). There is no kerning, so a run's width is the
/// sum of its advances. Right-to-left and other scripts that need shaping are drawn as whole runs by `draw_text`; ImGui's own text
/// functions draw them unshaped.
namespace hub::fonts {

ImFont* regular();   ///< weight 400; ImGui's default font, at 15 px
ImFont* semibold();  ///< weight 600
ImFont* bold();      ///< weight 700

/// PushFont for a block: `fonts::With font(fonts::bold(), 22.0F);`
class With {
 public:
  With(ImFont* font, float size) { ImGui::PushFont(font, size); }
  ~With() { ImGui::PopFont(); }
  With(const With&) = delete;
  With& operator=(const With&) = delete;
};

/// Width and line height of a single line in the current font, in CSS pixels. Shaped runs are measured by the browser.
ImVec2 measure(std::string_view text);

/// Draws a single line in the current font with its top at `position`, in `color`. Text that needs shaping
/// (Arabic, Hebrew, Indic scripts, joined emoji) is drawn by the browser as one picture and kept while it is used.
/// @param max_width  more is cut and ended with “…”; 0 or less: no limit.
/// @return           the width drawn.
float draw_text(ImDrawList* list, ImVec2 position, ImU32 color, std::string_view text, float max_width = 0.0F);

/// Draws text over several lines broken at spaces (and between ideographs), at most `max_lines` (0: no limit; the last one ends with “…”).
/// @param line_height  distance of the lines' tops in CSS pixels; 0: the font's own.
/// @param list         nullptr only measures.
/// @return             width of the widest line and height of all lines.
ImVec2 draw_paragraph(ImDrawList* list, ImVec2 position, ImU32 color, std::string_view text, float width, float line_height = 0.0F,
                      int max_lines = 0);

/// Whether draw_paragraph would have to break a word in two, as it is wider than `width`.
bool cuts_word(std::string_view text, float width);

}  // namespace hub::fonts
