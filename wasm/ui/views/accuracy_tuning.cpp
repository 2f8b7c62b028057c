#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>

#include "wasm/platform/frame.hpp"
#include "wasm/platform/mirror.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/accuracy_parts.hpp"
#include "wasm/ui/views/words.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/button_row.hpp"
#include "wasm/ui/widgets/icon.hpp"
#include "wasm/ui/widgets/progress.hpp"
#include "wasm/ui/widgets/section.hpp"
#include "wasm/ui/widgets/segmented.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui::views {
namespace {

using theme::Type;
using theme::Weight;

struct Budget {
  std::string_view label;
  std::uint32_t seconds;
};
constexpr std::array<Budget, 3> budgets{{{"30 s", 30}, {"1 min", tuning_seconds}, {"5 min", 300}}};

/// How long a search that was asked for is taken to be starting.
constexpr double patience = 4;

void running(Column& column, const protocol::Tuning& tuning) {
  accuracy_paragraph(column, words::count(tuning.trials, "combination", "combinations") + " of settings tried so far.", false);
  column.gap(12);
  const ButtonOptions options{.compact = true};
  const ImVec2 stop = button_size("Stop", options);
  const ImRect row = column.take(stop.y);
  const std::string share = accuracy_percent(std::floor(tuning.progress * 100) / 100);
  const float figure = text::measure("100 %", {.type = Type::small}).x;
  const float middle = row.GetCenter().y;
  progress_bar(ImRect(ImVec2(row.Min.x, middle - 3), ImVec2(row.Max.x - stop.x - figure - 28, middle + 3)), "Looking for better settings",
               static_cast<float>(tuning.progress));
  text::line(ImVec2(row.Max.x - stop.x - 14, middle - theme::line_of(Type::small) / 2), share,
             {.type = Type::small, .color = theme::colors().muted, .align = text::Align::right, .said = false});
  if (button("stop", ImVec2(row.Max.x - stop.x, row.Min.y), "Stop", options)) client().cancel_job();
}

void outcome(Column& column, const protocol::Tuning& tuning) {
  const auto& colors = theme::colors();
  const float line = theme::line_of(Type::body);
  draw_icon(ImGui::GetWindowDrawList(), tuning.kept ? Icon::check : Icon::info, ImVec2(column.at().x + 9, column.y() + line / 2), 18,
            tuning.kept ? colors.up : colors.muted);
  const ImVec2 at(column.at().x + 28, column.y());
  column.skip(text::paragraph(at, column.width() - 28, tuning.words, {.weight = Weight::semibold}));
  std::string figures = words::count(tuning.trials, "combination", "combinations") + " tried";
  if (tuning.rmse_default && tuning.rmse_best) {
    figures += "; typical miss " + words::number(*tuning.rmse_best, 3) + " stars with the best, " + words::number(*tuning.rmse_default, 3) +
               " with the default";
    if (tuning.standard_error) figures += ", give or take " + words::number(*tuning.standard_error, 3);
    figures += ", on ratings that no trial saw";
  }
  column.gap(2);
  column.skip(text::paragraph(ImVec2(at.x, column.y()), column.width() - 28, figures + ".", {.type = Type::small, .color = colors.muted}));
}

}  // namespace

float accuracy_tuning(Column& outer, const AccuracyPage& page, float least_height) {
  static int chosen = 1;
  static double asked_at = -patience;
  const auto& report = page.report;
  const auto& tuning = report.tuning;
  Section section("tuning", outer, "Look for better settings", page.narrow, least_height);
  Column& column = section.column();
  // Read out when it changes, wherever the person is on the page.
  mirror::status(ImRect(column.at(), ImVec2(column.at().x + column.width(), column.y() + 1)), "Search for better settings",
                 tuning.running ? std::string_view("Looking for better settings") : std::string_view(tuning.words));
  if (tuning.running) {
    asked_at = -patience;
    running(column, tuning);
    return section.height();
  }
  accuracy_paragraph(column,
                     "How fast the model learns and how far it trusts single facts are set for most people. Other settings can be tried on "
                     "your own ratings; they are kept only if they are clearly better.");
  if (report.needs.tuning > report.ratings) {
    column.gap(12);
    accuracy_missing(column, page, report.needs.tuning, "A search");
    return section.height();
  }
  if (!tuning.words.empty()) {
    column.gap(12);
    outcome(column, tuning);
  }
  column.gap(16);
  const bool starting = frame::now() < asked_at + patience;
  if (starting) frame::wake_at(asked_at + patience);
  const ButtonOptions options{.disabled = starting || client().job().has_value()};
  const std::string_view label = starting ? "Starting…" : tuning.words.empty() ? "Look for better settings" : "Look again";
  std::array<std::string_view, budgets.size()> labels;
  for (std::size_t i = 0; i < budgets.size(); ++i) labels[i] = budgets[i].label;
  const text::Style lead{.color = theme::colors().muted, .said = false};
  constexpr std::string_view within = "Time to spend";
  const float lead_width = text::measure(within, lead).x + 14;
  // The choice stands below its words where there is no room beside them.
  const bool beside = lead_width + theme::grown(190) <= column.width();
  if (!beside) {
    text::line(column.at(), within, lead);
    column.skip(theme::line_of(Type::body) + 4);
  }
  const float left = column.at().x + (beside ? lead_width : 0);
  const float width = std::min(theme::grown(210), column.at().x + column.width() - left);
  const ImRect row = column.take(segmented_height(width, labels));
  if (beside) text::line(ImVec2(row.Min.x, row.GetCenter().y - theme::line_of(Type::body) / 2), within, lead);
  chosen = segmented("budget", ImRect(ImVec2(left, row.Min.y), ImVec2(left + width, row.Max.y)), within, labels, chosen);
  column.gap(12);
  if (column_button(column, "tune", label, options)) {
    asked_at = frame::now();
    client().tune(report.type, budgets[static_cast<std::size_t>(chosen)].seconds);
  }
  return section.height();
}

}  // namespace hub::ui::views
