#pragma once

#include "imgui_internal.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "wasm/ui/theme.hpp"

/// Charts of a few measured points, drawn by ImPlot in the theme's look. For the accessible mirror each is a picture named by its summary
/// and a table of its figures.
namespace hub::ui {

/// What tells the lines of a chart apart besides their colour.
enum class ChartMark { circle, square, diamond, none };

/// One line. All lines of a chart are measured at the chart's `x`.
struct ChartLine {
  std::string_view name;  ///< in the legend and at the head of its column
  std::vector<double> y;  ///< as many as the chart's `x`
  ImU32 color = 0;
  ChartMark mark = ChartMark::circle;
};

struct ChartAxis {
  std::string_view title;        ///< with its unit: “stars”, “promised, %”
  std::string_view column = {};  ///< head of its column in the table, where that is to be shorter
  double least = 0, most = 1;    ///< ends
  std::vector<double> ticks;
  int decimals = 0;            ///< of the labels and the table
  std::string_view unit = {};  ///< behind each label: “ %”
  bool logarithmic = false;    ///< `least` above 0
};

struct Chart {
  std::string_view name;     ///< of the table: “Error by number of ratings”
  std::string_view summary;  ///< what it shows, in a sentence; the picture's name
  ChartAxis across, up;
  std::vector<double> x;  ///< rising
  std::vector<ChartLine> lines;
  bool diagonal = false;  ///< a line where `up` equals `across`
  std::string_view diagonal_name = {};
};

/// @param as_table  the figures are drawn instead of the lines.
void draw_chart(const char* id, const ImRect& box, const Chart& chart, bool as_table);
/// Height of the drawn figures; a chart is as high as wanted, 160 or more.
float chart_table_height(const Chart& chart);

/// About `count` round numbers from below `least` to above `most`, evenly spaced.
std::vector<double> round_ticks(double least, double most, int count);

}  // namespace hub::ui
