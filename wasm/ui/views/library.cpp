// Library: everything that is rated, and what was put aside, as a table (a list on a phone). Ratings are given and changed in their row.

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "wasm/platform/display.hpp"
#include "wasm/platform/frame.hpp"
#include "wasm/platform/host.hpp"
#include "wasm/platform/mirror.hpp"
#include "wasm/platform/scroll.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/layout.hpp"
#include "wasm/ui/navigation.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/asked_services.hpp"
#include "wasm/ui/views/library.hpp"
#include "wasm/ui/views/library_columns.hpp"
#include "wasm/ui/views/library_filters.hpp"
#include "wasm/ui/views/library_focus.hpp"
#include "wasm/ui/views/library_index.hpp"
#include "wasm/ui/views/library_layout.hpp"
#include "wasm/ui/views/library_selection.hpp"
#include "wasm/ui/views/library_wall.hpp"
#include "wasm/ui/views/matches.hpp"
#include "wasm/ui/views/songs.hpp"
#include "wasm/ui/views/title_menu.hpp"
#include "wasm/ui/views/words.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/button_row.hpp"
#include "wasm/ui/widgets/check_mark.hpp"
#include "wasm/ui/widgets/chip.hpp"
#include "wasm/ui/widgets/cover.hpp"
#include "wasm/ui/widgets/dialog.hpp"
#include "wasm/ui/widgets/empty_state.hpp"
#include "wasm/ui/widgets/rating_control.hpp"
#include "wasm/ui/widgets/search_field.hpp"
#include "wasm/ui/widgets/segmented.hpp"
#include "wasm/ui/widgets/stars.hpp"
#include "wasm/ui/widgets/table_header.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui::views {
namespace {

using text::Align;
using theme::Type;
using theme::Weight;

/// Kept on this device.
constexpr std::string_view setting_covers = "library-covers";
constexpr std::string_view setting_grouping = "library-grouping";  ///< its number; none where nothing is grouped

LibraryGrouping kept_grouping() {
  const std::string kept(host::setting(setting_grouping));
  const int number = kept.size() == 1 ? kept[0] - '0' : 0;
  return number > 0 && number < static_cast<int>(library_grouping_count) ? static_cast<LibraryGrouping>(number) : LibraryGrouping::none;
}

LibraryQuery first_query() {
  LibraryQuery query;
  query.grouping = kept_grouping();
  query.covers = host::setting(setting_covers) == "on";
  return query;
}

struct State {
  LibraryQuery query = first_query();
  LibraryQuery said = query;                          ///< as the address says it
  std::uint64_t arrivals = 0;                         ///< as far as they were followed
  std::uint64_t drawn = 0;                            ///< the frame in which titles were drawn last
  bool changed_in_sheet = false;                      ///< since it was opened: it is one step, whatever is chosen in it
  LibraryColumn column_before = LibraryColumn::date;  ///< words were looked for
  bool descending_before = true;
  std::map<std::string, float> places;  ///< how far down what was looked at stood, by what it was
  std::optional<float> place;           ///< to be scrolled to
  LibraryIndex index;
  LibrarySelection selection{index};
  LibraryLayout layout;
  bool choosing_group = false;
  bool choosing_order = false;
  std::vector<LibraryHeading> columns;  ///< of the table, as it was drawn last
  bool demo = false;                    ///< whose titles were shown
  std::size_t revealed = 0;             ///< the filters that were chosen when their row was drawn last
  std::uint64_t filters_drawn = 0;      ///< the frame of that
};

State& state() {
  static State the;
  return the;
}

constexpr float cover_room = 64;
constexpr float check_room = 36;
float row_height() {
  return std::max(52.0F, theme::line_of(Type::body) + 20);
}
float header_height() {
  return std::max(44.0F, theme::line_of(Type::small) + 16);
}
float list_row_height() {
  return 84 + 2 * (theme::grown(22) - 22);
}

/// What is looked at, to know how far down it stood: the demo's titles are others than the person's.
std::string place_key() {
  const State& s = state();
  return (s.demo ? "demo " : "own ") + to_address(s.query);
}

/// In what is looked at now the titles that were in sight when it was left are in sight again, or the first ones.
void back_to_place() {
  State& s = state();
  const auto kept = s.places.find(place_key());
  s.place = kept == s.places.end() ? 0.0F : kept->second;
}

/// Words that are looked for are not answered yet: what is shown is not what was asked for.
bool awaiting() {
  const State& s = state();
  return !s.query.text.empty() && client().in_library().query != s.query.text;
}

/// Of the area that the titles are in: puts it in its place, or keeps where it is.
void keep_place(ScrollArea& area) {
  State& s = state();
  constexpr std::size_t most_places = 100;
  if (s.place) {
    if (awaiting()) return;
    // Where it stands there already, the browser has no layout to make for it.
    if (const float place = *std::exchange(s.place, std::nullopt); place != area.position()) area.scroll_to(place);
    return;
  }
  if (s.places.size() > most_places) s.places.clear();
  s.places[place_key()] = area.position();
}

/// What the address bar says, where it has changed by itself.
void follow_address() {
  State& s = state();
  if (route().view != View::library || route().songs || s.arrivals == arrivals()) return;
  s.arrivals = arrivals();
  LibraryQuery asked = library_query_from(route().shelf);
  if (asked == s.query) return;
  s.query = s.said = std::move(asked);
  back_to_place();
}

/// The order that goes with words, or with a list for later, comes and goes with them.
void follow_order() {
  State& s = state();
  LibraryQuery& now = s.query;
  if (s.said.text.empty() != now.text.empty()) {
    if (s.said.text.empty()) {
      s.column_before = now.column;
      s.descending_before = now.descending;
      order_as_usual(now);
    } else if (now.column == LibraryColumn::match) {
      now.column = s.column_before;
      now.descending = s.descending_before;
    }
  }
  if (s.said.choice != now.choice && s.said.column == now.column) order_as_usual(now);
}

/// Tells the address bar what is shown now. What is typed takes the place of what was; what is pressed is a step that Back takes back.
void tell_address() {
  State& s = state();
  const bool entered = s.drawn + 1 < frame::count();
  s.drawn = frame::count();
  if (!filters_open()) s.changed_in_sheet = false;
  if (s.query == s.said) return;
  follow_order();
  LibraryQuery typed = s.said;
  typed.text = s.query.text;
  typed.column = s.query.column;
  typed.descending = s.query.descending;
  const bool by_typing = s.said.text != s.query.text && typed == s.query;
  const bool step = !entered && !by_typing && !s.changed_in_sheet;
  if (filters_open()) s.changed_in_sheet = true;
  s.said = s.query;
  show_shelf(to_address(s.query), step);
  s.place = 0.0F;
}

void sort_by(LibraryColumn column) {
  LibraryQuery& query = state().query;
  query.descending = query.column == column ? !query.descending : falls_first(column);
  query.column = column;
}

void choose(LibraryChoice choice) {
  LibraryQuery& query = state().query;
  query.choice = choice;
  order_as_usual(query);
}

/// The mark by which titles are in what is shown, as the engine calls it; empty where none is.
std::string_view mark_shown() {
  switch (state().query.choice) {
    case LibraryChoice::wished: return "wished";
    case LibraryChoice::seen: return "seen";
    default: return {};
  }
}

/// Where the titles begin, right of their covers.
float before_title() {
  return cover_room + (state().selection.on() ? check_room : 0);
}

void cell(const ImRect& box, std::string_view words, const text::Style& style) {
  mirror::info(box, {.role = mirror::Role::cell, .text = words});
  text::Style drawn = style;
  drawn.said = false;
  drawn.max_width = box.GetWidth() - 12;
  text::line(ImVec2(box.Min.x, box.GetCenter().y - theme::line_of(style.type) / 2), words, drawn);
}

void cell_or_dash(const ImRect& box, std::string_view words) {
  const auto& colors = theme::colors();
  cell(box, words.empty() ? std::string_view("—") : words, {.type = Type::small, .color = words.empty() ? colors.faint : colors.muted});
}

/// Takes a title out of the list that is shown.
void take_off(const Entry& entry) {
  Client& hub = client();
  const std::string& id = entry.item->id;
  if (state().query.choice == LibraryChoice::wished) return hub.mark(id, "wished", false);
  for (const auto& [mark, is] :
       {std::pair("seen", entry.deeds->seen), std::pair("begun", entry.deeds->begun), std::pair("dropped", entry.deeds->dropped)})
    if (is) hub.mark(id, mark, false);
}

/// The title of a row, with its cover: a link to its page, or a checkbox while titles are chosen. @return its id as a link.
ImGuiID title_cell(std::size_t index, const LibraryIndex::Row& row, const ImRect& box, const ImRect& place) {
  State& s = state();
  const auto& colors = theme::colors();
  const Item& item = row.entry->item;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float middle = box.GetCenter().y;
  ImRect whole = place;
  whole.Min.x = box.Min.x;
  whole.Max.x -= 8;
  mirror::Scope scope({.role = mirror::Role::rowheader}, ImGui::GetID("title cell"));
  scope.box(whole);
  const bool choosing = s.selection.on();
  mirror::Interaction press;
  if (choosing) {
    press = mirror::item("choose", whole,
                         {.role = mirror::Role::checkbox,
                          .name = item.title,
                          .checked = row.chosen ? mirror::State::yes : mirror::State::no,
                          .keys = LibraryFocus::keys(s.index)});
    if (press.pressed) s.selection.press(index, ImGui::GetIO().KeyShift);
  } else {
    const std::string href = href_of(item.id);
    press = mirror::item(
        "open", whole,
        {.role = mirror::Role::link, .name = item.title, .context_menu = true, .href = href, .keys = LibraryFocus::keys(s.index)});
  }
  library_focus().row(index, row.key, press.id);
  if (!press.visible) return press.id;
  float cover_left = box.Min.x + 12;
  if (choosing) {
    draw_check_mark(list, ImVec2(cover_left + check_mark_size / 2, middle), row.chosen, press.hovered);
    cover_left += check_room;
  }
  draw_cover(list, ImRect(ImVec2(cover_left, middle - 20), ImVec2(cover_left + 28, middle + 20)), item);
  const float wide = text::line(ImVec2(place.Min.x, middle - theme::line_of(Type::body) / 2), item.title,
                                {.weight = Weight::semibold, .max_width = place.GetWidth() - 16, .said = false});
  if (press.hovered) {
    const float under = std::round(middle + theme::line_of(Type::body) / 2 - 3);
    if (!choosing) list->AddLine(ImVec2(place.Min.x, under), ImVec2(place.Min.x + wide, under), theme::faded(colors.text, 0.6F), 1.0F);
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  }
  if (press.focus_visible) {
    whole.Expand(-4);
    theme::focus_ring(whole, 6);
  }
  return press.id;
}

/// @return the widget of its title.
ImGuiID table_row(std::size_t index, const LibraryIndex::Row& row, const ImRect& box, const std::vector<LibraryHeading>& columns) {
  const auto& colors = theme::colors();
  Client& hub = client();
  const Item& item = row.entry->item;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const bool seen = ImGui::IsRectVisible(box.Min, box.Max);
  ImGuiID link = 0;
  if (seen && row.chosen) list->AddRectFilled(box.Min, box.Max, colors.raised);
  if (seen && !row.chosen && ImGui::IsMouseHoveringRect(box.Min, box.Max))
    list->AddRectFilled(box.Min, box.Max, theme::faded(colors.raised, 0.55F));
  const float middle = box.GetCenter().y;
  for (const LibraryHeading& column : columns) {
    const ImRect place(ImVec2(column.left, box.Min.y), ImVec2(column.left + column.width, box.Max.y));
    switch (column.column) {
      case LibraryColumn::title: link = title_cell(index, row, box, place); break;
      case LibraryColumn::by: cell(place, words::makers(item), {.color = colors.muted}); break;
      case LibraryColumn::year: cell(place, item.year ? std::to_string(*item.year) : std::string("—"), {.color = colors.muted}); break;
      case LibraryColumn::type: {
        type_dot(ImVec2(place.Min.x + 4, middle), theme::color_of(item.type));
        ImRect beside = place;
        beside.Min.x += 16;
        cell(beside, heading_of(item.type), {});
        break;
      }
      case LibraryColumn::rating: {
        mirror::Scope scope({.role = mirror::Role::cell}, ImGui::GetID("rating cell"));
        scope.box(place);
        const std::string name = "Your rating of " + item.title;
        const auto rating = hub.rating(item.id);
        const auto result = rating_control("rate", ImVec2(place.Min.x, std::round(middle - 9)), rating,
                                           {.name = name, .star = 18, .disabled = hub.read_only(), .description = "Delete clears it"});
        if (result.rate) hub.rate(item.id, *result.rate);
        if (result.clear) hub.clear_rating(item.id);
        break;
      }
      case LibraryColumn::predicted:
        if (row.predicted > 0)
          cell(place, words::number(static_cast<double>(row.predicted), 2), {.weight = Weight::semibold, .color = colors.accent});
        else
          cell(place, "—", {.color = colors.faint});
        break;
      case LibraryColumn::gap:
        if (row.predicted > 0 && row.rating > 0) {
          const double gap = static_cast<double>(row.rating) - static_cast<double>(row.predicted);
          cell(place, words::signed_number(gap, 1),
               {.weight = Weight::semibold,
                .color = gap < -0.05  ? colors.down
                         : gap > 0.05 ? colors.up
                                      : colors.muted});
        } else {
          cell(place, "—", {.color = colors.faint});
        }
        break;
      case LibraryColumn::mark: {
        mirror::Scope scope({.role = mirror::Role::cell}, ImGui::GetID("mark cell"));
        scope.box(place);
        const bool wished = state().query.choice == LibraryChoice::wished;
        const std::string name = (wished ? "Take " : "Forget that you saw ") + item.title + (wished ? " off your wish list" : "");
        const ButtonOptions options{.kind = ButtonKind::quiet, .name = name, .disabled = hub.read_only(), .compact = true};
        const ImVec2 size = button_size("Remove", options);
        if (button("remove", ImVec2(place.Min.x - 8, std::round(middle - size.y / 2)), "Remove", options)) take_off(*row.entry);
        break;
      }
      case LibraryColumn::community: {
        const auto given = community_out_of_five(item);
        cell(place, given ? words::number(*given, 2) : std::string("—"), {.color = given ? colors.muted : colors.faint});
        break;
      }
      case LibraryColumn::genres: cell_or_dash(place, words::list(item.genres, 3)); break;
      case LibraryColumn::language: cell_or_dash(place, words::language(item.language)); break;
      case LibraryColumn::length: cell_or_dash(place, words::short_length(item)); break;
      case LibraryColumn::match: break;
      case LibraryColumn::date:
        cell(place, row.entry->rating && !row.entry->rating->date.empty() ? words::short_date(row.entry->rating->date) : std::string("—"),
             {.type = Type::small, .color = colors.muted});
        break;
    }
  }
  list->AddLine(ImVec2(box.Min.x, box.Max.y - 0.5F), ImVec2(box.Max.x, box.Max.y - 0.5F), colors.line, 1.0F);
  if (seen && state().selection.clicked(box, link)) state().selection.press(index, ImGui::GetIO().KeyShift);
  return link;
}

/// @see offer_title_menu
void row_menu(const LibraryIndex::Row& row, std::size_t index, const ImRect& box, ImGuiID link, ImGuiID around) {
  if (!offer_title_menu(row.entry->item, box, link, around) || client().read_only()) return;
  title_menu_selects([index, key = row.key] {
    State& s = state();
    s.selection.begin();
    if (index < s.index.size() && s.index.row(index).key == key) s.selection.press(index, false);
  });
}

void table(const ImRect& box) {
  State& s = state();
  const auto& colors = theme::colors();
  const int count = static_cast<int>(s.index.places());
  const auto& columns = s.columns =
      library_columns(box.Min.x + before_title(), box.GetWidth() - 12 - before_title(), !mark_shown().empty());
  mirror::Scope whole(
      {.role = mirror::Role::table, .name = "Your library", .count = count + 1, .columns = static_cast<int>(columns.size())},
      ImGui::GetID("whole"));
  whole.box(box);
  const ImRect header(box.Min, ImVec2(box.Max.x, box.Min.y + header_height()));
  {
    mirror::Scope group({.role = mirror::Role::rowgroup}, ImGui::GetID("head"));
    mirror::Scope row({.role = mirror::Role::row, .position = 1}, ImGui::GetID("header"));
    row.box(header);
    for (const LibraryHeading& column : columns) {
      const Sorting sorting = s.query.column != column.column ? Sorting::none
                              : s.query.descending            ? Sorting::descending
                                                              : Sorting::ascending;
      const ImRect place(ImVec2(column.left, header.Min.y), ImVec2(column.left + column.width - 8, header.Max.y));
      if (table_header(column.label.data(), place, column.label, true, sorting)) sort_by(column.column);
    }
  }
  ImGui::GetWindowDrawList()->AddLine(ImVec2(box.Min.x, header.Max.y - 0.5F), ImVec2(box.Max.x - 12, header.Max.y - 0.5F), colors.line,
                                      1.0F);
  ImGui::SetCursorScreenPos(ImVec2(box.Min.x, header.Max.y));
  ScrollArea area("table", ImVec2(box.GetWidth(), box.Max.y - header.Max.y), {.focusable = false, .keep_position = true},
                  {.role = mirror::Role::rowgroup, .context_menu = true});
  keep_place(area);
  const LibraryIndex::Group* turn = nullptr;
  const auto heading = [&](const LibraryIndex::Group& group, float top, bool stays) {
    ImGui::PushID(static_cast<int>(static_cast<unsigned>(group.key & 0xFFFFFFFFU)));
    const ImRect place(ImVec2(box.Min.x, top), ImVec2(box.Max.x - 12, top + group_heading_height));
    mirror::Scope row({.role = mirror::Role::row, .above = stays, .position = static_cast<int>(group.before) + 2}, ImGui::GetID("group"));
    row.box(place);
    mirror::Scope whole_row({.role = mirror::Role::cell}, ImGui::GetID("group cell"));
    whole_row.box(place);
    if (group_heading(s.index, group, place, 12, stays, s.selection)) turn = &group;
    ImGui::PopID();
  };
  const auto line = [&](std::size_t i, std::size_t, float top, std::size_t before) {
    const auto& row = s.index.row(i);
    ImGui::PushID(static_cast<int>(static_cast<unsigned>(row.key & 0xFFFFFFFFU)));
    const ImRect place(ImVec2(box.Min.x, top), ImVec2(box.Max.x - 12, top + row_height()));
    mirror::Scope scope({.role = mirror::Role::row, .position = static_cast<int>(before) + 2}, ImGui::GetID("row"));
    scope.box(place);
    const ImGuiID link = table_row(i, row, place, columns);
    if (!s.selection.on()) row_menu(row, i, place, link, area.id());
    ImGui::PopID();
  };
  s.layout.visit(area, s.index, {.columns = 1, .heading = group_heading_height, .line = row_height()}, heading, line);
  library_focus().end(area, s.index, 1, row_height());
  if (turn) s.index.turn(*turn);
}

/// @return the widget of its title.
ImGuiID list_row(const LibraryIndex::Row& row, std::size_t index, const ImRect& box, int position, int count) {
  const auto& colors = theme::colors();
  const Item& item = row.entry->item;
  const std::string second = words::year_and_makers(item);
  mirror::Scope scope({.role = mirror::Role::listitem, .position = position, .count = count}, ImGui::GetID("row"));
  scope.box(box);
  LibrarySelection& selection = state().selection;
  const bool choosing = selection.on();
  const auto press = open_or_choose(state().index, row, index, box, selection, false);
  if (!press.visible) return press.id;
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (press.held || row.chosen) list->AddRectFilled(box.Min, box.Max, colors.raised);
  float left = box.Min.x + 20;
  const float right = box.Max.x - 20;
  const float middle = std::round(box.GetCenter().y);
  if (choosing) {
    draw_check_mark(list, ImVec2(left + check_mark_size / 2, middle), row.chosen, press.hovered);
    left += check_room;
  }
  // Where large text has little room, words go before pictures.
  const float figure_room = row.predicted > 0 ? theme::grown(66) : 0;
  const bool pictured = right - left - 52 - figure_room >= theme::grown(90);
  if (pictured) draw_cover(list, ImRect(ImVec2(left, middle - 30), ImVec2(left + 40, middle + 30)), item);
  const float words_left = left + (pictured ? 52.0F : 0.0F);
  const float room = right - words_left - figure_room;
  if (row.predicted > 0) {
    const std::string figure = words::number(static_cast<double>(row.predicted), 2);
    const text::Style style{.weight = Weight::bold, .color = colors.accent, .align = Align::right, .said = false};
    text::line(ImVec2(right, middle - theme::line_of(Type::body) + 2), figure, style);
    text::line(ImVec2(right, middle + 2), "predicted", {.type = Type::tiny, .color = colors.faint, .align = Align::right, .said = false});
  }
  const float first = middle - 10 - theme::line_of(Type::body) - (theme::line_of(Type::small) - 18) / 2;
  const float third = middle - 10 + theme::line_of(Type::small) + (theme::line_of(Type::small) - 18) / 2;
  text::line(ImVec2(words_left, first), item.title, {.weight = Weight::semibold, .max_width = room, .said = false});
  text::line(ImVec2(words_left, first + theme::line_of(Type::body)), second,
             {.type = Type::small, .color = colors.muted, .max_width = room, .said = false});
  if (row.rating > 0)
    draw_stars(list, ImVec2(words_left, third + 4), 15, static_cast<double>(row.rating));
  else
    text::line(ImVec2(words_left, third + 3), "not rated", {.type = Type::tiny, .color = colors.faint, .said = false});
  list->AddLine(ImVec2(words_left, box.Max.y - 0.5F), ImVec2(right, box.Max.y - 0.5F), colors.line, 1.0F);
  if (press.focus_visible) {
    ImRect ring = box;
    ring.Expand(-6);
    theme::focus_ring(ring, 8);
  }
  return press.id;
}

void narrow_list(const ImRect& box) {
  State& s = state();
  const int count = static_cast<int>(s.index.places());
  ImGui::SetCursorScreenPos(box.Min);
  ScrollArea area("list", box.GetSize(), {.focusable = false, .keep_position = true},
                  {.role = mirror::Role::list, .name = "Your library", .count = count});
  keep_place(area);
  const LibraryIndex::Group* turn = nullptr;
  const auto heading = [&](const LibraryIndex::Group& group, float top, bool stays) {
    const ImRect place(ImVec2(box.Min.x + 20, top), ImVec2(box.Max.x - 20, top + group_heading_height));
    if (group_item(s.index, group, place, 0, stays, s.selection, count)) turn = &group;
  };
  const auto line = [&](std::size_t i, std::size_t, float top, std::size_t before) {
    const auto& row = s.index.row(i);
    ImGui::PushID(static_cast<int>(static_cast<unsigned>(row.key & 0xFFFFFFFFU)));
    const ImRect place(ImVec2(box.Min.x, top), ImVec2(box.Max.x, top + list_row_height()));
    const ImGuiID link = list_row(row, i, place, static_cast<int>(before) + 1, count);
    if (!s.selection.on()) row_menu(row, i, place, link, 0);
    ImGui::PopID();
  };
  s.layout.visit(area, s.index, {.columns = 1, .heading = group_heading_height, .line = list_row_height()}, heading, line);
  library_focus().end(area, s.index, 1, list_row_height());
  if (turn) s.index.turn(*turn);
}

/// Filters by type, each with how many there are. On a phone one row that can be pushed sideways.
float filters(ImVec2 at, float width, bool narrow) {
  State& s = state();
  const float height = chip_size("All").y;
  mirror::Scope group({.role = mirror::Role::group, .name = "Filter"});
  float x = at.x;
  float y = at.y;
  float end = y + height;
  float chosen_left = 0;
  float chosen_right = 0;
  const auto draw = [&] {
    const bool songs = route().songs;
    // Songs are no works: whatever is chosen of the works takes their place.
    const auto one = [&](const char* id, const std::string& label, bool on, ImU32 dot) {
      const ChipOptions options{.selected = on, .dot = dot};
      const float wide = chip_size(label, options).x;
      if (!narrow && x > at.x && x + wide > at.x + width) {
        x = at.x;
        y += height + 8;
        end = y + height;
      }
      const bool pressed = chip(id, ImVec2(x, y), label, options);
      if (on) chosen_right = x + wide;
      if (on && chosen_left == 0) chosen_left = x;
      x += wide + 8;
      return pressed;
    };
    if (one("all", "All " + words::count(s.index.all()), !songs && s.query.types == 0 && s.query.choice == LibraryChoice::all, 0)) {
      s.query.types = 0;
      choose(LibraryChoice::all);
      go(View::library);
    }
    for (const MediaType type : media_types) {
      const unsigned bit = 1U << index_of(type);
      const std::string label = std::string(heading_of(type)) + " " + words::count(s.index.of_type(type));
      const bool on = !songs && (s.query.types & bit) != 0;
      if (one(name_of(type).data(), label, on, theme::color_of(type))) {
        s.query.types = on ? s.query.types & ~bit : s.query.types | bit;
        go(View::library);
      }
    }
    const auto choice = [&](const char* id, std::string_view label, LibraryChoice which) {
      const bool on = !songs && s.query.choice == which;
      if (one(id, std::string(label) + " " + words::count(s.index.of_choice(which)), on, 0)) {
        choose(on ? LibraryChoice::all : which);
        go(View::library);
      }
    };
    choice("not rated", "Not rated", LibraryChoice::not_rated);
    choice("wished", "Wish list", LibraryChoice::wished);
    if (s.index.of_choice(LibraryChoice::seen) > 0 || s.query.choice == LibraryChoice::seen)
      choice("seen", "Seen, not rated", LibraryChoice::seen);
    if (one("songs", "Songs " + words::count(song_count()), songs, 0)) {
      if (songs)
        go(View::library);
      else
        go_songs();
    }
    // What waits for the person is only there while something does.
    if (const std::size_t waiting = client().review().size(); waiting > 0)
      if (one("review", "To look at " + words::count(waiting), false, 0)) go_review();
  };
  if (!narrow) {
    draw();
    return end - at.y;
  }
  ImGui::SetCursorScreenPos(ImVec2(at.x - 20, at.y - 4));
  ScrollArea area("filters", ImVec2(width + 40, height + 8), {.horizontal = true, .focusable = false, .padding = ImVec2(20, 4)},
                  {.role = mirror::Role::group, .name = "Types"});
  x = ImGui::GetCursorScreenPos().x;
  y = ImGui::GetCursorScreenPos().y;
  const float start = x;
  draw();
  // What is chosen, here or by an address, comes into sight; after that it is pushed by hand.
  const std::size_t chosen = (route().songs ? 1U : 0U) | s.query.types << 1U | static_cast<unsigned>(s.query.choice) << 16U;
  if (chosen != s.revealed || s.filters_drawn + 1 < frame::count())
    area.reveal_sideways(chosen_left - start + 20, chosen_right - start + 20);
  s.revealed = chosen;
  s.filters_drawn = frame::count();
  ImGui::SetCursorScreenPos(ImVec2(start, y));
  ImGui::Dummy(ImVec2(x - start, height));
  return height;
}

/// As a list or as a wall of covers.
void choose_look(const ImRect& box) {
  State& s = state();
  constexpr std::array<std::string_view, 2> looks{"List", "Covers"};
  const bool covers = segmented("look", box, "Shown as", looks, s.query.covers ? 1 : 0) == 1;
  if (covers != s.query.covers) library_covers(covers);
}

std::string lower(std::string_view words) {
  std::string made(words);
  if (!made.empty()) made[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(made[0])));
  return made;
}

