#include "wasm/ui/widgets/switch_control.hpp"

#include <algorithm>

#include "imgui_internal.h"

#include "wasm/platform/frame.hpp"
#include "wasm/platform/mirror.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui {
namespace {

constexpr ImVec2 track_size{40, 24};
constexpr float gap = 12;
constexpr text::Style label_style{.weight = theme::Weight::semibold, .said = false};

}  // namespace

float switch_control_height(float width, std::string_view label) {
  const float words = text::paragraph_height(label, width - track_size.x - gap, label_style);
  return std::max({theme::control_height(), track_size.y, words + 12});
}

bool switch_control(const char* id, ImVec2 at, float width, std::string_view label, bool on) {
  const float words = text::measure(label, label_style).x;
  const ImRect box(at, ImVec2(at.x + std::min(width, track_size.x + gap + words), at.y + switch_control_height(width, label)));
  const auto state =
      mirror::item(id, box, {.role = mirror::Role::switch_, .name = label, .checked = on ? mirror::State::yes : mirror::State::no});
  if (!state.visible) return state.pressed;
  const auto& c = theme::colors();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float middle = box.GetCenter().y;
  const ImRect track(ImVec2(at.x, middle - track_size.y / 2), ImVec2(at.x + track_size.x, middle + track_size.y / 2));
  const float radius = track_size.y / 2;
  const float turned = frame::ease(state.id, on ? 1.0F : 0.0F, theme::quick);
  list->AddRectFilled(track.Min, track.Max, theme::mixed(c.raised, c.text, turned), radius);
  if (!on) list->AddRect(track.Min, track.Max, c.edge, radius, 1.0F);
  const float travel = track_size.x - track_size.y;
  list->AddCircleFilled(ImVec2(track.Min.x + radius + travel * turned, middle), radius - 4, on ? c.background : c.muted);
  const float room = width - track_size.x - gap;
  const float words_height = text::paragraph_height(label, room, label_style);
  text::paragraph(ImVec2(track.Max.x + gap, middle - words_height / 2), room, label, label_style);
  if (state.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (state.focus_visible) {
    ImRect ring = track;
    ring.Expand(3);
    theme::focus_ring(ring, radius + 3);
  }
  return state.pressed;
}

}  // namespace hub::ui
