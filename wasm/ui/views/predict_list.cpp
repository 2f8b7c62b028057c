#include "wasm/ui/views/predict_list.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wasm/platform/display.hpp"
#include "wasm/platform/frame.hpp"
#include "wasm/platform/input.hpp"
#include "wasm/platform/mirror.hpp"
#include "wasm/platform/scroll.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/layout.hpp"
#include "wasm/ui/navigation.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/asked_services.hpp"
#include "wasm/ui/views/songs.hpp"
#include "wasm/ui/views/title_menu.hpp"
#include "wasm/ui/views/words.hpp"
#include "wasm/ui/widgets/cover.hpp"
#include "wasm/ui/widgets/icon.hpp"
#include "wasm/ui/widgets/nav_link.hpp"
#include "wasm/ui/widgets/progress.hpp"
#include "wasm/ui/widgets/search_field.hpp"
#include "wasm/ui/widgets/segmented.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui::views {
namespace {

using text::Align;
using theme::Type;
using theme::Weight;

struct State {
  Search search;
  std::optional<std::string> asked;  ///< what client().search was last called for
  MediaType asked_type = MediaType::film;
  int active = -1;        ///< the result that arrows have reached
  ImGuiID active_id = 0;  ///< its widget, as of the frame before
  ImGuiID list_id = 0;
  bool reveal = false;
  std::string active_item;             ///< what row `active` shows: newer results may have it in another place, or not at all
  std::optional<std::string> entered;  ///< what Enter was pressed for before the answer to it came
  bool wanted = false;                 ///< the field gets the focus when it is drawn next
  bool by_key = false;                 ///< arrows reached it, not the pointer: it gets the ring
};

State& state() {
  static State the;
  return the;
}

/// What is told at a row's end: the person's own rating, else the prediction.
struct Told {
  std::string figure;
  std::string_view words;
  bool own = false;
};

Told told_of(const Item& item) {
  if (const auto rating = client().rating(item.id)) return {words::number(*rating, 1), "your rating", true};
  if (const auto predicted = client().predicted(item.id); predicted && predicted->stars > 0) {
    return {words::number(static_cast<double>(predicted->stars), 2), predicted->basis >= 2 ? "predicted" : "public", false};
  }
  return {};
}

/// Newer results: the row that arrows had reached is where its title is now.
void follow_active(int count) {
  State& s = state();
  const auto& items = client().results().items;
  if (s.active < 0 || (s.active < count && items[static_cast<std::size_t>(s.active)].id == s.active_item)) return;
  const auto found = std::find_if(items.begin(), items.begin() + count, [&](const Item& item) { return item.id == s.active_item; });
  s.active = found == items.begin() + count ? -1 : static_cast<int>(found - items.begin());
}

/// Moves by the keys that were pressed while the field or the list had the focus.
void follow_keys(ImGuiID field, bool field_focused, int count) {
  State& s = state();
  for (const auto& event : input::key_events()) {
    const bool in_field = field_focused && event.focused == field;
    if (!in_field && (event.focused != s.list_id || s.list_id == 0)) continue;
    if (count == 0 || event.mods != 0) continue;
    const int before = s.active;
    switch (event.key) {
      case ImGuiKey_DownArrow: s.active = std::min(s.active + 1, count - 1); break;
      // Above the first one is the field again.
      case ImGuiKey_UpArrow: s.active = in_field ? std::max(s.active - 1, -1) : std::max(s.active - 1, 0); break;
      case ImGuiKey_PageDown: s.active = std::min(s.active + 6, count - 1); break;
      case ImGuiKey_PageUp: s.active = std::max(s.active - 6, 0); break;
      case ImGuiKey_Home:
        if (!in_field) s.active = 0;
        break;
      case ImGuiKey_End:
        if (!in_field) s.active = count - 1;
        break;
      case ImGuiKey_Enter:
      case ImGuiKey_KeypadEnter:
        if (!in_field && s.active >= 0) open_item(client().results().items[static_cast<std::size_t>(s.active)].id);
        break;
      default: break;
    }
    if (s.active != before) {
      s.reveal = true;
      s.by_key = true;
      frame::request(2);
    }
  }
}

/// @param searched  it is an answer to what was typed: then it says who found it.
/// What a result was found by, where that is not its title.
std::string_view found_by(const protocol::SearchDone& results, const std::string& id) {
  const auto has = [&](const std::vector<std::string>& ids) { return std::find(ids.begin(), ids.end(), id) != ids.end(); };
  return has(results.by_story) ? "by what it is about" : has(results.by_poster) ? "by its poster" : "";
}

/// @param found_by  “by what it is about”, where it was not found by its title; or empty.
/// @return the option's widget.
ImGuiID result_row(const Item& item, const ImRect& box, int row, int count, bool open, bool active, float padding, bool searched,
                   std::string_view found_by) {
  const auto& colors = theme::colors();
  const Told told = told_of(item);
  const std::string second = words::year_and_makers(item);
  std::string name = item.title;
  if (!second.empty()) name += ", " + second;
  if (!told.figure.empty()) name += ", " + std::string(told.words) + " " + told.figure;
  std::string sources = !searched ? std::string() : found_by.empty() ? words::sources(item) : std::string(found_by);
  if (!sources.empty()) name += found_by.empty() ? ", from " + sources : ", " + sources;
  if (!found_by.empty() && !sources.empty()) sources[0] = static_cast<char>(sources[0] - 'a' + 'A');
  const ImGuiID id = ImGui::GetID("option");
  const auto press = mirror::item(id, box,
                                  {.role = mirror::Role::option,
                                   .name = name,
                                   .selected = open ? mirror::State::yes : mirror::State::no,
                                   .context_menu = true,
                                   .position = row + 1,
                                   .count = count});
  if (press.pressed) {
    state().active = row;
    state().active_item = item.id;
    state().by_key = false;
    open_item(item.id);
  }
  if (!press.visible) return id;

  ImDrawList* list = ImGui::GetWindowDrawList();
  const float over = frame::ease(ImGui::GetID("over"), press.hovered || active ? 1.0F : 0.0F, theme::quick);
  if (open)
    list->AddRectFilled(box.Min, box.Max, colors.raised);
  else if (over > 0)
    list->AddRectFilled(box.Min, box.Max, theme::faded(colors.raised, over * 0.6F));
  if (open && colors.forced) list->AddRect(box.Min, box.Max, colors.edge);
  if (active) {
    ImRect ring = box;
    ring.Expand(ImVec2(-5, -5));
    theme::focus_ring(ring, 8);
  }
  if (press.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);

  const float middle = std::round(box.GetCenter().y);
  const float right = box.Max.x - padding;
  float left = box.Min.x + padding;
  float room = right - left;
  const text::Style figure{.weight = Weight::bold, .color = told.own ? colors.text : colors.accent, .align = Align::right, .said = false};
  const text::Style under{.type = Type::tiny, .color = colors.faint, .align = Align::right, .said = false};
  if (!told.figure.empty()) room -= std::max(text::measure(told.figure, figure).x, text::measure(told.words, under).x) + 12;
  // Where large text has little room, words go before pictures.
  if (room - 52 >= theme::grown(90)) {
    draw_cover(list, ImRect(ImVec2(left, middle - 30), ImVec2(left + 40, middle + 30)), item);
    left += 52;
    room -= 52;
  }
  // Large text leaves room for a few letters in one line: a title takes two of them then.
  text::Style title{.weight = Weight::semibold, .max_lines = display::text_scale() > 1.2F ? 2 : 1, .said = false};
  if (title.max_lines > 1) title.type = text::fitting(item.title, room, title);
  const float title_height = text::paragraph_height(item.title, room, title);
  const float lines = title_height + theme::line_of(Type::small) + (sources.empty() ? 0 : theme::line_of(Type::tiny));
  const float top = std::round(middle - lines / 2);
  if (!told.figure.empty()) {
    text::line(ImVec2(right, top), told.figure, figure);
    text::line(ImVec2(right, top + theme::line_of(Type::body) + 1), told.words, under);
  }
  text::paragraph(ImVec2(left, top), room, item.title, title);
  text::line(ImVec2(left, top + title_height), second, {.type = Type::small, .color = colors.muted, .max_width = room, .said = false});
  if (!sources.empty())
    text::line(ImVec2(left, top + title_height + theme::line_of(Type::small)), sources,
               {.type = Type::tiny, .color = colors.faint, .max_width = room, .said = false});
  return id;
}

void nothing_found(const ImRect& box, float padding, std::string_view title, std::string_view what) {
  const auto& colors = theme::colors();
  const float left = box.Min.x + padding;
  const float width = box.GetWidth() - 2 * padding;
  draw_icon(ImGui::GetWindowDrawList(), Icon::search, ImVec2(left + 10, box.Min.y + 28), 24, colors.faint);
  float y = box.Min.y + 52;
  y += text::paragraph(ImVec2(left, y), width, title, {.weight = Weight::semibold}) + 4;
  text::paragraph(ImVec2(left, y), width, what, {.type = Type::small, .color = colors.muted});
}

}  // namespace

