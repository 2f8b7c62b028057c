#pragma once

#include "imgui.h"
#include "imgui_internal.h"

#include <optional>
#include <span>
#include <string_view>

#include "wasm/ui/widgets/key_caps.hpp"

namespace hub::ui {

struct RatingOptions {
  std::string_view name = "Your rating";  ///< must be exactly this in Predict and nowhere else; on walls “Your rating of Arrival”
  float star = 28;                        ///< size of a star
  bool disabled = false;
  std::string_view description = {};
};

struct RatingResult {
  std::optional<double> rate;     ///< the person chose this, 0.5 … 5; once
  bool clear = false;             ///< the person pressed Delete or Backspace; once
  std::optional<double> preview;  ///< what would be chosen now (hover, drag)
};

/// Five stars to rate with: click, halves, drag (chosen when let go), touch, arrows, 1–9 for 0.5–4.5 and 0 for 5, Delete to clear. At least
/// 44 px high for a finger.
/// @param at      top left of the row of stars.
/// @param rating  what is chosen so far.
RatingResult rating_control(const char* id, ImVec2 at, std::optional<double> rating, const RatingOptions& options = {});
ImVec2 rating_control_size(float star);
/// Its keys, for the list of shortcuts.
std::span<const WidgetKeys> rating_keys();

/// The button “Clear rating”.
bool clear_rating_button(const char* id, ImVec2 at);
ImVec2 clear_rating_size();

}  // namespace hub::ui
