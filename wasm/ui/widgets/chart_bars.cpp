#include "wasm/ui/widgets/chart_bars.hpp"

#include <algorithm>
#include <cmath>

#include "wasm/ui/theme.hpp"

namespace hub::ui {

void draw_amount_bar(const ImRect& box, double part, ImU32 color) {
  const float length = std::max(2.0F, box.GetWidth() * static_cast<float>(std::clamp(part, 0.0, 1.0)));
  ImGui::GetWindowDrawList()->AddRectFilled(box.Min, ImVec2(box.Min.x + length, box.Max.y), color,
                                            std::min(5.0F, std::min(length, box.GetHeight()) / 2));
}

void draw_gap_bar(const ImRect& box, const GapBar& bar) {
  const auto& colors = theme::colors();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float half = box.GetWidth() / 2;
  const float zero = std::round(box.GetCenter().x);
  const float middle = std::round(box.GetCenter().y);
  const auto x_of = [&](double stars) { return zero + half * static_cast<float>(std::clamp(stars / bar.reach, -1.0, 1.0)); };
  list->AddLine(ImVec2(zero, box.Min.y), ImVec2(zero, box.Max.y), colors.edge, 1.0F);
  float left = std::min(zero, x_of(bar.gap));
  float right = std::max(zero, x_of(bar.gap));
  if (right - left < 3) right = left + 3;
  const ImU32 color = !bar.clear ? colors.muted : bar.gap < 0 ? colors.down : colors.up;
  const ImVec2 top(left, middle - 6);
  const ImVec2 bottom(right, middle + 6);
  if (bar.clear) {
    list->AddRectFilled(top, bottom, color, 3.0F);
  } else {
    list->AddRectFilled(top, bottom, theme::faded(color, 0.25F), 3.0F);
    list->AddRect(top, bottom, color, 3.0F, 1.0F);
  }
  const float low = x_of(bar.low);
  const float high = x_of(bar.high);
  const ImU32 whisker = theme::mixed(colors.text, colors.surface, 0.25F);
  list->AddLine(ImVec2(low, middle), ImVec2(high, middle), whisker, 1.5F);
  for (const float end : {low, high}) list->AddLine(ImVec2(end, middle - 4), ImVec2(end, middle + 4), whisker, 1.5F);
}

}  // namespace hub::ui
