#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "wasm/platform/mirror.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/accuracy_parts.hpp"
#include "wasm/ui/views/words.hpp"
#include "wasm/ui/widgets/chart_bars.hpp"
#include "wasm/ui/widgets/section.hpp"
#include "wasm/ui/widgets/text.hpp"
#include "wasm/ui/widgets/tooltip.hpp"

namespace hub::ui::views {
namespace {

using protocol::MethodScore;
using text::Align;
using theme::Type;
using theme::Weight;

struct Named {
  std::string_view method;
  std::string_view name;
  std::string_view term;  ///< the field's word for it, as a tooltip
};

constexpr std::array<Named, 11> names{{
    {"final", "These predictions", "Blend of all members that earn their place"},
    {"gaussian_process", "Likeness to works you rated", "Gaussian process"},
    {"ridge", "What you like, fact by fact", "Ridge regression"},
    {"linear", "Your habits", "Linear regression"},
    {"habit", "Your strictness alone", "Mean offset from the public’s rating, shrunken"},
    {"cautious", "Likeness, taken with care", "Gaussian process with more noise"},
    {"all_types", "Your ratings of all types together", "Gaussian process over all media types"},
    {"plain_xgboost", "Decision trees on everything", "Gradient-boosted trees (XGBoost), nothing else"},
    {"neighbours", "Your most similar ratings", "k nearest neighbours"},
    {"community", "The public’s rating", "The public’s rating, moved by your own offset"},
    {"mean", "Your own mean", "The mean of the other ratings"},
}};

Named named(std::string_view method) {
  for (const Named& one : names)
    if (one.method == method) return one;
  return {method, method, {}};
}

const MethodScore* find(const std::vector<MethodScore>& methods, std::string_view method) {
  const auto found = std::find_if(methods.begin(), methods.end(), [&](const MethodScore& one) { return one.method == method; });
  return found == methods.end() ? nullptr : &*found;
}

/// Which of the two measures is told: the mean distance where it is known for all, else the typical miss.
class Measure {
 public:
  explicit Measure(const std::vector<MethodScore>& methods)
      : mean_(std::all_of(methods.begin(), methods.end(), [](const MethodScore& one) { return one.mae.has_value(); })) {}
  [[nodiscard]] double of(const MethodScore& score) const { return mean_ ? score.mae.value_or(score.rmse) : score.rmse; }
  [[nodiscard]] bool mean() const { return mean_; }