/// What titles are put together by. Behind everything else of the view.
void grouping_dialog() {
  State& s = state();
  if (!s.choosing_group) return;
  Dialog dialog("grouping", "Group by", {.width = 360});
  Column& column = dialog.column();
  {
    mirror::Scope group({.role = mirror::Role::radiogroup, .name = "Group by"}, ImGui::GetID("groups"));
    for (std::size_t i = 0; i < library_grouping_count; ++i) {
      const auto grouping = static_cast<LibraryGrouping>(i);
      ImGui::PushID(static_cast<int>(i));
      if (radio_button("by", column.take(check_box_height()), name_of(grouping), s.query.grouping == grouping)) library_group(grouping);
      ImGui::PopID();
    }
  }
  column.gap(8);
  const auto& groups = s.index.groups();
  const bool any_open = std::any_of(groups.begin(), groups.end(), [](const LibraryIndex::Group& group) { return group.open; });
  const std::string_view all = any_open || groups.empty() ? "Close all groups" : "Open all groups";
  const ButtonOptions options{.kind = ButtonKind::quiet, .disabled = groups.empty(), .compact = true};
  if (column_button(column, "all", all, options)) s.index.turn_all(!any_open);
  if (dialog.buttons("Done", "") == 0 || dialog.dismissed()) s.choosing_group = false;
}

