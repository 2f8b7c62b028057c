// Accuracy: how right the predictions of a type are, on ratings that they had not seen.

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>

#include "wasm/platform/frame.hpp"
#include "wasm/platform/mirror.hpp"
#include "wasm/platform/scroll.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/layout.hpp"
#include "wasm/ui/navigation.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/accuracy_parts.hpp"
#include "wasm/ui/views/asked_services.hpp"
#include "wasm/ui/views/words.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/button_row.hpp"
#include "wasm/ui/widgets/empty_state.hpp"
#include "wasm/ui/widgets/nav_link.hpp"
#include "wasm/ui/widgets/progress.hpp"
#include "wasm/ui/widgets/section.hpp"
#include "wasm/ui/widgets/segmented.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui::views {

using theme::Type;
using theme::Weight;

std::string_view accuracy_noun(const AccuracyPage& page, bool plural) {
  return noun_of(page.report.type, plural);
}

void accuracy_paragraph(Column& column, std::string_view words, bool muted) {
  column.skip(text::paragraph(column.at(), column.width(), words, {.color = muted ? theme::colors().muted : theme::colors().text}));
}

std::string accuracy_percent(double share) {
  return words::number(share * 100, 0) + "\u00a0%";
}

void accuracy_note(Column& column, std::string_view words) {
  column.skip(text::paragraph(column.at(), column.width(), words, {.type = Type::small, .color = theme::colors().faint}));
}

void accuracy_missing(Column& column, const AccuracyPage& page, std::uint32_t from, std::string_view what) {
  const auto& report = page.report;
  const std::string part(what);
  if (report.pending) {
    accuracy_paragraph(column, part + " is being worked out.");
    return;
  }
  const auto rated = static_cast<std::uint32_t>(client().library().rating_count(report.type));
  if (from > rated) {
    accuracy_paragraph(column, part + " needs " + words::count(from, "rating", "ratings") + " of " +
                                   std::string(accuracy_noun(page, true)) + ": " + words::count(from - rated) + " more.");
    column.gap(12);
    progress_bar(column.take(6), std::string(what) + ": ratings so far", static_cast<float>(rated) / static_cast<float>(from));
    return;
  }
  accuracy_paragraph(column, part + " has not been worked out yet.");
}

void accuracy_show_all(Column& column, const char* id, std::string_view what, std::size_t count, bool& all) {
  const std::string name = (all ? "Show fewer " : "Show all ") + std::string(what);
  const std::string label = all ? "Show fewer" : "Show all " + words::count(count);
  const ButtonOptions options{
      .kind = ButtonKind::quiet, .icon = all ? Icon::chevron_up : Icon::chevron_down, .name = name, .compact = true};
  column.gap(4);
  if (column_button(column, id, label, options)) all = !all;
}

