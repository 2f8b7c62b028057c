#include "wasm/ui/views/library_columns.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string>

#include "wasm/platform/host.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/button_row.hpp"
#include "wasm/ui/widgets/check_mark.hpp"
#include "wasm/ui/widgets/dialog.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui::views {
namespace {

using theme::Type;

/// Kept on this device: the keys of those that are shown, with commas. Empty: as usual; "title": none but the title.
constexpr std::string_view setting_columns = "library-columns";

constexpr std::array<std::string_view, library_column_count> labels{"Title",     "By",     "Year",     "Type",      "Your rating",
                                                                    "Predicted", "Gap",    "Rated on", "List",      "Public rating",
                                                                    "Genres",    "Length", "Language", "Best match"};

struct Choice {
  LibraryColumn column;
  std::string_view key;
  float width;     ///< 0: a share of what is left
  bool usual;      ///< shown where nothing was chosen
  int importance;  ///< where there is no room for all, the least goes first
  std::string_view about;
};

/// From left to right.
constexpr std::array<Choice, 11> choices{{
    {LibraryColumn::by, "by", 0, true, 9, "Who made it"},
    {LibraryColumn::year, "year", 64, true, 8, ""},
    {LibraryColumn::type, "type", 96, true, 4, ""},
    {LibraryColumn::genres, "genres", 148, false, 2, ""},
    {LibraryColumn::language, "language", 96, false, 0, ""},
    {LibraryColumn::length, "length", 100, false, 1, ""},
    {LibraryColumn::rating, "rating", 136, true, 11, ""},
    {LibraryColumn::predicted, "predicted", 100, true, 10, "What it would be for you"},
    {LibraryColumn::gap, "gap", 64, true, 7, "Your rating less the predicted one"},
    {LibraryColumn::community, "public", 108, false, 6, ""},
    {LibraryColumn::date, "date", 108, true, 3, ""},
}};

constexpr float mark_room = 108;
/// Of the title, and of the makers beside it.
constexpr float title_needs = 150;
constexpr float by_needs = 120;

using Shown = std::uint32_t;  ///< bit by place in `choices`

constexpr Shown bit(std::size_t place) {
  return Shown{1} << place;
}

Shown usual() {
  Shown shown = 0;
  for (std::size_t i = 0; i < choices.size(); ++i)
    if (choices[i].usual) shown |= bit(i);
  return shown;
}

Shown read() {
  const std::string kept = "," + std::string(host::setting(setting_columns)) + ",";
  if (kept == ",,") return usual();
  Shown shown = 0;
  for (std::size_t i = 0; i < choices.size(); ++i)
    if (kept.find("," + std::string(choices[i].key) + ",") != std::string::npos) shown |= bit(i);
  return shown;
}

struct State {
  Shown shown = read();
  bool open = false;
};
State& state() {
  static State the;
  return the;
}

void show(Shown shown) {
  state().shown = shown;
  std::string kept = "title";
  for (std::size_t i = 0; i < choices.size(); ++i)
    if ((shown & bit(i)) != 0) kept += "," + std::string(choices[i].key);
  host::set_setting(setting_columns, shown == usual() ? "" : kept);
}

}  // namespace

std::string_view label_of(LibraryColumn column) {
  return labels[static_cast<std::size_t>(column)];
}

std::vector<LibraryHeading> library_columns(float left, float width, bool marked) {
  Shown shown = state().shown;
  const float scale = theme::size_of(Type::body) / 15.0F;
  // As wide as the letters are large.
  const auto width_of = [&](const Choice& choice) { return std::round(choice.width * scale); };
  const auto place_of = [](LibraryColumn column) {
    return static_cast<std::size_t>(
        std::find_if(choices.begin(), choices.end(), [&](const Choice& choice) { return choice.column == column; }) - choices.begin());
  };
  // Of what stands on a list there is no date of a rating, and no gap.
  if (marked) shown &= ~(bit(place_of(LibraryColumn::gap)) | bit(place_of(LibraryColumn::date)));
  const Shown by = bit(place_of(LibraryColumn::by));
  const auto rest = [&] {
    float room = width - (marked ? std::round(scale * mark_room) : 0);
    for (std::size_t i = 0; i < choices.size(); ++i)
      if ((shown & bit(i)) != 0) room -= width_of(choices[i]);
    return room;
  };
  const auto needed = [&] { return scale * (title_needs + ((shown & by) != 0 ? by_needs : 0)); };
  while (shown != 0 && rest() < needed()) {
    std::size_t least = choices.size();
    for (std::size_t i = 0; i < choices.size(); ++i)
      if ((shown & bit(i)) != 0 && (least == choices.size() || choices[i].importance < choices[least].importance)) least = i;
    shown &= ~bit(least);
  }
  const float room = std::max(rest(), 0.0F);
  const float title = (shown & by) != 0 ? std::round(room * 0.57F) : room;
  std::vector<LibraryHeading> headings;
  float x = left;
  const auto add = [&](LibraryColumn column, float wide) {
    headings.push_back({column, label_of(column), x, wide});
    x += wide;
  };
  add(LibraryColumn::title, title);
  for (std::size_t i = 0; i < choices.size(); ++i)
    if ((shown & bit(i)) != 0) add(choices[i].column, choices[i].width > 0 ? width_of(choices[i]) : room - title);
  if (marked) add(LibraryColumn::mark, std::round(scale * mark_room));
  return headings;
}

void choose_library_columns() {
  state().open = true;
}

void library_columns_dialog(const std::vector<LibraryHeading>& shown) {
  State& s = state();
  if (!s.open) return;
  const auto& c = theme::colors();
  Dialog dialog("columns", "Columns", {.width = 400});
  Column& column = dialog.column();
  column.skip(text::paragraph(column.at(), column.width(), "Shown beside the title, as far as there is room. Kept on this device.",
                              {.color = c.muted}));
  column.gap(12);
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const Choice& choice = choices[i];
    const bool on = (s.shown & bit(i)) != 0;
    const bool fits = std::any_of(shown.begin(), shown.end(), [&](const LibraryHeading& one) { return one.column == choice.column; });
    const std::string_view about = on && !fits ? std::string_view("no room for it now") : choice.about;
    if (check_box(choice.key.data(), column.take(check_box_height()), label_of(choice.column), on, about)) show(s.shown ^ bit(i));
  }
  column.gap(8);
  const ButtonOptions options{.kind = ButtonKind::quiet, .disabled = s.shown == usual(), .compact = true};
  if (column_button(column, "usual", "As usual", options)) show(usual());
  if (dialog.buttons("Done", "") == 0 || dialog.dismissed()) s.open = false;
}

}  // namespace hub::ui::views
