#include "wasm/platform/app.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "wasm/platform/display.hpp"
#include "wasm/platform/field.hpp"
#include "wasm/platform/fonts.hpp"
#include "wasm/platform/frame.hpp"
#include "wasm/platform/host.hpp"
#include "wasm/platform/input.hpp"
#include "wasm/platform/mirror.hpp"
#include "wasm/platform/scroll.hpp"
#include "wasm/ui/actions.hpp"
#include "wasm/ui/address.hpp"
#include "wasm/ui/arrival.hpp"
#include "wasm/ui/backup_file.hpp"
#include "wasm/ui/backup_notice.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/command_palette.hpp"
#include "wasm/ui/navigation.hpp"
#include "wasm/ui/persistence.hpp"
#include "wasm/ui/posters.hpp"
#include "wasm/ui/status.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/library.hpp"
#include "wasm/ui/views/start.hpp"
#include "wasm/ui/views/title_menu.hpp"
#include "wasm/ui/widgets/banner.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/key_caps.hpp"
#include "wasm/ui/widgets/nav_link.hpp"
#include "wasm/ui/widgets/text.hpp"
#include "wasm/ui/widgets/toast.hpp"

/// The frame around the views: navigation, status, banners, toasts, shortcuts, and what arrives from outside (files, pastes, addresses).
namespace hub::ui {

namespace {

/// Where the way between the views stands: what the window's size and the person's text size leave room for.
enum class Frame { side, rail, bar, low_bar };

/// Below this height the bar and the strip over it would leave a view too little.
constexpr float low_height = 420;
/// Below this height notices that ask for nothing stay away; the bar tells of them too.
constexpr float lowest_height = 320;
constexpr float tool_width = 40;  ///< a button of the bar or rail that is an icon alone

struct Place {
  View view;
  Icon icon;
  std::string_view name;
};
constexpr std::array<Place, 5> places{Place{View::start, Icon::home, "Start"}, Place{View::predict, Icon::star, "Predict"},
                                      Place{View::library, Icon::library, "Library"}, Place{View::accuracy, Icon::target, "Accuracy"},
                                      Place{View::data, Icon::database, "Data"}};

struct State {
  std::string title;        ///< what a view said this frame
  std::string shown_title;  ///< what the document has
  std::string dismissed;    ///< the storage banner that was closed
  bool update_dismissed = false;
  ImVec2 free_size = ImVec2(0, 0);  ///< of the page while no field had the focus
};
State& state() {
  static State instance;
  return instance;
}

/// Descriptions of events are parts of sentences.
std::string capitalised(std::string words) {
  if (!words.empty() && words[0] >= 'a' && words[0] <= 'z') words[0] = static_cast<char>(words[0] - 'a' + 'A');
  return words;
}

void take_files(const host::Files& files) {
  if (files.files.empty()) return;
  // The demo keeps nothing, and a file is for the person's own library.
  if (client().demo()) client().leave_demo();
  auto& file = files.files[0];
  std::string name = file.name();
  client().read_file(std::move(name), std::move(file));
  if (files.files.size() > 1)
    client().toasts().push_back({"Only the first file was read. Bring the others one after the other.", false, false});
  go(View::data);
}

void take_paste() {
  const std::string* pasted = input::pasted_text();
  if (!pasted || pasted->empty()) return;
  // A word pasted by mistake is no file: a table has a comma or a tab, and more than one line.
  if (pasted->find('\n') == std::string::npos || pasted->find_first_of(",;\t") == std::string::npos) return;
  if (client().demo()) client().leave_demo();
  client().read_text("pasted text.csv", *pasted);
  go(View::data);
}

/// The permanent way back, the only button with this name.
void undo_button(const ImRect& box, bool small) {
  const std::string words = capitalised(client().undo_words());
  const bool possible = !words.empty() && !client().read_only();
  const ButtonOptions options{.kind = ButtonKind::quiet,
                              .icon = Icon::undo,
                              .description = words.empty() ? std::string_view("Nothing to undo") : std::string_view(words),
                              .disabled = !possible,
                              .compact = true};
  const bool pressed = small ? icon_button("undo", box, Icon::undo, "Undo", options) : button("undo", box, "Undo", options);
  if (pressed) client().undo();
}

/// Every action by its words, for who does not know the keys, or has none.
void commands_button(const ImRect& box, bool small) {
  if (small) {
    if (icon_button("commands", box, Icon::more, "All commands", {.kind = ButtonKind::quiet, .compact = true})) palette::show();
    return;
  }
  const auto state = mirror::item(
      "commands", box, {.role = mirror::Role::button, .name = "All commands", .description = host::apple() ? "⌘ + K" : "Ctrl + K"});
  if (state.pressed) palette::show();
  if (!state.visible) return;
  const auto& c = theme::colors();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float over = frame::ease(state.id, state.hovered ? 1.0F : 0.0F, theme::quick);
  list->AddRectFilled(box.Min, box.Max, theme::mixed(c.surface, c.hover, over), theme::radius_control);
  list->AddRect(box.Min, box.Max, c.line, theme::radius_control, 1.0F);
  const float middle = box.GetCenter().y;
  const std::vector<std::string> keys{host::apple() ? "⌘" : "Ctrl", "K"};
  const float wide = display::coarse_pointer() ? 0 : key_caps_width(keys);
  text::line(ImVec2(box.Min.x + 12, middle - theme::line_of(theme::Type::small) / 2), "Commands",
             {.type = theme::Type::small, .color = c.muted, .max_width = box.GetWidth() - 28 - wide, .said = false});
  if (wide > 0) key_caps(ImVec2(box.Max.x - 8 - wide, middle), keys);
  if (state.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (state.focus_visible) theme::focus_ring(box, theme::radius_control);
}

float side_width() {
  return theme::grown(208);
}
float link_height() {
  return std::max(40.0F, theme::control_height());
}
float head_height() {
  return 46 + theme::line_of(theme::Type::subheading);
}
float foot_height() {
  return 44 + 3 * (theme::line_of(theme::Type::small) + 6) + theme::control_height() +
         button_size("Undo", {.kind = ButtonKind::quiet, .icon = Icon::undo, .compact = true}).y;
}
float rail_width() {
  return 56 + theme::line_of(theme::Type::tiny);
}
float bar_height() {
  return 44 + theme::line_of(theme::Type::tiny);
}
float strip_height() {
  return 16 + theme::line_of(theme::Type::tiny);
}
float low_bar_height() {
  return std::max(44.0F, theme::line_of(theme::Type::tiny) + 16);
}

constexpr auto place_count = static_cast<float>(places.size());

/// @param room  width and height between the safe edges.
Frame frame_for(ImVec2 room) {
  if (room.x >= theme::grown(720)) {
    if (room.y >= head_height() + place_count * (link_height() + 4) + foot_height()) return Frame::side;
    if (room.y >= 30 + place_count * (link_height() + 2) + 2 * (tool_width + theme::line_of(theme::Type::tiny))) return Frame::rail;
    return Frame::low_bar;
  }
  return room.y < low_height || (room.y < 500 && room.x >= 560) ? Frame::low_bar : Frame::bar;
}

void place_link(const Place& place, const ImRect& box, NavForm form) {
  const std::string href = place.view == View::library ? href_of_library() : std::string(href_of(place.view));
  nav_link(place.name.data(), box, place.icon, place.name, href, route().view == place.view, form);
}

void side_bar(const ImRect& box) {
  const auto& c = theme::colors();
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddLine(ImVec2(box.Max.x - 0.5F, box.Min.y), ImVec2(box.Max.x - 0.5F, box.Max.y), c.line, 1.0F);
  {
    const mirror::Scope head({.role = mirror::Role::banner});
    text::line(ImVec2(box.Min.x + 24, box.Min.y + 23), "Media Hub", {.type = theme::Type::subheading, .weight = theme::Weight::bold});
  }
  {
    mirror::Scope navigation({.role = mirror::Role::navigation, .name = "Main"});
    float y = box.Min.y + head_height();
    for (const Place& place : places) {
      place_link(place, ImRect(ImVec2(box.Min.x + 12, y), ImVec2(box.Max.x - 13, y + link_height())), NavForm::row);
      y += link_height() + 4;
    }
  }
  const mirror::Scope foot({.role = mirror::Role::contentinfo, .name = "State"});
  const float left = box.Min.x + 24;
  const float width = box.GetWidth() - 40;
  const float line = theme::line_of(theme::Type::small) + 6;
  const ImVec2 undo = button_size("Undo", {.kind = ButtonKind::quiet, .icon = Icon::undo, .compact = true});
  float y = box.Max.y - foot_height();
  commands_button(ImRect(ImVec2(box.Min.x + 12, y), ImVec2(box.Max.x - 13, y + theme::control_height())), false);
  y += theme::control_height() + 12;
  undo_button(ImRect(ImVec2(box.Min.x + 12, y), ImVec2(box.Min.x + 12 + undo.x, y + undo.y)), false);
  y += undo.y + 12;
  storage_status(ImVec2(left, y), width);
  y += line;
  training_status(ImVec2(left, y), width);
  y += line;
  const auto count = client().library().rating_count();
  std::string words = client().opened() ? with_thousands(count) + (count == 1 ? " rating" : " ratings") : "";
  if (host::works_offline() && client().opened()) words += " · works offline";
  if (!words.empty()) text::line(ImVec2(left, y), words, {.type = theme::Type::tiny, .color = c.faint, .max_width = width});
}

/// Wide but not high, as a phone on its side: icons alone, with their state below.
void side_rail(const ImRect& box) {
  const auto& c = theme::colors();
  ImGui::GetWindowDrawList()->AddLine(ImVec2(box.Max.x - 0.5F, box.Min.y), ImVec2(box.Max.x - 0.5F, box.Max.y), c.line, 1.0F);
  {
    mirror::Scope navigation({.role = mirror::Role::navigation, .name = "Main"});
    float y = box.Min.y + 8;
    for (const Place& place : places) {
      place_link(place, ImRect(ImVec2(box.Min.x + 8, y), ImVec2(box.Max.x - 9, y + link_height())), NavForm::icon);
      y += link_height() + 2;
    }
  }
  const mirror::Scope foot({.role = mirror::Role::contentinfo, .name = "State"});
  const float line = theme::line_of(theme::Type::tiny);
  const float middle = std::round(box.GetCenter().x);
  float y = box.Max.y - 10 - 2 * (tool_width + line);
  const auto tool = [&] {
    const ImRect place(ImVec2(middle - tool_width / 2, y), ImVec2(middle + tool_width / 2, y + tool_width));
    y += tool_width;
    return place;
  };
  commands_button(tool(), true);
  undo_button(tool(), true);
  storage_status(ImVec2(box.Min.x + 6, y), box.GetWidth() - 8, StatusWords::few);
  training_status(ImVec2(box.Min.x + 6, y + line + 2), box.GetWidth() - 8, StatusWords::few);
}

void bottom_ground(ImVec2 from, ImVec2 to) {
  const auto& c = theme::colors();
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(from, to, c.surface);
  list->AddLine(from, ImVec2(to.x, from.y), c.line, 1.0F);
}

void bottom_bar(const ImRect& box, float safe_bottom) {
  const ImRect strip(box.Min, ImVec2(box.Max.x, box.Min.y + strip_height()));
  const ImRect bar(ImVec2(box.Min.x, strip.Max.y), box.Max);
  bottom_ground(box.Min, ImVec2(box.Max.x, box.Max.y + safe_bottom));
  {
    const mirror::Scope foot({.role = mirror::Role::contentinfo, .name = "State"});
    const float y = strip.GetCenter().y - theme::line_of(theme::Type::tiny) / 2;
    commands_button(ImRect(ImVec2(strip.Max.x - 44, strip.Min.y + 1), ImVec2(strip.Max.x - 4, strip.Max.y - 1)), true);
    undo_button(ImRect(ImVec2(strip.Max.x - 84, strip.Min.y + 1), ImVec2(strip.Max.x - 44, strip.Max.y - 1)), true);
    const float storage = (strip.GetWidth() - 104) * 0.53F;  // its words are the longer ones
    const auto words = display::text_scale() > 1.1F ? StatusWords::few : StatusWords::some;
    storage_status(ImVec2(strip.Min.x + 20, y), storage, words);
    training_status(ImVec2(strip.Min.x + 20 + storage, y), strip.GetWidth() - 104 - storage, words);
  }
  mirror::Scope navigation({.role = mirror::Role::navigation, .name = "Main"});
  const float width = bar.GetWidth() / place_count;
  float widest = 0;
  for (const Place& place : places)
    widest = std::max(widest, text::measure(place.name, {.type = theme::Type::tiny, .weight = theme::Weight::bold}).x);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const float left = bar.Min.x + static_cast<float>(i) * width;
    place_link(places[i], ImRect(ImVec2(left, bar.Min.y), ImVec2(left + width, bar.Max.y)),
               widest <= width ? NavForm::below : NavForm::icon);
  }
}

/// Everything in one line, where height is dear: large zoom, or a low window.
void low_bar(const ImRect& box, float safe_bottom) {
  bottom_ground(box.Min, ImVec2(box.Max.x, box.Max.y + safe_bottom));
  const bool worded = box.GetWidth() >= theme::grown(480);
  const float state_width = worded ? theme::grown(76) : 22.0F;
  float right = box.Max.x - 4;
  {
    const mirror::Scope foot({.role = mirror::Role::contentinfo, .name = "State"});
    const auto tool = [&] {
      right -= tool_width;
      return ImRect(ImVec2(right, box.Min.y + 2), ImVec2(right + tool_width, box.Max.y - 2));
    };
    commands_button(tool(), true);
    undo_button(tool(), true);
    const float y = box.GetCenter().y - theme::line_of(theme::Type::tiny) / 2;
    right -= state_width;
    training_status(ImVec2(right, y), state_width - 4, StatusWords::few);
    right -= state_width;
    storage_status(ImVec2(right, y), state_width - 4, StatusWords::few);
  }
  mirror::Scope navigation({.role = mirror::Role::navigation, .name = "Main"});
  const float left = box.Min.x + 4;
  const float width = (right - 8 - left) / place_count;
  float widest = 0;
  for (const Place& place : places) widest = std::max(widest, text::measure(place.name, {.weight = theme::Weight::bold}).x);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const float from = left + static_cast<float>(i) * width;
    place_link(places[i], ImRect(ImVec2(from, box.Min.y + 2), ImVec2(from + width, box.Max.y - 2)),
               widest + 52 <= width ? NavForm::row : NavForm::icon);
  }
}

/// What concerns every view, above it. @return how much height it took.
float banners(const ImRect& area) {
  const bool room = display::size().y >= lowest_height;
  const mirror::Scope notices({.role = mirror::Role::region, .name = "Notices"});
  const float margin = area.GetWidth() < theme::grown(720) ? 12.0F : 24.0F;
  const float left = area.Min.x + margin;
  const float width = area.GetWidth() - 2 * margin;
  float y = area.Min.y + 12;
  const float top = y;
  const auto show = [&](const char* id, std::string_view words, const BannerOptions& options) {
    const BannerResult result = banner(id, ImVec2(left, y), width, words, options);
    y += result.height + 8;
    return result;
  };
  if (room && client().demo() &&
      show("demo",
           display::text_scale() > 1.5F && area.GetWidth() < theme::grown(480) ? "Nothing is kept."
           : area.GetWidth() < theme::grown(480)                               ? "Somebody else’s ratings; nothing is kept."
                                                 : "This is a demo with somebody else’s ratings. Try anything: nothing of it is kept.",
           {.kind = BannerKind::info, .action = "Leave demo"})
          .action) {
    client().leave_demo();
    go(View::start);
  }
  if (room && host::update_ready() && !state().update_dismissed) {
    const auto result = show("update", "A newer version of this page is ready. Your ratings stay as they are.",
                             {.kind = BannerKind::info, .action = "Reload now", .dismissable = true});
    if (result.action) host::apply_update();
    if (result.dismissed) state().update_dismissed = true;
  }
  // Nothing that can wait moves the covers of the first ratings away under the hand.
  const bool may_ask = !views::wall_shown();
  const bool persistence_offered = persistence::offered() && may_ask;
  if (persistence_offered) {
    const auto result = show(
        "keep",
        "Your ratings are in this browser alone. It may clear them when the device runs short of room, unless it promises to keep them.",
        {.kind = BannerKind::info, .action = "Ask it to", .dismissable = true});
    if (result.action) persistence::ask();
    if (result.dismissed) persistence::put_off();
  }
  // What cannot wait is read out at once.
  const auto alarm = [&](const char* id, std::string_view words, const BannerOptions& options) {
    const mirror::Scope alert({.role = mirror::Role::alert, .name = "Warning"});
    return show(id, words, options);
  };
  if (client().engine_failed()) {
    const std::string_view why = host::online() ? "" : " This device is offline.";
    if (alarm(
            "engine",
            "The part of the page that keeps your ratings could not be started." + std::string(why) +
                (client().unsaved() ? " What was not saved yet is in this tab alone: leave it open." : " Nothing that was saved is lost."),
            {.kind = BannerKind::error, .action = "Try again"})
            .action)
      client().start_engine_again();
  }
  // One question at a time.
  if (room) y += backup_notice(ImVec2(left, y), width, may_ask && !persistence_offered);
  const auto& storage = client().storage();
  // Where the view has a button of that name, the notice needs none.
  const std::string_view backup = route().view == View::data ? "" : "Download backup";
  if (storage.state != state().dismissed) {
    BannerResult result;
    if (storage.state == "failed") {
      result =
          alarm("failed",
                storage.message.empty()
                    ? "Your last changes could not be saved on this device. They are safe while this page stays open: download a backup."
                    : storage.message,
                {.kind = BannerKind::error, .action = "Try again", .second = backup, .dismissable = true});
      if (result.action) client().save_again();
    } else if (storage.state == "memory") {
      result =
          alarm("memory",
                storage.message.empty()
                    ? "This browser does not let the page keep anything. Your ratings last until you close it: download a backup before."
                    : storage.message,
                {.kind = BannerKind::warning, .second = backup, .dismissable = true});
    } else if (room && client().read_only()) {
      const bool asked = client().turn_asked();
      result = show("read only",
                    asked ? "The other tab was asked to let this one keep your ratings. If it does not answer, close it."
                          : "Another tab keeps your ratings. You can look at everything here, and change things there or go on here.",
                    {.kind = BannerKind::info, .action = asked ? "" : "Go on here", .dismissable = true});
      if (result.action) client().take_turn();
    } else if (!storage.state.empty() && storage.state != "saving") {
      state().dismissed.clear();
    }
    if (result.second) client().make_backup();
    if (result.dismissed) state().dismissed = storage.state;
  }
  return y > top ? y - area.Min.y : 0;
}

/// Whether a soft keyboard is there. Some browsers lay it over the page and tell its height; others make the page lower, which looks like
/// this alone: with a field in use, the page is lower than it was without.
bool on_soft_keyboard() {
  State& s = state();
  const ImVec2 size = display::size();
  const bool field = display::coarse_pointer() && field_focused();
  if (!field || size.x != s.free_size.x) s.free_size = size;
  return display::keyboard_height() > 0 || s.free_size.y - size.y > 100;
}

void drop_overlay() {
  if (!input::files_hover()) return;
  const auto& c = theme::colors();
  const ImVec2 page = display::size();
  ImDrawList* list = ImGui::GetForegroundDrawList();
  list->AddRectFilled(ImVec2(0, 0), page, theme::faded(c.background, 0.9F));
  list->AddRect(ImVec2(16, 16), ImVec2(page.x - 16, page.y - 16), c.accent, 20, 2.0F);
  const ImVec2 middle(page.x / 2, page.y / 2);
  draw_icon(list, Icon::upload, ImVec2(middle.x, middle.y - 44), 48, c.accent);
  const fonts::With font(fonts::bold(), theme::size_of(theme::Type::heading));
  constexpr std::string_view words = "Let go to look at this file";
  fonts::draw_text(list, ImVec2(middle.x - fonts::measure(words).x / 2, middle.y), c.text, words);
  const fonts::With smaller(fonts::regular(), theme::size_of(theme::Type::body));
  constexpr std::string_view more = "Nothing is changed before you agree";
  fonts::draw_text(list, ImVec2(middle.x - fonts::measure(more).x / 2, middle.y + 34), c.muted, more);
}

void keep_title() {
  State& s = state();
  std::string words = s.title;
  if (words.empty()) words = places[static_cast<std::size_t>(route().view)].name;
  words += " – Media Hub";
  if (words != s.shown_title) host::set_title(words);
  s.shown_title = std::move(words);
}

void draw_route(const ImRect& box) {
  const Page page{box, box.GetWidth() < theme::grown(720)};
  switch (route().view) {
    case View::start: views::start(page); break;
    case View::predict: views::predict(page); break;
    case View::library: views::library(page); break;
    case View::accuracy: views::accuracy(page); break;
    case View::data: views::data(page); break;
  }
}

void draw_view(const ImRect& box) {
  const Place& place = places[static_cast<std::size_t>(route().view)];
  mirror::Scope main({.role = mirror::Role::main, .name = place.name});
  main.box(box);
  ImGui::PushID(place.name.data());
  if (route().view != View::accuracy) client().inspect_model(std::nullopt);
  client().watch_network(route().view == View::data);
  client().watch_songs(route().songs || (route().view == View::accuracy && route().type == MediaType::album));
  // A list below a head of its own needs some height: with less, the whole of it is scrolled. The others scroll anyway.
  const float least = theme::grown(440);
  const bool listed = route().view == View::library || (route().view == View::predict && route().item.empty());
  if (listed && box.GetHeight() < theme::grown(300)) {
    const ImGuiID seed = ImGui::GetCurrentWindow()->IDStack.back();
    ImGui::SetCursorScreenPos(box.Min);
    const ScrollArea whole("whole view", box.GetSize(), {.focusable = false}, {.role = mirror::Role::group});
    const ImVec2 top = ImGui::GetCursorScreenPos();
    ImGui::Dummy(ImVec2(0, least));
    // What is in it stays the same widget, with its focus, while a soft keyboard comes and goes.
    ImGui::PushOverrideID(seed);
    draw_route(ImRect(top, ImVec2(box.Max.x, top.y + least)));
    ImGui::PopID();
  } else {
    draw_route(box);
  }
  ImGui::PopID();
}

}  // namespace