namespace {

/// Whose accuracy was looked at last; else the type with most ratings says most.
MediaType chosen_type() {
  static std::optional<MediaType> last;
  if (route().type) {
    last = route().type;
  } else if (!last && client().opened()) {
    last = *std::max_element(media_types.begin(), media_types.end(), [](MediaType a, MediaType b) {
      return client().library().rating_count(a) < client().library().rating_count(b);
    });
  }
  if (last && !route().type) replace_accuracy(*last);
  return last.value_or(MediaType::film);
}

/// What the figures stand on, and whether more of them are on their way. Always as high, so that nothing below moves.
void standing(Column& column, MediaType type, const protocol::ModelReport* report) {
  const auto& training = client().training(type);
  const auto rated = client().library().rating_count(type);
  const bool pending = training.pending || !report || report->pending;
  std::string words = "From " + words::count(rated, "rating", "ratings") + " of " + std::string(noun_of(type, true));
  // Of the two runs one is under way: the training first, then the report on what it made.
  const double progress = training.pending ? training.progress : report ? report->progress : 0;
  if (pending) {
    words += training.pending ? " · being learnt anew" : " · more is being worked out";
    if (progress > 0) words += ", " + accuracy_percent(std::floor(progress * 100) / 100);
  }
  const ImRect line = column.take(theme::line_of(Type::small));
  mirror::status(line, "Report", words);
  text::line(line.Min, words, {.type = Type::small, .color = theme::colors().muted, .max_width = column.width(), .said = false});
  column.gap(6);
  const ImRect bar = column.take(4);
  if (pending) progress_bar(bar, "Working out how right the predictions are", static_cast<float>(progress));
  column.gap(14);
}

/// @return whether there is something to report on; else that was said.
bool worth_reporting(Column& column, const Page& page, MediaType type, const protocol::ModelReport* report) {
  Client& hub = client();
  const std::string several(noun_of(type, true));
  const float room = std::max(280.0F, page.box.Max.y - column.y() - 40);
  if (hub.library().rating_count(type) == 0) {
    const int pressed = empty_state("unrated", column.take(room),
                                    {.icon = Icon::target,
                                     .title = "No " + several + " are rated yet",
                                     .words = "Once you have rated some, they are used to test the predictions: each is predicted without "
                                              "itself and compared with what you gave it.",
                                     .action = "Rate well-known titles",
                                     .second = "Bring your ratings"});
    if (pressed == 1) go(View::start);
    if (pressed == 2) go(View::data);
    return false;
  }
  if (!report) {
    accuracy_paragraph(column, "Looking at your " + std::string(noun_of(type, false)) + " predictions…");
    return false;
  }
  if (report->methods.empty()) {
    Section section("few", column, "How right the predictions are", page.narrow);
    accuracy_missing(section.column(), {*report, page.narrow}, report->needs.methods, "A test of the predictions");
    section.column().gap(16);
    text_link("rate", section.column().at(), "Rate well-known titles", href_of(View::start), Icon::star);
    section.column().skip(theme::line_of(Type::body));
    return false;
  }
  return true;
}

/// Two cards beside each other that end alike, where there is room for that.
using Part = float (*)(Column&, const AccuracyPage&, float least_height);
void side_by_side(Column& column, const char* id, const AccuracyPage& page, Part first, Part second) {
  if (column.width() < 720) {
    first(column, page, 0);
    second(column, page, 0);
    return;
  }
  constexpr float between = 16;
  const float half = std::floor((column.width() - between) / 2);
  const ImVec2 at = column.at();
  const ImGuiID kept = ImGui::GetID(id);
  const float height = ImGui::GetStateStorage()->GetFloat(kept);
  Column left(at, half);
  const float one = first(left, page, height);
  Column right(ImVec2(at.x + half + between, at.y), half);
  const float other = second(right, page, height);
  if (height != std::max(one, other)) {
    ImGui::GetStateStorage()->SetFloat(kept, std::max(one, other));
    frame::request(1);
  }
  column.skip(std::max(left.y(), right.y()) - at.y);
}

void how(Column& column, bool narrow) {
  Section section("how", column, "How this is measured", narrow);
  accuracy_paragraph(section.column(),
                     "Your ratings are dealt into groups. Each group is predicted by a model that learnt from the others alone, so no "
                     "rating takes part in its own prediction. The public’s rating is moved by your habit of rating above or below it, "
                     "learnt in the same way.");
  section.column().gap(8);
  accuracy_note(section.column(),
                "“Off by” is the mean distance between a prediction and your rating (mean absolute error). “Typical miss” counts large "
                "misses for more (root mean square error). Both are in stars out of 5.");
}

}  // namespace

void accuracy(const Page& page) {
  Client& hub = client();
  const MediaType type = chosen_type();
  hub.inspect_model(type);
  title(std::string(heading_of(type)) + " · Accuracy");

  const float padding = page.narrow ? 20.0F : 40.0F;
  ImGui::SetCursorScreenPos(page.box.Min);
  ScrollArea area("accuracy", page.box.GetSize(), {.padding = ImVec2(padding, page.narrow ? 20.0F : 28.0F)},
                  {.role = mirror::Role::group, .name = "Accuracy"});
  Column column(std::min(992.0F, page.box.GetWidth() - 2 * padding));
  const ImVec2 top = column.at();
  const float title_height = theme::line_of(Type::title);
  text::heading(top, column.width(), "Accuracy", 1, {.type = Type::title, .weight = Weight::bold});

  std::array<std::string_view, media_type_count> labels;
  for (const MediaType one : media_types) labels[index_of(one)] = heading_of(one);
  const bool beside = column.width() >= theme::grown(680);
  const float wide = theme::grown(400);
  const float height = segmented_height(beside ? wide : column.width(), labels);
  ImRect choice(ImVec2(top.x + column.width() - wide, top.y), ImVec2(top.x + column.width(), top.y + height));
  if (!beside)
    choice = ImRect(ImVec2(top.x, top.y + title_height + 12), ImVec2(top.x + column.width(), top.y + title_height + 12 + height));
  const auto chosen = static_cast<std::size_t>(segmented("type", choice, "Type", labels, static_cast<int>(index_of(type))));
  if (media_types[chosen] != type) replace_accuracy(media_types[chosen]);
  column.skip(std::max(choice.Max.y - top.y, title_height));
  column.gap(beside ? 8.0F : 12.0F);

  if (!hub.opened()) {
    accuracy_paragraph(column, hub.opening_words());
    return;
  }
  const protocol::ModelReport* report = hub.report();
  ImGui::PushID(name_of(type).data());
  if (type == MediaType::album) accuracy_songs(column, page.narrow);
  if (hub.library().rating_count(type) > 0) standing(column, type, report);
  if (worth_reporting(column, page, type, report)) {
    const AccuracyPage parts{*report, page.narrow};
    accuracy_headline(column, parts);
    side_by_side(column, "charts", parts, accuracy_calibration, accuracy_curve);
    accuracy_misses(column, parts);
    accuracy_groups(column, parts);
    side_by_side(column, "settings", parts, accuracy_together, accuracy_tuning);
    accuracy_models(column, parts);
    how(column, page.narrow);
  }
  ImGui::PopID();
  draw_sources(column);
  column.gap(24);
}

}  // namespace hub::ui::views
