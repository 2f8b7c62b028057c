#include "wasm/ui/widgets/progress.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "wasm/platform/display.hpp"
#include "wasm/platform/frame.hpp"
#include "wasm/platform/mirror.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui {

void progress_bar(const ImRect& box, std::string_view name, float fraction, std::string_view words) {
  const bool known = fraction >= 0;
  mirror::info(box, {.role = mirror::Role::progressbar,
                     .name = name,
                     .value = known ? std::floor(static_cast<double>(fraction) * 100) : 0.0,
                     .min = 0,
                     .max = known ? 100.0 : 0.0,
                     .value_text = words});
  const auto& c = theme::colors();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float radius = box.GetHeight() / 2;
  list->AddRectFilled(box.Min, box.Max, c.dark ? c.line : c.hover, radius);
  if (c.forced) list->AddRect(box.Min, box.Max, c.edge, radius, 1.0F);
  float from = 0;
  float to = 0;
  if (known) {
    ImGui::PushID(name.data(), name.data() + name.size());
    to = frame::ease(ImGui::GetID("bar"), std::clamp(fraction, 0.0F, 1.0F), theme::calm);
    ImGui::PopID();
  } else if (display::reduced_motion()) {
    to = 0.5F;
  } else {
    const auto phase = static_cast<float>(std::fmod(frame::now() * 0.7, 1.0));
    from = std::max(0.0F, phase * 1.4F - 0.4F);
    to = std::min(1.0F, phase * 1.4F);
    frame::animate_until(frame::now() + 0.2);
  }
  if (to > from + 0.002F) {
    list->AddRectFilled(ImVec2(box.Min.x + from * box.GetWidth(), box.Min.y), ImVec2(box.Min.x + to * box.GetWidth(), box.Max.y), c.accent,
                        radius);
  }
}

float progress_height() {
  return theme::control_height() + 14;
}

bool progress(const char* id, ImVec2 at, float width, std::string_view words, float fraction, bool can_cancel) {
  ImGui::PushID(id);
  const ButtonOptions options{.kind = ButtonKind::quiet, .compact = true};
  const ImVec2 cancel = can_cancel ? button_size("Cancel", options) : ImVec2(0, 0);
  const float middle = at.y + theme::control_height() / 2;
  const float top = middle - theme::line_of(theme::Type::body) / 2;
  char share[16] = "";
  if (fraction >= 0) std::snprintf(share, sizeof share, "%.0f %%", std::floor(static_cast<double>(fraction) * 100));
  const float right = at.x + width - cancel.x - (can_cancel ? 8 : 0);
  const float used = text::line(ImVec2(right, top), share, {.color = theme::colors().muted, .align = text::Align::right, .said = false});
  text::line(ImVec2(at.x, top), words, {.max_width = right - used - 12 - at.x});
  bool cancelled = false;
  if (can_cancel) cancelled = button("cancel", ImVec2(at.x + width - cancel.x, middle - cancel.y / 2), "Cancel", options);
  progress_bar(ImRect(ImVec2(at.x, at.y + theme::control_height() + 4), ImVec2(at.x + width, at.y + theme::control_height() + 10)), words,
               fraction);
  ImGui::PopID();
  return cancelled;
}

}  // namespace hub::ui
