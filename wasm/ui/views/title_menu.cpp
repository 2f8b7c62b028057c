#include "wasm/ui/views/title_menu.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "wasm/platform/display.hpp"
#include "wasm/platform/frame.hpp"
#include "wasm/platform/input.hpp"
#include "wasm/platform/mirror.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/navigation.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/own_marks.hpp"
#include "wasm/ui/widgets/dialog.hpp"
#include "wasm/ui/widgets/icon.hpp"
#include "wasm/ui/widgets/rating_control.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui::views {
namespace {

struct State {
  std::optional<Item> item;
  ImVec2 at;
  bool opening = false;
  bool rating = false;  ///< the stars are asked for
  std::function<void()> select;
};
State& state() {
  static State instance;
  return instance;
}

void close() {
  state() = State();
  frame::request(2);
}

struct Choice {
  const char* id;
  Icon icon;
  std::string label;
  std::function<void()> run;  ///< none: the stars are asked for
};

std::vector<Choice> choices(const Item& item) {
  Client& hub = client();
  std::vector<Choice> all;
  const std::string id = item.id;
  all.push_back({"open", Icon::chevron_right, "Open", [id] { open_item(id); }});
  if (hub.read_only() || !hub.opened()) return all;
  const Entry* entry = hub.library().find(id);
  const bool wished = entry && entry->deeds->wished;
  const bool seen = entry && entry->deeds->seen;
  const bool rated = hub.rating(id).has_value();
  all.push_back({"rate", Icon::star, rated ? "Change your rating…" : "Rate…", {}});
  if (rated) all.push_back({"clear", Icon::close, "Clear your rating", [id] { client().clear_rating(id); }});
  all.push_back({"wish", wished ? Icon::heart_filled : Icon::heart, wished ? "Take off your wish list" : "Put on your wish list",
                 [id, wished] { client().mark(id, "wished", !wished); }});
  std::string word(seen_word(item.type));
  word[0] = static_cast<char>(word[0] - 'A' + 'a');
  all.push_back({"seen", Icon::check, (seen ? "Not " : "I have ") + word + (seen ? " after all" : " it"),
                 [id, seen] { client().mark(id, "seen", !seen); }});
  if (!rated && !hub.library().is_not_interested(id))
    all.push_back({"dismiss", Icon::eye, "Not interested", [id] { client().dismiss(id); }});
  if (state().select) all.push_back({"select", Icon::library, "Select", state().select});
  return all;
}

/// @return whether it was pressed.
bool choice_row(const Choice& choice, const ImRect& box, ImGuiID id) {
  const auto& c = theme::colors();
  const auto press = mirror::item(
      id, box, {.role = mirror::Role::menuitem, .name = choice.label, .keys = input::up_down | input::home_end | input::escape});
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (press.hovered || press.focus_visible) list->AddRectFilled(box.Min, box.Max, c.hover, theme::radius_control - 4);
  const float middle = box.GetCenter().y;
  draw_icon(list, choice.icon, ImVec2(box.Min.x + 20, middle), 18, c.muted);
  text::line(ImVec2(box.Min.x + 42, middle - theme::line_of(theme::Type::body) / 2), choice.label,
             {.max_width = box.GetWidth() - 50, .said = false});
  if (press.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (press.focus_visible && c.forced) theme::focus_ring(box, theme::radius_control - 4);
  return press.pressed;
}

void follow_keys(const std::vector<ImGuiID>& ids) {
  for (const auto& event : input::key_events()) {
    const auto here = std::find(ids.begin(), ids.end(), event.focused);
    if (here == ids.end()) continue;
    const auto place = static_cast<std::size_t>(here - ids.begin());
    const std::size_t last = ids.size() - 1;
    switch (event.key) {
      case ImGuiKey_DownArrow: mirror::focus(ids[place == last ? 0 : place + 1], true); break;
      case ImGuiKey_UpArrow: mirror::focus(ids[place == 0 ? last : place - 1], true); break;
      case ImGuiKey_Home: mirror::focus(ids.front(), true); break;
      case ImGuiKey_End: mirror::focus(ids.back(), true); break;
      default: break;
    }
  }
}

void draw_menu() {
  State& s = state();
  const auto& c = theme::colors();
  const Item& item = *s.item;
  const std::vector<Choice> all = choices(item);
  const float line = theme::control_height() - 4;
  float width = theme::grown(180);
  for (const Choice& choice : all) width = std::max(width, text::measure(choice.label, {}).x + 66);
  const ImVec2 page = display::size();
  const auto safe = display::safe_area();
  width = std::min(width, page.x - 16);
  const ImVec2 size(width, 12 + line * static_cast<float>(all.size()));
  const float left = std::clamp(s.at.x, 8.0F + safe.left, std::max(8.0F + safe.left, page.x - 8 - safe.right - size.x));
  const float top = std::clamp(s.at.y, 8.0F + safe.top, std::max(8.0F + safe.top, page.y - 8 - safe.bottom - size.y));
  const ImRect box(ImVec2(std::round(left), std::round(top)), ImVec2(std::round(left) + size.x, std::round(top) + size.y));

  ImGui::SetNextWindowPos(ImVec2(0, 0));
  ImGui::SetNextWindowSize(page);
  ImGui::SetNextWindowFocus();
  ImGui::Begin("title menu", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoBackground);
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(ImVec2(box.Min.x - 1, box.Min.y + 2), ImVec2(box.Max.x + 1, box.Max.y + 5), IM_COL32(0, 0, 0, 60),
                      theme::radius_control);
  list->AddRectFilled(box.Min, box.Max, c.surface, theme::radius_control);
  list->AddRect(box.Min, box.Max, c.forced ? c.edge : c.line, theme::radius_control, 1.0F);
  std::optional<std::size_t> chosen;
  {
    const std::string name = "What to do with " + item.title;
    mirror::Scope menu({.role = mirror::Role::menu, .name = name, .modal = true}, ImGui::GetID("menu"));
    menu.box(box);
    std::vector<ImGuiID> ids;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const float y = box.Min.y + 6 + line * static_cast<float>(i);
      ids.push_back(ImGui::GetID(all[i].id));
      if (choice_row(all[i], ImRect(ImVec2(box.Min.x + 6, y), ImVec2(box.Max.x - 6, y + line)), ids.back())) chosen = i;
    }
    if (s.opening) mirror::focus(ids.front());
    follow_keys(ids);
  }
  const bool outside = ImGui::IsMouseClicked(ImGuiMouseButton_Left) || ImGui::IsMouseClicked(ImGuiMouseButton_Right);
  const bool away = !s.opening && outside && !box.Contains(ImGui::GetIO().MousePos);
  s.opening = false;
  ImGui::End();
  if (chosen && !all[*chosen].run) {
    s.rating = true;
    frame::request(2);
  } else if (chosen) {
    const auto run = all[*chosen].run;
    close();
    run();
  } else if (away || input::pressed(ImGuiKey_Escape) || input::pressed(ImGuiKey_Tab)) {
    close();
  }
}

void draw_stars_dialog() {
  const Item item = *state().item;
  Dialog dialog("rate title", "Rate " + item.title, {.width = 400});
  constexpr float star = 36;
  const ImVec2 size = rating_control_size(star);
  const ImRect place = dialog.column().take(size.y + 8);
  const auto result = rating_control("stars", ImVec2(place.Min.x, place.GetCenter().y - star / 2), client().rating(item.id),
                                     {.name = "Rating of " + item.title, .star = star});
  const int pressed = dialog.buttons("Cancel", "");
  if (dialog.opening()) mirror::focus(ImGui::GetID("stars"));
  if (result.rate) client().rate(item.id, *result.rate);
  if (result.clear) client().clear_rating(item.id);
  if (result.rate || result.clear || pressed >= 0 || dialog.dismissed()) close();
}

void open_for(const Item& item, const ImRect& box) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  state() = State();
  state().item = item;
  state().at = box.Contains(mouse) ? mouse : ImVec2(box.Min.x + 24, box.GetCenter().y);
  state().opening = true;
  frame::request(2);
}

}  // namespace

bool offer_title_menu(const Item& item, const ImRect& box, ImGuiID widget, ImGuiID around) {
  const ImGuiID asked = input::context_menu();
  if (asked == 0) return false;
  if (asked != widget && !(asked == around && box.Contains(ImGui::GetIO().MousePos))) return false;
  open_for(item, box);
  return true;
}

bool offer_title_menu_of_list(const Item& item, const ImRect& box, ImGuiID list) {
  if (input::context_menu() != list || list == 0) return false;
  open_for(item, box);
  return true;
}

void title_menu_selects(std::function<void()> select) {
  state().select = std::move(select);
}

std::span<const WidgetKeys> title_menu_keys() {
  static const std::array<WidgetKeys, 1> keys{{{"What can be done with it", {"Menu", "Shift F10"}}}};
  return keys;
}

void title_menu() {
  if (!state().item) return;
  if (state().rating)
    draw_stars_dialog();
  else
    draw_menu();
}

}  // namespace hub::ui::views