/// The order of the titles, where there are no headers to press. Behind everything else of the view.
void order_dialog() {
  State& s = state();
  if (!s.choosing_order) return;
  Dialog dialog("order", "Sort by", {.width = 360});
  {
    DialogBody body(dialog, "orders", "Orders");
    Column& column = body.column();
    const mirror::Scope group({.role = mirror::Role::radiogroup, .name = "Sort by"}, ImGui::GetID("orders"));
    constexpr std::array<LibraryColumn, 12> orders{LibraryColumn::match,     LibraryColumn::date,   LibraryColumn::rating,
                                                   LibraryColumn::predicted, LibraryColumn::gap,    LibraryColumn::title,
                                                   LibraryColumn::by,        LibraryColumn::year,   LibraryColumn::type,
                                                   LibraryColumn::community, LibraryColumn::length, LibraryColumn::language};
    for (const LibraryColumn order : orders) {
      if (order == LibraryColumn::match && s.query.text.empty()) continue;
      ImGui::PushID(static_cast<int>(order));
      if (radio_button("by", column.take(check_box_height()), label_of(order), s.query.column == order) && s.query.column != order)
        sort_by(order);
      ImGui::PopID();
    }
  }
  if (dialog.buttons("Done", "") == 0 || dialog.dismissed()) s.choosing_order = false;
}

