#include "wasm/ui/views/evidence.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "wasm/platform/mirror.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/navigation.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/words.hpp"
#include "wasm/ui/widgets/cover.hpp"
#include "wasm/ui/widgets/stars.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui::views {
namespace {

using theme::Type;
using theme::Weight;

constexpr std::size_t most_shown = 4;

/// Below this a share is told as 0.00.
constexpr double least_told = 0.005;

/// “without it 3.41”, or nothing where that would be the same.
std::string without_it(const protocol::CarriedBy& one, double stars) {
  if (std::abs(one.moves) < least_told) return {};
  return "without it " + words::number(std::clamp(stars + one.moves, 0.5, 5.0), 2);
}

std::string name_of(const protocol::CarriedBy& one, double stars) {
  std::string name = one.title + ", your rating " + words::stars(one.rated) + ", " + words::signed_number(one.stars, 2);
  if (!one.shared.empty()) name += ", also " + one.shared;
  if (const std::string without = without_it(one, stars); !without.empty()) name += ", " + without;
  return name;
}

}  // namespace

bool has_evidence(const std::vector<protocol::CarriedBy>& carried) {
  return !carried.empty() && std::abs(carried.front().stars) >= least_told;
}

void draw_evidence(Column& column, const std::vector<protocol::CarriedBy>& carried, double stars) {
  const auto& colors = theme::colors();
  column.skip(
      text::heading(column.at(), column.width(), "Carried by your ratings of", 2, {.type = Type::subheading, .weight = Weight::bold}));
  column.gap(8);
  mirror::Scope list({.role = mirror::Role::list, .name = "Carried by your ratings of"});
  std::size_t shown = 0;
  for (const auto& one : carried) {
    if (shown++ == most_shown || std::abs(one.stars) < least_told) break;
    ImGui::PushID(one.item_id.c_str());
    mirror::Scope row({.role = mirror::Role::listitem});
    const float first = theme::line_of(Type::small);
    const float second = std::max(theme::line_of(Type::tiny), 16.0F);
    const float left = column.at().x + 42;
    const float room = column.width() - 42;
    std::string third = without_it(one, stars);
    if (!one.shared.empty()) third += (third.empty() ? "" : " · ") + one.shared;
    const text::Style third_style{.type = Type::tiny, .color = colors.faint, .max_lines = 3, .said = false};
    const float third_height = third.empty() ? 0 : text::paragraph_height(third, room, third_style);
    const ImRect box = column.take(std::max(60.0F, first + second + third_height + 12));
    const std::string href = href_of(one.item_id);
    const auto press = mirror::item("carrier", box, {.role = mirror::Role::link, .name = name_of(one, stars), .href = href});
    if (press.visible) {
      ImDrawList* draw = ImGui::GetWindowDrawList();
      const ImRect art(ImVec2(box.Min.x, box.Min.y + 4), ImVec2(box.Min.x + 32, box.Min.y + 52));
      if (const Item* known = client().item(one.item_id))
        draw_cover(draw, art, *known);
      else
        draw_cover(draw, art, one.type, one.title);
      const text::Style title{.type = Type::small, .weight = Weight::semibold, .max_width = room, .said = false};
      text::line(ImVec2(left, box.Min.y + 1), one.title, title);
      const float stars_middle = box.Min.y + 3 + first + second / 2;
      draw_stars(draw, ImVec2(left, std::round(stars_middle - 6.5F)), 13, one.rated);
      text::line(ImVec2(box.Max.x, std::round(stars_middle - theme::line_of(Type::tiny) / 2)), words::signed_number(one.stars, 2),
                 {.type = Type::tiny, .color = one.stars > 0 ? colors.up : colors.down, .align = text::Align::right, .said = false});
      text::paragraph(ImVec2(left, box.Min.y + 5 + first + second), room, third, third_style);
      if (press.hovered) {
        const float end = left + std::min(room, text::measure(one.title, title).x);
        draw->AddLine(ImVec2(left, box.Min.y + first + 1), ImVec2(end, box.Min.y + first + 1), theme::faded(colors.text, 0.5F), 1.0F);
        ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
      }
      if (press.focus_visible) theme::focus_ring(box, 6);
    }
    ImGui::PopID();
  }
}

}  // namespace hub::ui::views
