#include "wasm/ui/views/library_selection.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>

#include "wasm/platform/input.hpp"
#include "wasm/platform/mirror.hpp"
#include "wasm/platform/scroll.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/words.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/dialog.hpp"
#include "wasm/ui/widgets/icon.hpp"
#include "wasm/ui/widgets/rating_control.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui::views {
namespace {

using Deed = ChangedTogether::Deed;
using theme::Type;
using theme::Weight;

struct Act {
  Deed deed;
  const char* id;
  std::string_view label;
  std::string_view short_label;  ///< below an icon
  Icon icon;
  std::string_view name;
};

/// In the order of the bar.
constexpr std::array<Act, ChangedTogether::deed_count> acts{{
    {Deed::rated, "rate", "Rate…", "Rate…", Icon::star, "Rate the selected titles"},
    {Deed::wished, "wish", "Wish list", "Wish list", Icon::heart, "Put the selected titles on your wish list"},
    {Deed::unwished, "unwish", "Off wish list", "Off list", Icon::heart_filled, "Take the selected titles off your wish list"},
    {Deed::seen, "seen", "Seen", "Seen", Icon::eye, "Mark the selected titles as seen"},
    {Deed::unrated, "unrate", "Clear rating", "Unrate", Icon::close, "Clear rating of the selected titles"},
    {Deed::removed, "remove", "Remove", "Remove", Icon::trash, "Remove the selected titles from your library"},
}};

constexpr float gap = 4;

/// Height of an act with its icon above its words, where there is little room.
float stacked_height() {
  return std::round(34 + theme::line_of(Type::tiny));
}

bool stacked_act(const Act& act, const ImRect& box, bool possible) {
  const auto state = mirror::item(act.id, box, {.role = mirror::Role::button, .name = act.name, .disabled = !possible});
  if (!state.visible) return state.pressed;
  const auto& c = theme::colors();
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (possible && (state.hovered || state.held)) list->AddRectFilled(box.Min, box.Max, c.hover, theme::radius_control - 2);
  const ImU32 ink = possible ? c.text : theme::faded(c.faint, 0.8F);
  const float middle = box.GetCenter().x;
  draw_icon(list, act.icon, ImVec2(middle, box.Min.y + 17), 20, ink);
  text::line(ImVec2(middle, box.Min.y + 30), act.short_label,
             {.type = Type::tiny, .color = ink, .align = text::Align::center, .max_width = box.GetWidth(), .said = false});
  if (state.focus_visible) theme::focus_ring(ImRect(ImVec2(box.Min.x + 3, box.Min.y + 3), ImVec2(box.Max.x - 3, box.Max.y - 3)), 6);
  return state.pressed;
}

ButtonOptions options_of(const Act& act, bool possible) {
  return {.kind = ButtonKind::quiet, .name = act.name, .disabled = !possible, .compact = true};
}

}  // namespace

void LibrarySelection::end() {
  none();
  on_ = asking_ = false;
  pressed_ = 0;
}

void LibrarySelection::press(std::size_t index, bool range) {
  on_ = true;
  const auto before = range && pressed_ != 0 ? rows_.place_of(pressed_) : std::nullopt;
  pressed_ = rows_.row(index).key;
  if (before)
    rows_.choose_between(*before, index, true);
  else
    rows_.choose_between(index, index, !rows_.is_chosen(index));
}

void LibrarySelection::press_group(const LibraryIndex::Group& group) {
  const std::size_t last = group.first + group.titles - 1;
  pressed_ = rows_.row(last).key;
  rows_.choose_between(group.first, last, group.chosen < group.titles);
}

void LibrarySelection::all() {
  if (rows_.size() == 0) return;
  on_ = true;
  rows_.choose_between(0, rows_.size() - 1, true);
}

void LibrarySelection::none() {
  rows_.choose_none();
}

void LibrarySelection::keys() {
  const bool free = !dialog_open();
  if (on_ && free && input::pressed(ImGuiKey_Escape)) end();
}

bool LibrarySelection::clicked(const ImRect& box, ImGuiID link) const {
  const ImGuiIO& io = ImGui::GetIO();
  if (client().read_only() || !ImGui::IsMouseHoveringRect(box.Min, box.Max)) return false;
  const ImGuiID hovered = ImGui::GetHoveredID();
  // Not when a finger comes down: it may be about to push the list.
  if (on_) return hovered == 0 && ImGui::IsMouseReleased(ImGuiMouseButton_Left) && box.Contains(io.MouseClickedPos[0]);
  // With the press, as the browser would open another tab or window with the click: by then the link is none any more.
  return ImGui::IsMouseClicked(ImGuiMouseButton_Left) && (io.KeyCtrl || io.KeyShift) && (hovered == 0 || hovered == link);
}

