#include "wasm/ui/widgets/prediction_scale.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "wasm/platform/frame.hpp"
#include "wasm/platform/mirror.hpp"
#include "wasm/ui/widgets/stars.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui {

float prediction_scale_height() {
  return theme::line_of(theme::Type::tiny) * 2 + 40;
}

void draw_prediction_scale(const ImRect& box, const PredictionScale& scale) {
  char words[220];
  int length = std::snprintf(words, sizeof words, "On a scale to 5: predicted %.2f, with a chance of 8 in 10 between %.1f and %.1f",
                             scale.stars, scale.low, scale.high);
  const auto append = [&](const char* form, double value) {
    length += std::snprintf(words + length, sizeof words - static_cast<std::size_t>(length), form, value);
  };
  if (scale.community) append("; the public's rating %.1f", *scale.community);
  if (scale.rating) append("; your rating %.1f", *scale.rating);
  mirror::info(box, {.role = mirror::Role::img, .name = words});

  const auto& c = theme::colors();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float inset = 10;
  const float left = box.Min.x + inset;
  const float width = box.GetWidth() - 2 * inset;
  const float tiny = theme::line_of(theme::Type::tiny);
  const float y = std::round(box.Min.y + tiny + 18);
  const auto x_of = [&](double stars) { return left + width * static_cast<float>((std::clamp(stars, 0.5, 5.0) - 0.5) / 4.5); };
  list->AddRectFilled(ImVec2(box.Min.x, y - 3), ImVec2(box.Max.x, y + 3), c.forced ? c.edge : c.line, 3);
  for (int i = 1; i <= 5; ++i) {
    const float x = std::round(x_of(i));
    list->AddLine(ImVec2(x, y + 6), ImVec2(x, y + 11), c.edge, 1);
    const char label[2] = {static_cast<char>('0' + i), 0};
    text::line(ImVec2(x, y + 14), label, {.type = theme::Type::tiny, .color = c.muted, .align = text::Align::center, .said = false});
  }
  ImGui::PushID("scale");
  const float low = frame::ease(ImGui::GetID("low"), x_of(scale.low), theme::calm);
  const float high = frame::ease(ImGui::GetID("high"), x_of(scale.high), theme::calm);
  const float dot = frame::ease(ImGui::GetID("dot"), x_of(scale.stars), theme::calm);
  ImGui::PopID();
  const float strength = scale.pending ? 0.55F : 1.0F;
  list->AddRectFilled(ImVec2(low, y - 7), ImVec2(high, y + 7), theme::faded(c.accent, 0.42F * strength), 7);
  list->AddCircleFilled(ImVec2(dot, y), 10.5F, c.surface);
  list->AddCircleFilled(ImVec2(dot, y), 8, theme::mixed(c.surface, c.accent, strength));
  // Text on the left or right end must not leave the box.
  const auto above = [&](double stars, const std::string& label, ImU32 color, bool star) {
    const float x = x_of(stars);
    const text::Style style{.type = theme::Type::tiny, .color = color, .align = text::Align::center, .said = false};
    const float half = text::measure(label, style).x / 2;
    text::line(ImVec2(std::clamp(x, box.Min.x + half, box.Max.x - half), box.Min.y), label, style);
    const float top = box.Min.y + tiny + 2;
    if (star) {
      draw_star(list, ImVec2(x, top + 4), 10, 1, color, color);
    } else {
      list->AddTriangleFilled(ImVec2(x - 5, top), ImVec2(x + 5, top), ImVec2(x, top + 7), color);
    }
  };
  char label[32];
  const bool near = scale.community && scale.rating && std::fabs(x_of(*scale.community) - x_of(*scale.rating)) < 84;
  if (scale.community) {
    std::snprintf(label, sizeof label, "public %.1f", *scale.community);
    above(*scale.community, near ? "" : label, c.muted, false);
  }
  if (scale.rating) {
    if (near) {
      std::snprintf(label, sizeof label, "you %.1f, public %.1f", *scale.rating, *scale.community);
    } else {
      std::snprintf(label, sizeof label, "you %.1f", *scale.rating);
    }
    above(*scale.rating, label, c.text, true);
  }
}

}  // namespace hub::ui
