#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "wasm/platform/mirror.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/accuracy_parts.hpp"
#include "wasm/ui/views/words.hpp"
#include "wasm/ui/widgets/chart_bars.hpp"
#include "wasm/ui/widgets/chip.hpp"
#include "wasm/ui/widgets/section.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui::views {
namespace {

using protocol::ErrorGroup;
using text::Align;
using theme::Type;
using theme::Weight;

constexpr std::size_t shown_at_first = 8;
constexpr float gap_width = 60;

struct Dimension {
  std::string_view key;
  std::string_view label;  ///< of its filter
};
constexpr std::array<Dimension, 6> dimensions{{{"genre", "Genre"},
                                               {"decade", "Decade"},
                                               {"creator", "Creator"},
                                               {"length", "Length"},
                                               {"source", "Source"},
                                               {"popularity", "Popularity"}}};

struct State {
  std::string_view dimension;  ///< empty: all
  bool all = false;
};
State& state() {
  static State the;
  return the;
}

std::string_view label_of(std::string_view dimension) {
  for (const Dimension& one : dimensions)
    if (one.key == dimension) return one.label;
  return dimension;
}

std::string sentence_of(const ErrorGroup& group, const AccuracyPage& page) {
  if (!group.words.empty()) return group.words;
  return "You rate these " + std::string(accuracy_noun(page, true)) + " " + words::number(std::abs(group.gap), 2) + " stars " +
         (group.gap < 0 ? "below" : "above") + " the prediction.";
}

void filters(Column& column, const std::vector<ErrorGroup>& groups) {
  State& s = state();
  const auto there = [&](std::string_view key) {
    return std::any_of(groups.begin(), groups.end(), [&](const ErrorGroup& group) { return group.dimension == key; });
  };
  // What was chosen for one type may be missing for another.
  if (!s.dimension.empty() && !there(s.dimension)) s.dimension = {};
  const mirror::Scope group({.role = mirror::Role::group, .name = "What the works share"});
  const float left = column.at().x;
  float x = left;
  const float height = chip_size("All").y;
  const auto one = [&](std::string_view key, std::string_view label) {
    const ChipOptions options{.selected = s.dimension == key};
    const float wide = chip_size(label, options).x;
    if (x > left && x + wide > left + column.width()) {
      x = left;
      column.skip(height + 8);
    }
    if (chip(label.data(), ImVec2(x, column.y()), label, options)) s.dimension = key;
    x += wide + 8;
  };
  one({}, "All");
  for (const Dimension& dimension : dimensions)
    if (there(dimension.key)) one(dimension.key, dimension.label);
  column.skip(height);
}

struct Layout {
  bool wide = false;
  float words = 0;  ///< width of name and sentence
  float count_right = 0;
  ImVec2 bar = ImVec2(0, 0);  ///< left and right ends
  double reach = 1;
};

void group_row(Column& column, const AccuracyPage& page, const ErrorGroup& group, const Layout& layout, int position) {
  const auto& colors = theme::colors();
  const text::Style small{.type = Type::small, .color = colors.muted, .said = false};
  const std::string sentence = sentence_of(group, page);
  const std::string amount = words::signed_number(group.gap, 2);
  const std::string interval = words::signed_number(group.low, 2) + " to " + words::signed_number(group.high, 2);
  const std::string about = layout.wide ? std::string(label_of(group.dimension))
                                        : std::string(label_of(group.dimension)) + " · " + words::count(group.count, "rating", "ratings");
  // Of what may be chance a sentence of our own would say no more than the figure.
  const bool told = group.clear || !group.words.empty();
  const float line = theme::line_of(Type::body);
  const float bar_height = 22;
  const float sentence_height = told ? text::paragraph_height(sentence, layout.words, small) : 0;
  const float height = 20 + line + (layout.wide ? 0 : theme::line_of(Type::tiny)) + sentence_height + (layout.wide ? 0 : bar_height + 6);
  const ImRect box = column.take(height);

  const mirror::Scope row({.role = mirror::Role::row, .position = position});
  const float right = box.Max.x;
  const float words_right = box.Min.x + layout.words;
  mirror::info(ImRect(box.Min, ImVec2(words_right, box.Min.y + 10 + line)),
               {.role = mirror::Role::rowheader, .text = group.name, .description = label_of(group.dimension)});
  mirror::info(ImRect(ImVec2(words_right, box.Min.y), ImVec2(layout.count_right, box.Max.y)),
               {.role = mirror::Role::cell, .text = words::count(group.count)});
  mirror::info(ImRect(ImVec2(right - gap_width, box.Min.y), box.Max),
               {.role = mirror::Role::cell, .text = amount + ", between " + interval});
  mirror::info(ImRect(ImVec2(box.Min.x, box.Min.y + 10 + line), ImVec2(words_right, box.Max.y)),
               {.role = mirror::Role::cell, .text = sentence});

  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddLine(box.Min, ImVec2(box.Max.x, box.Min.y), colors.line, 1.0F);
  float y = box.Min.y + 10;
  const text::Style aside{.type = Type::tiny, .color = colors.faint, .said = false};
  if (layout.wide) {
    const float about_width = text::measure(about, aside).x;
    const float name_width = text::line(ImVec2(box.Min.x, y), group.name,
                                        {.weight = Weight::semibold, .max_width = layout.words - about_width - 10, .said = false});
    text::line(ImVec2(box.Min.x + name_width + 10, y + line - theme::line_of(Type::tiny) - 2), about, aside);
    y += line;
  } else {
    text::line(ImVec2(box.Min.x, y), group.name, {.weight = Weight::semibold, .max_width = layout.words - gap_width, .said = false});
    y += line;
    text::line(ImVec2(box.Min.x, y), about, aside);
    y += theme::line_of(Type::tiny);
  }
  if (told) text::paragraph(ImVec2(box.Min.x, y), layout.words, sentence, small);
  y += sentence_height + 6;
  const float middle = box.GetCenter().y;
  const float amount_top = layout.wide ? middle - line / 2 : box.Min.y + 10;
  const ImU32 color = !group.clear ? colors.muted : group.gap < 0 ? colors.down : colors.up;
  text::line(ImVec2(right, amount_top), amount,
             {.weight = group.clear ? Weight::bold : Weight::regular, .color = color, .align = Align::right, .said = false});
  const ImRect bar = layout.wide ? ImRect(ImVec2(layout.bar.x, middle - 14), ImVec2(layout.bar.y, middle + 14))
                                 : ImRect(ImVec2(layout.bar.x, y), ImVec2(layout.bar.y, y + bar_height));
  draw_gap_bar(bar, {.gap = group.gap, .low = group.low, .high = group.high, .reach = layout.reach, .clear = group.clear});
  if (layout.wide)
    text::line(ImVec2(layout.count_right, middle - theme::line_of(Type::small) / 2), words::count(group.count),
               {.type = Type::small, .color = colors.muted, .align = Align::right, .said = false});
}

void head(Column& column, const Layout& layout) {
  const auto& colors = theme::colors();
  const ImRect box = column.take(theme::line_of(Type::tiny) + 10);
  const mirror::Scope row({.role = mirror::Role::row, .position = 1});
  const auto header = [&](float left, float right, std::string_view words) {
    mirror::info(ImRect(ImVec2(left, box.Min.y), ImVec2(right, box.Max.y)), {.role = mirror::Role::columnheader, .text = words});
  };
  const float words_right = box.Min.x + layout.words;
  header(box.Min.x, words_right, "Works that share");
  header(words_right, layout.count_right, "Ratings");
  header(layout.bar.x, box.Max.x, "You, compared with the prediction");
  header(box.Min.x, words_right, "In words");
  const text::Style style{.type = Type::tiny, .color = colors.muted, .said = false};
  text::Style centred = style;
  centred.align = Align::center;
  text::Style ended = style;
  ended.align = Align::right;
  if (layout.wide) {
    text::line(ImVec2(layout.count_right, box.Min.y), "ratings", ended);
    text::line(ImVec2((layout.bar.x + layout.bar.y) / 2, box.Min.y), "you lower · as predicted · you higher", centred);
    text::line(ImVec2(box.Max.x, box.Min.y), "stars", ended);
  } else {
    text::line(ImVec2((layout.bar.x + layout.bar.y) / 2, box.Min.y), "you lower · as predicted · you higher", centred);
  }
}

void table(Column& column, const AccuracyPage& page, const std::vector<const ErrorGroup*>& groups, std::string_view name) {
  Layout layout;
  layout.wide = column.width() >= 640;
  const float left = column.at().x;
  const float right = left + column.width();
  if (layout.wide) {
    const float bars = std::round(column.width() * 0.32F);
    layout.bar = ImVec2(right - gap_width - 12 - bars, right - gap_width - 12);
    layout.count_right = layout.bar.x - 24;
    layout.words = layout.count_right - 56 - left;
  } else {
    layout.words = column.width();
    layout.bar = ImVec2(left, right);
    layout.count_right = right - gap_width;
  }
  // The same axis for all that there is, so that nothing changes its length when a filter is pressed.
  layout.reach = 0.1;
  for (const ErrorGroup& group : page.report.groups)
    layout.reach = std::max({layout.reach, std::abs(group.low), std::abs(group.high), std::abs(group.gap)});
  const mirror::Scope scope({.role = mirror::Role::table, .name = name, .count = static_cast<int>(groups.size()) + 1, .columns = 4});
  head(column, layout);
  int position = 1;
  for (const ErrorGroup* group : groups) group_row(column, page, *group, layout, ++position);
}

}  // namespace

