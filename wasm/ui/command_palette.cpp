#include "wasm/ui/command_palette.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "wasm/platform/display.hpp"
#include "wasm/platform/frame.hpp"
#include "wasm/platform/input.hpp"
#include "wasm/platform/mirror.hpp"
#include "wasm/platform/scroll.hpp"
#include "wasm/ui/actions.hpp"
#include "wasm/ui/passing_actions.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/matches.hpp"
#include "wasm/ui/views/predict_list.hpp"
#include "wasm/ui/views/title_menu.hpp"
#include "wasm/ui/views/words.hpp"
#include "wasm/ui/widgets/dialog.hpp"
#include "wasm/ui/widgets/key_caps.hpp"
#include "wasm/ui/widgets/rating_control.hpp"
#include "wasm/ui/widgets/search_field.hpp"
#include "wasm/ui/widgets/switch_control.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui::palette {
namespace {

using theme::Type;
using theme::Weight;

bool large_text() {
  return display::text_scale() > 1.2F;
}

/// With large text a long name takes two lines, in smaller letters.
float row_height() {
  return large_text() ? 2 * theme::line_of(Type::small) + 8 : 44;
}

constexpr int rows_shown = 9;

struct State {
  bool open = false;
  bool list = false;
  std::string query;
  std::string filtered_for;
  int active = 0;
  ImGuiID active_id = 0;
  ImGuiID list_id = 0;
  bool reveal = false;
};

State& state() {
  static State instance;
  return instance;
}

std::string lower(std::string_view words) {
  std::string made(words);
  for (char& c : made)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return made;
}

std::vector<std::string> parts_of(std::string_view query) {
  std::vector<std::string> parts;
  std::string part;
  for (const char c : lower(query)) {
    if (c != ' ') {
      part += c;
    } else if (!part.empty()) {
      parts.push_back(std::move(part));
      part.clear();
    }
  }
  if (!part.empty()) parts.push_back(std::move(part));
  return parts;
}

/// Whether a word of `text` begins with `part`.
bool begins_word(std::string_view text, std::string_view part) {
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1))
    if (at == 0 || text[at - 1] == ' ') return true;
  return false;
}

/// How well an action fits: 0 not at all, 3 its name begins so, 2 all words are in its name, 1 in what else it is called by.
int fit(const Action& action, std::string_view query, const std::vector<std::string>& parts) {
  const std::string name = lower(action.name);
  if (name.starts_with(query)) return 3;
  const std::string all = name + " " + lower(action.other_words) + " " + lower(heading_of(action.group));
  int best = 2;
  for (const std::string& part : parts) {
    if (begins_word(name, part)) continue;
    if (!begins_word(all, part)) return 0;
    best = 1;
  }
  return best;
}

