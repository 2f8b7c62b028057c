#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

#include "wasm/platform/frame.hpp"
#include "wasm/platform/mirror.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/navigation.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/accuracy_parts.hpp"
#include "wasm/ui/views/words.hpp"
#include "wasm/ui/widgets/chip.hpp"
#include "wasm/ui/widgets/cover.hpp"
#include "wasm/ui/widgets/section.hpp"
#include "wasm/ui/widgets/stars.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui::views {
namespace {

using protocol::Miss;
using text::Align;
using theme::Type;
using theme::Weight;

constexpr std::size_t shown_at_first = 5;
constexpr std::string_view slip = "likely a slip?";

/// A line from 0.5 to 5: the range as a band, the prediction as a dot, the rating as a star, and the way between them.
void draw_miss_scale(const ImRect& box, const Miss& miss) {
  const auto& colors = theme::colors();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float middle = std::round(box.GetCenter().y);
  const auto x_of = [&](double stars) {
    return box.Min.x + 7 + (box.GetWidth() - 14) * static_cast<float>((std::clamp(stars, 0.5, 5.0) - 0.5) / 4.5);
  };
  list->AddRectFilled(ImVec2(box.Min.x, middle - 2), ImVec2(box.Max.x, middle + 2), colors.forced ? colors.edge : colors.line, 2);
  list->AddRectFilled(ImVec2(x_of(miss.low), middle - 5), ImVec2(x_of(miss.high), middle + 5), theme::faded(colors.accent, 0.42F), 5);
  const float dot = x_of(miss.predicted);
  const float star = x_of(miss.rated);
  list->AddLine(ImVec2(star, middle), ImVec2(dot, middle), theme::mixed(colors.text, colors.surface, 0.4F), 1.5F);
  list->AddCircleFilled(ImVec2(dot, middle), 7, colors.surface);
  list->AddCircleFilled(ImVec2(dot, middle), 5, colors.accent);
  draw_star(list, ImVec2(star, middle), 23, 1, colors.surface, colors.surface);
  draw_star(list, ImVec2(star, middle), 16, 1, colors.text, colors.text);
}

std::string figures_of(const Miss& miss) {
  return "You gave " + words::stars(miss.rated) + ", predicted " + words::number(miss.predicted, 1) + " (" + words::number(miss.low, 1) +
         " – " + words::number(miss.high, 1) + ")";
}

void miss_row(Column& column, const AccuracyPage& page, const Miss& miss, int position, int count) {
  const auto& colors = theme::colors();
  const bool wide = column.width() >= 620;
  const float scale_width = wide ? 190.0F : 0.0F;
  const float gap_width = 56;
  const float left = 56;
  const float room = column.width() - left - (wide ? scale_width + 24 : 0.0F) - gap_width - 8;
  const text::Style reason{.type = Type::small, .color = colors.muted, .said = false};
  const float reason_width = wide ? room : column.width() - left;
  const float reason_height = miss.words.empty() ? 0 : text::paragraph_height(miss.words, reason_width, reason);
  const bool tagged = miss.suspect;
  const float tag_height = tagged ? tag_size(slip).y + 6 : 0;
  const float line = theme::line_of(Type::body);
  const float small = theme::line_of(Type::small);
  const float scale_below = wide ? 0.0F : 26.0F;
  const float height = std::max(60.0F, line + small + reason_height + tag_height + scale_below) + 24;
  const ImRect box = column.take(height);

  const Item* item = client().item(miss.item_id);
  const std::string about = item ? words::year_and_makers(*item) : std::string();
  std::string name = miss.title;
  if (!about.empty()) name += ", " + about;
  name += ". " + figures_of(miss) + ".";
  if (tagged) name += " Likely a slip?";
  if (!miss.words.empty()) name += " " + miss.words;
  const mirror::Scope row({.role = mirror::Role::listitem, .position = position, .count = count});
  const std::string href = href_of(miss.item_id);
  const auto press = mirror::item(miss.item_id.c_str(), box, {.role = mirror::Role::link, .name = name, .href = href});
  if (!press.visible) return;

  ImDrawList* list = ImGui::GetWindowDrawList();
  const float over = frame::ease(press.id, press.hovered ? 1.0F : 0.0F, theme::quick);
  const ImRect ground(ImVec2(box.Min.x - 10, box.Min.y + 2), ImVec2(box.Max.x + 10, box.Max.y - 2));
  if (over > 0) list->AddRectFilled(ground.Min, ground.Max, theme::faded(colors.raised, over * 0.7F), theme::radius_control);
  if (position > 1) list->AddLine(box.Min, ImVec2(box.Max.x, box.Min.y), colors.line, 1.0F);
  const float top = box.Min.y + 12;
  const ImRect art(ImVec2(box.Min.x, top), ImVec2(box.Min.x + 40, top + 60));
  if (const Item* known = client().item(miss.item_id))
    draw_cover(list, art, *known);
  else
    draw_cover(list, art, page.report.type, miss.title);
  const float words_left = box.Min.x + left;
  float y = top;
  text::line(ImVec2(words_left, y), miss.title,
             {.weight = Weight::semibold, .max_width = wide ? room : column.width() - left - gap_width, .said = false});
  y += line;
  text::line(ImVec2(words_left, y), figures_of(miss),
             {.type = Type::small, .color = colors.muted, .max_width = wide ? room : reason_width, .said = false});
  y += small;
  if (!wide) {
    draw_miss_scale(ImRect(ImVec2(words_left, y + 2), ImVec2(box.Max.x, y + scale_below - 2)), miss);
    y += scale_below;
  }
  if (reason_height > 0) {
    text::paragraph(ImVec2(words_left, y), reason_width, miss.words, reason);
    y += reason_height;
  }
  if (tagged) {
    const mirror::Hidden drawn_only;
    tag(ImVec2(words_left, y + 6), slip);
  }
  const double gap = miss.rated - miss.predicted;
  text::line(ImVec2(box.Max.x, wide ? box.GetCenter().y - line / 2 : top), words::signed_number(gap, 1),
             {.weight = Weight::bold, .color = gap < 0 ? colors.down : colors.up, .align = Align::right, .said = false});
  if (wide) {
    const float right = box.Max.x - gap_width - 8;
    draw_miss_scale(ImRect(ImVec2(right - scale_width, box.GetCenter().y - 12), ImVec2(right, box.GetCenter().y + 12)), miss);
  }
  if (press.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (press.focus_visible) theme::focus_ring(ground, theme::radius_control);
}

}  // namespace

void accuracy_misses(Column& outer, const AccuracyPage& page) {
  static bool all = false;
  const auto& misses = page.report.misses;
  Section section("misses", outer, "Largest misses", page.narrow);
  Column& column = section.column();
  if (misses.empty()) {
    accuracy_missing(column, page, page.report.needs.methods, "The list of misses");
    return;
  }
  const auto suspects = std::count_if(misses.begin(), misses.end(), [](const Miss& miss) { return miss.suspect; });
  std::string lead = "The dot is what was predicted without your rating, with its 8 in 10 range; the star is what you gave.";
  if (suspects > 0)
    lead += " A rating marked “" + std::string(slip) + "” is so far from everything else of yours that it may have been meant otherwise.";
  accuracy_note(column, lead);
  column.gap(8);
  const std::size_t count = all || misses.size() <= shown_at_first + 1 ? misses.size() : shown_at_first;
  {
    const mirror::Scope list({.role = mirror::Role::list, .name = "Largest misses"});
    for (std::size_t i = 0; i < count; ++i) miss_row(column, page, misses[i], static_cast<int>(i) + 1, static_cast<int>(count));
  }
  if (misses.size() > shown_at_first + 1) accuracy_show_all(column, "all misses", "misses", misses.size(), all);
}

}  // namespace hub::ui::views
