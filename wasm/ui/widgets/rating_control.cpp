#include "wasm/ui/widgets/rating_control.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <string>

#include "wasm/platform/display.hpp"
#include "wasm/platform/frame.hpp"
#include "wasm/platform/input.hpp"
#include "wasm/platform/mirror.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/stars.hpp"

namespace hub::ui {

namespace {

std::string in_words(double stars) {
  char words[32];
  std::snprintf(words, sizeof words, stars == std::floor(stars) ? "%.0f out of 5" : "%.1f out of 5", stars);
  return words;
}

/// Half a star for each half that the pointer has entered.
double value_at(float x, const ImRect& row) {
  const double halves = std::ceil(static_cast<double>((x - row.Min.x) / row.GetWidth()) * 10.0);
  return std::clamp(halves, 1.0, 10.0) / 2.0;
}

std::optional<double> value_of_key(ImGuiKey key) {
  if (key == ImGuiKey_0 || key == ImGuiKey_Keypad0) return 5.0;
  if (key >= ImGuiKey_1 && key <= ImGuiKey_9) return (key - ImGuiKey_1 + 1) / 2.0;
  if (key >= ImGuiKey_Keypad1 && key <= ImGuiKey_Keypad9) return (key - ImGuiKey_Keypad1 + 1) / 2.0;
  return std::nullopt;
}

/// Stands for the value of a drag that Escape has ended, until the button is let go.
constexpr float given_up = -1;

/// The keys of a slider that lead to its lower end.
bool leads_down(ImGuiKey key) {
  return key == ImGuiKey_Home || key == ImGuiKey_LeftArrow || key == ImGuiKey_DownArrow || key == ImGuiKey_PageDown;
}

}  // namespace

std::span<const WidgetKeys> rating_keys() {
  static const std::array<WidgetKeys, 4> keys{{{"Half a star to four and a half", {"1 – 9"}},
                                               {"Five stars", {"0"}},
                                               {"Half a star more or less", {"→", "←"}},
                                               {"Clear the rating", {"Delete", "Backspace"}}}};
  return keys;
}

ImVec2 rating_control_size(float star) {
  return {star * 5 * 1.15F, std::max(star, display::coarse_pointer() ? 44.0F : star)};
}

RatingResult rating_control(const char* id, ImVec2 at, std::optional<double> rating, const RatingOptions& options) {
  RatingResult result;
  const ImVec2 size = rating_control_size(options.star);
  const ImRect row(at, ImVec2(at.x + size.x, at.y + options.star));
  ImRect box = row;
  box.Expand(ImVec2(0, (size.y - options.star) / 2 + (display::coarse_pointer() ? 0.0F : 2.0F)));
  // What is under the pointer while the button is down, kept to be chosen when it is let go.
  ImGuiStorage* kept = ImGui::GetStateStorage();
  const ImGuiID drag_key = ImGui::GetID(id) ^ 0x5f3759dfU;
  // Who listens, or looks at a magnified edge alone, is told it as well.
  const float dragged = kept->GetFloat(drag_key, 0);
  const std::optional<double> told = dragged > 0 ? std::optional(static_cast<double>(dragged)) : rating;
  const std::string words = told ? in_words(*told) : "not rated";
  const auto state = mirror::item(id, box,
                                  {.role = mirror::Role::slider,
                                   .name = options.name,
                                   .description = options.description,
                                   .disabled = options.disabled,
                                   .drag = true,
                                   .keys = input::digits | input::delete_keys,
                                   .value = told.value_or(0.5),
                                   .min = 0.5,
                                   .max = 5,
                                   .step = 0.5,
                                   .value_text = words});
  // Where the pointer rested when the rating last changed: what lies under it is no answer to that until it moves.
  const ImGuiID rest_key = state.id ^ 0x2545f491U;
  const ImGuiID seen_key = state.id ^ 0x6c078965U;
  const auto seen = static_cast<float>(rating.value_or(0));
  if (kept->GetFloat(seen_key, -1) != seen) {
    kept->SetFloat(seen_key, seen);
    kept->SetFloat(rest_key, ImGui::GetIO().MousePos.x);
  }
  if (!options.disabled) {
    const float x = ImGui::GetIO().MousePos.x;
    const float before = kept->GetFloat(drag_key, 0);
    if (state.held) {
      if (before == given_up || input::pressed(ImGuiKey_Escape)) {
        kept->SetFloat(drag_key, given_up);
      } else {
        const double now = value_at(x, row);
        if (before != static_cast<float>(now)) frame::request(1);
        kept->SetFloat(drag_key, static_cast<float>(now));
        result.preview = now;
      }
    } else if (before == given_up) {
      kept->SetFloat(drag_key, 0);
    } else if (before > 0) {
      kept->SetFloat(drag_key, 0);
      frame::request(1);
      const bool away = std::fabs(ImGui::GetIO().MousePos.y - row.GetCenter().y) > 80;  // dragged off: nothing is meant
      if (!away && (!rating || *rating != static_cast<double>(before))) result.rate = static_cast<double>(before);
    } else if (state.pressed && !state.changed) {
      const double now = value_at(x, row);
      if (box.Contains(ImGui::GetIO().MousePos) && (!rating || *rating != now)) result.rate = now;
    } else if (state.hovered && input::pointer() != ImGuiMouseSource_TouchScreen && kept->GetFloat(rest_key, -1) != x) {
      kept->SetFloat(rest_key, -1);
      result.preview = value_at(x, row);
    }
    if (state.changed) result.rate = std::clamp(std::round(state.value * 2) / 2, 0.5, 5.0);
    if (state.focused) {
      for (const auto& event : input::key_events()) {
        if (event.focused != state.id || (event.mods & (ImGuiMod_Ctrl | ImGuiMod_Alt)) != 0) continue;
        if (const auto value = value_of_key(event.key)) result.rate = *value;
        // Without a rating the slider stands at its lower end already, and the browser tells of no change.
        if (!rating && leads_down(event.key)) result.rate = 0.5;
        if ((event.key == ImGuiKey_Delete || event.key == ImGuiKey_Backspace) && rating) result.clear = true;
      }
    }
  }
  if (!state.visible) return result;
  const auto& c = theme::colors();
  const double shown = result.preview.value_or(rating.value_or(0));
  const ImU32 filled = options.disabled ? c.faint : result.preview ? theme::mixed(c.accent, c.text, 0.25F) : c.accent;
  ImDrawList* list = ImGui::GetWindowDrawList();
  for (int i = 0; i < 5; ++i) {
    const double part = std::clamp(shown - i, 0.0, 1.0);
    draw_star(list, ImVec2(row.Min.x + size.x * (0.1F + 0.2F * static_cast<float>(i)), row.GetCenter().y), options.star,
              static_cast<float>(part), filled, c.faint);
  }
  if (state.hovered && !options.disabled) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (state.focus_visible) theme::focus_ring(row, 6);
  return result;
}

namespace {
const ButtonOptions clear_options{.kind = ButtonKind::quiet, .icon = Icon::close, .compact = true};
}

bool clear_rating_button(const char* id, ImVec2 at) {
  return button(id, at, "Clear rating", clear_options);
}
ImVec2 clear_rating_size() {
  return button_size("Clear rating", clear_options);
}

}  // namespace hub::ui