std::vector<const Action*> found(std::string_view query, std::span<const Action> passing) {
  const std::vector<std::string> parts = parts_of(query);
  const std::string begun = lower(query);
  std::vector<std::pair<int, const Action*>> fits;
  const auto look = [&](std::span<const Action> among) {
    for (const Action& action : among)
      if (possible(action))
        if (const int how = fit(action, begun, parts); how > 0) fits.emplace_back(how, &action);
  };
  look(actions());
  // One looks for what can always be done more often than for one title of many.
  look(passing);
  std::stable_sort(fits.begin(), fits.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<const Action*> made;
  made.reserve(fits.size());
  for (const auto& [how, action] : fits) made.push_back(action);
  return made;
}

void follow_keys(ImGuiID field, int count) {
  State& s = state();
  for (const auto& event : input::key_events()) {
    if ((event.focused != field && event.focused != s.list_id) || event.mods != 0 || count == 0) continue;
    const int before = s.active;
    switch (event.key) {
      case ImGuiKey_DownArrow: s.active = (s.active + 1) % count; break;
      case ImGuiKey_UpArrow: s.active = (s.active + count - 1) % count; break;
      case ImGuiKey_PageDown: s.active = std::min(s.active + rows_shown - 1, count - 1); break;
      case ImGuiKey_PageUp: s.active = std::max(s.active - rows_shown + 1, 0); break;
      default: break;
    }
    if (s.active != before) {
      s.reveal = true;
      frame::request(2);
    }
  }
}

/// @return whether it was pressed.
bool row(const Action& action, const ImRect& box, int position, int count, bool active) {
  State& s = state();
  const auto& colors = theme::colors();
  const std::vector<std::string> keys = keys_of(action);
  const ImGuiID id = ImGui::GetID(action.name.c_str());
  const auto press = mirror::item(id, box,
                                  {.role = mirror::Role::option,
                                   .name = action.name,
                                   .description = key_words_of(action),
                                   .selected = active ? mirror::State::yes : mirror::State::no,
                                   .position = position + 1,
                                   .count = count});
  if (active) s.active_id = id;
  if (!press.visible) return press.pressed;
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (active)
    list->AddRectFilled(box.Min, box.Max, colors.raised, 8);
  else if (press.hovered)
    list->AddRectFilled(box.Min, box.Max, theme::faded(colors.raised, 0.6F), 8);
  if (active && colors.forced) list->AddRect(box.Min, box.Max, colors.edge, 8, 1.0F);
  if (press.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  const float middle = box.GetCenter().y;
  draw_icon(list, action.icon, ImVec2(box.Min.x + 20, middle), 18, active ? colors.text : colors.muted);
  float right = box.Max.x - 12;
  if (!keys.empty() && !display::coarse_pointer()) {
    const float wide = key_caps_width(keys);
    key_caps(ImVec2(right - wide, middle), keys);
    right -= wide + 12;
  }
  text::Style style{.weight = active ? Weight::semibold : Weight::regular, .max_lines = 1, .said = false};
  const float room = right - box.Min.x - 42;
  if (large_text() && text::measure(action.name, style).x > room) {
    style.type = Type::small;
    style.max_lines = 2;
  }
  text::paragraph(ImVec2(box.Min.x + 42, middle - text::paragraph_height(action.name, room, style) / 2), room, action.name, style);
  return press.pressed;
}

void draw_palette() {
  State& s = state();
  const auto& colors = theme::colors();
  const Action* chosen = nullptr;
  const std::vector<Action> passing = passing_actions();
  {
    Dialog dialog("commands", "All commands", {.width = 560, .high = true, .untitled = true});
    Column& column = dialog.column();
    if (dialog.opening()) s.query.clear();
    const auto field = search_field("command", s.query, column.take(theme::control_height() + 4),
                                    {.name = "Find a command",
                                     .placeholder = "What would you like to do?",
                                     .controls = s.list_id,
                                     .active = s.active_id,
                                     .keys = input::up_down | input::page_keys | input::escape});
    if (dialog.opening()) mirror::focus(field.id);
    if (s.query != s.filtered_for || dialog.opening()) {
      s.filtered_for = s.query;
      s.active = 0;
      s.reveal = true;
    }
    const std::vector<const Action*> shown = found(s.query, passing);
    const int count = static_cast<int>(shown.size());
    s.active = std::clamp(s.active, 0, std::max(count - 1, 0));
    follow_keys(field.id, count);
    if (field.submitted && count > 0) chosen = shown[static_cast<std::size_t>(s.active)];
    column.gap(12);
    mirror::status(ImRect(column.at(), ImVec2(column.at().x + column.width(), column.y())), "Commands found",
                   count == 0 ? std::string("No command") : words::count(static_cast<std::uint64_t>(count), "command", "commands"));
    const float row_height = palette::row_height();
    // What the keyboard of a phone covers is no room.
    const float room = display::size().y - display::keyboard_height() - column.y() - display::safe_area().bottom - 32;
    const float height = std::max(row_height, std::min(room, row_height * static_cast<float>(rows_shown) + row_height / 2));
    const ImRect box = column.take(count == 0 ? row_height * 2 : std::min(height, row_height * static_cast<float>(count)));
    if (count == 0) {
      s.active_id = 0;
      text::line(ImVec2(box.Min.x + 12, box.Min.y + 12), "Nothing here is called that. Titles are found by Search.",
                 {.color = colors.muted, .max_width = box.GetWidth() - 24});
    } else {
      ImGui::SetCursorScreenPos(box.Min);
      const mirror::Item hints{.role = mirror::Role::listbox, .name = "Commands", .keys = input::list_keys};
      ScrollArea area("list", box.GetSize(), {.focusable = false}, hints);
      s.list_id = area.id();
      s.active_id = 0;
      const float scrollbar = height < row_height * static_cast<float>(count) ? 12.0F : 0.0F;
      for (const int i : area.rows(count, row_height)) {
        const float top = area.row_top(i);
        const Action& action = *shown[static_cast<std::size_t>(i)];
        if (row(action, ImRect(ImVec2(box.Min.x, top), ImVec2(box.Max.x - scrollbar, top + row_height)), i, count, i == s.active))
          chosen = &action;
      }
      if (s.reveal) area.reveal_row(s.active);
      s.reveal = false;
      mirror::Item said = hints;
      said.active = s.active_id;
      area.update(said);
    }
    if (dialog.dismissed()) s.open = false;
  }
  if (!chosen) return;
  s.open = false;
  frame::request();
  run(*chosen);
}

void shortcut_row(Column& column, std::string_view what, const std::vector<std::string>& keys, const std::string& in_words) {
  const text::Style style{.color = theme::colors().text, .said = false};
  const float wide = key_caps_width(keys);
  const float beside = column.width() - wide - 16;
  // The keys go below their words where these would be left with little.
  const bool below = text::measure(what, style).x > beside && beside < column.width() * 0.55F;
  const float words = text::paragraph_height(what, below ? column.width() : beside, style);
  const float line = theme::line_of(Type::body);
  const ImRect box = column.take(std::max(32.0F, words + (below ? line + 14 : 10)));
  const mirror::Scope item({.role = mirror::Role::listitem});
  const std::string said = std::string(what) + ": " + in_words;
  mirror::text(box, said);
  if (below) {
    text::paragraph(ImVec2(box.Min.x, box.Min.y + 5), box.GetWidth(), what, style);
    key_caps(ImVec2(box.Min.x, box.Max.y - 7 - line / 2), keys);
    return;
  }
  text::paragraph(ImVec2(box.Min.x, box.GetCenter().y - words / 2), beside, what, style);
  key_caps(ImVec2(box.Max.x - wide, box.GetCenter().y), keys);
}

void group_heading(Column& column, std::string_view words, bool first) {
  if (!first) column.gap(14);
  column.skip(text::heading(column.at(), column.width(), words, 3,
                            {.type = Type::small, .weight = Weight::semibold, .color = theme::colors().muted}));
  column.gap(2);
}

void widget_keys(Column& column, std::string_view heading, std::span<const WidgetKeys> all) {
  group_heading(column, heading, false);
  const mirror::Scope list({.role = mirror::Role::list, .name = heading}, ImGui::GetID(heading.data()));
  for (const WidgetKeys& one : all) shortcut_row(column, one.what, one.keys, key_words(one.keys, " or "));
}

void draw_list() {
  State& s = state();
  static float content = 400;
  Dialog dialog("shortcuts", "Keyboard shortcuts", {.width = 520});
  Column& outer = dialog.column();
  constexpr std::string_view typed_words = "Characters alone are shortcuts";
  const float switch_height = switch_control_height(outer.width(), typed_words);
  const float least = 3 * theme::line_of(Type::body);
  // On a desk some of the page stays in sight.
  const float room = dialog.room(16 + switch_height + 24 + theme::control_height() + 4);
  const float most = std::max(least, display::size().x < 720 ? room : std::min(room, display::size().y * 0.68F));
  const ImRect box = outer.take(std::clamp(content, least, most));
  ImGui::SetCursorScreenPos(box.Min);
  {
    ScrollArea area("keys", box.GetSize(), {}, {.role = mirror::Role::region, .name = "All shortcuts"});
    const float top = ImGui::GetCursorScreenPos().y;
    Column column(box.GetWidth() - 14);
    bool first = true;
    const auto all = actions();
    for (auto begin = all.begin(); begin != all.end();) {
      const auto end = std::find_if(begin, all.end(), [&](const Action& action) { return action.group != begin->group; });
      const auto has_keys = [](const Action& action) { return !keys_of(action).empty(); };
      if (std::any_of(begin, end, has_keys)) {
        const std::string_view heading = heading_of(begin->group);
        group_heading(column, heading, first);
        first = false;
        const mirror::Scope list({.role = mirror::Role::list, .name = heading}, ImGui::GetID(heading.data()));
        for (auto one = begin; one != end; ++one)
          if (has_keys(*one)) shortcut_row(column, one->name, keys_of(*one), key_words_of(*one));
      }
      begin = end;
    }
    widget_keys(column, "On a row of stars", rating_keys());
    widget_keys(column, "In a search", views::search_keys());
    widget_keys(column, "On a title", views::title_menu_keys());
    widget_keys(column, "In a dialog", dialog_keys());
    if (typed_shortcuts()) widget_keys(column, "Where it is asked which work a title is", views::match_keys());
    const float height = column.y() - top;
    if (height != content) frame::request();
    content = height;
  }
  outer.gap(16);
  if (switch_control("typed", outer.at(), outer.width(), typed_words, typed_shortcuts())) set_typed_shortcuts(!typed_shortcuts());
  outer.skip(switch_height);
  if (dialog.buttons("Close", "") == 0 || dialog.dismissed()) s.list = false;
}

}  // namespace

void show() {
  state().open = true;
  frame::request();
}

void show_shortcuts() {
  state().list = true;
  frame::request();
}

bool open() {
  return state().open;
}

void draw() {
  if (state().open)
    draw_palette();
  else if (state().list)
    draw_list();
}

}  // namespace hub::ui::palette
