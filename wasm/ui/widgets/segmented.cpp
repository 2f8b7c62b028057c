#include "wasm/ui/widgets/segmented.hpp"

#include <algorithm>
#include <cmath>

#include "wasm/platform/frame.hpp"
#include "wasm/platform/mirror.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui {

namespace {

/// Rows of segments of one width, and the letters that every label has room in.
struct Grid {
  int columns = 1, rows = 1;
  theme::Type type = theme::Type::body;
};

Grid grid_of(float width, std::span<const std::string_view> labels, int most_rows) {
  const int count = static_cast<int>(labels.size());
  Grid grid;
  const auto fits = [&](int columns, theme::Type type) {
    const float room = (width - 6) / static_cast<float>(columns) - 4;
    return std::none_of(labels.begin(), labels.end(), [&](std::string_view label) {
      return text::measure(label, {.type = type, .weight = theme::Weight::semibold}).x > room;
    });
  };
  for (grid.rows = 1;; ++grid.rows) {
    grid.columns = (count + grid.rows - 1) / grid.rows;
    for (const auto type : {theme::Type::body, theme::Type::small, theme::Type::tiny}) {
      grid.type = type;
      if (fits(grid.columns, type)) return grid;
    }
    if (grid.columns <= 1 || grid.rows >= most_rows) return grid;
  }
}

}  // namespace

float segmented_height(float width, std::span<const std::string_view> labels) {
  return theme::control_height() * static_cast<float>(grid_of(width, labels, static_cast<int>(labels.size())).rows);
}

int segmented(const char* id, const ImRect& box, std::string_view name, std::span<const std::string_view> labels, int selected) {
  const auto& c = theme::colors();
  ImGui::PushID(id);
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(box.Min, box.Max, c.raised, theme::radius_control);
  if (c.forced) list->AddRect(box.Min, box.Max, c.edge, theme::radius_control, 1.0F);
  const Grid grid = grid_of(box.GetWidth(), labels, std::max(1, static_cast<int>(std::round(box.GetHeight() / theme::control_height()))));
  const float width = (box.GetWidth() - 6) / static_cast<float>(grid.columns);
  const float height = box.GetHeight() / static_cast<float>(grid.rows);
  const auto type = grid.type;
  const auto place = [&](float column, int row) {
    const ImVec2 min(box.Min.x + 3 + column * width, box.Min.y + static_cast<float>(row) * height);
    return ImRect(min, ImVec2(min.x + width, min.y + height));
  };
  const float moved = frame::ease(ImGui::GetID("thumb"), static_cast<float>(selected % grid.columns), theme::calm);
  ImRect thumb = place(moved, selected / grid.columns);
  thumb.Expand(ImVec2(0, -3));
  // The chosen one lies a step above: lighter in the light, darker in the dark.
  list->AddRectFilled(thumb.Min, thumb.Max, c.forced ? c.accent : c.surface, theme::radius_control - 3);
  list->AddRect(thumb.Min, thumb.Max, c.line, theme::radius_control - 3, 1.0F);
  int chosen = selected;
  const mirror::Scope group({.role = mirror::Role::radiogroup, .name = name});
  for (int i = 0; i < static_cast<int>(labels.size()); ++i) {
    const std::string_view label = labels[static_cast<std::size_t>(i)];
    const ImRect segment = place(static_cast<float>(i % grid.columns), i / grid.columns);
    ImGui::PushID(i);
    const bool on = i == selected;
    const auto state = mirror::item("segment", segment,
                                    {.role = mirror::Role::radio, .name = label, .checked = on ? mirror::State::yes : mirror::State::no});
    ImGui::PopID();
    if (state.pressed) chosen = i;
    if (!state.visible) continue;
    const ImU32 ink = on ? (c.forced ? c.on_accent : c.text) : state.hovered ? c.text : c.muted;
    text::line(ImVec2(segment.GetCenter().x, segment.GetCenter().y - theme::line_of(type) / 2), label,
               {.type = type,
                .weight = theme::Weight::semibold,
                .color = ink,
                .align = text::Align::center,
                .max_width = width - 4,
                .said = false});
    if (state.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    if (state.focus_visible)
      theme::focus_ring(ImRect(ImVec2(segment.Min.x + 1, segment.Min.y + 4), ImVec2(segment.Max.x - 1, segment.Max.y - 4)),
                        theme::radius_control - 4);
  }
  ImGui::PopID();
  return chosen;
}

}  // namespace hub::ui
