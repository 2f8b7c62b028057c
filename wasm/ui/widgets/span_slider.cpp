#include "wasm/ui/widgets/span_slider.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string>

#include "wasm/platform/display.hpp"
#include "wasm/platform/mirror.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui {

namespace {

constexpr double least = 0.5;
constexpr double most = 5;
constexpr float bars_height = 40;
constexpr float thumb_radius = 9;

/// The track and the thumbs on it, below the bars.
float thumbs_height() {
  return display::coarse_pointer() ? 44.0F : 28.0F;
}

std::string in_words(double stars) {
  char words[24];
  std::snprintf(words, sizeof words, stars == std::floor(stars) ? "%.0f" : "%.1f", stars);
  return words + std::string(stars == 1 ? " star" : " stars");
}

}  // namespace

float span_slider_height() {
  return bars_height + thumbs_height() + theme::line_of(theme::Type::tiny);
}

bool span_slider(const char* id, const ImRect& box, std::string_view name, std::span<const std::size_t> bars, Span<double>& value) {
  const auto& c = theme::colors();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float step = (box.GetWidth() - 2 * thumb_radius) / 10;
  const float left = box.Min.x + thumb_radius;
  const double from = value.from.value_or(least);
  const double to = value.to.value_or(most);
  // Each half star has a stretch of its own: what is chosen begins at the left of the first and ends at the right of the last.
  const auto left_of = [&](double stars) { return left + step * (static_cast<float>(stars * 2) - 1); };
  const float track = box.Min.y + bars_height + thumbs_height() / 2;

  const auto highest = static_cast<float>(std::max<std::size_t>(*std::max_element(bars.begin(), bars.end()), 1));
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const double stars = static_cast<double>(i + 1) / 2;
    const bool in = stars >= from && stars <= to;
    const float high = bars[i] == 0 ? 0 : std::max(2.0F, std::round(static_cast<float>(bars[i]) / highest * (bars_height - 4)));
    const float x = left_of(stars);
    list->AddRectFilled(ImVec2(x + 1, box.Min.y + bars_height - high), ImVec2(x + step - 1, box.Min.y + bars_height), in ? c.muted : c.line,
                        2);
  }
  list->AddLine(ImVec2(left, track), ImVec2(left + step * 10, track), c.line, 4);
  list->AddLine(ImVec2(left_of(from), track), ImVec2(left_of(to) + step, track), c.text, 4);
  for (int stars = 1; stars <= 5; ++stars)
    text::line(ImVec2(left_of(stars) + step / 2, box.Max.y - theme::line_of(theme::Type::tiny)), std::to_string(stars),
               {.type = theme::Type::tiny, .color = c.faint, .align = text::Align::center, .said = false});

  ImGui::PushID(id);
  Span<double> next = value;
  const auto thumb = [&](bool upper) {
    const double now = upper ? to : from;
    const ImVec2 at(left_of(now) + (upper ? step : 0), track);
    const float reach = std::max(thumb_radius, std::min(thumbs_height() / 2, step / 2));
    const std::string called = std::string(name) + (upper ? ", at most" : ", at least");
    const std::string words = in_words(now);
    const auto state =
        mirror::item(upper ? "most" : "least",
                     ImRect(ImVec2(at.x - reach, track - thumbs_height() / 2), ImVec2(at.x + reach, track + thumbs_height() / 2)),
                     {.role = mirror::Role::slider,
                      .name = called,
                      .drag = true,
                      .value = now,
                      .min = upper ? from : least,
                      .max = upper ? most : to,
                      .step = 0.5,
                      .value_text = words});
    double wanted = now;
    if (state.held) {
      const auto place = std::round(static_cast<double>((ImGui::GetIO().MousePos.x - left) / step));  // an edge between two half stars
      wanted = (upper ? place : place + 1) / 2;
    }
    if (state.changed) wanted = std::round(state.value * 2) / 2;
    wanted = std::clamp(wanted, upper ? from : least, upper ? most : to);
    if (wanted != now) {
      if (upper)
        next.to = wanted < most ? std::optional(wanted) : std::nullopt;
      else
        next.from = wanted > least ? std::optional(wanted) : std::nullopt;
    }
    if (!state.visible) return;
    list->AddCircleFilled(at, thumb_radius, c.surface);
    list->AddCircle(at, thumb_radius, state.hovered || state.held ? c.text : c.edge, 0, 2);
    if (state.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    if (state.focus_visible)
      theme::focus_ring(ImRect(ImVec2(at.x - thumb_radius, at.y - thumb_radius), ImVec2(at.x + thumb_radius, at.y + thumb_radius)),
                        thumb_radius);
  };
  thumb(false);
  thumb(true);
  ImGui::PopID();
  if (next == value) return false;
  value = next;
  return true;
}

}  // namespace hub::ui
