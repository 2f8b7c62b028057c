#include "wasm/ui/views/library_layout.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "wasm/platform/mirror.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/words.hpp"
#include "wasm/ui/widgets/check_mark.hpp"
#include "wasm/ui/widgets/icon.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui::views {

using theme::Type;
using theme::Weight;

void LibraryLayout::update(const LibraryIndex& rows, const Sizes& sizes) {
  if (revision_ == rows.shown_revision() && sizes_ == sizes) return;
  revision_ = rows.shown_revision();
  sizes_ = sizes;
  tops_.clear();
  float top = 0;
  for (const LibraryIndex::Group& group : rows.groups()) {
    tops_.push_back(top);
    top += sizes.heading;
    if (!group.open) continue;
    const std::size_t columns = static_cast<std::size_t>(sizes.columns);
    top += static_cast<float>((group.titles + columns - 1) / columns) * sizes.line + sizes.end;
  }
  tops_.push_back(top);
}

namespace {

/// Chooses all of the group's titles. @return the room it takes.
float tick(const LibraryIndex::Group& group, std::string_view label, const ImRect& box, float inset, LibrarySelection& selection) {
  constexpr float room = 36;
  // Wide enough for a finger, also where the tick stands at the very edge.
  const ImRect place(ImVec2(box.Min.x + std::min(inset - 8, 0.0F), box.Min.y), ImVec2(box.Min.x + inset + room - 4, box.Max.y));
  const mirror::State state = group.chosen == 0              ? mirror::State::no
                              : group.chosen == group.titles ? mirror::State::yes
                                                             : mirror::State::mixed;
  const std::string name = "All of " + std::string(label) + ", " + words::count(group.titles, "title", "titles");
  const auto press = mirror::item("all", place, {.role = mirror::Role::checkbox, .name = name, .checked = state});
  if (press.pressed) selection.press_group(group);
  if (press.visible) {
    const auto& c = theme::colors();
    ImDrawList* list = ImGui::GetWindowDrawList();
    const ImVec2 middle(box.Min.x + inset + check_mark_size / 2, box.GetCenter().y);
    draw_check_mark(list, middle, state == mirror::State::yes, press.hovered);
    // Some of them: a bar instead of the tick.
    if (state == mirror::State::mixed)
      list->AddRectFilled(ImVec2(std::round(middle.x) - 5, std::round(middle.y) - 1),
                          ImVec2(std::round(middle.x) + 5, std::round(middle.y) + 1), c.text, 1);
    if (press.focus_visible)
      theme::focus_ring(ImRect(ImVec2(place.Min.x + 4, place.Min.y + 4), ImVec2(place.Max.x - 4, place.Max.y - 4)), 6);
  }
  return inset + room;
}

}  // namespace

bool group_heading(const LibraryIndex& rows, const LibraryIndex::Group& group, const ImRect& whole, float inset, bool stays,
                   LibrarySelection& selection) {
  const auto& c = theme::colors();
  const std::string label = rows.label_of(group);
  ImRect box = whole;
  if (stays) {
    // A pixel more above: at broken scales the edge of what is in sight lies within one.
    const ImGuiWindow* window = ImGui::GetCurrentWindow();
    window->DrawList->AddRectFilled(ImVec2(window->Pos.x, box.Min.y - 1), ImVec2(window->Pos.x + window->Size.x, box.Max.y), c.background);
  }
  if (selection.on()) box.Min.x += tick(group, label, box, inset, selection);
  std::string more = words::count(group.titles, "title", "titles");
  if (group.rated > 0) more += " · you " + words::number(group.mean, 2);
  const std::string name = label + " · " + more;
  mirror::Scope heading({.role = mirror::Role::heading, .level = 2}, ImGui::GetID("heading"));
  heading.box(box);
  const auto press = mirror::item(
      "turn", box, {.role = mirror::Role::button, .name = name, .expanded = group.open ? mirror::State::yes : mirror::State::no});
  if (!press.visible) return press.pressed;
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (press.hovered || press.held) list->AddRectFilled(box.Min, box.Max, theme::faded(c.raised, 0.55F), 6);
  const float middle = box.GetCenter().y;
  draw_icon(list, group.open ? Icon::chevron_down : Icon::chevron_right, ImVec2(box.Min.x + 9, middle), 18, c.muted);
  const float left = box.Min.x + 26;
  const float wide = text::line(ImVec2(left, middle - theme::line_of(Type::subheading) / 2), label,
                                {.type = Type::subheading, .weight = Weight::bold, .max_width = (box.Max.x - left) * 0.6F, .said = false});
  text::line(ImVec2(left + wide + 12, middle - theme::line_of(Type::small) / 2 + 1), more,
             {.type = Type::small, .color = c.muted, .max_width = box.Max.x - left - wide - 16, .said = false});
  list->AddLine(ImVec2(whole.Min.x, box.Max.y - 0.5F), ImVec2(box.Max.x, box.Max.y - 0.5F), c.line, 1.0F);
  if (press.focus_visible) {
    ImRect ring = box;
    ring.Expand(-4);
    theme::focus_ring(ring, 6);
  }
  return press.pressed;
}

bool group_item(const LibraryIndex& rows, const LibraryIndex::Group& group, const ImRect& box, float inset, bool stays,
                LibrarySelection& selection, int count) {
  ImGui::PushID(static_cast<int>(static_cast<unsigned>(group.key & 0xFFFFFFFFU)));
  mirror::Scope item({.role = mirror::Role::listitem, .above = stays, .position = static_cast<int>(group.before) + 1, .count = count},
                     ImGui::GetID("group"));
  item.box(box);
  const bool pressed = group_heading(rows, group, box, inset, stays, selection);
  ImGui::PopID();
  return pressed;
}

std::string_view name_of(LibraryGrouping grouping) {
  static constexpr std::array<std::string_view, library_grouping_count> names{"Nothing", "Type",        "Decade",    "First genre",
                                                                              "Creator", "Your rating", "Year rated"};
  return names[static_cast<std::size_t>(grouping)];
}

}  // namespace hub::ui::views
