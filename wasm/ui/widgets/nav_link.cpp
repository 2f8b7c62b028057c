#include "wasm/ui/widgets/nav_link.hpp"

#include <algorithm>
#include <cmath>

#include "wasm/platform/frame.hpp"
#include "wasm/platform/mirror.hpp"
#include "wasm/ui/widgets/text.hpp"
#include "wasm/ui/widgets/tooltip.hpp"

namespace hub::ui {

void nav_link(const char* id, const ImRect& box, Icon icon, std::string_view name, std::string_view href, bool current, NavForm form) {
  const auto state = mirror::item(id, box, {.role = mirror::Role::link, .name = name, .current = current, .href = href});
  if (!state.visible) return;
  const auto& c = theme::colors();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float over = frame::ease(state.id, state.hovered ? 1.0F : 0.0F, theme::quick);
  const ImU32 ink = current ? c.text : theme::mixed(c.muted, c.text, over);
  const auto weight = current ? theme::Weight::bold : theme::Weight::regular;
  if (form == NavForm::below) {
    draw_icon(list, icon, ImVec2(box.GetCenter().x, box.Min.y + 22), 22, ink);
    text::line(ImVec2(box.GetCenter().x, box.Min.y + 36), name,
               {.type = theme::Type::tiny, .weight = weight, .color = ink, .align = text::Align::center, .said = false});
    if (current && c.forced) list->AddRectFilled(ImVec2(box.Min.x + 24, box.Min.y), ImVec2(box.Max.x - 24, box.Min.y + 3), c.accent);
  } else {
    if (current) {
      list->AddRectFilled(box.Min, box.Max, c.raised, theme::radius_control);
      if (c.forced) list->AddRect(box.Min, box.Max, c.edge, theme::radius_control, 1.0F);
    } else if (over > 0) {
      list->AddRectFilled(box.Min, box.Max, theme::faded(c.raised, over * 0.6F), theme::radius_control);
    }
    const float middle = box.GetCenter().y;
    draw_icon(list, icon, ImVec2(form == NavForm::icon ? std::round(box.GetCenter().x) : box.Min.x + 22, middle), 20, ink);
    if (form == NavForm::row)
      text::line(ImVec2(box.Min.x + 44, middle - theme::line_of(theme::Type::body) / 2), name,
                 {.weight = weight, .color = ink, .said = false});
  }
  if (form == NavForm::icon && (state.hovered || state.focus_visible)) tooltip(box, name);
  if (state.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (state.focus_visible) {
    ImRect inner = box;
    inner.Expand(-4);  // the bar's edge would cut the ring
    theme::focus_ring(inner, theme::radius_control - 4);
  }
}

float text_link(const char* id, ImVec2 at, std::string_view label, std::string_view href, Icon icon, theme::Type type, float max_width) {
  text::Style style{.type = type, .weight = theme::Weight::semibold, .color = theme::colors().focus, .said = false};
  const float room = icon != Icon::none ? 24.0F : 0.0F;
  ImVec2 size = text::measure(label, style);
  if (max_width > 0) {
    style.max_width = max_width - room;
    size.x = std::min(size.x, style.max_width);
  }
  const ImRect box(at, ImVec2(at.x + size.x + room, at.y + size.y));
  const auto state = mirror::item(id, box, {.role = mirror::Role::link, .name = label, .href = href});
  if (!state.visible) return box.GetWidth();
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (icon != Icon::none) draw_icon(list, icon, ImVec2(at.x + 9, box.GetCenter().y), 18, style.color);
  text::line(ImVec2(at.x + room, at.y), label, style);
  // Underlined always: a link is not told by its colour alone.
  const float y = std::round(box.Max.y) - 2;
  list->AddLine(ImVec2(at.x + room, y), ImVec2(box.Max.x, y), theme::faded(style.color, state.hovered ? 1.0F : 0.5F), 1.0F);
  if (state.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (state.focus_visible) theme::focus_ring(box, 4);
  return box.GetWidth();
}

}  // namespace hub::ui