Search& predict_search() {
  return state().search;
}

void search_in(std::optional<MediaType> type) {
  State& s = state();
  if (type) s.search.type = *type;
  s.search.query.clear();
  s.wanted = true;
  go(View::predict);
}

std::span<const WidgetKeys> search_keys() {
  static const std::array<WidgetKeys, 2> keys{{{"Through what was found", {"↑", "↓"}}, {"Open it, or else the first", {"Enter"}}}};
  return keys;
}

void predict_list(const ImRect& box, bool narrow, bool on_top) {
  State& s = state();
  const auto& colors = theme::colors();
  Client& hub = client();
  const float padding = narrow ? 20.0F : 16.0F;
  const float height = theme::control_height();
  float y = box.Min.y + (narrow ? 16 : 20);
  const float left = box.Min.x + padding;
  const float right = box.Max.x - padding;

  std::array<std::string_view, media_type_count> labels;
  for (const MediaType type : media_types) labels[index_of(type)] = heading_of(type);
  const float types_height = segmented_height(right - left, labels);
  const int chosen = segmented("type", ImRect(ImVec2(left, y), ImVec2(right, y + types_height)), "Type", labels,
                               static_cast<int>(index_of(s.search.type)));
  s.search.type = media_types[static_cast<std::size_t>(chosen)];
  y += types_height + 12;

  // What is here is for the question asked, or for an older one of the same type while the newer is on its way.
  const auto& results = hub.results();
  const bool mine = hub.opened() && results.type == s.search.type;
  const auto is_answered = [&] { return mine && !hub.searching() && s.asked && results.query == s.search.query; };
  bool answered = is_answered();
  bool looking = answered && asking(results.asked);
  const std::string found = answered && !s.search.query.empty() && !(looking && results.total == 0)
                                ? (results.total == 0 ? std::string("none found") : words::count(results.total) + " found")
                                : std::string();
  const std::string placeholder = "Search " + std::string(noun_of(s.search.type, true));
  const auto field = search_field("search", s.search.query, ImRect(ImVec2(left, y), ImVec2(right, y + height + 4)),
                                  {.name = "Search",
                                   .placeholder = placeholder,
                                   .count = found,
                                   .controls = s.list_id,
                                   .active = s.active >= 0 ? s.active_id : 0,
                                   .keys = input::up_down | input::page_keys});
  y += height + 4 + 12;
  if (s.wanted) mirror::focus(field.id, true);
  s.wanted = false;

  // What an input method is still composing is no word that a service should be asked for.
  if (hub.opened() && !field.composing && (!s.asked || *s.asked != s.search.query || s.asked_type != s.search.type)) {
    if (s.asked && s.asked_type != s.search.type) s.entered.reset();
    s.asked = s.search.query;
    s.asked_type = s.search.type;
    s.active = -1;
    hub.search(s.search.query, s.search.type);
  }
  // What is typed and entered in one frame is not to be answered by what was there before.
  answered = is_answered();
  looking = answered && asking(results.asked);

  const int count = mine ? static_cast<int>(results.items.size()) : 0;
  follow_active(count);
  follow_keys(field.id, field.focused, count);
  s.active_item = s.active >= 0 ? results.items[static_cast<std::size_t>(s.active)].id : std::string();
  if (field.submitted && s.active >= 0)
    open_item(s.active_item);
  else if (field.submitted)
    s.entered = s.search.query;
  if (s.entered && *s.entered != s.search.query) s.entered.reset();
  if (s.entered && answered && (count > 0 || !looking)) {
    s.entered.reset();
    if (count > 0) open_item(results.items.front().id);
  }

  const bool picks = s.search.query.empty();
  if (picks && hub.opened() && s.search.type == MediaType::album) {
    const std::string label = song_count() > 0 ? "Songs you might like" : "Bring songs, and see which you would like";
    text_link("songs", ImVec2(left, y), label, href_of_songs, Icon::heart, Type::small);
    y += theme::line_of(Type::small) + 12;
  }
  const bool rated = hub.library().rating_count(s.search.type) > 0;
  const std::string_view heading = !picks ? "Results" : rated ? "Picked for you" : "Well known";
  const text::Style heading_style{.type = Type::small, .weight = Weight::semibold, .color = colors.muted};
  const float heading_width = text::measure(heading, heading_style).x;
  // Beside the heading: who is asked at the moment, who did not answer.
  const std::string asked = answered && !picks ? asked_words(results.asked) : std::string();
  const float line_top = y;
  // Beside an open title, whose name is the page's heading, the list has its name and no heading that would stand before that one.
  if (on_top)
    text::heading(ImVec2(left, y), right - left, heading, 1, heading_style);
  else
    text::line(ImVec2(left, y), heading, heading_style);
  y += theme::line_of(Type::small);
  mirror::status(ImRect(ImVec2(left + heading_width + 12, line_top), ImVec2(right, y)), "Services", asked);
  text::line(
      ImVec2(right, line_top), asked,
      {.type = Type::small, .color = colors.faint, .align = Align::right, .max_width = right - left - heading_width - 12, .said = false});
  if (looking && !picks) progress_bar(ImRect(ImVec2(left, y + 3), ImVec2(right, y + 5)), "Services asked", asked_share(results.asked));
  y += 8;

  ImGui::SetCursorScreenPos(ImVec2(box.Min.x, y));
  // Whose facts are shown is said below them.
  const auto& attributions = results.attributions;
  const float foot = mine && !attributions.empty() ? attributions_height(right - left, attributions) + 16 : 0;
  const ImVec2 size(box.GetWidth(), std::max(80.0F, box.Max.y - y - foot));
  const std::string area_name = "results-" + std::string(name_of(s.search.type));  // each type has its own scroll position
  // A list box without options is none: what stands there then is words.
  const mirror::Item hints{.role = count > 0 ? mirror::Role::listbox : mirror::Role::group,
                           .name = "Results",
                           .busy = !answered,
                           .context_menu = count > 0,
                           .keys = count > 0 ? input::list_keys : input::no_keys};
  mirror::status(ImRect(ImVec2(left, y), ImVec2(right, y)), "Found", found);
  {
    ScrollArea area(area_name.c_str(), size, {.keep_position = true}, hints);
    s.list_id = area.id();
    const float row_height = theme::grown(80);
    const ImRect place(ImVec2(box.Min.x, y), ImVec2(box.Max.x, y + size.y));
    if (!hub.opened()) {
      text::paragraph(ImVec2(left, y + 8), right - left, hub.opening_words(), {.type = Type::small, .color = colors.muted});
    } else if (answered && count == 0) {
      if (picks)
        nothing_found(place, padding, "Nothing is left to suggest",
                      "All titles of this type that are known here are rated. Import more, or look under another type.");
      else if (looking)
        text::line(ImVec2(left, y + 8), "Not in the catalogue. Looking further…", {.type = Type::small, .color = colors.muted});
      else
        nothing_found(
            place, padding, "Nothing is called “" + s.search.query + "”",
            hub.stories().state == "absent"
                ? "Check the spelling, or look under another type. Titles that you import can be found here too, and with the text "
                  "model of Data also what is about something like it."
                : "Check the spelling, or look under another type. Titles that you import can be found here too.");
    }
    ImGuiID active_id = 0;
    for (const int row : area.rows(count, row_height)) {
      const Item& item = results.items[static_cast<std::size_t>(row)];
      ImGui::PushID(static_cast<int>(static_cast<unsigned>(key_of(item.id) & 0xFFFFFFFFU)));
      const float top = area.row_top(row);
      const ImGuiID id = result_row(
          item, ImRect(ImVec2(box.Min.x, top), ImVec2(box.Max.x, top + row_height)), row, count, route().item == item.id,
          row == s.active && s.by_key && (field.focused || mirror::focused() == area.id()), padding, !picks, found_by(results, item.id));
      if (row == s.active) active_id = id;
      const ImRect place_of_row(ImVec2(box.Min.x, top), ImVec2(box.Max.x, top + row_height));
      if (!offer_title_menu(item, place_of_row, id) && row == s.active) offer_title_menu_of_list(item, place_of_row, area.id());
      ImGui::PopID();
    }
    if (s.reveal && s.active >= 0) {
      area.reveal_row(s.active);
      s.reveal = false;
    }
    if (active_id != s.active_id) {
      s.active_id = active_id;
      frame::request(1);
    }
    mirror::Item said = hints;
    said.active = active_id;
    area.update(said);
  }
  if (foot > 0) {
    Column below(ImVec2(left, box.Max.y - foot + 8), right - left);
    draw_attributions(below, attributions);
  }
}

}  // namespace hub::ui::views
