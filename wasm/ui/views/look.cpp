#include "wasm/ui/views/look.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "wasm/platform/display.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/widgets/section.hpp"
#include "wasm/ui/widgets/segmented.hpp"
#include "wasm/ui/widgets/switch_control.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui::views {

void look(Column& page, bool narrow) {
  const auto& colors = theme::colors();
  Section section("look", page, "Look", narrow);
  Column& column = section.column();
  const auto paragraph = [&](std::string_view words, ImU32 color, theme::Type type) {
    column.skip(text::paragraph(column.at(), column.width(), words, {.type = type, .color = color}));
  };
  // In the order of theme::Choice.
  constexpr std::array<std::string_view, 3> choices{"System", "Light", "Dark"};
  const int chosen = static_cast<int>(theme::choice());
  const float width = std::min(column.width(), 300.0F * theme::size_of(theme::Type::body) / 15.0F);
  const ImRect row = column.take(segmented_height(width, choices));
  const int now = segmented("colours", ImRect(row.Min, ImVec2(row.Min.x + width, row.Max.y)), "Colours", choices, chosen);
  if (now != chosen) theme::choose(static_cast<theme::Choice>(now));
  column.gap(6);
  paragraph(
      theme::choice() == theme::Choice::system ? "Light or dark as this device has it." : "Whatever this device has. Kept in this browser.",
      colors.muted, theme::Type::small);
  column.gap(16);
  const bool asked = display::more_contrast() || display::forced_colors();
  constexpr std::string_view contrast = "More contrast";
  if (switch_control("contrast", column.at(), column.width(), contrast, theme::contrast())) theme::choose_contrast(!theme::contrast());
  column.skip(switch_control_height(column.width(), contrast));
  column.gap(4);
  paragraph(asked ? "This device asks for it, so it is there either way." : "Stronger lines and letters, on black or white.", colors.muted,
            theme::Type::small);
}

}  // namespace hub::ui::views
