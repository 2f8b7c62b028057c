#include "wasm/ui/views/library_wall.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "wasm/platform/mirror.hpp"
#include "wasm/platform/scroll.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/navigation.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/library_focus.hpp"
#include "wasm/ui/views/title_menu.hpp"
#include "wasm/ui/views/words.hpp"
#include "wasm/ui/widgets/check_mark.hpp"
#include "wasm/ui/widgets/cover.hpp"
#include "wasm/ui/widgets/stars.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui::views {
namespace {

using text::Align;
using theme::Type;
using theme::Weight;

constexpr float narrowest = 96;  ///< of a cover; as many stand in a row as that allows, but three at least
constexpr float usual = 136;     ///< where there is room for several
constexpr float gap = 16;
constexpr float star = 13;

struct Grid {
  int columns = 3;
  float cover_width = 0;
  float tile_height = 0;

  Grid(float width, float words_height) {
    const float wanted = width < 560 ? narrowest : usual;
    columns = std::max(3, static_cast<int>((width + gap) / (wanted + gap)));
    cover_width = std::floor((width - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns));
    tile_height = std::round(cover_width * 1.5F) + words_height + gap;
  }
};

void tile(const LibraryIndex& rows, const LibraryIndex::Row& row, std::size_t index, ImVec2 at, const Grid& grid, int position, int count,
          LibrarySelection& selection) {
  const auto& colors = theme::colors();
  const Item& item = row.entry->item;
  const ImRect box(at, ImVec2(at.x + grid.cover_width, at.y + grid.tile_height - gap));
  mirror::Scope scope({.role = mirror::Role::listitem, .position = position, .count = count}, ImGui::GetID("tile"));
  scope.box(box);
  const auto press = open_or_choose(rows, row, index, box, selection, true);
  if (!selection.on() && offer_title_menu(item, box, press.id) && !client().read_only())
    title_menu_selects([&selection, &rows, index, key = row.key] {
      selection.begin();
      if (index < rows.size() && rows.row(index).key == key) selection.press(index, false);
    });
  if (!press.visible) return;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImRect cover(at, ImVec2(box.Max.x, at.y + std::round(grid.cover_width * 1.5F)));
  const bool titled = draw_cover(list, cover, item);
  if (press.hovered || press.held) list->AddRect(cover.Min, cover.Max, colors.accent, theme::radius_cover, 2.0F);
  if (selection.on()) {
    if (row.chosen) list->AddRect(cover.Min, cover.Max, colors.text, theme::radius_cover, 3.0F);
    draw_check_mark(list, ImVec2(cover.Min.x + 8 + check_mark_size / 2, cover.Min.y + 8 + check_mark_size / 2), row.chosen, press.hovered);
  }
  if (press.focus_visible) theme::focus_ring(cover, theme::radius_cover);

  float y = cover.Max.y + 6;
  if (titled) {
    const text::Style style{.type = Type::small, .color = colors.muted, .max_width = grid.cover_width, .said = false};
    const std::string both = words::year_and_makers(item);
    const bool room_for_both = !item.year || text::measure(both, style).x <= grid.cover_width;
    text::line(ImVec2(at.x, y), room_for_both ? both : std::to_string(*item.year), style);
  } else {
    text::line(ImVec2(at.x, y), item.title,
               {.type = Type::small, .weight = Weight::semibold, .max_width = grid.cover_width, .said = false});
  }
  y += theme::line_of(Type::small);
  float room = grid.cover_width;
  if (row.predicted > 0) {
    const std::string figure = words::number(static_cast<double>(row.predicted), 2);
    text::line(ImVec2(box.Max.x, y), figure,
               {.type = Type::small, .weight = Weight::semibold, .color = colors.accent, .align = Align::right, .said = false});
    room -= 36;
  }
  const float middle = y + theme::line_of(Type::small) / 2;
  if (row.rating > 0 && room >= stars_width(star))
    draw_stars(list, ImVec2(at.x, std::round(middle - star / 2)), star, static_cast<double>(row.rating));
  else if (row.rating > 0)
    text::line(ImVec2(at.x, y), words::number(static_cast<double>(row.rating), 1) + " ★",
               {.type = Type::small, .color = colors.muted, .max_width = room, .said = false});
  else
    text::line(ImVec2(at.x, y), item.year && !titled ? std::to_string(*item.year) : std::string("not rated"),
               {.type = Type::small, .color = colors.faint, .max_width = room, .said = false});
}

}  // namespace

