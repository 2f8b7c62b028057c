#include "wasm/ui/widgets/segmented.hpp"

#include <algorithm>
#include <cmath>

#include "wasm/platform/frame.hpp"
#include "wasm/platform/mirror.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui {

int segmented(const char* id, const ImRect& box, std::string_view name, std::span<const std::string_view> labels, int selected) {
  const auto& c = theme::colors();
  ImGui::PushID(id);
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(box.Min, box.Max, c.raised, theme::radius_control);
  if (c.forced) list->AddRect(box.Min, box.Max, c.edge, theme::radius_control, 1.0F);
  const auto count = static_cast<float>(labels.size());
  const float width = (box.GetWidth() - 6) / count;
  // The largest letters that every label has room in.
  auto type = theme::Type::body;
  const auto too_wide = [&](std::string_view label) {
    return text::measure(label, {.type = type, .weight = theme::Weight::semibold}).x > width - 4;
  };
  for (const auto smaller : {theme::Type::small, theme::Type::tiny})
    if (std::any_of(labels.begin(), labels.end(), too_wide)) type = smaller;
  const float place = frame::ease(ImGui::GetID("thumb"), static_cast<float>(selected), theme::calm);
  const ImRect thumb(ImVec2(box.Min.x + 3 + place * width, box.Min.y + 3), ImVec2(box.Min.x + 3 + (place + 1) * width, box.Max.y - 3));
  // The chosen one lies a step above: lighter in the light, darker in the dark.
  list->AddRectFilled(thumb.Min, thumb.Max, c.forced ? c.accent : c.surface, theme::radius_control - 3);
  list->AddRect(thumb.Min, thumb.Max, c.line, theme::radius_control - 3, 1.0F);
  int chosen = selected;
  const mirror::Scope group({.role = mirror::Role::radiogroup, .name = name});
  for (int i = 0; i < static_cast<int>(labels.size()); ++i) {
    const std::string_view label = labels[static_cast<std::size_t>(i)];
    const float left = box.Min.x + 3 + static_cast<float>(i) * width;
    const ImRect segment(ImVec2(left, box.Min.y), ImVec2(left + width, box.Max.y));
    ImGui::PushID(i);
    const bool on = i == selected;
    const auto state = mirror::item("segment", segment,
                                    {.role = mirror::Role::radio, .name = label, .checked = on ? mirror::State::yes : mirror::State::no});
    ImGui::PopID();
    if (state.pressed) chosen = i;
    if (!state.visible) continue;
    const ImU32 ink = on ? (c.forced ? c.on_accent : c.text) : state.hovered ? c.text : c.muted;
    text::line(ImVec2(segment.GetCenter().x, box.GetCenter().y - theme::line_of(type) / 2), label,
               {.type = type,
                .weight = theme::Weight::semibold,
                .color = ink,
                .align = text::Align::center,
                .max_width = width - 4,
                .said = false});
    if (state.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    if (state.focus_visible)
      theme::focus_ring(ImRect(ImVec2(segment.Min.x + 1, box.Min.y + 4), ImVec2(segment.Max.x - 1, box.Max.y - 4)),
                        theme::radius_control - 4);
  }
  ImGui::PopID();
  return chosen;
}

}  // namespace hub::ui