/// How many titles are shown, how they are shown, and where there are no headers to press, in which order. While titles are chosen, what
/// can be done with them.
/// @param headers  the columns' headers tell and change the order. @return the height taken.
float view_line(ImVec2 at, float width, bool narrow, bool headers) {
  State& s = state();
  const auto& colors = theme::colors();
  if (s.selection.on()) return s.selection.bar(at, width, narrow);
  ImGui::PushID("view");
  const ButtonOptions quiet{.kind = ButtonKind::quiet, .compact = true};
  const float height = button_size("Select", quiet).y;
  const std::string_view label = label_of(s.query.column);
  const bool grouped = s.query.grouping != LibraryGrouping::none;
  const std::string by = grouped ? "By " + lower(name_of(s.query.grouping)) : std::string("Group");
  const std::size_t chosen = filters_chosen(s.query);
  const std::string filter = chosen > 0 ? "Filters " + words::count(chosen) : std::string("Filters");
  const bool by_match = s.query.column == LibraryColumn::match;
  // Where no header tells the order, this does.
  const bool in_headers = headers && (s.columns.empty() || std::any_of(s.columns.begin(), s.columns.end(), [&](const LibraryHeading& one) {
                                        return one.column == s.query.column;
                                      }));
  const bool order_there = !in_headers;
  float needed = (narrow ? height : button_size(filter, quiet).x) + button_size(by, quiet).x + button_size("Select", quiet).x;
  if (headers) needed += button_size("Columns", quiet).x;
  if (order_there) needed += button_size(label, quiet).x + (by_match ? 0 : height);
  const std::string shown_words = words::count(s.index.size(), "title", "titles");
  const std::string shown_number = words::count(s.index.size());
  const text::Style small{.type = Type::small, .color = colors.muted};
  float left = at.x + width + 8 - needed;
  float top = at.y;
  // With large letters what can be done gets lines of its own.
  const bool one_line = at.x + text::measure(shown_number, small).x + 8 <= left;
  const bool room = !one_line || at.x + text::measure(shown_words, small).x + 8 <= left;
  text::line(ImVec2(at.x, at.y + (height - theme::line_of(Type::small)) / 2), room ? shown_words : shown_number, small);
  const float first = at.x - 12;
  if (!one_line) {
    left = first;
    top += height;
  }
  const auto place = [&](float wide) {
    if (!one_line && left > first && left + wide > at.x + width + 8) {
      left = first;
      top += height;
    }
    const ImRect box(ImVec2(left, top), ImVec2(left + wide, top + height));
    left = box.Max.x;
    return box;
  };
  const auto next = [&](const char* id, std::string_view text, const ButtonOptions& options) {
    return button(id, place(button_size(text, options).x), text, options);
  };
  if (order_there) {
    const std::string name = "Sorted by " + lower(label) + ", choose another order";
    ButtonOptions order = quiet;
    order.name = name;
    if (next("order", label, order)) s.choosing_order = true;
    const std::string turned = s.query.descending ? "Highest or latest first" : "Lowest or earliest first";
    if (!by_match && icon_button("turn", place(height), s.query.descending ? Icon::sort_down : Icon::sort_up, turned, quiet))
      s.query.descending = !s.query.descending;
  }
  ButtonOptions filters = quiet;
  const std::string filter_name = chosen > 0 ? "Filters, " + words::count(chosen) + " chosen" : std::string("Filters");
  filters.name = filter_name;
  if (narrow ? icon_button("filter", place(height), Icon::filter, filter_name, quiet) : next("filter", filter, filters)) choose_filters();
  ButtonOptions group = quiet;
  const std::string group_name = grouped ? "Grouped by " + lower(name_of(s.query.grouping)) : std::string("Group titles");
  group.name = group_name;
  if (next("group", by, group)) s.choosing_group = true;
  if (headers && next("columns", "Columns", quiet)) choose_library_columns();
  ButtonOptions select = quiet;
  select.name = "Select titles";
  select.disabled = client().read_only() || s.index.size() == 0;
  if (next("select", "Select", select)) s.selection.begin();
  if (s.selection.was_closed()) mirror::focus(ImGui::GetID("select"));
  ImGui::PopID();
  return top + height - at.y;
}

