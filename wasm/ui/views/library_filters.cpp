#include "wasm/ui/views/library_filters.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

#include "wasm/platform/mirror.hpp"
#include "wasm/platform/scroll.hpp"
#include "wasm/ui/layout.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/words.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/chip.hpp"
#include "wasm/ui/widgets/dialog.hpp"
#include "wasm/ui/widgets/search_field.hpp"
#include "wasm/ui/widgets/span_slider.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui::views {
namespace {

using theme::Type;
using theme::Weight;

constexpr std::size_t first_genres = 14;  ///< shown before all are asked for
constexpr std::size_t first_languages = 8;

struct State {
  bool open = false;
  bool all_genres = false;
  bool all_languages = false;
  std::string from;  ///< as typed
  std::string to;
  Span<int> years;  ///< of which `from` and `to` are
};
State& state() {
  static State the;
  return the;
}

std::string language_name(const std::string& code) {
  const std::string_view name = words::language(code);
  return name.empty() ? code : std::string(name);
}

std::string_view name_of(LibraryChoice choice) {
  constexpr std::array<std::string_view, library_choice_count> names{"All", "Not rated", "Wish list", "Seen, not rated", "Rated"};
  return names[static_cast<std::size_t>(choice)];
}

/// “1990s”, “1990 to 1994”, “1990 or later”, “up to 1994”.
std::string in_words(const Span<int>& years) {
  if (years.from && years.to && *years.from % 10 == 0 && *years.to == *years.from + 9) return std::to_string(*years.from) + "s";
  if (years.from && years.to && *years.from == *years.to) return std::to_string(*years.from);
  if (years.from && years.to) return std::to_string(*years.from) + " to " + std::to_string(*years.to);
  return years.from ? std::to_string(*years.from) + " or later" : "up to " + std::to_string(*years.to);
}

std::string in_words(std::string_view what, const Span<double>& stars) {
  std::string text(what);
  if (stars.from && stars.to && *stars.from == *stars.to) return text + " " + words::stars(*stars.from);
  if (stars.from && stars.to) return text + " " + words::stars(*stars.from) + " to " + words::stars(*stars.to);
  return stars.from ? text + " " + words::stars(*stars.from) + " or more" : text + " up to " + words::stars(*stars.to);
}

struct Chosen {
  std::string label;
  LibraryQuery without;
};

/// One by one.
std::vector<Chosen> chosen_in(const LibraryQuery& query) {
  std::vector<Chosen> chosen;
  if (query.choice == LibraryChoice::rated) chosen.push_back({std::string(name_of(query.choice)), without(query, LibraryPart::choice)});
  const auto each = [&](std::vector<std::string> LibraryQuery::*values, auto&& label) {
    for (const std::string& value : query.*values) {
      LibraryQuery less = query;
      std::erase(less.*values, value);
      chosen.push_back({label(value), std::move(less)});
    }
  };
  each(&LibraryQuery::genres, [](const std::string& genre) { return genre; });
  if (query.years.any()) chosen.push_back({in_words(query.years), without(query, LibraryPart::years)});
  if (query.rating.any()) chosen.push_back({in_words("Rated", query.rating), without(query, LibraryPart::rating)});
  if (query.predicted.any()) chosen.push_back({in_words("Predicted", query.predicted), without(query, LibraryPart::predicted)});
  each(&LibraryQuery::languages, language_name);
  return chosen;
}

/// What a part of the question asks for, as part of a sentence.
std::string in_words(const LibraryQuery& query, LibraryPart part) {
  switch (part) {
    case LibraryPart::text: return "“" + query.text + "”";
    case LibraryPart::type: {
      std::vector<std::string> types;
      for (const MediaType type : media_types)
        if ((query.types & (1U << index_of(type))) != 0) types.emplace_back(heading_of(type));
      return words::enumerated(types);
    }
    case LibraryPart::choice: return std::string(name_of(query.choice));
    case LibraryPart::genres: return words::enumerated(query.genres);
    case LibraryPart::language: {
      std::vector<std::string> names;
      for (const std::string& code : query.languages) names.push_back(language_name(code));
      return words::enumerated(names);
    }
    case LibraryPart::years: return in_words(query.years);
    case LibraryPart::rating: return in_words("Rated", query.rating);
    case LibraryPart::predicted: return in_words("Predicted", query.predicted);
  }
  return {};
}

/// Chips beside each other, as many in a line as there is room for.
class Flow {
 public:
  explicit Flow(Column& column) : column_(column), at_(column.at()) {}
  ~Flow() {
    if (height_ > 0) column_.skip(at_.y + height_ - column_.y());
  }
  Flow(const Flow&) = delete;
  Flow& operator=(const Flow&) = delete;

