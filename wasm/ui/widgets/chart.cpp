#include "wasm/ui/widgets/chart.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <limits>

#include "implot.h"

#include "wasm/platform/display.hpp"
#include "wasm/platform/fonts.hpp"
#include "wasm/platform/input.hpp"
#include "wasm/platform/mirror.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui {

namespace {

using text::Align;
using theme::Type;
using theme::Weight;

constexpr float mark_size = 4;
constexpr float legend_gap = 16;

std::string figure(const ChartAxis& axis, double value) {
  char words[32];
  std::snprintf(words, sizeof words, "%.*f", axis.decimals, value);
  return words + std::string(axis.unit);
}

void draw_mark(ImDrawList* list, ImVec2 at, ChartMark mark, float size, ImU32 color) {
  switch (mark) {
    case ChartMark::circle: list->AddCircleFilled(at, size, color); break;
    case ChartMark::square:
      list->AddRectFilled(ImVec2(at.x - size * 0.9F, at.y - size * 0.9F), ImVec2(at.x + size * 0.9F, at.y + size * 0.9F), color);
      break;
    case ChartMark::diamond: {
      const float reach = size * 1.3F;
      list->AddQuadFilled(ImVec2(at.x, at.y - reach), ImVec2(at.x + reach, at.y), ImVec2(at.x, at.y + reach), ImVec2(at.x - reach, at.y),
                          color);
      break;
    }
    case ChartMark::none: break;
  }
}

void dashed(ImDrawList* list, ImVec2 from, ImVec2 to, ImU32 color) {
  constexpr float dash = 5;
  const float length = std::hypot(to.x - from.x, to.y - from.y);
  const ImVec2 step((to.x - from.x) / length, (to.y - from.y) / length);
  for (float at = 0; at < length; at += 2 * dash) {
    const float end = std::min(at + dash, length);
    list->AddLine(ImVec2(from.x + step.x * at, from.y + step.y * at), ImVec2(from.x + step.x * end, from.y + step.y * end), color, 1.0F);
  }
}

/// Names of the lines with their marks, from left to right, on a new row where there is no room. @return its height.
float legend(ImVec2 at, float width, const Chart& chart) {
  const auto& colors = theme::colors();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const text::Style style{.type = Type::small, .color = colors.muted, .said = false};
  const float row = theme::line_of(Type::small) + 2;
  float x = at.x;
  float y = at.y;
  const auto entry = [&](std::string_view name, ChartMark mark, ImU32 color) {
    const float wide = 26 + text::measure(name, style).x;
    if (x > at.x && x + wide > at.x + width) {
      x = at.x;
      y += row;
    }
    const float middle = y + theme::line_of(Type::small) / 2;
    if (mark == ChartMark::none) {
      dashed(list, ImVec2(x, middle), ImVec2(x + 18, middle), color);
    } else {
      list->AddLine(ImVec2(x, middle), ImVec2(x + 18, middle), color, 2.0F);
      draw_mark(list, ImVec2(x + 9, middle), mark, mark_size, color);
    }
    text::line(ImVec2(x + 26, y), name, style);
    x += wide + legend_gap;
  };
  for (const ChartLine& line : chart.lines) entry(line.name, line.mark, line.color);
  if (chart.diagonal) entry(chart.diagonal_name, ChartMark::none, colors.edge);
  return y + row - at.y;
}

/// The figures beside the pointer, at the measured place next to it.
void reading(const ImRect& plot, const Chart& chart, std::size_t nearest, const std::vector<ImVec2>& points) {
  const auto& colors = theme::colors();
  ImDrawList* list = ImGui::GetForegroundDrawList();
  const text::Style style{.type = Type::small};
  const fonts::With font(theme::font_of(Weight::regular), theme::size_of(Type::small));
  const float row = theme::line_of(Type::small);
  std::vector<std::string> lines{figure(chart.across, chart.x[nearest]) + " " + std::string(chart.across.title)};
  for (const ChartLine& line : chart.lines) lines.push_back(std::string(line.name) + "  " + figure(chart.up, line.y[nearest]));
  float width = 0;
  for (const std::string& line : lines) width = std::max(width, text::measure(line, style).x);
  width += 36;
  const float height = row * static_cast<float>(lines.size()) + 16;
  const float x = points[nearest].x;
  const float left = std::clamp(x + 14 + width > plot.Max.x + 20 ? x - 14 - width : x + 14, 8.0F, display::size().x - width - 4);
  const float top = plot.Min.y + 4;
  list->AddRectFilled(ImVec2(left, top), ImVec2(left + width, top + height), colors.text, 8.0F);
  float y = top + 8 + (row - theme::size_of(Type::small)) / 2;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i > 0)
      draw_mark(list, ImVec2(left + 15, y + theme::size_of(Type::small) / 2 + 1), chart.lines[i - 1].mark, 3.5F, colors.background);
    fonts::draw_text(list, ImVec2(left + (i == 0 ? 12.0F : 26.0F), y), colors.background, lines[i]);
    y += row;
  }
}

