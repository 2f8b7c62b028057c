#pragma once

#include "imgui.h"

#include <string_view>

#include "wasm/ui/theme.hpp"

/// Text in the styles of the theme, drawn and said to the accessible mirror.
namespace hub::ui::text {

using theme::Type;
using theme::Weight;

enum class Align { left, center, right };

struct Style {
  Type type = Type::body;
  Weight weight = Weight::regular;
  ImU32 color = 0;            ///< 0: the theme's text
  Align align = Align::left;  ///< at right and center, the position given is the right end or the middle (lines), or the box's sides
                              ///< (paragraphs: left only)
  float max_width = 0;        ///< longer lines end with “…”; 0: no limit
  int max_lines = 0;          ///< paragraphs; 0: no limit
  bool said = true;           ///< false: said by the name of the widget around it, or decoration
};

ImVec2 measure(std::string_view text, const Style& style);  ///< one line: width and line height
float paragraph_height(std::string_view text, float width, const Style& style);

/// One line whose line box has its top (and left, middle or right) at `at`.
/// @return  the width drawn.
float line(ImVec2 at, std::string_view text, const Style& style);

/// Text broken over lines.
/// @return  its height.
float paragraph(ImVec2 at, float width, std::string_view text, const Style& style);

/// The largest step of the type scale, from the style's own downwards, in which no word is wider than `width`; the smallest where none is.
Type fitting(std::string_view text, float width, const Style& style);

/// A heading of the page, broken over lines if need be, and set smaller rather than broken within a word. Level 1 is the view's own title,
/// once a view.
/// @return  its height.
float heading(ImVec2 at, float width, std::string_view text, int level, const Style& style);

}  // namespace hub::ui::text
