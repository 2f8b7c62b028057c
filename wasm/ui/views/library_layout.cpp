#include "wasm/ui/views/library_layout.hpp"

#include <array>
#include <string>

#include "wasm/platform/mirror.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/words.hpp"
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

bool group_heading(const LibraryIndex& rows, const LibraryIndex::Group& group, const ImRect& box) {
  const auto& c = theme::colors();
  const std::string label = rows.label_of(group);
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
  draw_icon(list, group.open ? Icon::chevron_down : Icon::chevron_right, ImVec2(box.Min.x + 12, middle), 18, c.muted);
  const float left = box.Min.x + 28;
  const float wide = text::line(ImVec2(left, middle - theme::line_of(Type::subheading) / 2), label,
                                {.type = Type::subheading, .weight = Weight::bold, .max_width = (box.Max.x - left) * 0.6F, .said = false});
  text::line(ImVec2(left + wide + 12, middle - theme::line_of(Type::small) / 2 + 1), more,
             {.type = Type::small, .color = c.muted, .max_width = box.Max.x - left - wide - 16, .said = false});
  list->AddLine(ImVec2(box.Min.x, box.Max.y - 0.5F), ImVec2(box.Max.x, box.Max.y - 0.5F), c.line, 1.0F);
  if (press.focus_visible) {
    ImRect ring = box;
    ring.Expand(-4);
    theme::focus_ring(ring, 6);
  }
  return press.pressed;
}

bool group_item(const LibraryIndex& rows, const LibraryIndex::Group& group, const ImRect& box, int count) {
  ImGui::PushID(static_cast<int>(static_cast<unsigned>(group.key & 0xFFFFFFFFU)));
  mirror::Scope item({.role = mirror::Role::listitem, .position = static_cast<int>(group.before) + 1, .count = count},
                     ImGui::GetID("group"));
  item.box(box);
  const bool pressed = group_heading(rows, group, box);
  ImGui::PopID();
  return pressed;
}

std::string_view name_of(LibraryGrouping grouping) {
  static constexpr std::array<std::string_view, library_grouping_count> names{"Nothing", "Type",        "Decade",    "Genre",
                                                                              "Creator", "Your rating", "Year rated"};
  return names[static_cast<std::size_t>(grouping)];
}

}  // namespace hub::ui::views
