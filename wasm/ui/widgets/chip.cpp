#include "wasm/ui/widgets/chip.hpp"

#include <cmath>

#include "wasm/platform/display.hpp"
#include "wasm/platform/frame.hpp"
#include "wasm/platform/mirror.hpp"
#include "wasm/ui/widgets/icon.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui {

namespace {
text::Style chip_style(bool selected) {
  return {.type = theme::Type::small, .weight = selected ? theme::Weight::semibold : theme::Weight::regular, .said = false};
}
}  // namespace

ImVec2 chip_size(std::string_view label, const ChipOptions& options) {
  // Measured in the heavier weight, so that nothing moves when it is chosen.
  const float width = text::measure(label, chip_style(true)).x + 24 + (options.dot != 0 ? 16.0F : 0.0F) + (options.removes ? 20.0F : 0.0F);
  return {width, std::fmax(theme::line_of(theme::Type::small) + 12, display::coarse_pointer() ? 36.0F : 30.0F)};
}

bool chip(const char* id, ImVec2 at, std::string_view label, const ChipOptions& options) {
  const ImVec2 size = chip_size(label, options);
  const ImRect box(at, ImVec2(at.x + size.x, at.y + size.y));
  const auto state = mirror::item(id, box,
                                  {.role = mirror::Role::button,
                                   .name = options.name.empty() ? label : options.name,
                                   .pressed = !options.toggle    ? mirror::State::unset
                                              : options.selected ? mirror::State::yes
                                                                 : mirror::State::no});
  if (!state.visible) return state.pressed;
  const auto& c = theme::colors();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float over = frame::ease(state.id, state.hovered ? 1.0F : 0.0F, theme::quick);
  const float radius = size.y / 2;
  list->AddRectFilled(box.Min, box.Max, options.selected ? c.text : theme::mixed(c.raised, c.hover, over), radius);
  if (!options.selected && (c.forced || !c.dark)) list->AddRect(box.Min, box.Max, c.line, radius, 1.0F);
  text::Style style = chip_style(options.selected);
  style.color = options.selected ? c.background : c.muted;
  const float middle = box.GetCenter().y;
  float left = at.x + 12;
  if (options.dot != 0) {
    type_dot(ImVec2(left + 4, middle), options.selected ? c.background : options.dot);
    left += 16;
  }
  const float right = box.Max.x - 12 - (options.removes ? 20.0F : 0.0F);
  if (options.removes) draw_icon(list, Icon::close, ImVec2(box.Max.x - 17, middle), 14, style.color);
  const float slack = (right - left) - text::measure(label, style).x;
  text::line(ImVec2(left + slack / 2, middle - theme::line_of(style.type) / 2), label, style);
  if (state.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (state.focus_visible) theme::focus_ring(box, radius);
  return state.pressed;
}

ImVec2 tag_size(std::string_view label, ImU32 dot) {
  return {text::measure(label, chip_style(false)).x + 20 + (dot != 0 ? 16.0F : 0.0F), theme::line_of(theme::Type::small) + 10};
}

float tag(ImVec2 at, std::string_view label, ImU32 dot) {
  const ImVec2 size = tag_size(label, dot);
  const ImRect box(at, ImVec2(at.x + size.x, at.y + size.y));
  const auto& c = theme::colors();
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(box.Min, box.Max, c.raised, size.y / 2);
  if (c.forced) list->AddRect(box.Min, box.Max, c.line, size.y / 2, 1.0F);
  float left = at.x + 10;
  if (dot != 0) {
    type_dot(ImVec2(left + 4, box.GetCenter().y), dot);
    left += 16;
  }
  text::line(ImVec2(left, at.y + 5), label, {.type = theme::Type::small, .color = c.muted});
  return size.x;
}

void type_dot(ImVec2 at, ImU32 color, float radius) {
  ImGui::GetWindowDrawList()->AddCircleFilled(at, radius, color);
}

}  // namespace hub::ui