/// The engine looks for what is typed while the rest of this frame is drawn.
void search(const ImRect& box) {
  std::string& text = state().query.text;
  const FieldState typed = search_field("find", text, box, {.name = "Search your library", .placeholder = "Search your library"});
  if (typed.changed && !text.empty()) client().find_in_library(text);
}

/// What was looked for instead, where nothing is found as it was typed. @return the height taken.
float meant_line(ImVec2 at, float width) {
  State& s = state();
  const std::string& meant = s.index.meant();
  const std::string& typed = client().in_library().query;
  const std::string words = meant.empty() ? std::string() : "Nothing for “" + typed + "”; showing “" + meant + "”.";
  const text::Style style{.type = Type::small, .color = theme::colors().muted, .said = false};
  const float height = words.empty() ? 0 : text::paragraph(at, width, words, style);
  mirror::status(ImRect(at, ImVec2(at.x + width, at.y + std::max(height, 1.0F))), "What was looked for", words);
  return height;
}

/// The titles that the filters let through, or why there are none.
void titles(const ImRect& box, const Page& page, bool headers) {
  State& s = state();
  const ImRect room(box.Min, ImVec2(box.Max.x, box.Max.y - 16));
  if (s.index.all() == 0) {
    const int pressed =
        empty_state("songs alone", room,
                    {.icon = Icon::library,
                     .title = "No titles are in your library yet",
                     .words = "Your songs have a place of their own. Bring ratings of films, shows, games, albums or books as "
                              "well, or rate some that you know.",
                     .action = "Bring your ratings",
                     .second = "Show your songs"});
    if (pressed == 1) go(View::data);
    if (pressed == 2) go_songs();
    return;
  }
  if (s.index.of_choice(LibraryChoice::wished) == 0 && s.query.choice == LibraryChoice::wished) {
    empty_state("no wish", room,
                {.icon = Icon::library,
                 .title = "Nothing is on your wish list",
                 .words = "Import a watchlist, or press “Wish list” at any title in Predict. The best for you will stand first here."});
    return;
  }
  if (s.index.size() == 0) {
    const NothingLeft left = nothing_left(s.query, s.index);
    const int pressed = empty_state(
        "none", room,
        {.icon = Icon::filter, .title = "Nothing matches", .words = left.words, .action = "Show everything", .second = left.without});
    if (pressed == 1) {
      s.query = without_filters(s.query);
      order_as_usual(s.query);
    }
    if (pressed == 2) s.query = left.query;
    return;
  }
  if (s.query.covers)
    library_wall(ImRect(box.Min, ImVec2(box.Max.x + 12, box.Max.y)), s.index, s.selection, s.layout, keep_place);
  else if (!headers)
    narrow_list(ImRect(ImVec2(page.box.Min.x, box.Min.y), ImVec2(page.box.Max.x, box.Max.y)));
  else
    table(ImRect(box.Min, ImVec2(box.Max.x + 12, box.Max.y - 8)));
}

