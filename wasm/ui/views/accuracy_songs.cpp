#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "wasm/platform/mirror.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/navigation.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/accuracy_parts.hpp"
#include "wasm/ui/views/songs.hpp"
#include "wasm/ui/views/words.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/button_row.hpp"
#include "wasm/ui/widgets/chart.hpp"
#include "wasm/ui/widgets/nav_link.hpp"
#include "wasm/ui/widgets/progress.hpp"
#include "wasm/ui/widgets/section.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui::views {
namespace {

using protocol::LikeScore;
using text::Align;
using theme::Type;
using theme::Weight;

constexpr float chart_height = 268;
/// Chances that are off by so little can be taken at their word.
constexpr double close_enough = 0.05;

struct Named {
  std::string_view method;
  std::string_view name;
  std::string_view term;  ///< the field's word for it
};

constexpr std::array<Named, 5> names{{
    {"final", "These predictions", "Mean of both members’ log-odds"},
    {"gaussian_process", "Likeness to songs you know", "Gaussian process, Platt scaling"},
    {"xgboost", "Decision trees with the artists", "Gradient-boosted trees (XGBoost)"},
    {"plain_xgboost", "Decision trees on the sound alone", "XGBoost as it is customarily set"},
    {"share", "Your share of likes for every song", "The base rate"},
}};

Named named(std::string_view method) {
  for (const Named& one : names)
    if (one.method == method) return one;
  return {method, method, {}};
}

std::string in_hundred(double share) {
  return words::number(share * 100, 0);
}

void comparison(Column& column, const std::vector<LikeScore>& methods) {
  const auto& colors = theme::colors();
  const float width = column.width();
  const float figures = 72;
  const float line = theme::line_of(Type::body);
  mirror::Scope table({.role = mirror::Role::table,
                       .name = "How well each way tells the songs you like",
                       .count = static_cast<int>(methods.size()) + 1,
                       .columns = 3});
  {
    const ImRect head = column.take(theme::line_of(Type::tiny) + 4);
    const mirror::Scope row({.role = mirror::Role::row, .position = 1});
    const auto header = [&](float left, float right, std::string_view words, std::string_view drawn) {
      mirror::info(ImRect(ImVec2(left, head.Min.y), ImVec2(right, head.Max.y)), {.role = mirror::Role::columnheader, .text = words});
      text::line(ImVec2(right, head.Min.y), drawn, {.type = Type::tiny, .color = colors.muted, .align = Align::right, .said = false});
    };
    header(head.Min.x, head.Max.x - 2 * figures, "Way of telling", "");
    header(head.Max.x - 2 * figures, head.Max.x - figures, "Right order, in 100 pairs", "in 100 pairs");
    header(head.Max.x - figures, head.Max.x, "Log-loss", "log-loss");
  }
  int position = 1;
  for (const LikeScore& one : methods) {
    const bool ours = one.method == "final";
    const Named name = named(one.method);
    const text::Style style{.weight = ours ? Weight::bold : Weight::regular, .color = ours ? colors.text : colors.muted, .said = false};
    const float room = width - 2 * figures - 8;
    const ImRect box = column.take(std::max(line, text::paragraph_height(name.name, room, style)) + 10);
    const mirror::Scope row({.role = mirror::Role::row, .position = ++position});
    const float middle = box.Max.x - 2 * figures;
    mirror::info(ImRect(box.Min, ImVec2(middle, box.Max.y)),
                 {.role = mirror::Role::rowheader, .text = name.name, .description = name.term});
    mirror::info(ImRect(ImVec2(middle, box.Min.y), ImVec2(middle + figures, box.Max.y)),
                 {.role = mirror::Role::cell, .text = in_hundred(one.auc)});
    mirror::info(ImRect(ImVec2(middle + figures, box.Min.y), box.Max),
                 {.role = mirror::Role::cell, .text = words::number(one.log_loss, 2)});
    const float top = box.Min.y + 5;
    const text::Style figure{
        .weight = ours ? Weight::bold : Weight::regular, .color = ours ? colors.accent : colors.text, .align = Align::right, .said = false};
    text::paragraph(ImVec2(box.Min.x, top), room, name.name, style);
    text::line(ImVec2(middle + figures, top), in_hundred(one.auc), figure);
    text::line(ImVec2(box.Max.x, top), words::number(one.log_loss, 2), figure);
  }
}

std::string calibration_words(const protocol::SongTaste& taste) {
  const double gap = taste.gap.value_or(0);
  const auto fullest =
      std::max_element(taste.bins.begin(), taste.bins.end(), [](const auto& a, const auto& b) { return a.songs < b.songs; });
  std::string words;
  if (fullest != taste.bins.end())
    words = "Of the " + words::count(fullest->songs, "song", "songs") + " given a chance around " + accuracy_percent(fullest->promised) +
            ", you like " + accuracy_percent(fullest->held) + ". ";
  words += "On average the chances are off by " + in_hundred(gap) + (in_hundred(gap) == "1" ? " point of 100." : " points of 100.");
  return words + (gap <= close_enough ? " They can be taken at their word." : " Take them with care: more songs make them steadier.");
}

Chart calibration_chart(const protocol::SongTaste& taste, std::string_view summary) {
  const ChartAxis share{.least = 0, .most = 100, .ticks = {0, 20, 40, 60, 80, 100}, .unit = "\u00a0%"};
  Chart chart{.name = "Chances and what came of them", .summary = summary, .across = share, .up = share};
  chart.across.title = "chance that was given";
  chart.up.title = "share of those songs that you like";
  chart.diagonal = true;
  chart.diagonal_name = "as promised";
  ChartLine held{.name = "liked", .color = theme::colors().accent};
  for (const auto& bin : taste.bins) {
    chart.x.push_back(bin.promised * 100);
    held.y.push_back(bin.held * 100);
  }
  chart.lines.push_back(std::move(held));
  return chart;
}

void calibration(Column& column, const protocol::SongTaste& taste) {
  static bool as_table = false;
  const std::string summary = calibration_words(taste);
  column.skip(text::heading(column.at(), column.width(), "Do the chances keep their promise?", 3,
                            {.type = Type::body, .weight = Weight::semibold}));
  column.gap(4);
  accuracy_paragraph(column, summary, false);
  if (taste.bins.size() < 2) return;
  column.gap(16);
  const Chart chart = calibration_chart(taste, summary);
  draw_chart("song chances", column.take(as_table ? chart_table_height(chart) : chart_height), chart, as_table);
  column.gap(8);
  const std::string name = (as_table ? "Show the chart: " : "Show the figures: ") + std::string(chart.name);
  const ButtonOptions options{
      .kind = ButtonKind::quiet, .icon = as_table ? Icon::chevron_up : Icon::chevron_down, .name = name, .compact = true};
  const std::string_view label = as_table ? "Show the chart" : "Show the figures";
  if (column_button(column, "song figures", label, options)) as_table = !as_table;
}

}  // namespace

