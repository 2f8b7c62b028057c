#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/accuracy_parts.hpp"
#include "wasm/ui/views/words.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/button_row.hpp"
#include "wasm/ui/widgets/chart.hpp"
#include "wasm/ui/widgets/section.hpp"

namespace hub::ui::views {
namespace {

using protocol::CalibrationPoint;
using protocol::CurvePoint;

constexpr float chart_height = 268;

/// What is within five of a hundred is as promised; so few ratings do not tell it closer.
constexpr double close_enough = 0.05;

std::string calibration_words(const protocol::ModelReport& report) {
  std::string words;
  if (report.coverage) words = "Of the ranges that promise 8 in 10, " + accuracy_percent(*report.coverage) + " held your rating.";
  double gap = report.coverage ? *report.coverage - 0.8 : 0.0;
  double sum = 0;
  for (const CalibrationPoint& point : report.calibration) sum += point.held - point.promised;
  const double mean = report.calibration.empty() ? 0.0 : sum / static_cast<double>(report.calibration.size());
  if (std::abs(mean) > std::abs(gap)) gap = mean;
  if (!words.empty()) words += " ";
  if (std::abs(gap) <= close_enough) return words + "The ranges keep their promise.";
  return words + (gap > 0 ? "The ranges are wider than they need to be." : "The ranges are narrower than they should be.");
}

Chart calibration_chart(const protocol::ModelReport& report, std::string_view summary) {
  const ChartAxis share{.least = 0, .most = 100, .ticks = {0, 20, 40, 60, 80, 100}, .unit = "\u00a0%"};
  Chart chart{.name = "Promised and held shares", .summary = summary, .across = share, .up = share};
  chart.across.title = "promised";
  chart.up.title = "share of your ratings inside the range";
  chart.diagonal = true;
  chart.diagonal_name = "promise kept";
  ChartLine held{.name = "held", .color = theme::colors().accent};
  for (const CalibrationPoint& point : report.calibration) {
    chart.x.push_back(point.promised * 100);
    held.y.push_back(point.held * 100);
  }
  chart.lines.push_back(std::move(held));
  return chart;
}

std::string curve_words(const std::vector<CurvePoint>& curve) {
  const CurvePoint& first = curve.front();
  const CurvePoint& last = curve.back();
  std::string words = "With " + words::count(first.ratings, "rating", "ratings") + " the typical miss was " + words::number(first.rmse, 2) +
                      " stars, with " + words::count(last.ratings) + " it is " + words::number(last.rmse, 2) + ".";
  // From where on the predictions have stayed ahead of the public's rating.
  auto ahead = curve.end();
  while (ahead != curve.begin() && std::prev(ahead)->rmse < std::prev(ahead)->rmse_community) --ahead;
  if (ahead == curve.begin()) return words + " They were closer than the public’s rating from the start.";
  if (ahead == curve.end()) return words + " The public’s rating is as close so far.";
  return words + " From " + words::count(ahead->ratings) + " on they are closer than the public’s rating.";
}

Chart curve_chart(const std::vector<CurvePoint>& curve, std::string_view summary) {
  const auto& colors = theme::colors();
  Chart chart{.name = "Typical miss by number of ratings", .summary = summary};
  ChartLine ours{.name = "predictions", .color = colors.accent, .mark = ChartMark::circle};
  ChartLine community{.name = "public’s rating", .color = colors.focus, .mark = ChartMark::square};
  ChartLine mean{.name = "your own mean", .color = colors.muted, .mark = ChartMark::diamond};
  double least = curve.front().rmse;
  double most = least;
  for (const CurvePoint& point : curve) {
    chart.x.push_back(point.ratings);
    ours.y.push_back(point.rmse);
    community.y.push_back(point.rmse_community);
    mean.y.push_back(point.rmse_mean);
    for (const double error : {point.rmse, point.rmse_mean, point.rmse_community}) {
      least = std::min(least, error);
      most = std::max(most, error);
    }
  }
  chart.lines = {std::move(ours), std::move(community), std::move(mean)};
  // Doubling the ratings is one step, as each doubling brings about as much.
  chart.across = {.title = "ratings learnt from",
                  .column = "ratings",
                  .least = chart.x.front() * 0.9,
                  .most = std::max(chart.x.back(), chart.x.front() + 1) * 1.1,
                  .ticks = chart.x,
                  .logarithmic = true};
  const auto ticks = round_ticks(least, most, 4);
  chart.up = {.title = "typical miss, stars", .least = ticks.front(), .most = ticks.back(), .ticks = ticks, .decimals = 2};
  return chart;
}

/// The chart with a button that shows its figures instead.
void chart_with_figures(const char* id, Column& column, const Chart& chart, bool& as_table) {
  column.gap(16);
  const float height = as_table ? chart_table_height(chart) : chart_height;
  draw_chart(id, column.take(height), chart, as_table);
  column.gap(8);
  const std::string name = (as_table ? "Show the chart: " : "Show the figures: ") + std::string(chart.name);
  const ButtonOptions options{
      .kind = ButtonKind::quiet, .icon = as_table ? Icon::chevron_up : Icon::chevron_down, .name = name, .compact = true};
  const std::string_view label = as_table ? "Show the chart" : "Show the figures";
  ImGui::PushID(id);
  if (column_button(column, "figures", label, options)) as_table = !as_table;
  ImGui::PopID();
}

}  // namespace

float accuracy_calibration(Column& outer, const AccuracyPage& page, float least_height) {
  static bool as_table = false;
  const auto& report = page.report;
  Section section("calibration", outer, "Do the ranges keep their promise?", page.narrow, least_height);
  Column& column = section.column();
  const std::string summary = calibration_words(report);
  if (report.coverage || !report.calibration.empty()) accuracy_paragraph(column, summary, false);
  if (report.calibration.size() < 2) {
    column.gap(8);
    accuracy_missing(column, page, report.needs.calibration, "The chart of ranges");
  } else {
    chart_with_figures("calibration chart", column, calibration_chart(report, summary), as_table);
  }
  return section.height();
}

float accuracy_curve(Column& outer, const AccuracyPage& page, float least_height) {
  static bool as_table = false;
  const auto& report = page.report;
  Section section("curve", outer, "What more ratings bring", page.narrow, least_height);
  Column& column = section.column();
  if (report.curve.size() < 2) {
    accuracy_missing(column, page, report.needs.curve, "The learning curve");
  } else {
    const std::string summary = curve_words(report.curve);
    accuracy_paragraph(column, summary, false);
    chart_with_figures("curve chart", column, curve_chart(report.curve, summary), as_table);
  }
  return section.height();
}

}  // namespace hub::ui::views