ImPlotMarker marker_of(ChartMark mark) {
  switch (mark) {
    case ChartMark::circle: return ImPlotMarker_Circle;
    case ChartMark::square: return ImPlotMarker_Square;
    case ChartMark::diamond: return ImPlotMarker_Diamond;
    case ChartMark::none: break;
  }
  return ImPlotMarker_None;
}

/// ImPlot's own look, replaced by the theme's for as long as this lives.
class Look {
 public:
  Look() : font_(theme::font_of(Weight::regular), theme::size_of(Type::tiny)) {
    const auto& c = theme::colors();
    const auto color = [](ImPlotCol which, ImU32 with) { ImPlot::PushStyleColor(which, with); };
    color(ImPlotCol_FrameBg, 0);
    color(ImPlotCol_PlotBg, 0);
    color(ImPlotCol_PlotBorder, 0);
    color(ImPlotCol_AxisText, c.muted);
    color(ImPlotCol_AxisGrid, c.line);
    color(ImPlotCol_AxisTick, c.edge);
    color(ImPlotCol_AxisBg, 0);
    ImPlot::PushStyleVar(ImPlotStyleVar_PlotPadding, ImVec2(8, 6));
    ImPlot::PushStyleVar(ImPlotStyleVar_LabelPadding, ImVec2(8, 6));
    ImPlot::PushStyleVar(ImPlotStyleVar_PlotBorderSize, 0.0F);
    ImPlot::PushStyleVar(ImPlotStyleVar_PlotMinSize, ImVec2(80, 80));
    ImPlot::PushStyleVar(ImPlotStyleVar_MajorTickLen, ImVec2(4, 0));
  }
  ~Look() {
    ImPlot::PopStyleVar(5);
    ImPlot::PopStyleColor(7);
  }
  Look(const Look&) = delete;
  Look& operator=(const Look&) = delete;

 private:
  fonts::With font_;
};

void set_up(ImAxis which, const ChartAxis& axis, ImPlotAxisFlags flags) {
  std::vector<std::string> labels;
  std::vector<const char*> pointers;
  for (const double tick : axis.ticks) labels.push_back(figure(axis, tick));
  for (const std::string& label : labels) pointers.push_back(label.c_str());
  ImPlot::SetupAxis(which, nullptr,
                    flags | ImPlotAxisFlags_Lock | ImPlotAxisFlags_NoMenus | ImPlotAxisFlags_NoHighlight | ImPlotAxisFlags_NoSideSwitch |
                        ImPlotAxisFlags_NoInitialFit);
  if (axis.logarithmic) ImPlot::SetupAxisScale(which, ImPlotScale_Log10);
  ImPlot::SetupAxisLimits(which, axis.least, axis.most, ImPlotCond_Always);
  ImPlot::SetupAxisTicks(which, axis.ticks.data(), static_cast<int>(axis.ticks.size()), pointers.data());
}

