#include "wasm/ui/widgets/table_header.hpp"

#include "wasm/platform/mirror.hpp"
#include "wasm/ui/widgets/icon.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui {

bool table_header(const char* id, const ImRect& box, std::string_view label, bool sortable, Sorting sorting, bool right_aligned) {
  const auto& c = theme::colors();
  ImGui::PushID(id);
  text::Style style{
      .type = theme::Type::small, .weight = theme::Weight::semibold, .color = sorting != Sorting::none ? c.text : c.muted, .said = false};
  bool pressed = false;
  bool ring = false;
  {
    mirror::Scope header({.role = mirror::Role::columnheader,
                          .name = label,
                          .sort = sorting == Sorting::descending ? mirror::State::no : mirror::State::yes,
                          .sorted = sorting != Sorting::none});
    header.box(box);
    if (sortable) {
      const auto state = mirror::item("sort", box, {.role = mirror::Role::button, .name = label});
      pressed = state.pressed;
      ring = state.focus_visible;
      if (state.hovered) {
        style.color = c.text;
        ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
      }
    }
  }
  const float top = box.GetCenter().y - theme::line_of(style.type) / 2;
  const float arrow = sorting != Sorting::none ? 18.0F : 0.0F;
  float end = 0;
  if (right_aligned) {
    style.align = text::Align::right;
    text::line(ImVec2(box.Max.x - arrow, top), label, style);
    end = box.Max.x - arrow;
  } else {
    style.max_width = box.GetWidth() - arrow;
    end = box.Min.x + text::line(ImVec2(box.Min.x, top), label, style);
  }
  if (sorting != Sorting::none) {
    draw_icon(ImGui::GetWindowDrawList(), sorting == Sorting::ascending ? Icon::sort_up : Icon::sort_down,
              ImVec2(end + 10, box.GetCenter().y), 14, style.color);
  }
  if (ring) theme::focus_ring(ImRect(ImVec2(box.Min.x, box.Min.y + 4), ImVec2(box.Max.x, box.Max.y - 4)), 4);
  ImGui::PopID();
  return pressed;
}

}  // namespace hub::ui
