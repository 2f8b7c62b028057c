#include "wasm/ui/widgets/waterfall.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "wasm/platform/mirror.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui {

float waterfall_row_height() {
  return theme::line_of(theme::Type::body) + 8;
}

void waterfall_row(const ImRect& box, const WaterfallRow& row, const WaterfallAxis& axis) {
  const auto& c = theme::colors();
  const bool step = row.kind == WaterfallKind::step;
  const double change = row.to - row.from;
  char amount[24];
  if (step) {
    // A true minus: as wide as the plus above it.
    std::snprintf(amount, sizeof amount, "%s%.2f", change < -0.004999 ? "\xe2\x88\x92" : "+", std::fabs(change));
  } else {
    std::snprintf(amount, sizeof amount, "%.2f", row.to);
  }
  mirror::Scope item({.role = mirror::Role::listitem, .position = row.position, .count = row.count});
  item.box(box);
  mirror::text(box, std::string(row.words) + ": " + amount);

  ImDrawList* list = ImGui::GetWindowDrawList();
  const double range = std::max(0.01, axis.most - axis.least);
  const auto x_of = [&](double stars) {
    return axis.left + (axis.right - axis.left) * static_cast<float>(std::clamp((stars - axis.least) / range, 0.0, 1.0));
  };
  const float middle = std::round(box.GetCenter().y);
  const float top = middle - theme::line_of(theme::Type::body) / 2;
  const ImU32 ink = row.kind == WaterfallKind::total ? c.text : step ? c.text : c.muted;
  const auto weight = row.kind == WaterfallKind::total ? theme::Weight::bold : theme::Weight::regular;
  text::line(ImVec2(box.Min.x, top), row.words, {.weight = weight, .color = ink, .max_width = axis.left - box.Min.x - 12, .said = false});
  const float base = std::round(x_of(axis.base));
  for (float y = box.Min.y; y < box.Max.y; y += 5) list->AddLine(ImVec2(base, y), ImVec2(base, std::min(y + 2, box.Max.y)), c.line, 1);
  ImU32 amount_color = c.muted;
  if (step) {
    amount_color = change < -0.004999 ? c.down : change < 0.005 ? c.muted : c.up;
    float left = std::min(x_of(row.from), x_of(row.to));
    float right = std::max(x_of(row.from), x_of(row.to));
    // Small amounts are still seen.
    if (right - left < 4) {
      const float center = (left + right) / 2;
      left = center - 2;
      right = center + 2;
    }
    list->AddRectFilled(ImVec2(left, middle - 8.5F), ImVec2(right, middle + 8.5F), amount_color, std::min(5.0F, (right - left) / 2));
  } else {
    amount_color = row.kind == WaterfallKind::total ? c.accent : c.muted;
    list->AddCircleFilled(ImVec2(x_of(row.to), middle), row.kind == WaterfallKind::total ? 5.0F : 4.0F, amount_color);
  }
  text::line(ImVec2(box.Max.x, top), amount, {.weight = weight, .color = amount_color, .align = text::Align::right, .said = false});
}

}  // namespace hub::ui