void plot_lines(const char* id, const ImRect& box, const Chart& chart) {
  const auto& colors = theme::colors();
  if (ImPlot::GetCurrentContext() == nullptr) ImPlot::CreateContext();
  const Look look;
  ImGui::SetCursorScreenPos(box.Min);
  if (!ImPlot::BeginPlot(id, box.GetSize(), ImPlotFlags_CanvasOnly | ImPlotFlags_NoInputs | ImPlotFlags_NoFrame)) return;
  set_up(ImAxis_X1, chart.across, ImPlotAxisFlags_NoGridLines);
  set_up(ImAxis_Y1, chart.up, ImPlotAxisFlags_NoTickMarks);
  ImPlot::SetupFinish();
  const ImVec2 corner = ImPlot::GetPlotPos();
  const ImVec2 size = ImPlot::GetPlotSize();
  const ImRect plot(corner, ImVec2(corner.x + size.x, corner.y + size.y));
  ImDrawList* list = ImPlot::GetPlotDrawList();

  if (chart.diagonal)
    dashed(list, ImPlot::PlotToPixels(chart.across.least, chart.up.least), ImPlot::PlotToPixels(chart.across.most, chart.up.most),
           colors.edge);

  // Which of the measured places the pointer is nearest to.
  std::vector<ImVec2> places;
  for (const double x : chart.x) places.push_back(ImPlot::PlotToPixels(x, chart.up.least));
  const bool hovered = ImGui::IsMouseHoveringRect(plot.Min, plot.Max) && input::pointer() != ImGuiMouseSource_TouchScreen;
  std::size_t nearest = chart.x.size();
  if (hovered) {
    float least = std::numeric_limits<float>::max();
    for (std::size_t i = 0; i < places.size(); ++i) {
      const float away = std::abs(places[i].x - ImGui::GetMousePos().x);
      if (away < least) least = away, nearest = i;
    }
  }
  const bool read = nearest < chart.x.size();
  if (read) list->AddLine(ImVec2(places[nearest].x, plot.Min.y), ImVec2(places[nearest].x, plot.Max.y), colors.edge, 1.0F);

  // From the last to the first: the first line matters most and lies on top.
  for (std::size_t i = chart.lines.size(); i-- > 0;) {
    const ChartLine& line = chart.lines[i];
    ImPlotSpec spec;
    spec.LineColor = ImGui::ColorConvertU32ToFloat4(line.color);
    spec.LineWeight = i == 0 ? 2.5F : 2.0F;
    spec.Marker = marker_of(line.mark);
    // A square looks smaller than a circle of its width, a diamond smaller still; ImPlot takes the edge off each.
    spec.MarkerSize = mark_size + (line.mark == ChartMark::circle ? 0.5F : line.mark == ChartMark::square ? 1.0F : 1.8F);
    spec.MarkerFillColor = spec.LineColor;
    spec.MarkerLineColor = ImGui::ColorConvertU32ToFloat4(colors.surface);
    spec.Flags = ImPlotLineFlags_NoClip;
    ImGui::PushID(static_cast<int>(i));
    ImPlot::PlotLine("##line", chart.x.data(), line.y.data(), static_cast<int>(chart.x.size()), spec);
    ImGui::PopID();
  }
  if (read) {
    for (const ChartLine& line : chart.lines)
      draw_mark(list, ImPlot::PlotToPixels(chart.x[nearest], line.y[nearest]), line.mark, mark_size + 1.5F, line.color);
    reading(plot, chart, nearest, places);
  }
  ImPlot::EndPlot();
}

float table_row_height() {
  return theme::line_of(Type::small) + 10;
}

float table_head_height() {
  return 2 * theme::line_of(Type::tiny) + 8;
}

