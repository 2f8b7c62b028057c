#include "wasm/ui/theme.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

#include "wasm/platform/display.hpp"
#include "wasm/platform/fonts.hpp"
#include "wasm/platform/frame.hpp"
#include "wasm/platform/host.hpp"

namespace hub::ui::theme {

namespace {

/// The page's own first paint reads them too (web/first-paint.js).
constexpr const char* setting_key = "theme";
constexpr const char* setting_contrast = "contrast";

struct State {
  Palette palette;
  Choice choice = Choice::system;
  bool contrast = false;
  bool read = false;
};

State& state() {
  static State instance;
  return instance;
}

ImU32 packed(tokens::Rgb color) {
  return IM_COL32((color >> 16) & 0xFFU, (color >> 8) & 0xFFU, color & 0xFFU, 0xFFU);
}

Palette palette_from(const tokens::Colors& from, bool dark) {
  Palette to{};
  to.background = packed(from.background);
  to.surface = packed(from.surface);
  to.raised = packed(from.raised);
  to.hover = packed(from.hover);
  to.line = packed(from.line);
  to.edge = packed(from.edge);
  to.text = packed(from.text);
  to.muted = packed(from.muted);
  to.faint = packed(from.faint);
  to.accent = packed(from.accent);
  to.accent_hover = packed(from.accent_hover);
  to.on_accent = packed(from.on_accent);
  to.danger = packed(from.danger);
  to.danger_hover = packed(from.danger_hover);
  to.on_danger = packed(from.on_danger);
  to.up = packed(from.up);
  to.down = packed(from.down);
  to.focus = packed(from.focus);
  for (std::size_t i = 0; i < media_type_count; ++i) to.types[i] = packed(from.types[i]);
  to.dark = dark;
  return to;
}

/// Every colour is one of the system's own: what tells things apart are words, outlines and shapes.
Palette forced_palette(bool dark) {
  const ImU32 canvas = display::system_color("Canvas");
  const ImU32 text = display::system_color("CanvasText");
  Palette to = palette_from(dark ? tokens::dark_contrast : tokens::light_contrast, dark);
  to.background = to.surface = to.raised = canvas;
  to.hover = canvas;
  to.line = to.edge = to.text = to.muted = to.faint = to.up = to.down = text;
  to.accent = to.accent_hover = to.danger = to.danger_hover = display::system_color("Highlight");
  to.on_accent = to.on_danger = display::system_color("HighlightText");
  to.focus = display::system_color("Highlight");
  for (ImU32& type : to.types) type = text;
  to.forced = true;
  return to;
}

void tell_imgui(const Palette& p) {
  ImGuiStyle& style = ImGui::GetStyle();
  const auto set = [&style](ImGuiCol which, ImU32 color) { style.Colors[which] = ImGui::ColorConvertU32ToFloat4(color); };
  set(ImGuiCol_WindowBg, p.background);
  set(ImGuiCol_ChildBg, 0);
  set(ImGuiCol_PopupBg, p.surface);
  set(ImGuiCol_Text, p.text);
  set(ImGuiCol_TextDisabled, p.faint);
  set(ImGuiCol_Border, p.line);
  set(ImGuiCol_FrameBg, p.surface);
  set(ImGuiCol_Button, p.raised);
  set(ImGuiCol_ButtonHovered, p.hover);
  set(ImGuiCol_ButtonActive, p.hover);
  style.WindowPadding = ImVec2(0, 0);
  style.ItemSpacing = ImVec2(0, 0);
  style.WindowBorderSize = 0;
  style.ChildBorderSize = 0;
  style.WindowRounding = 0;
  style.FrameRounding = radius_control;
}

}  // namespace

void update() {
  State& s = state();
  if (!s.read) {
    const std::string kept = host::setting(setting_key);
    s.choice = kept == "light" ? Choice::light : kept == "dark" ? Choice::dark : Choice::system;
    s.contrast = host::setting(setting_contrast) == "more";
    s.read = true;
  }
  const bool dark = s.choice == Choice::system ? display::scheme() == display::Scheme::dark : s.choice == Choice::dark;
  if (display::forced_colors()) {
    s.palette = forced_palette(dark);
  } else if (s.contrast || display::more_contrast()) {
    s.palette = palette_from(dark ? tokens::dark_contrast : tokens::light_contrast, dark);
  } else {
    s.palette = palette_from(dark ? tokens::dark : tokens::light, dark);
  }
  tell_imgui(s.palette);
  display::set_page_colors({.background = s.palette.background,
                            .caret = s.palette.text,
                            .selection = faded(s.palette.focus, 0.35F),
                            .scrollbar = s.palette.edge,
                            .text = s.palette.text,
                            .scheme = dark ? display::Scheme::dark : display::Scheme::light});
}

Choice choice() {
  return state().choice;
}

void choose(Choice wanted) {
  state().choice = wanted;
  host::set_setting(setting_key, wanted == Choice::light ? "light" : wanted == Choice::dark ? "dark" : "");
  frame::request();
}

bool contrast() {
  return state().contrast;
}

void choose_contrast(bool more) {
  state().contrast = more;
  host::set_setting(setting_contrast, more ? "more" : "");
  frame::request();
}

const Palette& colors() {
  return state().palette;
}

ImU32 color_of(MediaType type) {
  return state().palette.types[index_of(type)];
}

ImU32 faded(ImU32 color, float alpha) {
  const auto opacity = static_cast<float>((color >> IM_COL32_A_SHIFT) & 0xFFU);
  const auto scaled = static_cast<ImU32>(std::lround(opacity * std::clamp(alpha, 0.0F, 1.0F)));
  return (color & ~IM_COL32_A_MASK) | (scaled << IM_COL32_A_SHIFT);
}

ImU32 mixed(ImU32 a, ImU32 b, float t) {
  const float part = std::clamp(t, 0.0F, 1.0F);
  ImU32 result = 0;
  for (unsigned shift = 0; shift < 32; shift += 8) {
    const auto from = static_cast<float>((a >> shift) & 0xFFU);
    const auto to = static_cast<float>((b >> shift) & 0xFFU);
    result |= static_cast<ImU32>(std::lround(from + (to - from) * part)) << shift;
  }
  return result;
}

namespace {
struct Step {
  float size, line;
};
constexpr Step steps[] = {{56, 56}, {34, 40}, {22, 28}, {17, 24}, {15, 22}, {13, 18}, {12, 16}};

/// Large text need not grow as much as small text to be read.
float scaled(Type type, float length) {
  const float wanted = std::clamp(display::text_scale(), 0.8F, 2.0F);
  const float scale = type == Type::hero || type == Type::title ? std::min(wanted, 1.3F) : wanted;
  return std::round(length * scale);
}
}  // namespace

float size_of(Type type) {
  return scaled(type, steps[static_cast<std::size_t>(type)].size);
}
float line_of(Type type) {
  return scaled(type, steps[static_cast<std::size_t>(type)].line);
}
float grown(float length) {
  return std::round(length * std::clamp(display::text_scale(), 1.0F, 2.0F));
}

ImFont* font_of(Weight weight) {
  return weight == Weight::bold ? fonts::bold() : weight == Weight::semibold ? fonts::semibold() : fonts::regular();
}

float card_padding(bool narrow) {
  return narrow ? 16.0F : 24.0F;
}

float control_height() {
  return std::max(display::coarse_pointer() ? 44.0F : 40.0F, line_of(Type::body) + 16.0F);
}

void focus_ring(const ImRect& box, float radius) {
  // Outside of the widget's own clip: a ring around the outermost control would lose a side.
  ImDrawList* list = ImGui::GetWindowDrawList();
  ImRect ring = box;
  ring.Expand(3.0F);
  list->AddRect(ring.Min, ring.Max, colors().focus, radius + 3.0F, 2.0F);
}

}  // namespace hub::ui::theme