void accuracy_groups(Column& outer, const AccuracyPage& page) {
  State& s = state();
  const auto& groups = page.report.groups;
  Section section("groups", outer, "Where they miss to one side", page.narrow);
  Column& column = section.column();
  if (groups.empty()) {
    accuracy_missing(column, page, page.report.needs.groups, "A look at genres, decades and makers");
    return;
  }
  const auto clear_count = std::count_if(groups.begin(), groups.end(), [](const ErrorGroup& group) { return group.clear; });
  accuracy_paragraph(column,
                     clear_count == 0 ? "Nothing stands out beyond chance: no kind of " + std::string(accuracy_noun(page, false)) +
                                            " is predicted too high or too low for you."
                                      : words::count(static_cast<std::uint64_t>(clear_count), "kind", "kinds") + " of " +
                                            std::string(accuracy_noun(page, true)) + (clear_count == 1 ? " is" : " are") +
                                            " predicted too high or too low for you, beyond chance.",
                     false);
  column.gap(12);
  filters(column, groups);
  column.gap(16);

  std::vector<const ErrorGroup*> clear;
  std::vector<const ErrorGroup*> rest;
  for (const ErrorGroup& group : groups) {
    if (!s.dimension.empty() && group.dimension != s.dimension) continue;
    (group.clear ? clear : rest).push_back(&group);
  }
  const text::Style heading{.type = Type::body, .weight = Weight::semibold};
  if (!clear.empty()) {
    column.skip(text::heading(column.at(), column.width(), "Beyond chance", 3, heading));
    column.gap(4);
    table(column, page, clear, "Beyond chance");
  }
  if (rest.empty()) return;
  if (!clear.empty()) column.gap(16);
  column.skip(text::heading(column.at(), column.width(), "May be chance", 3, heading));
  column.gap(4);
  const std::size_t count = rest.size();
  const bool longer = count > shown_at_first + 1;
  if (longer && !s.all) rest.resize(shown_at_first);
  table(column, page, rest, "May be chance");
  if (longer) accuracy_show_all(column, "all groups", "kinds", count, s.all);
}

}  // namespace hub::ui::views