 private:
  bool mean_;
};

std::string compared(const MethodScore& ours, const std::vector<MethodScore>& methods, const Measure& measure) {
  const auto share = [&](const MethodScore& other) { return (measure.of(other) - measure.of(ours)) / measure.of(other); };
  const MethodScore* mean = find(methods, "mean");
  const MethodScore* community = find(methods, "community");
  std::string words;
  const auto tell = [&](const MethodScore* other, std::string_view whose) {
    if (!other || measure.of(*other) <= 0) return;
    const double closer = share(*other);
    if (std::abs(closer) < 0.005) {
      words += (words.empty() ? "As close as " : ", as close as ") + std::string(whose);
    } else {
      const std::string amount = accuracy_percent(std::abs(closer)) + " " + (closer > 0 ? "closer" : "further off") + " than ";
      words += (words.empty() ? "" : ", ") + amount + std::string(whose);
    }
  };
  tell(community, "the public’s rating");
  tell(mean, "your own mean");
  return words.empty() ? words : words + ".";
}

void comparison(Column& column, std::vector<MethodScore> methods, const Measure& measure) {
  const auto& colors = theme::colors();
  // Ours first, then from the closest to the furthest.
  std::stable_sort(methods.begin(), methods.end(), [&](const MethodScore& a, const MethodScore& b) {
    if ((a.method == "final") != (b.method == "final")) return a.method == "final";
    return measure.of(a) < measure.of(b);
  });
  double most = 0;
  for (const MethodScore& one : methods) most = std::max(most, measure.of(one));
  const float width = column.width();
  const bool beside = width >= 400;  // name, bar and figure in one line
  float name_width = 0;
  for (const MethodScore& one : methods)
    name_width = std::max(name_width, text::measure(named(one.method).name, {.weight = Weight::bold}).x);
  const float figures = std::max(56.0F, theme::grown(44));
  const float line = theme::line_of(Type::body);
  mirror::Scope table({.role = mirror::Role::table,
                       .name = "How far off each way of predicting is",
                       .count = static_cast<int>(methods.size()) + 1,
                       .columns = 3});
  {
    const ImRect head = column.take(beside ? theme::line_of(Type::tiny) + 4 : theme::line_of(Type::tiny) + 2);
    const mirror::Scope row({.role = mirror::Role::row, .position = 1});
    const float third = head.GetWidth() / 3;
    const auto header = [&](int place, std::string_view words) {
      const float left = head.Min.x + third * static_cast<float>(place);
      mirror::info(ImRect(ImVec2(left, head.Min.y), ImVec2(left + third, head.Max.y)), {.role = mirror::Role::columnheader, .text = words});
    };
    header(0, "Way of predicting");
    header(1, measure.mean() ? "Off by, stars" : "Typical miss, stars");
    header(2, "Typical miss, stars");
    text::line(ImVec2(head.Max.x, head.Min.y), measure.mean() ? "off by, stars" : "typical miss, stars",
               {.type = Type::tiny, .color = colors.muted, .align = Align::right, .said = false});
  }
  int position = 1;
  for (const MethodScore& one : methods) {
    const bool ours = one.method == "final";
    const Named name = named(one.method);
    const Weight weight = ours ? Weight::bold : Weight::regular;
    const text::Style naming{.weight = weight, .color = ours ? colors.text : colors.muted, .said = false};
    const float name_height = beside ? line : text::paragraph_height(name.name, width - figures, naming);
    const ImRect box = column.take(beside ? line + 8 : name_height + 20);
    const mirror::Scope row({.role = mirror::Role::row, .position = ++position});
    // In a narrow column the name is above the bar, and may be as wide as both.
    const ImVec2 end(beside ? box.Min.x + name_width + 16 : box.Max.x - figures, beside ? box.Max.y : box.Min.y + name_height);
    mirror::info(ImRect(box.Min, end), {.role = mirror::Role::rowheader, .text = name.name, .description = name.term});
    mirror::info(beside ? ImRect(ImVec2(end.x, box.Min.y), ImVec2(box.Max.x - figures, box.Max.y))
                        : ImRect(ImVec2(box.Min.x, end.y), ImVec2(end.x, box.Max.y)),
                 {.role = mirror::Role::cell, .text = words::number(measure.of(one), 2)});
    mirror::info(ImRect(ImVec2(box.Max.x - figures, box.Min.y), box.Max), {.role = mirror::Role::cell, .text = words::number(one.rmse, 2)});
    const float top = beside ? box.GetCenter().y - line / 2 : box.Min.y;
    text::paragraph(ImVec2(box.Min.x, top), width - figures, name.name, naming);
    text::line(ImVec2(box.Max.x, top), words::number(measure.of(one), 2),
               {.weight = ours ? Weight::bold : Weight::semibold, .color = colors.text, .align = Align::right, .said = false});
    const ImRect bar = beside ? ImRect(ImVec2(end.x, box.GetCenter().y - 7), ImVec2(box.Max.x - figures, box.GetCenter().y + 7))
                              : ImRect(ImVec2(box.Min.x, box.Min.y + name_height + 2), ImVec2(box.Max.x, box.Min.y + name_height + 10));
    draw_amount_bar(bar, measure.of(one) / most, ours ? colors.accent : colors.edge);
    if (!name.term.empty() && ImGui::IsMouseHoveringRect(box.Min, box.Max))
      tooltip(ImRect(box.Min, end), std::string(name.term) + " · typical miss " + words::number(one.rmse, 2));
  }
}

}  // namespace

void accuracy_headline(Column& outer, const AccuracyPage& page) {
  const auto& report = page.report;
  const auto& colors = theme::colors();
  const MethodScore* ours = find(report.methods, "final");
  if (!ours) ours = &report.methods.front();
  const Measure measure(report.methods);
  const std::string noun(accuracy_noun(page, false));
  Section section("headline", outer, "How far off the predictions are", page.narrow);
  Column& column = section.column();
  column.gap(4);

  const bool beside = column.width() >= 720;
  const float words_width = beside ? std::round(column.width() * 0.4F) : column.width();
  const float top = column.y();
  Column left(column.at(), words_width);
  const std::string figure = words::number(measure.of(*ours), 2);
  const float wide = text::line(left.at(), figure, {.type = Type::hero, .weight = Weight::bold, .said = false});
  constexpr std::string_view unit = "stars off";
  const text::Style unit_style{.type = Type::subheading, .weight = Weight::bold, .color = colors.faint, .said = false};
  const bool below = wide + 10 + text::measure(unit, unit_style).x > left.width();
  const float unit_line = theme::line_of(Type::subheading);
  text::line(below ? ImVec2(left.at().x, left.y() + theme::line_of(Type::hero))
                   : ImVec2(left.at().x + wide + 10, left.y() + theme::line_of(Type::hero) - unit_line - 3),
             unit, unit_style);
  left.skip(theme::line_of(Type::hero) + (below ? unit_line : 0));
  left.gap(8);
  std::string sentence = "Your " + noun + " predictions are " +
                         (measure.mean() ? "off by " + figure + " stars on average" : "typically off by " + figure + " stars") + " over " +
                         words::count(report.ratings, "rating", "ratings") + " they had not seen";
  const MethodScore* mean = find(report.methods, "mean");
  const MethodScore* community = find(report.methods, "community");
  if (mean) sentence += "; your own mean is off by " + words::number(measure.of(*mean), 2);
  if (mean && community) sentence += ", the public’s rating by " + words::number(measure.of(*community), 2);
  left.skip(text::paragraph(left.at(), left.width(), sentence + ".", {}));
  const std::string verdict = compared(*ours, report.methods, measure);
  if (!verdict.empty()) {
    left.gap(8);
    left.skip(text::paragraph(left.at(), left.width(), verdict, {.weight = Weight::semibold}));
  }
  if (beside) {
    const float across = column.at().x + words_width + 40;
    Column right(ImVec2(across, top + 4), column.at().x + column.width() - across);
    comparison(right, report.methods, measure);
    column.skip(std::max(left.y(), right.y()) - top);
  } else {
    column.skip(left.y() - top);
    column.gap(16);
    comparison(column, report.methods, measure);
  }
}

}  // namespace hub::ui::views
