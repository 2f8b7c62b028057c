#include <algorithm>
#include <cmath>
#include <string>

#include "wasm/platform/mirror.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/accuracy_parts.hpp"
#include "wasm/ui/views/words.hpp"
#include "wasm/ui/widgets/chart_bars.hpp"
#include "wasm/ui/widgets/section.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui::views {
namespace {

using text::Align;
using theme::Type;
using theme::Weight;

void bar_row(Column& column, std::string_view name, double error, double most, bool used) {
  const auto& colors = theme::colors();
  const float line = theme::line_of(Type::body);
  const ImRect box = column.take(line + 18);
  const mirror::Scope item({.role = mirror::Role::listitem});
  mirror::text(box, std::string(name) + ": " + words::number(error, 2) + " stars");
  text::line(box.Min, name,
             {.weight = used ? Weight::semibold : Weight::regular, .color = used ? colors.text : colors.muted, .said = false});
  text::line(ImVec2(box.Max.x, box.Min.y), words::number(error, 2), {.weight = Weight::semibold, .align = Align::right, .said = false});
  draw_amount_bar(ImRect(ImVec2(box.Min.x, box.Min.y + line + 2), ImVec2(box.Max.x, box.Min.y + line + 10)), error / most,
                  used ? colors.accent : colors.edge);
}

bool other_types_rated(MediaType type) {
  const auto& library = client().library();
  return library.rating_count() > library.rating_count(type);
}

}  // namespace

float accuracy_together(Column& outer, const AccuracyPage& page, float least_height) {
  const auto& report = page.report;
  const std::string several(accuracy_noun(page, true));
  Section section("together", outer, "What your other ratings add", page.narrow, least_height);
  Column& column = section.column();
  if (!report.together) {
    if (!report.pending && !other_types_rated(report.type)) {
      accuracy_paragraph(column, "You have rated " + several + " only. With ratings of something else, what you like there is tried on " +
                                     several + " as well.");
      return section.height();
    }
    accuracy_missing(column, page, report.needs.together, "The comparison with your other ratings");
    return section.height();
  }
  const auto& together = *report.together;
  const double gain = together.rmse_alone - together.rmse_together;
  std::string words = "What you like elsewhere ";
  if (together.weight < 0.005) {
    words += "was tried on " + several + " and does not help, so it is not used.";
  } else {
    words += gain >= 0.005 ? "brings these predictions " + words::number(gain, 2) + " stars closer"
                           : std::string("makes next to no difference to these predictions");
    words += ": a model of everything you rated counts for " + accuracy_percent(together.weight) + " of each.";
  }
  accuracy_paragraph(column, words, false);
  column.gap(12);
  const double most = std::max(together.rmse_alone, together.rmse_together);
  const mirror::Scope list({.role = mirror::Role::list, .name = "Typical miss"});
  bar_row(column, "From ratings of " + several + " alone", together.rmse_alone, most, together.weight < 0.005);
  bar_row(column, "From all your ratings together", together.rmse_together, most, together.weight >= 0.005);
  accuracy_note(column, "Typical miss in stars, on ratings that were not seen.");
  return section.height();
}

}  // namespace hub::ui::views
