#include "wasm/ui/widgets/button.hpp"

#include <cmath>

#include "wasm/platform/frame.hpp"
#include "wasm/ui/widgets/text.hpp"
#include "wasm/ui/widgets/tooltip.hpp"

namespace hub::ui {

namespace {

text::Style label_style(const ButtonOptions& options) {
  return {.type = options.compact ? theme::Type::small : theme::Type::body, .weight = theme::Weight::semibold, .said = false};
}

struct Look {
  ImU32 ground, hover, ink, outline;
};

Look look_of(const ButtonOptions& options) {
  const auto& c = theme::colors();
  if (options.disabled)
    return {options.kind == ButtonKind::quiet ? 0 : c.raised, c.raised, theme::mixed(c.faint, c.raised, 0.25F), c.forced ? c.line : 0};
  switch (options.kind) {
    case ButtonKind::primary: return {c.accent, c.accent_hover, c.on_accent, 0};
    case ButtonKind::danger: return {c.danger, c.danger_hover, c.on_danger, 0};
    case ButtonKind::quiet: return {0, c.hover, c.muted, 0};
    case ButtonKind::secondary: break;
  }
  // In a light page a raised ground alone is faint: a hairline holds it.
  return {c.raised, c.hover, c.text, c.forced ? c.edge : c.dark ? 0 : c.line};
}

mirror::Interaction submit(const char* id, const ImRect& box, std::string_view label, const ButtonOptions& options) {
  return mirror::item(id, box,
                      {.role = mirror::Role::button,
                       .name = options.name.empty() ? label : options.name,
                       .description = options.description,
                       .expanded = options.expanded,
                       .pressed = options.pressed,
                       .disabled = options.disabled,
                       .controls = options.controls,
                       .file_types = options.file_types});
}

void draw_ground(const ImRect& box, const ButtonOptions& options, const mirror::Interaction& state) {
  const Look look = look_of(options);
  const float over = frame::ease(state.id, state.hovered && !options.disabled ? 1.0F : 0.0F, theme::quick);
  const float radius = options.compact ? 8.0F : theme::radius_control;
  const ImU32 from = look.ground != 0 ? look.ground : theme::faded(look.hover, 0);
  ImU32 ground = theme::mixed(from, look.hover, state.held ? 0.6F : over);
  if (options.pressed == mirror::State::yes) ground = theme::colors().hover;
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(box.Min, box.Max, ground, radius);
  if (look.outline != 0) list->AddRect(box.Min, box.Max, look.outline, radius, 1.0F);
  if (state.focus_visible) theme::focus_ring(box, radius);
  if (state.hovered && !options.disabled) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
}

}  // namespace

ImVec2 button_size(std::string_view label, const ButtonOptions& options) {
  const float pad = options.compact ? 12.0F : options.kind == ButtonKind::quiet ? 12.0F : 16.0F;
  float width = pad * 2 + text::measure(label, label_style(options)).x;
  if (options.icon != Icon::none) width += options.compact ? 22.0F : 26.0F;
  const float height = options.compact ? std::round(theme::control_height() * 0.8F) : theme::control_height();
  return {width, height};
}

bool button(const char* id, const ImRect& box, std::string_view label, const ButtonOptions& options) {
  const auto state = submit(id, box, label, options);
  if (!state.visible) return state.pressed;
  draw_ground(box, options, state);
  text::Style style = label_style(options);
  style.color = look_of(options).ink;
  const float icon_size = options.compact ? 16.0F : 18.0F;
  const float icon_room = options.icon != Icon::none ? icon_size + 8 : 0.0F;
  style.max_width = box.GetWidth() - icon_room - 12;
  // Smaller, rather than cut.
  for (const auto smaller : {theme::Type::small, theme::Type::tiny})
    if (text::measure(label, style).x > style.max_width) style.type = smaller;
  const float width = std::fmin(text::measure(label, style).x, style.max_width);
  const float left = box.Min.x + std::floor((box.GetWidth() - width - icon_room) / 2);
  const float middle = box.GetCenter().y;
  if (options.icon != Icon::none)
    draw_icon(ImGui::GetWindowDrawList(), options.icon, ImVec2(left + icon_size / 2, middle), icon_size, style.color);
  text::line(ImVec2(left + icon_room, middle - theme::line_of(style.type) / 2), label, style);
  return state.pressed;
}

bool button(const char* id, ImVec2 at, std::string_view label, const ButtonOptions& options) {
  const ImVec2 size = button_size(label, options);
  return button(id, ImRect(at, ImVec2(at.x + size.x, at.y + size.y)), label, options);
}

bool icon_button(const char* id, const ImRect& box, Icon icon, std::string_view name, const ButtonOptions& options) {
  ButtonOptions quiet = options;
  quiet.name = name;
  const auto state = submit(id, box, name, quiet);
  if (!state.visible) return state.pressed;
  draw_ground(box, quiet, state);
  draw_icon(ImGui::GetWindowDrawList(), icon, box.GetCenter(), std::fmin(20.0F, box.GetHeight() * 0.55F), look_of(quiet).ink);
  if (state.hovered || state.focus_visible) tooltip(box, name);
  return state.pressed;
}

}  // namespace hub::ui