/// What is shown, to be changed from elsewhere: what the address has said since comes first.
LibraryQuery& asked() {
  follow_address();
  return state().query;
}

}  // namespace

std::string library_shelf() {
  return to_address(state().query);
}

void library_filter() {
  choose_filters();
}

void library_clear() {
  LibraryQuery& query = asked();
  std::string text = std::exchange(query.text, {});
  query = without_filters(query);
  query.text = std::move(text);
}

void library_covers(bool covers) {
  asked().covers = covers;
  host::set_setting(setting_covers, covers ? "on" : "");
}

LibrarySelection& library_selection() {
  return state().selection;
}

std::size_t library_shown() {
  return state().index.size();
}

void library_group(LibraryGrouping grouping) {
  asked().grouping = grouping;
  host::set_setting(setting_grouping, grouping == LibraryGrouping::none ? std::string() : std::to_string(static_cast<int>(grouping)));
}

void library_sort(LibraryColumn column) {
  asked();
  sort_by(column);
}

void library_show(std::optional<MediaType> type) {
  LibraryQuery& query = asked();
  query = without_filters(query);
  query.types = type ? 1U << index_of(*type) : 0;
  order_as_usual(query);
}

void library_choose(LibraryChoice choice_wanted) {
  LibraryQuery& query = asked();
  query = without_filters(query);
  choose(choice_wanted);
}