/// The figures by row and column: drawn, or only said, at the chart's place.
void figures(const ImRect& box, const Chart& chart, bool drawn) {
  const auto& colors = theme::colors();
  const float head = drawn ? table_head_height() : box.GetHeight() / static_cast<float>(chart.x.size() + 1);
  const float row_height = drawn ? table_row_height() : head;
  // What is measured takes little room; the names of the lines need it.
  const float first = box.GetWidth() * (chart.lines.size() > 2 ? 0.19F : 1.0F / static_cast<float>(chart.lines.size() + 1));
  const float other = (box.GetWidth() - first) / static_cast<float>(std::max<std::size_t>(chart.lines.size(), 1));
  ImDrawList* list = ImGui::GetWindowDrawList();
  const mirror::Scope table({.role = mirror::Role::table,
                             .name = chart.name,
                             .count = static_cast<int>(chart.x.size()) + 1,
                             .columns = static_cast<int>(chart.lines.size()) + 1});
  const auto cell = [&](int row, std::size_t column, mirror::Role role, const std::string& words) {
    const float top = row == 0 ? box.Min.y : box.Min.y + head + static_cast<float>(row - 1) * row_height;
    const float left = column == 0 ? box.Min.x : box.Min.x + first + static_cast<float>(column - 1) * other;
    const float width = column == 0 ? first : other;
    const ImRect place(ImVec2(left, top), ImVec2(left + width, top + (row == 0 ? head : row_height)));
    mirror::info(place, {.role = role, .text = words});
    if (!drawn) return;
    if (role == mirror::Role::columnheader) {
      const text::Style style{.type = Type::tiny, .weight = Weight::semibold, .color = colors.muted, .max_lines = 2, .said = false};
      const float height = text::paragraph_height(words, width - 4, style);
      text::paragraph(ImVec2(left, place.Max.y - 6 - height), width - 4, words, style);
      return;
    }
    const text::Style style{.type = Type::small,
                            .weight = role == mirror::Role::cell ? Weight::regular : Weight::semibold,
                            .max_width = width - 4,
                            .said = false};
    text::line(ImVec2(left, place.GetCenter().y - theme::line_of(Type::small) / 2), words, style);
  };
  {
    const mirror::Scope row({.role = mirror::Role::row, .position = 1});
    cell(0, 0, mirror::Role::columnheader, std::string(chart.across.column.empty() ? chart.across.title : chart.across.column));
    for (std::size_t i = 0; i < chart.lines.size(); ++i) cell(0, i + 1, mirror::Role::columnheader, std::string(chart.lines[i].name));
  }
  for (std::size_t at = 0; at < chart.x.size(); ++at) {
    const int number = static_cast<int>(at) + 1;
    const mirror::Scope row({.role = mirror::Role::row, .position = number + 1});
    if (drawn) {
      const float y = std::round(box.Min.y + head + static_cast<float>(at) * row_height) - 0.5F;
      list->AddLine(ImVec2(box.Min.x, y), ImVec2(box.Max.x, y), colors.line, 1.0F);
    }
    cell(number, 0, mirror::Role::rowheader, figure(chart.across, chart.x[at]));
    for (std::size_t i = 0; i < chart.lines.size(); ++i) cell(number, i + 1, mirror::Role::cell, figure(chart.up, chart.lines[i].y[at]));
  }
}

}  // namespace

float chart_table_height(const Chart& chart) {
  return table_head_height() + table_row_height() * static_cast<float>(chart.x.size());
}

void draw_chart(const char* id, const ImRect& box, const Chart& chart, bool as_table) {
  if (as_table) {
    figures(box, chart, true);
    return;
  }
  const auto& colors = theme::colors();
  const mirror::Scope group({.role = mirror::Role::group, .name = chart.name}, ImGui::GetID(id));
  mirror::info(box, {.role = mirror::Role::img, .name = chart.summary});
  figures(box, chart, false);

  const mirror::Hidden drawn_only;
  float y = box.Min.y;
  y += legend(box.Min, box.GetWidth(), chart) + 8;
  const text::Style title{.type = Type::tiny, .color = colors.muted, .max_width = box.GetWidth(), .said = false};
  text::line(ImVec2(box.Min.x, y), chart.up.title, title);
  y += theme::line_of(Type::tiny);
  const float below = theme::line_of(Type::tiny);
  // Half of the last label reaches beyond the plot.
  const float overhang = text::measure(figure(chart.across, chart.across.ticks.back()), title).x / 2;
  plot_lines(id, ImRect(ImVec2(box.Min.x - 8, y), ImVec2(box.Max.x + 8 - overhang, box.Max.y - below)), chart);
  text::Style right = title;
  right.align = Align::right;
  text::line(ImVec2(box.Max.x, box.Max.y - below), chart.across.title, right);
}

std::vector<double> round_ticks(double least, double most, int count) {
  const double rough = std::max(most - least, 1e-9) / std::max(1, count);
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  const double part = rough / power;
  const double step = power * (part < 1.5 ? 1 : part < 3.5 ? 2 : part < 7.5 ? 5 : 10);
  std::vector<double> ticks;
  const double first = std::floor(least / step + 1e-9);
  for (double i = first; (i - 1) * step < most - 1e-9; ++i) ticks.push_back(i * step);
  return ticks;
}

}  // namespace hub::ui