  ImVec2 place(ImVec2 size) {
    constexpr float gap = 8;
    const float left = column_.at().x;
    if (at_.x > left && at_.x + size.x > left + column_.width()) at_ = ImVec2(left, at_.y + height_ + gap);
    height_ = size.y;
    const ImVec2 place = at_;
    at_.x += size.x + gap;
    return place;
  }
  bool chip(const char* id, const std::string& label, bool on, ImU32 dot = 0) {
    const ChipOptions options{.selected = on, .dot = dot};
    return ui::chip(id, place(chip_size(label, options)), label, options);
  }

 private:
  Column& column_;
  ImVec2 at_;
  float height_ = 0;
};

void heading(Column& column, std::string_view words, std::string_view more = {}) {
  const auto& c = theme::colors();
  const text::Style style{.weight = Weight::semibold};
  const float high = theme::line_of(Type::body);
  text::heading(column.at(), column.width(), words, 3, style);
  const float left = text::measure(words, style).x + 10;
  const text::Style small{.type = Type::small, .color = c.faint};
  // With large letters there is no room for it.
  if (!more.empty() && left + text::measure(more, small).x <= column.width())
    text::line(ImVec2(column.at().x + left, column.y() + (high - theme::line_of(Type::small)) / 2), more, small);
  column.skip(high);
  column.gap(10);
}

/// Values of which several can be chosen; of many only the first until all are asked for.
void values(Column& column, std::vector<std::string>& chosen, const std::vector<LibraryIndex::Value>& all, std::size_t first, bool& whole,
            std::string_view several, std::string (*label)(const std::string&)) {
  Flow flow(column);
  std::size_t shown = 0;
  std::size_t hidden = 0;
  for (const LibraryIndex::Value& value : all) {
    const auto at = std::find(chosen.begin(), chosen.end(), value.name);
    const bool on = at != chosen.end();
    if (!on && value.titles == 0) continue;
    if (!on && !whole && shown >= first) {
      ++hidden;
      continue;
    }
    ++shown;
    if (!flow.chip(value.name.c_str(), label(value.name) + " " + words::count(value.titles), on)) continue;
    if (on)
      chosen.erase(at);
    else
      chosen.push_back(value.name);
  }
  if (hidden > 0 || whole) {
    const std::string all_of_them = whole ? "Fewer " + std::string(several) : words::count(hidden) + " more " + std::string(several);
    const ButtonOptions quiet{.kind = ButtonKind::quiet, .compact = true};
    const ImVec2 size = button_size(all_of_them, quiet);
    const ImVec2 place = flow.place(ImVec2(size.x, chip_size("A").y));
    if (button("all", ImVec2(place.x, place.y + (chip_size("A").y - size.y) / 2), all_of_them, quiet)) whole = !whole;
  }
}

std::string as_it_is(const std::string& genre) {
  return genre;
}

void decades(Column& column, Span<int>& years, const std::vector<std::pair<int, std::size_t>>& all) {
  const bool whole = years.from && years.to && *years.from % 10 == 0 && (*years.to + 1) % 10 == 0;
  Flow flow(column);
  for (const auto& [decade, titles] : all) {
    const bool on = whole && decade >= *years.from && decade < *years.to;
    if (!flow.chip(std::to_string(decade).c_str(), std::to_string(decade) + "s " + words::count(titles), on)) continue;
    const Span<int> this_one{decade, decade + 9};
    // One beside those that are chosen is added to them, one at their end is taken away again.
    if (years == this_one)
      years = {};
    else if (whole && decade == *years.to + 1)
      years.to = decade + 9;
    else if (whole && decade + 10 == *years.from)
      years.from = decade;
    else if (on && decade == *years.from)
      years.from = decade + 10;
    else if (on && decade + 9 == *years.to)
      years.to = decade - 1;
    else
      years = this_one;
    return;
  }
}

/// A year as typed: nothing for an empty field. @return whether it makes sense.
bool read_year(std::string_view typed, std::optional<int>& year) {
  year.reset();
  if (typed.empty()) return true;
  int number = 0;
  const auto [end, error] = std::from_chars(typed.data(), typed.data() + typed.size(), number);
  if (error != std::errc() || end != typed.data() + typed.size() || number < -9999 || number > 9999) return false;
  year = number;
  return true;
}

void year_fields(Column& column, Span<int>& years) {
  State& s = state();
  if (s.years != years) {
    s.years = years;
    s.from = years.from ? std::to_string(*years.from) : std::string();
    s.to = years.to ? std::to_string(*years.to) : std::string();
  }
  const auto& c = theme::colors();
  Span<int> typed;
  const bool good = read_year(s.from, typed.from) && read_year(s.to, typed.to) && !(typed.from && typed.to && *typed.from > *typed.to);
  const ImRect row = column.take(theme::control_height());
  const float wide = theme::grown(96);
  const text::Style small{.type = Type::small, .color = c.muted, .said = false};
  const float middle = row.GetCenter().y - theme::line_of(Type::small) / 2;
  float x = row.Min.x;
  bool changed = false;
  const auto one = [&](const char* id, std::string& value, std::string_view word, std::string_view name) {
    text::line(ImVec2(x, middle), word, small);
    x += text::measure(word, small).x + 10;
    const FieldOptions options{
        .name = name, .placeholder = "any", .invalid = !good, .max_length = 5, .input_mode = "numeric", .enter_hint = "done"};
    changed |= text_field(id, value, ImRect(ImVec2(x, row.Min.y), ImVec2(x + wide, row.Max.y)), options).changed;
    x += wide + 14;
  };
  one("from", s.from, "From", "From year");
  one("to", s.to, "to", "To year");
  Span<int> next;
  if (!changed || !read_year(s.from, next.from) || !read_year(s.to, next.to)) return;
  // While the second year is being typed it is less than the first for a moment.
  if (next.from && next.to && *next.from > *next.to) return;
  years = s.years = next;
}

void sections(Column& column, LibraryQuery& query, LibraryIndex& rows) {
  const LibraryIndex::Values& there = rows.values();
  const auto section = [&](const char* name, auto&& content, std::string_view more = {}) {
    heading(column, name, more);
    ImGui::PushID(name);
    {
      const mirror::Scope group({.role = mirror::Role::group, .name = name}, ImGui::GetID("section"));
      content();
    }
    ImGui::PopID();
    column.gap(20);
  };
  // Where all are of one type, or on one list, there is nothing to choose.
  const auto several = [](const auto& counts) {
    return std::count_if(counts.begin(), counts.end(), [](std::size_t n) { return n > 0; }) > 1;
  };
  if (several(there.types) || query.types != 0)
    section("Type", [&] {
      Flow flow(column);
      for (const MediaType type : media_types) {
        const unsigned bit = 1U << index_of(type);
        const bool on = (query.types & bit) != 0;
        const std::size_t titles = there.types[index_of(type)];
        if (titles == 0 && !on) continue;
        if (flow.chip(hub::name_of(type).data(), std::string(heading_of(type)) + " " + words::count(titles), on, theme::color_of(type)))
          query.types ^= bit;
      }
    });
  constexpr std::array lists{LibraryChoice::rated, LibraryChoice::not_rated, LibraryChoice::wished, LibraryChoice::seen};
  const bool more_lists =
      std::any_of(lists.begin() + 1, lists.end(), [&](LibraryChoice one) { return there.choices[static_cast<std::size_t>(one)] > 0; });
  if (more_lists || query.choice != LibraryChoice::all)
    section("List", [&] {
      Flow flow(column);
      for (const LibraryChoice choice : lists) {
        const bool on = query.choice == choice;
        const std::size_t titles = there.choices[static_cast<std::size_t>(choice)];
        if (titles == 0 && !on) continue;
        if (flow.chip(name_of(choice).data(), std::string(name_of(choice)) + " " + words::count(titles), on))
          query.choice = on ? LibraryChoice::all : choice;
      }
    });
  if (!there.genres.empty())
    section(
        "Genres", [&] { values(column, query.genres, there.genres, first_genres, state().all_genres, "genres", as_it_is); },
        "each title has all that you choose");
  section("Years", [&] {
    decades(column, query.years, there.decades);
    column.gap(12);
    year_fields(column, query.years);
  });
  section("Your rating",
          [&] { (void)span_slider("rating", column.take(span_slider_height()), "Your rating", there.ratings, query.rating); });
  section("Predicted",
          [&] { (void)span_slider("predicted", column.take(span_slider_height()), "Predicted", there.predictions, query.predicted); });
  if (!there.languages.empty())
    section("Language",
            [&] { values(column, query.languages, there.languages, first_languages, state().all_languages, "languages", language_name); });
}

}  // namespace