bool LibrarySelection::possible(Deed deed) const {
  const LibraryIndex::Chosen& chosen = rows_.chosen();
  if (!on_ || chosen.titles == 0 || client().read_only()) return false;
  switch (deed) {
    case Deed::unrated: return chosen.rated > 0;
    case Deed::wished: return chosen.wished < chosen.titles;
    case Deed::unwished: return chosen.wished > 0;
    case Deed::seen: return chosen.seen < chosen.titles;
    case Deed::rated:
    case Deed::removed: return true;
  }
  return false;
}

void LibrarySelection::change(Deed deed) {
  if (!possible(deed)) return;
  if (deed == Deed::rated)
    asking_ = true;
  else
    client().change_together(deed, rows_.chosen_ids());
}

float LibrarySelection::bar_height(bool narrow) {
  const float line = button_size("Done", {.compact = true}).y;
  return narrow ? line + gap + stacked_height() + 8 : line + 8;
}

float LibrarySelection::bar(ImVec2 at, float width, bool narrow) {
  const auto& c = theme::colors();
  const LibraryIndex::Chosen& chosen = rows_.chosen();
  const ImRect box(at, ImVec2(at.x + width, at.y + bar_height(narrow)));
  const float line = button_size("Done", {.compact = true}).y;
  ImGui::PushID("selection");
  mirror::Scope bar({.role = mirror::Role::toolbar, .name = "Selected titles"}, ImGui::GetID("bar"));
  bar.box(box);
  if (std::exchange(begins_, false)) mirror::focus(bar.id());
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(box.Min, box.Max, c.raised, theme::radius_control);
  list->AddRect(box.Min, box.Max, c.line, theme::radius_control, 1.0F);

  const float top = box.Min.y + 4;
  float left = box.Min.x + 12;
  float right = box.Max.x - 4;
  const ButtonOptions done{.kind = ButtonKind::secondary, .name = "Stop selecting", .compact = true};
  const ButtonOptions quiet{.kind = ButtonKind::quiet, .compact = true};

  std::string said = words::count(chosen.titles) + " selected";
  if (const std::size_t hidden = chosen.titles - chosen.shown; hidden > 0) said += ", " + words::count(hidden) + " not shown";
  const text::Style style{.type = Type::small, .weight = Weight::semibold, .color = c.text, .said = false};
  const float wide = text::measure(said, style).x;
  mirror::status(ImRect(ImVec2(left, top), ImVec2(left + wide, top + line)), "Selection", said);
  text::line(ImVec2(left, top + (line - theme::line_of(style.type)) / 2), said, style);
  left += wide + 8;

  const bool every = chosen.shown == rows_.size();
  const std::string count = words::count(rows_.size());
  const std::string all_label = narrow ? "All " + count : "Select all " + count;
  const std::string all_name = "Select all " + words::count(rows_.size(), "title", "titles");
  const auto next = [&](const char* id, std::string_view label, const ButtonOptions& options) {
    const ImVec2 size = button_size(label, options);
    const bool pressed = button(id, ImRect(ImVec2(left, top), ImVec2(left + size.x, top + line)), label, options);
    left += size.x + gap;
    return pressed;
  };
  ButtonOptions everything = quiet;
  everything.name = all_name;
  everything.disabled = every;
  if (next("all", all_label, everything)) all();
  ButtonOptions nothing = quiet;
  nothing.name = "Clear selection";
  nothing.disabled = chosen.titles == 0;
  if (next("none", "None", nothing)) none();

  // Where there is little room, of the wish list's two only what can be done.
  const auto left_out = [&](const Act& act) {
    if (!narrow) return false;
    if (act.deed == Deed::unwished) return !possible(Deed::unwished);
    return act.deed == Deed::wished && !possible(Deed::wished) && possible(Deed::unwished);
  };
  float needed = 0;
  for (const Act& act : acts)
    if (!left_out(act)) needed += button_size(act.label, options_of(act, true)).x + gap;
  const float done_width = button_size("Done", done).x;
  const auto draw_acts = [&](ImVec2 from) {
    for (const Act& act : acts) {
      if (left_out(act)) continue;
      const ButtonOptions options = options_of(act, possible(act.deed));
      const float size = button_size(act.label, options).x;
      if (button(act.id, ImRect(from, ImVec2(from.x + size, from.y + line)), act.label, options)) change(act.deed);
      from.x += size + gap;
    }
  };
  if (narrow) {
    // All of them are in sight: a thumb does not look for what is beyond the edge.
    const auto shown = acts.size() - static_cast<std::size_t>(std::count_if(acts.begin(), acts.end(), left_out));
    const float each = (box.GetWidth() - 8) / static_cast<float>(shown);
    const float y = top + line + gap;
    mirror::Scope group({.role = mirror::Role::group, .name = "With the selected titles"}, ImGui::GetID("acts"));
    float x = box.Min.x + 4;
    for (const Act& act : acts) {
      if (left_out(act)) continue;
      const ImRect place(ImVec2(std::round(x), y), ImVec2(std::round(x + each), y + stacked_height()));
      if (stacked_act(act, place, possible(act.deed))) change(act.deed);
      x += each;
    }
  } else if (left + 12 + needed + done_width <= right) {
    draw_acts(ImVec2(right - done_width - 8 - needed, top));
  } else {
    // What has no room beside each other is pushed sideways.
    const float from = left;
    const float to = right - done_width - 8;
    const float y = top;
    ImGui::SetCursorScreenPos(ImVec2(from, y));
    ScrollArea area("acts", ImVec2(to - from, line), {.horizontal = true, .focusable = false},
                    {.role = mirror::Role::group, .name = "With the selected titles"});
    const ImVec2 start = ImGui::GetCursorScreenPos();
    draw_acts(start);
    // That there is more is to be seen, wherever the edge falls.
    if (needed - gap - ImGui::GetScrollX() > to - from - 8) {
      const ImU32 clear = theme::faded(c.raised, 0);
      const ImVec2 edge(to - 1, y + line);
      ImDrawList* over = ImGui::GetWindowDrawList();
      over->AddRectFilledMultiColor(ImVec2(edge.x - 56, y), ImVec2(edge.x - 24, edge.y), clear, c.raised, c.raised, clear);
      over->AddRectFilled(ImVec2(edge.x - 24, y), edge, c.raised);
      draw_icon(over, Icon::chevron_right, ImVec2(edge.x - 14, y + line / 2), 16, c.muted);
    }
    ImGui::SetCursorScreenPos(start);
    ImGui::Dummy(ImVec2(needed, line));
  }
  if (button("done", ImRect(ImVec2(right - done_width, top), ImVec2(right, top + line)), "Done", done)) {
    end();
    closed_ = true;
  }
  ImGui::PopID();
  return box.GetHeight();
}

