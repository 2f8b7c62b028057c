#pragma once

#include "imgui.h"
#include "imgui_internal.h"

#include "core/library/media_type.hpp"
#include "wasm/ui/tokens.hpp"

/// The look in one place: colours of the theme in use, type scale, spacing, radii, motion. All lengths are CSS pixels.
namespace hub::ui::theme {

/// What the person chose; the first follows the system.
enum class Choice { system, light, dark };

/// Reads the person's choice and the system's wishes (scheme, contrast, forced colours) and tells page and ImGui. Once a frame, before
/// anything is drawn.
void update();
Choice choice();
void choose(Choice choice);  ///< kept on this device
/// Whether the person chose stronger contrast here; what the system asks for holds in any case.
bool contrast();
void choose_contrast(bool more);  ///< kept on this device

struct Palette {
  ImU32 background, surface, raised, hover, line, edge, text, muted, faint, accent, accent_hover, on_accent, danger, danger_hover,
      on_danger, up, down, focus;
  ImU32 types[media_type_count];
  bool dark = true;
  bool forced = false;  ///< the system's own colours: draw outlines where a ground would tell
};
const Palette& colors();
ImU32 color_of(MediaType type);  ///< for a dot, never for a ground
/// `color` with its opacity multiplied by `alpha`, 0 … 1.
ImU32 faded(ImU32 color, float alpha);
/// Between two colours: `t` 0 is `a`, 1 is `b`.
ImU32 mixed(ImU32 a, ImU32 b, float t);

/// The type scale. Sizes follow the person's own text size.
enum class Type { hero, title, heading, subheading, body, small, tiny };  // 56/56, 34/40, 22/28, 17/24, 15/22, 13/18, 12/16
enum class Weight { regular, semibold, bold };
float size_of(Type type);  ///< of the em, whole pixels
float line_of(Type type);  ///< distance of lines
/// A width or height that holds text, for text of the usual size: larger where the person's text is larger, up to twice; never smaller.
float grown(float length);
ImFont* font_of(Weight weight);

inline constexpr float space = 4.0F;  ///< all distances are multiples of it
inline constexpr float radius_cover = 6.0F;
inline constexpr float radius_control = 10.0F;
inline constexpr float radius_card = 14.0F;
inline constexpr float quick = 0.12F;  ///< seconds: hover, press
inline constexpr float calm = 0.22F;   ///< seconds: what moves or appears

/// Padding inside a card and at the page's sides.
float card_padding(bool narrow);
/// Height of buttons and fields: 40, or 44 where the pointer is a finger; more with larger text.
float control_height();

/// 2 px ring around `box`, 2 px away from it. Draw it when `focus_visible`.
void focus_ring(const ImRect& box, float radius);

}  // namespace hub::ui::theme