std::size_t filters_chosen(const LibraryQuery& query) {
  return (query.choice == LibraryChoice::rated ? 1U : 0U) + query.genres.size() + query.languages.size() + (query.years.any() ? 1U : 0U) +
         (query.rating.any() ? 1U : 0U) + (query.predicted.any() ? 1U : 0U);
}

void choose_filters() {
  state().open = true;
}

bool filters_open() {
  return state().open;
}

void filters_dialog(LibraryQuery& query, LibraryIndex& rows) {
  State& s = state();
  if (!s.open) return;
  Dialog dialog("filters", "Filters", {.width = 560});
  Column& column = dialog.column();
  const std::string shown = words::count(rows.size(), "title", "titles");
  LibraryQuery clear = without_filters(query);
  clear.text = query.text;
  {
    // Beside the title of the sheet.
    const ButtonOptions options{.kind = ButtonKind::quiet, .disabled = parts_asked(query) == parts_asked(clear), .compact = true};
    const ImVec2 size = button_size("Clear all", options);
    const float middle = column.y() - 8 - theme::line_of(Type::heading) / 2;
    const ImVec2 at(column.at().x + column.width() - size.x + 12, std::round(middle - size.y / 2));
    if (button("clear", at, "Clear all", options)) query = clear;
    mirror::status(ImRect(at, ImVec2(at.x + size.x, at.y + size.y)), "Titles shown", shown);
  }
  column.gap(8);
  {
    DialogBody body(dialog, "sections", "What to show");
    sections(body.column(), query, rows);
  }
  if (dialog.buttons("Show " + shown, "") == 0 || dialog.dismissed()) s.open = false;
}