void LibrarySelection::dialog() {
  if (!asking_) return;
  const std::size_t titles = rows_.chosen().titles;
  if (titles == 0) {
    asking_ = false;
    return;
  }
  const auto& c = theme::colors();
  const std::string what = words::count(titles, "title", "titles");
  Dialog dialog("rate together", "Rate " + what, {.width = 400});
  if (dialog.opening()) stars_ = 0;
  Column& column = dialog.column();
  column.skip(
      text::paragraph(column.at(), column.width(), "All of them get this one rating. It can be undone as one.", {.color = c.muted}));
  column.gap(20);
  constexpr float star = 36;
  const ImVec2 size = rating_control_size(star);
  const ImRect place = column.take(size.y);
  const auto result = rating_control("stars", ImVec2(place.Min.x, place.GetCenter().y - star / 2),
                                     stars_ > 0 ? std::optional(stars_) : std::nullopt, {.name = "Rating for all of them", .star = star});
  if (result.rate) stars_ = *result.rate;
  if (result.clear) stars_ = 0;
  const double shown = result.preview.value_or(stars_);
  const text::Style figure{.type = Type::heading, .weight = Weight::bold, .color = shown > 0 ? c.text : c.faint, .said = false};
  text::line(ImVec2(place.Min.x + size.x + 16, place.GetCenter().y - theme::line_of(figure.type) / 2),
             shown > 0 ? words::number(shown, 1) : std::string("—"), figure);
  const int pressed = dialog.buttons("Cancel", stars_ > 0 ? "Rate " + what + " " + words::number(stars_, 1) : std::string());
  if (pressed == 1) client().change_together(Deed::rated, rows_.chosen_ids(), stars_);
  if (pressed >= 0 || dialog.dismissed()) asking_ = false;
}

}  // namespace hub::ui::views