void accuracy_songs(Column& outer, bool narrow) {
  const protocol::SongTaste* taste = client().song_taste();
  if (song_count() == 0) return;
  const auto& colors = theme::colors();
  Section section("songs", outer, "Which songs you like", narrow);
  Column& column = section.column();
  column.gap(4);
  const bool known = taste && !taste->methods.empty();
  if (!taste || taste->pending) {
    const double progress = taste ? taste->progress : 0;
    accuracy_paragraph(column, "How well that is told is being worked out, " + in_hundred(std::floor(progress * 100) / 100) + "\u00a0%");
    column.gap(6);
    progress_bar(column.take(4), "Working out which songs you would like", static_cast<float>(progress));
    column.gap(known ? 16 : 4);
  } else if (!known) {
    accuracy_paragraph(column, "It takes " + words::count(taste->needed) +
                                   " songs, some that you like and some that you do not, to tell how well your taste is known.");
    column.gap(8);
  }
  if (!known) {
    text_link("to songs", column.at(), "Your songs", href_of_songs, Icon::heart);
    column.skip(theme::line_of(Type::body));
    return;
  }
  const LikeScore& ours = taste->methods.front();
  const bool beside = column.width() >= 720;
  const float top = column.y();
  const float left_width = beside ? std::round(column.width() * 0.4F) : column.width();
  Column left(column.at(), left_width);
  const std::string figure = in_hundred(ours.auc);
  const float wide = text::line(left.at(), figure, {.type = Type::hero, .weight = Weight::bold, .said = false});
  text::line(ImVec2(left.at().x + wide + 10, left.y() + theme::line_of(Type::hero) - theme::line_of(Type::subheading) - 3), "in 100 pairs",
             {.type = Type::subheading, .weight = Weight::bold, .color = colors.faint, .said = false});
  left.skip(theme::line_of(Type::hero));
  left.gap(8);
  left.skip(text::paragraph(left.at(), left.width(),
                            "Of a song you like and one you do not, the liked one got the higher chance in " + figure +
                                " of 100 pairs; by guessing it would be 50. You like " + words::count(taste->liked) + " of " +
                                words::count(taste->songs, "song", "songs") + "; each was predicted without knowing what you said of it.",
                            {}));
  left.gap(8);
  text_link("to songs", left.at(), "Your songs", href_of_songs, Icon::heart);
  left.skip(theme::line_of(Type::body));
  if (beside) {
    const float across = column.at().x + left_width + 40;
    Column right(ImVec2(across, top + 4), column.at().x + column.width() - across);
    comparison(right, taste->methods);
    column.skip(std::max(left.y(), right.y()) - top);
  } else {
    column.skip(left.y() - top);
    column.gap(16);
    comparison(column, taste->methods);
  }
  column.gap(24);
  calibration(column, *taste);
  column.gap(12);
  accuracy_note(
      column,
      "“In 100 pairs” is the area under the ROC curve (AUC). Log-loss is small where chances are both sharp and right: 0 is perfect, and "
      "saying one half of everything is 0.69. What a service calls popular is a fact about a song at most, never what is learnt.");
}

}  // namespace hub::ui::views
