// Songs: what was heard, and the chance that the person likes each; a part of Library.

#include "wasm/ui/views/songs.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "wasm/platform/mirror.hpp"
#include "wasm/platform/scroll.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/navigation.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/song_index.hpp"
#include "wasm/ui/views/words.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/chart_bars.hpp"
#include "wasm/ui/widgets/chip.hpp"
#include "wasm/ui/widgets/empty_state.hpp"
#include "wasm/ui/widgets/nav_link.hpp"
#include "wasm/ui/widgets/progress.hpp"
#include "wasm/ui/widgets/table_header.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui::views {
namespace {

using text::Align;
using theme::Type;
using theme::Weight;

constexpr float row_height = 48;
constexpr float header_height = 44;
constexpr float list_row_height = 72;

struct State {
  SongQuery query;
  SongIndex index;
};

State& state() {
  static State the;
  return the;
}

std::string percent(float chance) {
  return words::number(static_cast<double>(chance) * 100, 0) + "\u00a0%";
}

std::string artists_of(const Song& song) {
  return words::list(song.artists, 3);
}

/// "liked · heard 12 times"
std::string standing_of(const Song& song) {
  std::string standing = song.disliked ? "not for you" : song.liked ? "liked" : "";
  const std::string plays = song.plays > 0 ? "heard " + words::count(song.plays, "time", "times") : "";
  return words::joined({standing, plays});
}

/// What stands between the person and a chance for each song; empty where nothing does.
std::string what_is_missing(const protocol::SongTaste& taste) {
  if (taste.songs < taste.needed)
    return "A chance for each song takes " + words::count(taste.needed) +
           " songs, liked and others: " + words::count(taste.needed - taste.songs) + " more.";
  if (taste.liked == taste.songs)
    return "You like all of these songs. Bring others that you have heard too, such as your streaming history: taste is told by what you "
           "kept beside what you did not.";
  if (taste.liked == 0) return "None of these songs is liked yet. Press the heart at some that you like, and the others get their chance.";
  return "A few more songs that you like, and some that you do not, and each gets its chance.";
}

/// What the chances are made of, or that they are on their way. @return the height taken.
float standing(ImVec2 at, float width) {
  const auto& colors = theme::colors();
  const protocol::SongTaste* taste = client().song_taste();
  float y = at.y;
  std::string words;
  if (!taste)
    words = "Looking at your songs…";
  else if (taste->pending)
    words = "Working out which songs you would like, " + words::number(std::floor(taste->progress * 100), 0) + "\u00a0%";
  else if (taste->methods.empty())
    words = what_is_missing(*taste);
  else
    words = std::string("Each chance was worked out without knowing what you said of that song.") +
            (state().index.has_stars() ? " The stars are on the scale of your album ratings." : "");
  const ImRect line(ImVec2(at.x, y), ImVec2(at.x + width, y + theme::line_of(Type::small)));
  mirror::status(line, "Songs", words);
  y += text::paragraph(ImVec2(at.x, y), width, words, {.type = Type::small, .color = colors.muted, .said = false});
  const ImRect bar(ImVec2(at.x, y + 4), ImVec2(at.x + width, y + 7));
  if (taste && taste->pending) progress_bar(bar, "Working out which songs you would like", static_cast<float>(taste->progress));
  y += 10;
  const bool missing = taste && !taste->pending && taste->methods.empty();
  if (missing) return y - at.y;
  // Also while the chances are on their way, so that nothing below moves when they come.
  if (taste && taste->with_sound == 0) {
    y += text::paragraph(
        ImVec2(at.x, y - 6), width,
        "It is not known how they sound, so the artists alone tell. A table with energy, tempo and danceability tells more.",
        {.type = Type::small, .color = colors.muted});
  }
  text_link("right", ImVec2(at.x, y), "How right the chances are", href_of_accuracy(MediaType::album), Icon::target, Type::small);
  y += theme::line_of(Type::small) + 6;
  return y - at.y;
}

/// The two things that can be said of a song, each taken back by pressing it again.
void opinion_buttons(const Song& song, const ImRect& like, const ImRect& dislike) {
  Client& hub = client();
  const auto pressed = [](bool on) { return on ? mirror::State::yes : mirror::State::no; };
  const bool liked = song.liked && !song.disliked;
  const ButtonOptions heart{.kind = ButtonKind::quiet, .disabled = hub.read_only(), .compact = true, .pressed = pressed(liked)};
  const std::string id = song.id;
  if (icon_button("like", like, liked ? Icon::heart_filled : Icon::heart, "Like " + song.title, heart))
    hub.mark_song(id, liked ? "neither" : "liked");
  const ButtonOptions cross{.kind = ButtonKind::quiet, .disabled = hub.read_only(), .compact = true, .pressed = pressed(song.disliked)};
  if (icon_button("dislike", dislike, Icon::close, "Not for me: " + song.title, cross))
    hub.mark_song(id, song.disliked ? "neither" : "disliked");
}

struct Heading {
  SongColumn column;
  std::string_view label;
  bool sortable = true;
  float left = 0;
  float width = 0;
};

struct Columns {
  Heading title, artist, chance, stars, standing, opinion;
};

Columns columns_for(float left, float width, bool with_stars) {
  const float scale = theme::size_of(Type::body) / 15.0F;
  const float chance = std::round(166 * scale);
  const float stars = with_stars ? std::round(116 * scale) : 0;
  const float standing = width >= 860 ? std::round(150 * scale) : 0;
  const float opinion = 96;
  const float rest = width - chance - stars - standing - opinion;
  const float title = std::round(rest * 0.56F);
  float x = left;
  const auto heading = [&](SongColumn column, std::string_view label, bool sortable, float wide) {
    const Heading made{column, label, sortable, x, wide};
    x += wide;
    return made;
  };
  Columns columns;
  columns.title = heading(SongColumn::title, "Title", true, title);
  columns.artist = heading(SongColumn::artist, "By", true, rest - title);
  columns.chance = heading(SongColumn::chance, "You would like it", true, chance);
  columns.stars = heading(SongColumn::chance, "In stars", false, stars);
  columns.standing = heading(SongColumn::chance, "So far", false, standing);
  columns.opinion = heading(SongColumn::chance, "Your word", false, opinion);
  return columns;
}

std::vector<Heading> shown(const Columns& columns) {
  std::vector<Heading> all;
  for (const Heading& heading : {columns.title, columns.artist, columns.chance, columns.stars, columns.standing, columns.opinion})
    if (heading.width > 0) all.push_back(heading);
  return all;
}

void cell(const Heading& column, const ImRect& row, std::string_view words, const text::Style& style,
          mirror::Role role = mirror::Role::cell) {
  if (column.width <= 0) return;
  const ImRect box(ImVec2(column.left, row.Min.y), ImVec2(column.left + column.width, row.Max.y));
  mirror::info(box, {.role = role, .text = words});
  text::Style drawn = style;
  drawn.said = false;
  drawn.max_width = column.width - 16;
  text::line(ImVec2(box.Min.x, box.GetCenter().y - theme::line_of(style.type) / 2), words, drawn);
}

void table_row(const SongIndex::Row& row, const ImRect& box, const Columns& columns) {
  const auto& colors = theme::colors();
  const Song& song = *row.song;
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (ImGui::IsRectVisible(box.Min, box.Max) && ImGui::IsMouseHoveringRect(box.Min, box.Max))
    list->AddRectFilled(box.Min, box.Max, theme::faded(colors.raised, 0.55F));
  cell(columns.title, box, song.title, {.weight = Weight::semibold}, mirror::Role::rowheader);
  cell(columns.artist, box, artists_of(song), {.color = colors.muted});
  const float middle = std::round(box.GetCenter().y);
  if (row.chance < 0) {
    cell(columns.chance, box, "—", {.color = colors.faint});
  } else {
    cell(columns.chance, box, percent(row.chance), {.weight = Weight::semibold, .color = colors.accent});
    const float bar = columns.chance.left + 56;
    draw_amount_bar(ImRect(ImVec2(bar, middle - 3), ImVec2(columns.chance.left + columns.chance.width - 20, middle + 3)),
                    static_cast<double>(row.chance), colors.accent);
  }
  cell(columns.stars, box, row.stars > 0 ? words::number(static_cast<double>(row.stars), 2) + " / 5.00" : std::string("—"),
       {.color = colors.muted});
  const std::string so_far = standing_of(song);
  cell(columns.standing, box, so_far.empty() ? "heard" : so_far, {.type = Type::small, .color = colors.muted});
  {
    const Heading& column = columns.opinion;
    const ImRect place(ImVec2(column.left, box.Min.y), ImVec2(column.left + column.width, box.Max.y));
    mirror::Scope scope({.role = mirror::Role::cell}, ImGui::GetID("opinion"));
    scope.box(place);
    const ImVec2 at(place.Min.x - 8, middle - 20);
    opinion_buttons(song, ImRect(at, ImVec2(at.x + 40, at.y + 40)), ImRect(ImVec2(at.x + 44, at.y), ImVec2(at.x + 84, at.y + 40)));
  }
  list->AddLine(ImVec2(box.Min.x, box.Max.y - 0.5F), ImVec2(box.Max.x, box.Max.y - 0.5F), colors.line, 1.0F);
}

void table(const ImRect& box) {
  State& s = state();
  const int count = static_cast<int>(s.index.size());
  const Columns columns = columns_for(box.Min.x, box.GetWidth() - 12, s.index.has_stars());
  const auto headings = shown(columns);
  mirror::Scope whole({.role = mirror::Role::table, .name = "Your songs", .count = count + 1, .columns = static_cast<int>(headings.size())},
                      ImGui::GetID("songs"));
  whole.box(box);
  const ImRect header(box.Min, ImVec2(box.Max.x, box.Min.y + header_height));
  bool turned = false;
  {
    mirror::Scope group({.role = mirror::Role::rowgroup}, ImGui::GetID("head"));
    mirror::Scope row({.role = mirror::Role::row, .position = 1}, ImGui::GetID("header"));
    row.box(header);
    for (const Heading& heading : headings) {
      const bool sorted = heading.sortable && s.query.column == heading.column;
      const Sorting sorting = !sorted ? Sorting::none : s.query.descending ? Sorting::descending : Sorting::ascending;
      const ImRect place(ImVec2(heading.left, header.Min.y), ImVec2(heading.left + heading.width - 8, header.Max.y));
      if (table_header(heading.label.data(), place, heading.label, heading.sortable, sorting)) {
        s.query.descending = sorted ? !s.query.descending : heading.column == SongColumn::chance;
        s.query.column = heading.column;
        turned = true;
      }
    }
  }
  ImGui::GetWindowDrawList()->AddLine(ImVec2(box.Min.x, header.Max.y - 0.5F), ImVec2(box.Max.x - 12, header.Max.y - 0.5F),
                                      theme::colors().line, 1.0F);
  ImGui::SetCursorScreenPos(ImVec2(box.Min.x, header.Max.y));
  ScrollArea area("songs", ImVec2(box.GetWidth(), box.Max.y - header.Max.y), {.focusable = false, .keep_position = true},
                  {.role = mirror::Role::rowgroup});
  if (turned) area.scroll_to(0);
  for (const int i : area.rows(count, row_height)) {
    const auto& row = s.index.row(static_cast<std::size_t>(i));
    ImGui::PushID(static_cast<int>(static_cast<unsigned>(row.key & 0xFFFFFFFFU)));
    const ImRect place(ImVec2(box.Min.x, area.row_top(i)), ImVec2(box.Max.x - 12, area.row_top(i) + row_height));
    mirror::Scope scope({.role = mirror::Role::row, .position = i + 2}, ImGui::GetID("row"));
    scope.box(place);
    table_row(row, place, columns);
    ImGui::PopID();
  }
}

void list_row(const SongIndex::Row& row, const ImRect& box, int position, int count) {
  const auto& colors = theme::colors();
  const Song& song = *row.song;
  const std::string artists = artists_of(song);
  std::string stars;
  if (row.stars > 0) stars = words::number(static_cast<double>(row.stars), 2) + " / 5.00";
  const std::string third = words::joined({standing_of(song), stars});
  std::string said = song.title;
  for (const std::string& part : {artists, standing_of(song)})
    if (!part.empty()) said += ", " + part;
  if (row.chance >= 0) said += ", you would like it: " + percent(row.chance);
  if (!stars.empty()) said += ", " + stars;
  mirror::Scope scope({.role = mirror::Role::listitem, .position = position, .count = count}, ImGui::GetID("row"));
  scope.box(box);
  const float size = 44;
  const float middle = std::round(box.GetCenter().y);
  const float right = box.Max.x - 12;
  const ImRect dislike(ImVec2(right - size, middle - size / 2), ImVec2(right, middle + size / 2));
  const ImRect like(ImVec2(dislike.Min.x - size, dislike.Min.y), ImVec2(dislike.Min.x, dislike.Max.y));
  const float left = box.Min.x + 20;
  const float figure_right = like.Min.x - 8;
  mirror::text(ImRect(box.Min, ImVec2(figure_right, box.Max.y)), said);
  opinion_buttons(song, like, dislike);
  float room = figure_right - left;
  if (row.chance >= 0) {
    const text::Style style{.weight = Weight::bold, .color = colors.accent, .align = Align::right, .said = false};
    const std::string figure = percent(row.chance);
    text::line(ImVec2(figure_right, middle - theme::line_of(Type::body) / 2), figure, style);
    room -= text::measure(figure, style).x + 12;
  }
  const float lines = theme::line_of(Type::body) + theme::line_of(Type::small) + (third.empty() ? 0 : theme::line_of(Type::tiny));
  float y = std::round(middle - lines / 2);
  text::line(ImVec2(left, y), song.title, {.weight = Weight::semibold, .max_width = room, .said = false});
  y += theme::line_of(Type::body);
  text::line(ImVec2(left, y), artists, {.type = Type::small, .color = colors.muted, .max_width = room, .said = false});
  y += theme::line_of(Type::small);
  text::line(ImVec2(left, y), third, {.type = Type::tiny, .color = colors.faint, .max_width = room, .said = false});
  ImGui::GetWindowDrawList()->AddLine(ImVec2(left, box.Max.y - 0.5F), ImVec2(box.Max.x - 20, box.Max.y - 0.5F), colors.line, 1.0F);
}

void narrow_list(const ImRect& box) {
  State& s = state();
  const int count = static_cast<int>(s.index.size());
  ImGui::SetCursorScreenPos(box.Min);
  ScrollArea area("songs", box.GetSize(), {.focusable = false, .keep_position = true},
                  {.role = mirror::Role::list, .name = "Your songs", .count = count});
  for (const int i : area.rows(count, list_row_height)) {
    const auto& row = s.index.row(static_cast<std::size_t>(i));
    ImGui::PushID(static_cast<int>(static_cast<unsigned>(row.key & 0xFFFFFFFFU)));
    const float top = area.row_top(i);
    list_row(row, ImRect(ImVec2(box.Min.x, top), ImVec2(box.Max.x, top + list_row_height)), i + 1, count);
    ImGui::PopID();
  }
}

/// @return the height taken.
float choices(ImVec2 at, float width) {
  State& s = state();
  struct Choice {
    const char* id;
    std::string_view label;
    SongChoice choice;
  };
  constexpr std::array<Choice, song_choice_count> all{{{"might", "You might like", SongChoice::might_like},
                                                       {"liked", "Liked", SongChoice::liked},
                                                       {"not", "Not for you", SongChoice::not_for_you},
                                                       {"every", "All songs", SongChoice::all}}};
  mirror::Scope group({.role = mirror::Role::group, .name = "Which songs"}, ImGui::GetID("choices"));
  const float height = chip_size("Liked").y;
  float x = at.x;
  float y = at.y;
  for (const Choice& one : all) {
    if (one.choice == SongChoice::not_for_you && s.index.of_choice(one.choice) == 0 && s.query.choice != one.choice) continue;
    const std::string label = std::string(one.label) + " " + words::count(s.index.of_choice(one.choice));
    const ChipOptions options{.selected = s.query.choice == one.choice};
    const float wide = chip_size(label, options).x;
    if (x > at.x && x + wide > at.x + width) {
      x = at.x;
      y += height + 8;
    }
    if (chip(one.id, ImVec2(x, y), label, options)) s.query.choice = one.choice;
    x += wide + 8;
  }
  return y + height - at.y;
}

std::string_view nothing_of(SongChoice choice) {
  switch (choice) {
    case SongChoice::might_like: return "You have said of every song whether you like it.";
    case SongChoice::liked: return "No song is liked yet. Press the heart at one.";
    case SongChoice::not_for_you: return "Press the cross at a song that is not for you, and it stands here.";
    case SongChoice::all: return "There is nothing here.";
  }
  return {};
}

}  // namespace

