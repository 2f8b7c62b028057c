#include "wasm/ui/widgets/check_mark.hpp"

#include <cmath>

#include "wasm/platform/mirror.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/widgets/icon.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui {

void draw_check_mark(ImDrawList* list, ImVec2 center, bool on, bool over) {
  const auto& c = theme::colors();
  const float half = check_mark_size / 2;
  const ImVec2 middle(std::round(center.x), std::round(center.y));
  const ImVec2 from(middle.x - half, middle.y - half);
  const ImVec2 to(middle.x + half, middle.y + half);
  // What is chosen is told by the mark, not by a colour: the accent is the prediction's alone.
  list->AddRectFilled(from, to, on ? c.text : c.surface, 6);
  if (!on) list->AddRect(from, to, over ? c.text : c.edge, 6, 1.5F);
  if (on) draw_icon(list, Icon::check, middle, 16, c.background);
}

float check_box_height() {
  return std::round(theme::control_height() * 0.9F);
}

bool check_box(const char* id, const ImRect& box, std::string_view label, bool on, std::string_view about) {
  const auto state = mirror::item(
      id, box,
      {.role = mirror::Role::checkbox, .name = label, .description = about, .checked = on ? mirror::State::yes : mirror::State::no});
  if (!state.visible) return state.pressed;
  const auto& c = theme::colors();
  const float middle = box.GetCenter().y;
  draw_check_mark(ImGui::GetWindowDrawList(), ImVec2(box.Min.x + check_mark_size / 2, middle), on, state.hovered);
  const float left = box.Min.x + check_mark_size + 12;
  const float top = middle - theme::line_of(theme::Type::body) / 2;
  const float wide = text::line(ImVec2(left, top), label, {.max_width = box.Max.x - left, .said = false});
  if (const float room = box.Max.x - left - wide - 12; !about.empty() && room > 40)
    text::line(ImVec2(left + wide + 12, middle - theme::line_of(theme::Type::small) / 2), about,
               {.type = theme::Type::small, .color = c.faint, .max_width = room, .said = false});
  if (state.focus_visible) theme::focus_ring(ImRect(ImVec2(box.Min.x, box.Min.y + 4), ImVec2(box.Max.x, box.Max.y - 4)), 6);
  return state.pressed;
}

bool radio_button(const char* id, const ImRect& box, std::string_view label, bool on) {
  const auto state =
      mirror::item(id, box, {.role = mirror::Role::radio, .name = label, .checked = on ? mirror::State::yes : mirror::State::no});
  if (!state.visible) return state.pressed;
  const auto& c = theme::colors();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 middle(std::round(box.Min.x + check_mark_size / 2), std::round(box.GetCenter().y));
  list->AddCircleFilled(middle, check_mark_size / 2, on ? c.text : c.surface);
  if (!on) list->AddCircle(middle, check_mark_size / 2, state.hovered ? c.text : c.edge, 0, 1.5F);
  if (on) list->AddCircleFilled(middle, 4, c.background);
  const float left = box.Min.x + check_mark_size + 12;
  text::line(ImVec2(left, box.GetCenter().y - theme::line_of(theme::Type::body) / 2), label,
             {.max_width = box.Max.x - left, .said = false});
  if (state.focus_visible) theme::focus_ring(ImRect(ImVec2(box.Min.x, box.Min.y + 4), ImVec2(box.Max.x, box.Max.y - 4)), 6);
  return state.pressed;
}

}  // namespace hub::ui