std::string spoken_name(const LibraryIndex::Row& row) {
  const Item& item = row.entry->item;
  std::string name = item.title;
  if (const std::string second = words::year_and_makers(item); !second.empty()) name += ", " + second;
  name += row.rating > 0 ? ", your rating " + words::stars(static_cast<double>(row.rating)) : std::string(", not rated");
  if (row.predicted > 0) name += ", for you " + words::number(static_cast<double>(row.predicted), 2);
  return name;
}

mirror::Interaction open_or_choose(const LibraryIndex& rows, const LibraryIndex::Row& row, std::size_t index, const ImRect& box,
                                   LibrarySelection& selection, bool wall) {
  mirror::Interaction press;
  const input::Keys keys = LibraryFocus::keys(rows, wall);
  if (selection.on()) {
    press = mirror::item("choose", box,
                         {.role = mirror::Role::checkbox,
                          .name = spoken_name(row),
                          .checked = row.chosen ? mirror::State::yes : mirror::State::no,
                          .keys = keys});
    if (press.pressed) selection.press(index, ImGui::GetIO().KeyShift);
  } else {
    const std::string href = href_of(row.entry->item->id);
    press =
        mirror::item("open", box, {.role = mirror::Role::link, .name = spoken_name(row), .context_menu = true, .href = href, .keys = keys});
    if (press.visible && selection.clicked(box, press.id)) selection.press(index, ImGui::GetIO().KeyShift);
  }
  library_focus().row(index, row.key, press.id);
  return press;
}

void library_wall(const ImRect& box, LibraryIndex& rows, LibrarySelection& selection, LibraryLayout& layout,
                  void (*keep_place)(ScrollArea&)) {
  const int count = static_cast<int>(rows.places());
  const Grid grid(box.GetWidth() - 12, 6 + 2 * theme::line_of(Type::small));
  ImGui::SetCursorScreenPos(box.Min);
  ScrollArea area("wall", box.GetSize(), {.focusable = false, .keep_position = true, .padding = ImVec2(0, 4)},
                  {.role = mirror::Role::list, .name = "Your library", .count = count});
  keep_place(area);
  const LibraryIndex::Group* turn = nullptr;
  const auto heading = [&](const LibraryIndex::Group& group, float top, bool stays) {
    const ImRect place(ImVec2(box.Min.x, top), ImVec2(box.Max.x - 12, top + group_heading_height));
    if (group_item(rows, group, place, 8, stays, selection, count)) turn = &group;
  };
  const auto line = [&](std::size_t first, std::size_t titles, float top, std::size_t before) {
    for (std::size_t i = 0; i < titles; ++i) {
      const auto& row = rows.row(first + i);
      ImGui::PushID(static_cast<int>(static_cast<unsigned>(row.key & 0xFFFFFFFFU)));
      const ImVec2 at(box.Min.x + static_cast<float>(i) * (grid.cover_width + gap), top);
      tile(rows, row, first + i, at, grid, static_cast<int>(before + i) + 1, count, selection);
      ImGui::PopID();
    }
  };
  layout.visit(area, rows, {.columns = grid.columns, .heading = group_heading_height + 12, .line = grid.tile_height, .end = 8}, heading,
               line);
  library_focus().end(area, rows, grid.columns, grid.tile_height);
  if (turn) rows.turn(*turn);
}

}  // namespace hub::ui::views