std::size_t song_count() {
  static std::uint64_t seen = 0;
  static std::size_t count = 0;
  if (seen != client().library_revision()) {
    seen = client().library_revision();
    count = client().library().songs().size();
  }
  return count;
}

std::vector<const Song*> songs_shown(std::size_t most) {
  std::vector<const Song*> shown;
  if (!route().songs || song_count() == 0) return shown;
  State& s = state();
  s.index.update(s.query);
  for (std::size_t i = 0; i < s.index.size() && shown.size() < most; ++i) shown.push_back(s.index.row(i).song);
  return shown;
}

void songs(const ImRect& box, bool narrow, std::string_view find) {
  State& s = state();
  title("Songs · Library");
  s.query.find = find;
  s.index.update(s.query);
  ImGui::PushID("songs view");
  if (s.index.all() == 0) {
    const int pressed = empty_state(
        "no songs", ImRect(box.Min, ImVec2(box.Max.x, box.Max.y - 16)),
        {.icon = Icon::heart,
         .title = "No songs are here yet",
         .words =
             "Bring the songs you like and others that you have heard: Spotify’s account data, a table of your Last.fm plays, or any table "
             "with song, artist and whether you like it. Each then gets the chance that you would like it.",
         .action = "Bring your songs"});
    if (pressed == 1) go(View::data);
    ImGui::PopID();
    return;
  }
  float y = box.Min.y;
  y += choices(ImVec2(box.Min.x, y), box.GetWidth()) + 10;
  y += standing(ImVec2(box.Min.x, y), box.GetWidth());
  if (s.index.size() == 0) {
    const bool nothing_found = !s.query.find.empty();
    empty_state("none", ImRect(ImVec2(box.Min.x, y), ImVec2(box.Max.x, box.Max.y - 16)),
                {.icon = nothing_found ? Icon::filter : Icon::heart,
                 .title = nothing_found ? "Nothing matches" : "No song",
                 .words = nothing_found ? std::string_view("No song fits the words above.") : nothing_of(s.query.choice)});
  } else if (narrow) {
    narrow_list(ImRect(ImVec2(box.Min.x - 20, y), ImVec2(box.Max.x + 20, box.Max.y)));
  } else {
    table(ImRect(ImVec2(box.Min.x, y), ImVec2(box.Max.x + 12, box.Max.y - 8)));
  }
  ImGui::PopID();
}

}  // namespace hub::ui::views
