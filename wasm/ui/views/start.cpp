#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "wasm/platform/display.hpp"
#include "wasm/platform/frame.hpp"
#include "wasm/platform/host.hpp"
#include "wasm/platform/mirror.hpp"
#include "wasm/platform/scroll.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/layout.hpp"
#include "wasm/ui/navigation.hpp"
#include "wasm/ui/status.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/asked_services.hpp"
#include "wasm/ui/views/file_types.hpp"
#include "wasm/ui/views/start.hpp"
#include "wasm/ui/views/title_menu.hpp"
#include "wasm/ui/widgets/banner.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/button_row.hpp"
#include "wasm/ui/widgets/card.hpp"
#include "wasm/ui/widgets/chip.hpp"
#include "wasm/ui/widgets/cover.hpp"
#include "wasm/ui/widgets/progress.hpp"
#include "wasm/ui/widgets/rating_control.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui::views {

namespace {

constexpr std::size_t enough = 10;  ///< ratings from which predictions are the person's own
constexpr const char* been_here = "been_here";

struct State {
  bool opened = false;
  bool demo = false;
  bool welcoming =
      true;  ///< the three ways in; decided when the view is entered, so that it does not change under the hand at the tenth rating
  float invitation_height = 64;  ///< as measured when it was drawn last
  std::uint64_t drawn = 0;
  std::uint64_t picked_at = 0;
  std::vector<std::string> picks;
};
State& state() {
  static State instance;
  return instance;
}

std::string year_and_type(const Item& item) {
  std::string words(noun_of(item.type, false));
  if (!words.empty()) words[0] = static_cast<char>(words[0] - 'a' + 'A');
  if (item.year) words += " · " + std::to_string(*item.year);
  return words;
}

/// Left edge of a column on a whole pixel, so spread that the last one ends with the row.
float column_left(float left, float whole, int column, int columns, float width) {
  return std::round(left + (whole - width) * static_cast<float>(column) / static_cast<float>(columns - 1));
}

void decide() {
  State& s = state();
  const bool entered = s.drawn + 1 < frame::count();
  s.drawn = frame::count();
  const bool opened = client().opened();
  if (entered || opened != s.opened || client().demo() != s.demo) {
    s.welcoming = opened ? client().library().rating_count() < enough : host::setting(been_here).empty();
    if (opened && !client().demo()) {
      const std::string_view seen = client().library().rating_count() >= enough ? "1" : "";
      if (host::setting(been_here) != seen) host::set_setting(been_here, seen);
    }
  }
  s.opened = opened;
  s.demo = client().demo();
}

// ---- the first visit

struct Promise {
  Icon icon;
  std::string_view title;
  std::string_view words;
};
constexpr std::array<Promise, 3> promises{
    Promise{Icon::lock, "Stays on this device", "No account and no server: what you rate is kept in this browser and nowhere else."},
    Promise{Icon::star, "Learnt from you", "Every rating you add moves the others, and each prediction says why."},
    Promise{Icon::download, "Yours to take along", "One backup file holds everything. The page works without a network, too."}};

void ways_in(Column& column, bool narrow) {
  const ButtonOptions choose{.kind = ButtonKind::primary,
                             .icon = narrow ? Icon::none : Icon::upload,
                             .description = "An export from IMDb, Letterboxd, Goodreads and others",
                             .file_types = accepted_files};
  // In a demo that was emptied, the demo is what can be begun again.
  const bool anew = client().demo();
  const std::string_view look = anew ? "Begin the demo anew" : "Open demo";
  const ButtonOptions demo{.description = "Somebody else’s ratings to look around in; nothing of them is kept",
                           .disabled = !client().opened()};
  const std::array<RowButton, 2> ways{{{"choose", "Choose file", choose}, {"demo", look, demo}}};
  if (button_row(column, ways, narrow) == 1) client().open_demo();
  column.gap(10);
  column.skip(text::paragraph(column.at(), column.width(),
                              narrow ? "Exports of IMDb, Letterboxd, Goodreads and others."
                                     : "Exports of IMDb, Letterboxd, Goodreads and others. Or drop one here, or paste its text.",
                              {.type = theme::Type::small, .color = theme::colors().muted}));
}

void draw_promises(Column& column) {
  const auto& c = theme::colors();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const mirror::Scope promised({.role = mirror::Role::list, .name = "What this page promises"});
  int position = 0;
  for (const Promise& promise : promises) {
    const mirror::Scope item({.role = mirror::Role::listitem, .position = ++position, .count = static_cast<int>(promises.size())});
    if (position > 1) column.gap(16);
    const ImVec2 at = column.at();
    list->AddCircleFilled(ImVec2(at.x + 18, at.y + 20), 18, c.raised);
    if (c.forced) list->AddCircle(ImVec2(at.x + 18, at.y + 20), 18, c.line);
    draw_icon(list, promise.icon, ImVec2(at.x + 18, at.y + 20), 18, c.text);
    const ImVec2 words(at.x + 52, at.y);
    const float below = text::paragraph(words, column.width() - 52, promise.title, {.weight = theme::Weight::semibold}) + 1;
    column.skip(below + text::paragraph(ImVec2(words.x, words.y + below), column.width() - 52, promise.words,
                                        {.type = theme::Type::small, .color = c.muted}));
  }
}

/// In the corner of a cover: another title for this one, which the person does not know.
bool skip_button(const ImRect& cover, const Item& item) {
  constexpr float size = 30;
  const ImRect box(ImVec2(cover.Max.x - size - 3, cover.Min.y + 3), ImVec2(cover.Max.x - 3, cover.Min.y + size + 3));
  // The same on every cover, whatever is drawn on it.
  ImGui::GetWindowDrawList()->AddCircleFilled(box.GetCenter(), size / 2 - 2, theme::faded(theme::colors().surface, 0.85F));
  return icon_button("skip", box, Icon::close, "Skip " + item.title,
                     {.kind = ButtonKind::quiet,
                      .description = "Shows another title in its place",
                      .disabled = !client().opened() || client().read_only()});
}

void wall(Column& column, bool narrow) {
  const auto& c = theme::colors();
  const std::size_t rated = client().library().rating_count();
  char progress_words[48];
  std::snprintf(progress_words, sizeof progress_words, "%zu of %zu", std::min(rated, enough), enough);
  {
    const float line = theme::line_of(theme::Type::subheading);
    const ImVec2 at = column.at();
    text::heading(at, column.width() - 80, "Or rate what you know", 2, {.type = theme::Type::subheading, .weight = theme::Weight::bold});
    text::line(ImVec2(at.x + column.width(), at.y + line - theme::line_of(theme::Type::small) - 2), progress_words,
               {.type = theme::Type::small, .color = c.muted, .align = text::Align::right});
    column.skip(line + 8);
    progress_bar(column.take(4), "Ratings given", static_cast<float>(std::min(rated, enough)) / static_cast<float>(enough));
    // One line whatever it says, so that the covers stay where they are under the hand.
    column.gap(6);
    const float height = theme::line_of(theme::Type::small);
    const text::Style quiet{.type = theme::Type::small, .color = c.muted, .max_width = column.width()};
    if (rated == 0) {
      text::line(column.at(), "Ten ratings are enough to begin.", quiet);
    } else {
      const Moves::Told* told = client().moves();
      const std::string words = told ? words_of("Your rating of " + told->title, *told, 1) : std::string();
      text::Style unsaid = quiet;
      unsaid.said = false;
      text::line(column.at(), words, unsaid);
      mirror::status(ImRect(column.at(), ImVec2(column.at().x + column.width(), column.y() + height)), "What moved", words);
    }
    column.skip(height);
  }
  column.gap(16);
  const auto& titles = client().suggestions();
  const float gap = narrow ? 14.0F : 20.0F;
  const int columns = std::max(narrow ? 3 : 5, static_cast<int>((column.width() + gap) / (132 + gap)));
  const float width = std::floor((column.width() - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns));
  const float cover_height = std::round(width * 1.5F);
  const float star = std::clamp(std::floor(width / 5.75F), 14.0F, 24.0F);
  const float caption = theme::line_of(theme::Type::tiny);
  // A finger's target reaches into the caption above and the gap below.
  const float stars_height = std::min(rating_control_size(star).y, star + 8);
  const float row_height = cover_height + 6 + caption + 4 + stars_height + (narrow ? 14.0F : 18.0F);
  if (titles.empty() && client().engine_failed()) {
    column.skip(text::paragraph(column.at(), column.width(), "The titles come with the part of the page that could not be started.",
                                {.type = theme::Type::small, .color = c.muted}));
    return;
  }
  if (titles.empty()) {
    // Where the covers will be, so that nothing jumps.
    const ImVec2 at = column.at();
    for (int i = 0; i < columns * 2; ++i) {
      const ImVec2 min(column_left(at.x, column.width(), i % columns, columns, width), at.y + static_cast<float>(i / columns) * row_height);
      ImGui::GetWindowDrawList()->AddRectFilled(min, ImVec2(min.x + width, min.y + cover_height), c.raised, theme::radius_cover);
    }
    mirror::text(ImRect(at, ImVec2(at.x + column.width(), at.y + cover_height)), "Titles to rate are being loaded");
    column.skip(row_height * 2);
    return;
  }
  const mirror::Scope grid({.role = mirror::Role::list, .name = "Well-known titles"});
  const ImVec2 at = column.at();
  std::string skipped;
  for (std::size_t i = 0; i < titles.size(); ++i) {
    const Item& item = titles[i];
    const auto place = static_cast<int>(i);
    const ImVec2 min(column_left(at.x, column.width(), place % columns, columns, width),
                     at.y + static_cast<float>(place / columns) * row_height);
    const ImRect box(min, ImVec2(min.x + width, min.y + cover_height));
    mirror::Scope cell({.role = mirror::Role::listitem, .position = place + 1, .count = static_cast<int>(titles.size())});
    cell.box(ImRect(min, ImVec2(box.Max.x, min.y + row_height)));
    ImGui::PushID(item.id.c_str());
    // The button in its corner is pressed by itself.
    ImGui::SetNextItemAllowOverlap();
    const std::string href = href_of(item.id);
    const auto link = mirror::item("open", box, {.role = mirror::Role::link, .name = item.title, .context_menu = true, .href = href});
    offer_title_menu(item, box, link.id);
    draw_cover(ImGui::GetWindowDrawList(), box, item);
    if (link.hovered) ImGui::GetWindowDrawList()->AddRect(box.Min, box.Max, c.text, theme::radius_cover, 2.0F);
    if (link.focus_visible) theme::focus_ring(box, theme::radius_cover);
    text::line(ImVec2(box.GetCenter().x, box.Max.y + 6), year_and_type(item),
               {.type = theme::Type::tiny, .color = c.muted, .align = text::Align::center, .max_width = width});
    const float stars_width = rating_control_size(star).x;
    const std::string name = "Your rating of " + item.title;
    const ImVec2 stars(std::round(box.GetCenter().x - stars_width / 2), std::round(box.Max.y + 10 + caption + (stars_height - star) / 2));
    const RatingResult result = rating_control("stars", stars, client().rating(item.id),
                                               {.name = name, .star = star, .disabled = !client().opened() || client().read_only()});
    if (result.rate) client().rate(item.id, *result.rate);
    if (result.clear) client().clear_rating(item.id);
    if (!client().rating(item.id) && skip_button(box, item)) skipped = item.id;
    ImGui::PopID();
  }
  const auto rows = (static_cast<int>(titles.size()) + columns - 1) / columns;
  column.skip(row_height * static_cast<float>(rows));
  if (!skipped.empty()) client().skip(skipped);
}

/// The invitation stands below the wall, in sight wherever the tenth rating was given. @return the height it took.
float invitation(const ImRect& box, bool narrow) {
  if (!state().welcoming || !client().opened() || client().library().rating_count() < enough) return 0;
  const std::string_view words =
      narrow ? "Ten ratings are enough to begin." : "Ten ratings: enough for predictions of your own. More make them better.";
  const float side = narrow ? 12.0F : 40.0F;
  const float height = state().invitation_height;
  const BannerResult ready = banner("ready", ImVec2(box.Min.x + side, box.Max.y - height - 12), box.GetWidth() - 2 * side, words,
                                    {.kind = BannerKind::good, .action = "See predictions"});
  if (ready.action) go(View::predict);
  if (ready.height != height) frame::request();
  state().invitation_height = ready.height;
  return height + 24;
}

void welcome(Column& column, bool narrow) {
  const auto& c = theme::colors();
  constexpr std::string_view headline = "What would you think of it?";
  constexpr std::string_view what = "Your taste in films, shows, games, music and books, learnt on your device and nowhere else.";
  if (narrow) {
    column.skip(text::heading(column.at(), column.width(), headline, 1, {.type = theme::Type::title, .weight = theme::Weight::bold}));
    column.gap(8);
    column.skip(text::paragraph(column.at(), column.width(), what, {.type = theme::Type::body, .color = c.muted}));
    column.gap(20);
    ways_in(column, true);
    column.gap(24);
  } else {
    // Beside each other: what it is and how to begin, and what it promises.
    const bool beside = column.width() >= 780;
    const float side = beside ? std::min(340.0F, column.width() * 0.36F) : 0;
    Column left(column.at(), beside ? column.width() - side - 56 : column.width());
    // The large size while it takes two lines.
    const text::Style hero{.type = theme::Type::hero, .weight = theme::Weight::bold};
    left.skip(text::heading(left.at(), left.width(), headline, 1, hero));
    left.gap(14);
    left.skip(text::paragraph(left.at(), std::min(left.width(), 480.0F), what, {.type = theme::Type::subheading, .color = c.muted}));
    left.gap(22);
    ways_in(left, false);
    float bottom = left.y();
    if (beside) {
      Column right(ImVec2(column.at().x + column.width() - side, column.y() + 6), side);
      draw_promises(right);
      bottom = std::max(bottom, right.y());
    }
    column.skip(bottom - column.y());
    column.gap(34);
  }
  wall(column, narrow);
  if (narrow || column.width() < 780) {
    column.gap(16);
    draw_promises(column);
  }
}

// ---- with a library

/// The highest predictions among what is at hand and not rated, one after another by type so that no type fills the row.
const std::vector<std::string>& best_picks() {
  State& s = state();
  if (s.picked_at == client().revision() && !s.picks.empty()) return s.picks;
  s.picked_at = client().revision();
  s.picks.clear();
  struct Candidate {
    float stars;
    const Item* item;
  };
  std::array<std::vector<Candidate>, media_type_count> by_type;
  const auto consider = [&](const Item& item) {
    if (client().rating(item.id) || client().library().is_not_interested(item.id)) return;
    auto& list = by_type[index_of(item.type)];
    const auto same = [&](const Candidate& known) { return known.item->id == item.id; };
    if (std::any_of(list.begin(), list.end(), same)) return;
    if (const auto predicted = client().predicted(item.id); predicted && predicted->basis > 0) list.push_back({predicted->stars, &item});
  };
  for (const Item& item : client().suggestions()) consider(item);
  for (const Item& item : client().results().items) consider(item);
  for (auto& list : by_type)
    std::stable_sort(list.begin(), list.end(), [](const Candidate& a, const Candidate& b) { return a.stars > b.stars; });
  for (std::size_t rank = 0; s.picks.size() < 12; ++rank) {
    bool any = false;
    std::vector<Candidate> same_rank;
    for (const auto& list : by_type)
      if (rank < list.size()) same_rank.push_back(list[rank]), any = true;
    if (!any) break;
    std::stable_sort(same_rank.begin(), same_rank.end(), [](const Candidate& a, const Candidate& b) { return a.stars > b.stars; });
    for (const Candidate& candidate : same_rank) s.picks.push_back(candidate.item->id);
  }
  return s.picks;
}

void counts(Column& column, bool narrow) {
  constexpr float tight_below = 90;
  const auto& c = theme::colors();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const mirror::Scope group({.role = mirror::Role::list, .name = "Your ratings by type"});
  const float gap = narrow ? 8.0F : 12.0F;
  const float number = theme::line_of(narrow ? theme::Type::subheading : theme::Type::heading);
  const float label = theme::line_of(theme::Type::small);
  const float pad = narrow ? 10.0F : 18.0F;
  // All in a row, where every name has room there.
  float widest = 0;
  for (const MediaType type : media_types)
    widest = std::max(widest, text::measure(heading_of(type), {.type = narrow ? theme::Type::tiny : theme::Type::small}).x);
  int columns = static_cast<int>(media_type_count);
  const auto width_in = [&](int of) { return std::floor((column.width() - gap * static_cast<float>(of - 1)) / static_cast<float>(of)); };
  const auto asked = [&](float of) { return widest + pad + (of < tight_below ? 4.0F : 18.0F); };
  while (columns > 2 && width_in(columns) < asked(width_in(columns))) columns = columns > 3 ? 3 : 2;
  const float width = width_in(columns);
  const float height = number + label + 2 * pad + 2;
  int position = 0;
  ImRect row = column.take(height);
  for (const MediaType type : media_types) {
    if (position > 0 && position % columns == 0) {
      column.gap(gap);
      row = column.take(height);
    }
    const float left = column_left(row.Min.x, row.GetWidth(), position % columns, columns, width);
    const ImRect box(ImVec2(left, row.Min.y), ImVec2(left + width, row.Max.y));
    draw_card(list, box);
    mirror::Scope item({.role = mirror::Role::listitem, .position = ++position, .count = static_cast<int>(media_type_count)});
    item.box(box);
    const std::string count = with_thousands(client().library().rating_count(type));
    mirror::text(box, std::string(heading_of(type)) + ": " + count);
    text::line(ImVec2(left + pad, box.Min.y + pad), count,
               {.type = narrow ? theme::Type::subheading : theme::Type::heading, .weight = theme::Weight::bold, .said = false});
    const float middle = box.Min.y + pad + number + 2 + label / 2;
    // In the corner where there is no room before the word.
    const bool tight = width < tight_below;
    type_dot(tight ? ImVec2(box.Max.x - pad - 4, box.Min.y + pad + number / 2) : ImVec2(left + pad + 4, middle), theme::color_of(type));
    const float indent = tight ? pad : pad + 14;
    const auto label_type = narrow ? theme::Type::tiny : theme::Type::small;
    text::line(ImVec2(left + indent, middle - theme::line_of(label_type) / 2), heading_of(type),
               {.type = label_type, .color = c.muted, .max_width = width - indent - 4, .said = false});
  }
}

void picks(Column& column, bool narrow) {
  const auto& c = theme::colors();
  column.skip(
      text::heading(column.at(), column.width(), "Best next picks", 2, {.type = theme::Type::heading, .weight = theme::Weight::bold}));
  column.gap(4);
  const auto& ids = best_picks();
  if (ids.empty()) {
    column.skip(text::paragraph(column.at(), column.width(),
                                client().training_ready() ? "Nothing is left that you have not rated here. Search in Predict for more."
                                                          : "Your predictions are being worked out.",
                                {.color = c.muted}));
    return;
  }
  column.skip(
      text::paragraph(column.at(), column.width(), "Well known, not rated by you, and what you would rate them.", {.color = c.muted}));
  column.gap(16);
  const float gap = narrow ? 14.0F : 20.0F;
  const int columns = std::max(3, static_cast<int>((column.width() + gap) / (148 + gap)));
  const float width = std::floor((column.width() - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns));
  const float cover_height = std::round(width * 1.5F);
  const float body = theme::line_of(theme::Type::body);
  const float small = theme::line_of(theme::Type::tiny);
  const float row_height = cover_height + 8 + body + small + 20;
  const ImVec2 at = column.at();
  const mirror::Scope grid({.role = mirror::Role::list, .name = "Best next picks"});
  // Whole rows only.
  const int shown = std::max(columns, static_cast<int>(ids.size()) / columns * columns);
  int place = 0;
  for (const std::string& id : ids) {
    if (place >= shown) break;
    const Item* item = client().item(id);
    const auto predicted = client().predicted(id);
    if (!item || !predicted) continue;
    const ImVec2 min(column_left(at.x, column.width(), place % columns, columns, width),
                     at.y + static_cast<float>(place / columns) * row_height);
    const ImRect box(min, ImVec2(min.x + width, min.y + row_height - 12));
    const ImRect art(min, ImVec2(min.x + width, min.y + cover_height));
    const mirror::Scope cell({.role = mirror::Role::listitem, .position = place + 1});
    ImGui::PushID(id.c_str());
    char stars[16];
    std::snprintf(stars, sizeof stars, "%.2f", static_cast<double>(predicted->stars));
    // Not “predicted”: the link “Predict” would be one among many to whoever asks for links by a part of their name.
    const std::string name = item->title + ", " + year_and_type(*item) + ", for you " + stars + " out of 5";
    const std::string href = href_of(id);
    const auto link = mirror::item("pick", box, {.role = mirror::Role::link, .name = name, .context_menu = true, .href = href});
    offer_title_menu(*item, box, link.id);
    if (link.visible) {
      draw_cover(ImGui::GetWindowDrawList(), art, *item);
      if (link.hovered) {
        ImGui::GetWindowDrawList()->AddRect(art.Min, art.Max, c.text, theme::radius_cover, 2.0F);
        ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
      }
      const float used = text::line(ImVec2(min.x, art.Max.y + 8), stars, {.weight = theme::Weight::bold, .color = c.accent, .said = false});
      text::line(ImVec2(min.x + used + 6, art.Max.y + 8 + (body - small) / 2 + 1), "predicted",
                 {.type = theme::Type::tiny, .color = c.muted, .max_width = width - used - 6, .said = false});
      text::line(ImVec2(min.x, art.Max.y + 8 + body), year_and_type(*item),
                 {.type = theme::Type::tiny, .color = c.muted, .max_width = width, .said = false});
      if (link.focus_visible) theme::focus_ring(box, theme::radius_cover);
    }
    ImGui::PopID();
    ++place;
  }
  column.skip(row_height * std::ceil(static_cast<float>(place) / static_cast<float>(columns)));
}

void greet(Column& column, bool narrow) {
  const auto& c = theme::colors();
  if (!client().opened()) {
    column.skip(text::heading(column.at(), column.width(), "Welcome back", 1, {.type = theme::Type::title, .weight = theme::Weight::bold}));
    column.gap(8);
    if (client().engine_failed()) {
      column.skip(text::paragraph(column.at(), column.width(), client().opening_words(), {.color = c.muted}));
      return;
    }
    column.skip(text::paragraph(column.at(), column.width(), "Your ratings are being opened.", {.color = c.muted}));
    column.gap(20);
    progress_bar(column.take(4), "Opening your ratings", -1);
    return;
  }
  const std::size_t count = client().library().rating_count();
  column.skip(text::heading(column.at(), column.width(), client().demo() ? "Look around" : "Welcome back", 1,
                            {.type = theme::Type::title, .weight = theme::Weight::bold}));
  column.gap(6);
  const std::string words = with_thousands(count) + " ratings, all on this device." + (client().demo() ? " They belong to the demo." : "");
  column.skip(text::paragraph(column.at(), column.width(), words, {.type = theme::Type::subheading, .color = c.muted}));
  column.gap(20);
  counts(column, narrow);
  column.gap(16);
  const ButtonOptions search{.kind = ButtonKind::primary, .icon = Icon::search};
  const ButtonOptions more{
      .icon = Icon::upload,
      .description = client().demo() ? "Leave the demo first" : "An export from IMDb, Letterboxd, Goodreads and others",
      .disabled = client().demo(),
      .file_types = accepted_files};
  const ButtonOptions demo{.kind = ButtonKind::quiet, .description = "Somebody else’s ratings to look around in; yours stay as they are"};
  const std::array<RowButton, 3> all{{{"search", "Find a title", search}, {"choose", "Choose file", more}, {"demo", "Open demo", demo}}};
  const std::size_t offered = client().demo() ? 2 : 3;
  int pressed = -1;
  if (narrow && offered == 3) {
    pressed = button_row(column, std::span(all).first(2), true);
    column.gap(6);
    if (button_row(column, std::span(all).last(1), true) == 0) pressed = 2;
  } else {
    pressed = button_row(column, std::span(all).first(offered), narrow);
  }
  if (pressed == 0) go(View::predict);
  if (pressed == 2) client().open_demo();
  column.gap(32);
  picks(column, narrow);
}

}  // namespace

bool wall_shown() {
  return route().view == View::start && client().opened() && state().welcoming;
}

void start(const Page& page) {
  decide();
  const float below = invitation(page.box, page.narrow);
  ImGui::SetCursorScreenPos(page.box.Min);
  ScrollArea area(state().welcoming ? "welcome" : "greet", ImVec2(page.box.GetWidth(), page.box.GetHeight() - below),
                  {.keep_position = true}, {.role = mirror::Role::region, .name = "Welcome"});
  const float side = page.narrow ? 20.0F : 40.0F;
  const float width = std::min(page.box.GetWidth() - 2 * side, 1040.0F);
  const ImVec2 top = ImGui::GetCursorScreenPos();
  const float left = page.narrow ? top.x + side : top.x + std::max(side, std::round((page.box.GetWidth() - width) / 2));
  Column column(ImVec2(left, top.y + (page.narrow ? 24.0F : 36.0F)), width);
  if (state().welcoming) {
    welcome(column, page.narrow);
  } else {
    greet(column, page.narrow);
  }
  draw_sources(column);
  column.gap(24);
}

}  // namespace hub::ui::views