void title(std::string_view words) {
  state().title = words;
}

void start() {
  begin_shelf(views::library_shelf());
  take_address(host::address());
  host::on_navigate([](std::string_view address) { take_address(address); });
  host::on_files([](host::Files files) { take_files(files); });
  theme::update();
  backup_file::start();
  client().start();
}

void frame() {
  theme::update();
  state().title.clear();
  run_shortcuts();
  take_paste();

  const ImVec2 size = display::size();
  const auto safe = display::safe_area();
  ImGui::SetNextWindowPos(ImVec2(0, 0));
  ImGui::SetNextWindowSize(size);
  // The renderer has filled the canvas with the background; where graphics are software, filling it again is most of a frame.
  ImGui::Begin("Media Hub", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoBackground |
                   ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoScrollWithMouse);
  ImRect area(ImVec2(safe.left, safe.top), ImVec2(size.x - safe.right, size.y - safe.bottom));
  const Frame form = frame_for(area.GetSize());
  if (form == Frame::side || form == Frame::rail) {
    const ImRect side(area.Min, ImVec2(area.Min.x + (form == Frame::side ? side_width() : rail_width()), area.Max.y));
    if (form == Frame::side)
      side_bar(side);
    else
      side_rail(side);
    area.Min.x = side.Max.x;
    ImRect rest = area;
    rest.Min.y += banners(area);
    draw_view(rest);
  } else {
    // While something is typed, the keyboard needs the room of the bar.
    const bool typing = on_soft_keyboard();
    const float height = form == Frame::bar ? strip_height() + bar_height() : low_bar_height();
    const ImRect bar(ImVec2(area.Min.x, area.Max.y - height), area.Max);
    if (!typing) area.Max.y = bar.Min.y;
    ImRect rest = area;
    rest.Min.y += banners(area);
    draw_view(rest);
    if (!typing) {
      if (form == Frame::bar)
        bottom_bar(bar, safe.bottom);
      else
        low_bar(bar, safe.bottom);
    }
  }
  ImGui::End();

  palette::draw();
  views::title_menu();
  arrival(area);
  toasts(area);
  drop_overlay();
  posters::frame_ended();
  keep_title();
  persistence::hold();
}

}  // namespace hub::ui
