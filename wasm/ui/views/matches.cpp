#include "wasm/ui/views/matches.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "wasm/platform/display.hpp"
#include "wasm/platform/frame.hpp"
#include "wasm/platform/input.hpp"
#include "wasm/platform/mirror.hpp"
#include "wasm/platform/scroll.hpp"
#include "wasm/ui/actions.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/asked_services.hpp"
#include "wasm/ui/views/words.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/button_row.hpp"
#include "wasm/ui/widgets/card.hpp"
#include "wasm/ui/widgets/cover.hpp"
#include "wasm/ui/widgets/dialog.hpp"
#include "wasm/ui/widgets/empty_state.hpp"
#include "wasm/ui/widgets/nav_link.hpp"
#include "wasm/ui/widgets/search_field.hpp"
#include "wasm/ui/widgets/section.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui::views {
namespace {

using theme::Type;
using theme::Weight;

constexpr float gap = 12;
constexpr float cover_width = 56;
constexpr float cover_height = 84;

/// What was done with a title of the queue, for going back.
struct Step {
  std::string item;
  bool decided = false;
};

struct State {
  std::string item;   ///< that is asked about
  std::string typed;  ///< in the field
  std::string query;  ///< that is looked for; empty: its title
  bool everywhere = false;
  bool focus = false;      ///< it has just come: reading starts at its heading
  std::string decided;     ///< title of which it was just said, until the library says it too
  std::size_t events = 0;  ///< of the library, before that
  // Of the queue:
  std::vector<Step> steps;
  std::vector<std::string> later;     ///< that were put off
  std::vector<std::string> answered;  ///< of which it was said, until the library says it too
  std::string wanted;                 ///< that was gone back to, until it is there again
};
State& state() {
  static State the;
  return the;
}

void ask_about(const std::string& item_id, bool everywhere) {
  State& s = state();
  if (s.item == item_id) return;
  s.item = item_id;
  s.typed.clear();
  s.query.clear();
  s.everywhere = everywhere;
  s.focus = true;
}

/// What the library has heard of the decision, or null.
const Matched* heard() {
  const State& s = state();
  const auto& events = client().library().events();
  for (std::size_t i = s.events; i < events.size(); ++i)
    if (const auto* matched = std::get_if<Matched>(&events[i].payload); matched && matched->from == s.decided) return matched;
  return nullptr;
}

void decide(const std::string& work_id) {
  State& s = state();
  s.decided = s.item;
  s.events = client().library().events().size();
  client().decide_match(s.item, work_id);
}

/// What the person pressed.
enum class Choice : int { nothing = -1, none = -2, later = -3, back = -4 };

/// @param candidates  how many there are to choose from. @return  which of them (0 …), or a Choice.
int choice_by_key(std::size_t candidates, bool queue) {
  if (dialog_open()) return static_cast<int>(Choice::nothing);
  if (queue && input::pressed(ImGuiKey_Backspace)) return static_cast<int>(Choice::back);
  if (!typed_shortcuts()) return static_cast<int>(Choice::nothing);
  for (std::size_t i = 0; i < candidates && i < 9; ++i)
    if (input::typed(std::to_string(i + 1))) return static_cast<int>(i);
  if (input::typed("0") || input::typed("n") || input::typed("N")) return static_cast<int>(Choice::none);
  if (queue && (input::typed("s") || input::typed("S"))) return static_cast<int>(Choice::later);
  return static_cast<int>(Choice::nothing);
}

/// Whether keys are worth telling of: where a finger points, there is none.
bool keys_shown() {
  return typed_shortcuts() && !display::coarse_pointer();
}

std::string rated_words(const std::string& item_id) {
  const auto rating = client().rating(item_id);
  return rating ? "your rating " + words::stars(*rating) : std::string();
}

void draw_key(ImVec2 middle_right, std::string_view key) {
  if (!keys_shown()) return;
  const std::vector<std::string> keys{std::string(key)};
  key_caps(ImVec2(middle_right.x - key_caps_width(keys), middle_right.y), keys);
}

/// A work to choose.
bool candidate_card(const ImRect& box, const protocol::MatchCandidate& one, int number) {
  const auto& colors = theme::colors();
  const Item& item = one.item;
  std::string mine;
  if (one.in_library) {
    mine = rated_words(item.id);
    mine = mine.empty() ? std::string("in your library") : "in your library, " + mine;
  }
  const std::string second = words::year_and_makers(item);
  const std::string third = words::joined({words::list(item.genres, 2), words::short_length(item)});
  const std::string fourth = mine.empty() ? words::sources(item) : mine;
  std::string name = item.title;
  for (const std::string& part : {second, third, fourth})
    if (!part.empty()) name += ", " + part;
  ImGui::PushID(number);
  mirror::Scope entry({.role = mirror::Role::listitem, .position = number});
  const auto press = mirror::item("candidate", box, {.role = mirror::Role::button, .name = name});
  if (press.visible) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    draw_card(list, box);
    const float over = frame::ease(press.id, press.hovered ? 1.0F : 0.0F, theme::quick);
    if (over > 0) list->AddRectFilled(box.Min, box.Max, theme::faded(colors.raised, over), theme::radius_card);
    if (press.hovered || colors.forced) list->AddRect(box.Min, box.Max, colors.edge, theme::radius_card);
    const ImRect art(ImVec2(box.Min.x + 12, box.Min.y + 12), ImVec2(box.Min.x + 12 + cover_width, box.Min.y + 12 + cover_height));
    draw_cover(list, art, item);
    const float left = art.Max.x + 12;
    const float room = box.Max.x - 12 - left;
    const float key = keys_shown() ? 32.0F : 0.0F;
    float y = art.Min.y - 2;
    const text::Style title{.weight = Weight::semibold, .max_lines = 2, .said = false};
    y += text::paragraph(ImVec2(left, y), room - key, item.title, title);
    const auto line = [&](std::string_view told, ImU32 color) {
      if (told.empty() || y + theme::line_of(Type::small) > box.Max.y - 4) return;
      text::line(ImVec2(left, y), told, {.type = Type::small, .color = color, .max_width = room, .said = false});
      y += theme::line_of(Type::small);
    };
    line(second, colors.text);
    line(third, colors.muted);
    line(fourth, mine.empty() ? colors.faint : colors.accent);
    draw_key(ImVec2(box.Max.x - 10, box.Min.y + 22), std::to_string(number));
    if (press.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    if (press.focus_visible) theme::focus_ring(box, theme::radius_card);
  }
  ImGui::PopID();
  return press.pressed;
}

/// Of the services that are asked, those whose facts the works to choose from are told by.
std::vector<protocol::Attribution> sources_of(const std::vector<protocol::MatchCandidate>& candidates) {
  std::vector<protocol::Attribution> told = client().network().services;
  std::erase_if(told, [&](const protocol::Attribution& service) {
    return std::none_of(candidates.begin(), candidates.end(), [&](const protocol::MatchCandidate& one) {
      return one.item.provenance == service.name ||
             std::any_of(one.item.sources.begin(), one.item.sources.end(),
                         [&](const FactSource& source) { return source.name == service.name && source.facts != 0; });
    });
  });
  return told;
}

/// The title as it stands in the library, and what its line in a file says.
void your_title(Column& column, const Item& item, const protocol::Matches* matches) {
  const auto& colors = theme::colors();
  mirror::Scope region({.role = mirror::Role::group, .name = "Your title"}, ImGui::GetID("your title"));
  const ImVec2 at = column.at();
  const ImRect art(at, ImVec2(at.x + cover_width, at.y + cover_height));
  draw_cover(ImGui::GetWindowDrawList(), art, item);
  Column told(ImVec2(art.Max.x + 16, at.y - 2), column.width() - cover_width - 16);
  told.skip(text::paragraph(told.at(), told.width(), item.title, {.type = Type::subheading, .weight = Weight::semibold, .max_lines = 2}));
  const Entry* entry = client().library().find(item.id);
  std::string given = rated_words(item.id);
  if (entry && entry->rating && !entry->rating->date.empty()) given += " on " + words::date(entry->rating->date);
  if (!given.empty()) given[0] = static_cast<char>(given[0] - 'a' + 'A');
  const std::string facts = words::facts(item);
  if (!facts.empty()) told.skip(text::paragraph(told.at(), told.width(), facts, {.color = colors.muted, .max_lines = 2}));
  if (!given.empty()) told.skip(text::paragraph(told.at(), told.width(), given, {.color = colors.text}));
  if (matches) {
    std::string line = words::joined({matches->line.title, words::year_and_makers(matches->line)});
    const std::string now = words::joined({item.title, words::year_and_makers(item)});
    if (line != now && line != item.title) {
      told.gap(2);
      told.skip(text::paragraph(told.at(), told.width(), "Your file says: " + line, {.type = Type::small, .color = colors.muted}));
    }
  }
  column.skip(std::max(cover_height, told.y() - at.y));
}

/// What to look for instead, and whether services are asked too.
void look_further(Column& column, const Item& item, const protocol::Matches* matches) {
  State& s = state();
  const auto& colors = theme::colors();
  const float height = theme::control_height();
  const std::string_view label = s.everywhere && s.typed == s.query ? "Look again" : "Look further";
  const ButtonOptions options{.icon = Icon::search, .description = "Also asks services, which are sent the title that is looked for"};
  const float wide = button_size("Look further", options).x;
  const bool beside = column.width() >= wide + 260;
  const ImRect row = column.take(height);
  const ImRect box(row.Min, ImVec2(beside ? row.Max.x - wide - 8 : row.Max.x, row.Max.y));
  const std::string placeholder = "Another title for “" + item.title + "”";
  const auto field = search_field("title", s.typed, box, {.name = "Look for another title", .placeholder = placeholder});
  ImRect place(ImVec2(row.Max.x - wide, row.Min.y), row.Max);
  if (!beside) {
    column.gap(8);
    place = column.take(height);
  }
  const bool asks = button("further", place, label, options);
  if (field.submitted || asks) {
    s.query = s.typed;
    s.everywhere = true;
    client().find_matches(s.item, s.query, true);
  }
  const std::string asked = matches ? asked_words(matches->asked) : std::string();
  const float line = theme::line_of(Type::small);
  column.gap(6);
  mirror::status(ImRect(column.at(), ImVec2(column.at().x + column.width(), column.y() + line)), "Services", asked);
  if (!asked.empty()) {
    text::line(column.at(), asked, {.type = Type::small, .color = colors.faint, .max_width = column.width(), .said = false});
    column.skip(line);
  }
}

/// @return  which candidate (0 …), or a Choice.
int choose(Column& column, const Item& item, bool queue, bool may_go_back) {
  State& s = state();
  const auto& colors = theme::colors();
  Client& hub = client();
  hub.find_matches(s.item, s.query, s.everywhere);
  const protocol::Matches* matches = hub.matches();
  your_title(column, item, matches);
  column.gap(24);
  column.skip(
      text::heading(column.at(), column.width(), "Which of these is it?", 2, {.type = Type::subheading, .weight = Weight::semibold}));
  column.gap(8);
  const std::size_t count = matches ? matches->candidates.size() : 0;
  int chosen = choice_by_key(count, queue);
  if (!matches) {
    text::line(column.at(), "Looking…", {.color = colors.muted});
    column.skip(theme::line_of(Type::body));
  } else if (count == 0) {
    const std::string words = asking(matches->asked) ? std::string("Looking further…")
                              : s.everywhere ? std::string("No other work of this name was found. Try its title in another language.")
                                             : std::string("No other work of this name is known here. Look further, or for another title.");
    column.skip(text::paragraph(column.at(), column.width(), words, {.color = colors.muted}));
  } else {
    mirror::Scope list({.role = mirror::Role::list, .name = "Works it could be"}, ImGui::GetID("candidates"));
    const int columns = column.width() >= 860 ? 3 : column.width() >= 560 ? 2 : 1;
    const float width = (column.width() - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    const float height = cover_height + 24;
    for (std::size_t i = 0; i < count; i += static_cast<std::size_t>(columns)) {
      const ImRect row = column.take(height);
      for (std::size_t at = 0; at < static_cast<std::size_t>(columns) && i + at < count; ++at) {
        const float left = row.Min.x + static_cast<float>(at) * (width + gap);
        if (candidate_card(ImRect(ImVec2(left, row.Min.y), ImVec2(left + width, row.Max.y)), matches->candidates[i + at],
                           static_cast<int>(i + at) + 1))
          chosen = static_cast<int>(i + at);
      }
      column.gap(gap);
    }
  }
  column.gap(8);
  {
    const ButtonOptions none{.description = "It stays a title of its own, with what your file says and nothing else"};
    float x = column.at().x;
    const float height = theme::control_height();
    const auto add = [&](const char* id, std::string_view label, const ButtonOptions& options, Choice what) {
      const float wide = button_size(label, options).x;
      if (x > column.at().x && x + wide > column.at().x + column.width()) {
        x = column.at().x;
        column.skip(height + 8);
      }
      if (button(id, ImRect(ImVec2(x, column.y()), ImVec2(x + wide, column.y() + height)), label, options)) chosen = static_cast<int>(what);
      x += wide + 8;
    };
    add("none", "None of these", none, Choice::none);
    if (queue) {
      add("later", "Later", {.description = "It waits until you look again"}, Choice::later);
      add("back", "Back",
          {.kind = ButtonKind::quiet, .icon = Icon::undo, .description = "Takes the last answer back", .disabled = !may_go_back},
          Choice::back);
    }
    column.skip(height);
  }
  if (keys_shown()) {
    column.gap(10);
    const std::string keys = queue ? "Keys: 1 – 9 choose, 0 or N for none of these, S for later, Backspace to go back."
                                   : "Keys: 1 – 9 choose, 0 or N for none of these.";
    column.skip(text::paragraph(column.at(), column.width(), keys, {.type = Type::small, .color = colors.faint}));
  }
  if (matches) {
    const auto sources = sources_of(matches->candidates);
    if (!sources.empty()) column.gap(12);
    draw_attributions(column, sources);
  }
  column.gap(24);
  look_further(column, item, matches);
  // Works are there to be chosen once the engine has told of them.
  return matches || chosen < 0 ? chosen : static_cast<int>(Choice::nothing);
}

void heading(Column& column, std::string_view words) {
  State& s = state();
  column.skip(text::heading(column.at(), column.width(), words, 1, {.type = Type::title, .weight = Weight::bold}));
  if (s.focus) mirror::focus_last();
  s.focus = false;
}

/// What is known of the title, or null.
const Item* title_of(const std::string& item_id) {
  const Entry* entry = client().library().find(item_id);
  return entry ? &*entry->item : nullptr;
}

std::vector<std::string> waiting() {
  State& s = state();
  const auto is_over = [](const std::string& id) { return !title_of(id) || client().library().match_of(id); };
  std::erase_if(s.answered, is_over);
  std::vector<std::string> ids = client().review();
  std::erase_if(
      ids, [&](const std::string& id) { return is_over(id) || std::find(s.answered.begin(), s.answered.end(), id) != s.answered.end(); });
  std::stable_partition(ids.begin(), ids.end(),
                        [&](const std::string& id) { return std::find(s.later.begin(), s.later.end(), id) == s.later.end(); });
  return ids;
}

void go_back() {
  State& s = state();
  if (s.steps.empty()) return;
  const Step last = s.steps.back();
  s.steps.pop_back();
  std::erase(s.later, last.item);
  const bool on_its_way = std::erase(s.answered, last.item) > 0;
  if (last.decided && on_its_way) {
    client().undo();
  } else if (last.decided) {
    // Only where that is what Undo takes back.
    const auto& events = client().library().events();
    const auto said =
        std::find_if(events.rbegin(), events.rend(), [](const Event& event) { return std::holds_alternative<Matched>(event.payload); });
    if (said != events.rend() && std::get<Matched>(said->payload).from == last.item) client().undo();
  }
  s.wanted = last.item;
  s.item.clear();
  frame::request();
}

}  // namespace

bool can_be_matched(const std::string& item_id) {
  const Entry* entry = client().library().find(item_id);
  return entry && !client().read_only() && !entry->forgotten && (entry->rating || entry->deeds->any());
}

void match_title(const Page& page, const std::string& item_id) {
  State& s = state();
  Client& hub = client();
  if (s.decided == item_id) {
    if (const Matched* said = heard()) {
      s.decided.clear();
      s.item.clear();
      return replace_item(said->item->id);
    }
  }
  ask_about(item_id, true);
  const float padding = page.narrow ? 20.0F : 40.0F;
  ImGui::SetCursorScreenPos(page.box.Min);
  ScrollArea area("match", page.box.GetSize(), {.padding = ImVec2(padding, page.narrow ? 16.0F : 28.0F)},
                  {.role = mirror::Role::region, .name = "Which work is it?"});
  Column column(std::min(960.0F, page.box.GetWidth() - 2 * padding));
  const Item* item = title_of(item_id);
  text_link("back", column.at(), item ? "Back to " + item->title : std::string("Back"), href_of(item_id), Icon::chevron_left);
  column.skip(theme::line_of(Type::body) + 16);
  heading(column, "Which work is it?");
  if (!hub.opened()) {
    text::line(column.at(), "Opening your library…", {.color = theme::colors().muted});
    return;
  }
  if (!item || !can_be_matched(item_id)) {
    column.gap(8);
    column.skip(text::paragraph(column.at(), column.width(),
                                hub.read_only() ? "Another tab of this page keeps your ratings. Say it there."
                                                : "This title is not in your library, so there is nothing to put right.",
                                {.color = theme::colors().muted}));
    return;
  }
  title("Which work is it?");
  column.gap(4);
  column.skip(
      text::paragraph(column.at(), column.width(),
                      "What is yours goes to the work that you choose, and the facts of the wrong one go. Later imports of the same "
                      "title follow it. Undo takes it back.",
                      {.color = theme::colors().muted}));
  column.gap(20);
  const Item shown = *item;  // a press changes the library while it is drawn
  const int chosen = choose(column, shown, false, false);
  column.gap(24);
  if (!s.decided.empty() || chosen == static_cast<int>(Choice::nothing)) return;
  if (chosen == static_cast<int>(Choice::none))
    decide({});
  else if (const auto* matches = hub.matches(); matches && chosen >= 0 && static_cast<std::size_t>(chosen) < matches->candidates.size())
    decide(matches->candidates[static_cast<std::size_t>(chosen)].item.id);
}

void match_review(const Page& page) {
  State& s = state();
  Client& hub = client();
  const float padding = page.narrow ? 20.0F : 40.0F;
  ImGui::SetCursorScreenPos(page.box.Min);
  ScrollArea area("review", page.box.GetSize(), {.padding = ImVec2(padding, page.narrow ? 16.0F : 28.0F)},
                  {.role = mirror::Role::region, .name = "Titles to look at"});
  Column column(std::min(960.0F, page.box.GetWidth() - 2 * padding));
  text_link("back", column.at(), "Library", href_of_library(), Icon::chevron_left);
  column.skip(theme::line_of(Type::body) + 16);
  const std::vector<std::string> ids = waiting();
  const auto waits = [&](const std::string& id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); };
  // Wanted until the next answer: where the last one was still on its way when it was taken back, the title goes and comes once more.
  if (!s.wanted.empty() && s.item != s.wanted && waits(s.wanted)) ask_about(s.wanted, false);
  if (!ids.empty() && !waits(s.item)) ask_about(ids.front(), false);
  title("Titles to look at");
  heading(column, "Titles to look at");
  const std::string left = ids.empty() ? std::string() : words::count(ids.size(), "title waits", "titles wait");
  mirror::status(ImRect(column.at(), ImVec2(column.at().x + column.width(), column.y() + theme::line_of(Type::body))), "Waiting", left);
  if (!hub.opened()) {
    text::line(column.at(), "Opening your library…", {.color = theme::colors().muted});
    return;
  }
  if (hub.read_only()) {
    column.gap(8);
    column.skip(text::paragraph(column.at(), column.width(), "Another tab of this page keeps your ratings. Look at them there.",
                                {.color = theme::colors().muted}));
    return;
  }
  if (ids.empty()) {
    const std::string told = s.steps.empty()
                                 ? "Titles of your files that could be works known here, but not surely, wait for you after an import."
                                 : "You have looked at all of them. What you said holds for later imports of the same titles.";
    const ImRect place = column.take(280);
    const int pressed = empty_state("nothing", place,
                                    {.icon = Icon::check,
                                     .title = "Nothing to look at",
                                     .words = told,
                                     .action = "Go to Library",
                                     .second = s.steps.empty() ? std::string_view() : std::string_view("Back to the last one")});
    const bool by_key = !dialog_open() && input::pressed(ImGuiKey_Backspace);
    if (pressed == 1) go(View::library);
    if (pressed == 2 || by_key) go_back();
    return;
  }
  column.gap(4);
  column.skip(text::paragraph(column.at(), column.width(),
                              left + ". Each could be a work that is known here; until you say so it is a title of its own in your "
                                     "library, with all that is yours.",
                              {.color = theme::colors().muted}));
  column.gap(20);
  const Item shown = *title_of(s.item);
  const int chosen = choose(column, shown, true, !s.steps.empty());
  column.gap(24);
  if (chosen == static_cast<int>(Choice::nothing)) return;
  if (chosen == static_cast<int>(Choice::back)) return go_back();
  if (chosen == static_cast<int>(Choice::later)) {
    s.steps.push_back({s.item, false});
    s.wanted.clear();
    std::erase(s.later, s.item);
    s.later.push_back(s.item);
    s.item.clear();
    frame::request();
    return;
  }
  std::string work;
  if (chosen != static_cast<int>(Choice::none)) {
    const auto* matches = hub.matches();
    if (!matches || chosen < 0 || static_cast<std::size_t>(chosen) >= matches->candidates.size()) return;
    work = matches->candidates[static_cast<std::size_t>(chosen)].item.id;
  }
  s.steps.push_back({s.item, true});
  s.answered.push_back(s.item);
  s.wanted.clear();
  hub.decide_match(s.item, work);
  s.item.clear();
  frame::request();
}

void titles_to_look_at(Column& page, bool narrow) {
  Client& hub = client();
  const std::size_t count = hub.review().size();
  if (count == 0 || hub.demo() || hub.read_only()) return;
  Section section("titles to look at", page, "Titles to look at", narrow);
  Column& column = section.column();
  column.skip(
      text::paragraph(column.at(), column.width(),
                      (count == 1 ? "One title of your files could be a work that is known here, but not surely. It is a title of its "
                                    "own until you say what it is."
                                  : words::count(count) + " titles of your files could be works that are known here, but not "
                                                          "surely. They are titles of their own until you say what they are."),
                      {.color = theme::colors().muted}));
  column.gap(16);
  const std::string label = "Look at " + words::count(count, "title", "titles");
  const ButtonOptions options{.kind = ButtonKind::primary};
  if (column_button(column, "look", label, options)) go_review();
}

std::span<const WidgetKeys> match_keys() {
  static const std::array<WidgetKeys, 4> keys{{{"Choose a work", {"1 – 9"}},
                                               {"None of these", {"0", "N"}},
                                               {"Later, in the queue", {"S"}},
                                               {"Back to the last one, in the queue", {"Backspace"}}}};
  return keys;
}

}  // namespace hub::ui::views