void library(const Page& page) {
  if (route().match) return match_review(page);
  State& s = state();
  Client& hub = client();
  const auto& colors = theme::colors();
  if (s.demo != hub.demo()) {
    s.selection.end();
    s.demo = hub.demo();
    back_to_place();
  }
  follow_address();
  // While the library is still arriving there is nothing to put in order.
  if (hub.opened()) s.index.update(s.query);
  const float side = page.narrow ? 20.0F : 32.0F;
  const float left = page.box.Min.x + side;
  const float right = page.box.Max.x - side;
  const float width = right - left;
  float y = page.box.Min.y + (page.narrow ? 16 : 24);
  const float height = theme::control_height();
  const float title_line = theme::line_of(page.narrow ? Type::heading : Type::title);
  const text::Style title{.type = page.narrow ? Type::heading : Type::title, .weight = Weight::bold};
  const float title_room = std::ceil(text::measure("Library", title).x) + (page.narrow ? 8.0F : 24.0F);
  text::heading(ImVec2(left, y + (height - title_line) / 2), title_room, "Library", 1, title);

  const ImRect rest(ImVec2(left, y + height + 16), ImVec2(right, page.box.Max.y - 16));
  if (!hub.opened()) {
    text::paragraph(rest.Min, rest.GetWidth(), hub.opening_words(), {.color = colors.muted});
    return;
  }
  if (s.index.all() == 0 && song_count() == 0 && !route().songs && hub.demo()) {
    const int pressed =
        empty_state("empty demo", rest,
                    {.icon = Icon::library,
                     .title = "The demo is empty now",
                     .words = "Everything was taken out of it. Nothing of the demo is kept; your own library is as you left it.",
                     .action = "Begin the demo anew",
                     .second = "Go to my own library"});
    // Nothing is left to be chosen among.
    if (pressed > 0) library_selection().end();
    if (pressed == 1) hub.open_demo();
    if (pressed == 2) hub.leave_demo();
    return;
  }
  if (s.index.all() == 0 && song_count() == 0 && !route().songs) {
    const int pressed = empty_state("empty", rest,
                                    {.icon = Icon::library,
                                     .title = "Nothing is in your library yet",
                                     .words = "Bring ratings you have from elsewhere, rate titles you know, or look around with the demo.",
                                     .action = "Bring your ratings",
                                     .second = "Open demo"});
    if (pressed == 1) go(View::data);
    if (pressed == 2) hub.open_demo();
    return;
  }

  ImVec2 import = button_size("Import", {});
  const bool brief = title_room + import.x > width;
  if (brief) import.x = height;
  const ImRect import_box(ImVec2(right - import.x, y), ImVec2(right, y + height));
  if (brief ? icon_button("import", import_box, Icon::upload, "Import", {}) : button("import", import_box, "Import", {})) go(View::data);
  const float look_width = std::min(std::round((page.narrow ? 148.0F : 160.0F) * theme::size_of(Type::body) / 15.0F), width);
  float look_left = left + title_room;
  if (page.narrow) {
    look_left = right - import.x - 8 - look_width;
    // With large letters it gets a line of its own.
    if (look_left < left + title_room && !route().songs) {
      look_left = left;
      y += height + 12;
    }
  }
  // Songs have no covers.
  if (!route().songs) choose_look(ImRect(ImVec2(look_left, y), ImVec2(look_left + look_width, y + height)));
  if (page.narrow) {
    y += height + 12;
    search(ImRect(ImVec2(left, y), ImVec2(right, y + height)));
    y += height + 12;
  } else {
    const float wide = std::min(300.0F, width - title_room - look_width - 16 - import.x - 16);
    search(ImRect(ImVec2(right - import.x - 16 - wide, y), ImVec2(right - import.x - 16, y + height)));
    y += height + 16;
  }
  y += filters(ImVec2(left, y), width, page.narrow) + 8;
  if (route().songs) {
    songs(ImRect(ImVec2(left, y), ImVec2(right, page.box.Max.y)), page.narrow, s.query.text);
    return;
  }
  if (s.selection.on() && hub.read_only()) s.selection.end();
  s.selection.keys();
  if (const float taken = filter_chips(ImVec2(left, y), width, page.narrow, s.query); taken > 0) y += taken + 8;
  const bool headers = !page.narrow && !s.query.covers;
  y += view_line(ImVec2(left, y), width, page.narrow, headers) + 4;
  if (const float taken = meant_line(ImVec2(left, y), width); taken > 0) y += taken + 8;

  // Whose facts are shown is said below them.
  const float foot = sources_foot_height(width);
  const float bottom = page.box.Max.y - (foot > 0 ? foot + 8 : 0);
  titles(ImRect(ImVec2(left, y), ImVec2(right, bottom)), page, headers);
  if (foot > 0) {
    Column below(ImVec2(left, bottom), width);
    draw_sources_foot(below);
  }
  s.selection.dialog();
  if (headers) library_columns_dialog(s.columns);
  grouping_dialog();
  order_dialog();
  filters_dialog(s.query, s.index);
  tell_address();
}

}  // namespace hub::ui::views