float filter_chips(ImVec2 at, float width, bool narrow, LibraryQuery& query) {
  const std::vector<Chosen> chosen = chosen_in(query);
  if (chosen.empty()) return 0;
  const float height = chip_size("A").y;
  constexpr float gap = 8;
  float x = at.x;
  float y = at.y;
  std::optional<LibraryQuery> next;
  const auto draw = [&](float from, bool wraps) {
    const auto one = [&](const char* id, std::string_view label, const ChipOptions& options) {
      const float wide = chip_size(label, options).x;
      if (wraps && x > from && x + wide > from + width) {
        x = from;
        y += height + gap;
      }
      const bool pressed = chip(id, ImVec2(x, y), label, options);
      x += wide + gap;
      return pressed;
    };
    for (const Chosen& each : chosen) {
      const std::string name = "Remove the filter " + each.label;
      if (one(each.label.c_str(), each.label, {.toggle = false, .name = name, .removes = true})) next = each.without;
    }
    if (one("clear", "Clear all", {.toggle = false, .name = "Clear all filters"})) {
      next = without_filters(query);
      next->text = query.text;
    }
  };
  if (!narrow) {
    const mirror::Scope group({.role = mirror::Role::group, .name = "Chosen filters"}, ImGui::GetID("chosen filters"));
    draw(at.x, true);
  } else {
    ImGui::SetCursorScreenPos(ImVec2(at.x - 20, at.y - 4));
    ScrollArea area("chosen filters", ImVec2(width + 40, height + 8), {.horizontal = true, .focusable = false, .padding = ImVec2(20, 4)},
                    {.role = mirror::Role::group, .name = "Chosen filters"});
    const ImVec2 start = ImGui::GetCursorScreenPos();
    x = start.x;
    y = start.y;
    draw(start.x, false);
    ImGui::SetCursorScreenPos(start);
    ImGui::Dummy(ImVec2(x - start.x, height));
    y = at.y;
  }
  if (next) query = *next;
  return y + height - at.y;
}

NothingLeft nothing_left(const LibraryQuery& query, LibraryIndex& rows) {
  NothingLeft left;
  const auto& out = rows.values().left_out;
  const unsigned asked = parts_asked(query);
  std::vector<std::string> all;
  std::optional<LibraryPart> most;
  for (std::size_t i = 0; i < library_part_count; ++i) {
    const auto part = static_cast<LibraryPart>(i);
    if ((asked & bit_of(part)) == 0) continue;
    all.push_back(in_words(query, part));
    if (out[i] > 0 && (!most || out[i] > out[static_cast<std::size_t>(*most)])) most = part;
  }
  if (all.size() == 1)
    left.words = asked == bit_of(LibraryPart::text)
                     ? "No title in your library has " + all[0] + " in its names, makers, cast, genres or keywords."
                     : "No title in your library fits " + all[0] + ".";
  else
    left.words = "No title in your library fits all of these: " + words::enumerated(all) + ".";
  if (most && all.size() > 1) {
    const std::string part = in_words(query, *most);
    const std::size_t titles = out[static_cast<std::size_t>(*most)];
    left.words += " Without " + part + " there " + (titles == 1 ? "is " : "are ") + words::count(titles, "title", "titles") + ".";
    left.without = "Leave out " + part;
    left.query = without(query, *most);
  }
  return left;
}

}  // namespace hub::ui::views
