#include "wasm/ui/views/predict_details.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "wasm/platform/display.hpp"
#include "wasm/platform/frame.hpp"
#include "wasm/platform/mirror.hpp"
#include "wasm/platform/scroll.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/layout.hpp"
#include "wasm/ui/navigation.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/asked_services.hpp"
#include "wasm/ui/views/evidence.hpp"
#include "wasm/ui/views/matches.hpp"
#include "wasm/ui/views/own_marks.hpp"
#include "wasm/ui/views/similar.hpp"
#include "wasm/ui/views/words.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/button_row.hpp"
#include "wasm/ui/widgets/card.hpp"
#include "wasm/ui/widgets/chip.hpp"
#include "wasm/ui/widgets/cover.hpp"
#include "wasm/ui/widgets/empty_state.hpp"
#include "wasm/ui/widgets/icon.hpp"
#include "wasm/ui/widgets/nav_link.hpp"
#include "wasm/ui/widgets/prediction_scale.hpp"
#include "wasm/ui/widgets/rating_control.hpp"
#include "wasm/ui/widgets/stars.hpp"
#include "wasm/ui/widgets/text.hpp"
#include "wasm/ui/widgets/waterfall.hpp"

namespace hub::ui::views {
namespace {

using text::Align;
using theme::Type;
using theme::Weight;

/// How the prediction of the open item has moved since it was opened.
struct Watched {
  std::string item;
  double stars = 0;     ///< 0: not known yet
  bool learnt = false;  ///< a trained model has told it: what stands there until then is no prediction that a rating has moved
  double before = 0;    ///< where it was before the last move
  double until = 0;     ///< that is told until then
  bool all_reasons = false;
  bool focus = false;  ///< it was just opened: reading starts at its title
};

Watched& watched() {
  static Watched the;
  return the;
}

constexpr double change_shown = 8;  ///< seconds
constexpr std::size_t reasons_shown = 7;

void watch(const std::string& item_id, const protocol::Details* details) {
  Watched& w = watched();
  if (w.item != item_id) {
    w = Watched();
    w.item = item_id;
    w.focus = true;
  }
  if (!details || details->stars <= 0) return;
  if (w.learnt && std::abs(details->stars - w.stars) >= 0.005) {
    w.before = w.stars;
    w.until = frame::now() + change_shown;
  }
  w.stars = details->stars;
  w.learnt = w.learnt || !details->pending;
}

float tags(ImVec2 at, float width, std::span<const std::string> labels) {
  if (labels.empty()) return 0;
  mirror::Scope list({.role = mirror::Role::list, .name = "Genres"});
  float x = at.x;
  float y = at.y;
  const float height = tag_size("X").y;
  for (const std::string& label : labels) {
    const float wide = tag_size(label).x;
    if (x > at.x && x + wide > at.x + width) {
      x = at.x;
      y += height + 6;
    }
    mirror::Scope item({.role = mirror::Role::listitem});
    x += tag(ImVec2(x, y), label) + 6;
  }
  return y + height - at.y;
}

/// The person's own rating: stars, and what else can be done with the title.
float own_rating(ImVec2 at, float width, const Item& item) {
  Client& hub = client();
  const auto& colors = theme::colors();
  const auto rating = hub.rating(item.id);
  const bool locked = hub.read_only();
  const ImVec2 size = rating_control_size(28);
  const float row = std::max(size.y, 36.0F);
  const auto result = rating_control("rating", ImVec2(at.x, at.y + (row - 28) / 2), rating, {.star = 28, .disabled = locked});
  if (result.rate) hub.rate(item.id, *result.rate);
  if (result.clear) hub.clear_rating(item.id);
  float x = at.x + size.x + 14;
  const float middle = at.y + row / 2;
  if (locked) {
    text::line(ImVec2(x, middle - theme::line_of(Type::small) / 2), "Read only in this tab",
               {.type = Type::small, .color = colors.muted, .max_width = at.x + width - x});
    return row;
  }
  const auto figure = [&](double stars) {
    text::line(ImVec2(x, middle - theme::line_of(Type::subheading) / 2), words::number(stars, 1),
               {.type = Type::subheading, .weight = Weight::bold, .said = false});
    x += text::measure("0.0", {.type = Type::subheading, .weight = Weight::bold}).x + 14;
  };
  if (rating) {
    // What the pointer would choose is told in the same place, so that nothing moves.
    figure(result.preview.value_or(*rating));
    const ImVec2 clear = clear_rating_size();
    // Its label may end at the edge; the room beside that is its own.
    const bool below = x + clear.x - 12 > at.x + width;
    const ImVec2 place = below ? ImVec2(at.x - 12, at.y + row + 4) : ImVec2(x, middle - clear.y / 2);
    if (clear_rating_button("clear", place)) hub.clear_rating(item.id);
    return below ? row + 4 + clear.y : row;
  }
  const bool refused = hub.library().is_not_interested(item.id);
  if (refused) {
    text::paragraph(ImVec2(x, middle - theme::line_of(Type::small)), at.x + width - x,
                    "Not interested: left out of what is suggested. Rate it to take that back.",
                    {.type = Type::small, .color = colors.muted, .max_lines = 2});
    return row;
  }
  const ButtonOptions quiet{.kind = ButtonKind::quiet, .description = "Leaves it out of everything that is suggested", .compact = true};
  const ImVec2 wide = button_size("Not interested", quiet);
  const std::string_view hint = item.type == MediaType::game    ? "Rate it when you have played it"
                                : item.type == MediaType::album ? "Rate it when you have heard it"
                                : item.type == MediaType::book  ? "Rate it when you have read it"
                                                                : "Rate it when you have seen it";
  const text::Style style{.type = Type::small, .color = colors.muted};
  const float hint_width = text::measure(hint, style).x;
  if (x + hint_width + 8 + wide.x <= at.x + width) {
    if (result.preview)
      text::line(ImVec2(x, middle - theme::line_of(Type::subheading) / 2), words::number(*result.preview, 1),
                 {.type = Type::subheading, .weight = Weight::bold, .said = false});
    else
      text::line(ImVec2(x, middle - theme::line_of(Type::small) / 2), hint, style);
    x += hint_width + 8;
  }
  if (x + wide.x > at.x + width) {
    if (button("dismiss", ImVec2(at.x - 12, at.y + row + 4), "Not interested", quiet)) hub.dismiss(item.id);
    return row + 4 + wide.y;
  }
  if (button("dismiss", ImVec2(x, middle - wide.y / 2), "Not interested", quiet)) hub.dismiss(item.id);
  return row;
}

/// What the rating that was just given has moved. It comes when a press is just over, and stands below what may be pressed next.
void moved_by(Column& column, const Item& item) {
  const Moves::Told* told = client().moves();
  if (!told || told->item_id != item.id) return;
  const std::string words = words_of("Your rating", *told, 3);
  column.gap(10);
  const float height =
      text::paragraph(column.at(), column.width(), words, {.type = Type::small, .color = theme::colors().muted, .said = false});
  mirror::status(ImRect(column.at(), ImVec2(column.at().x + column.width(), column.y() + height)), "What moved", words);
  column.skip(height);
}

/// The number, its range and the scale.
float hero(ImVec2 at, float width, const Item& item, const protocol::Details* details) {
  Client& hub = client();
  const auto& colors = theme::colors();
  const Watched& w = watched();
  const bool beside = width >= theme::grown(520);
  const float padding = theme::card_padding(!beside);
  const float room = width - 2 * padding;
  const bool known = details && details->stars > 0;
  const bool pending = (details && details->pending) || hub.training(item.type).pending;
  const std::string range = known ? words::number(details->low, 1) + " – " + words::number(details->high, 1) : std::string();
  const bool public_only = known && (details->basis == "community" || details->basis == "none");
  const std::string_view lead = public_only           ? "What the public makes of it"
                                : hub.rating(item.id) ? "Predicted without your rating"
                                                      : "You would rate it";
  const std::string chance = known ? "8 in 10 chance: " + range : std::string();
  constexpr std::string_view most = "/ 5.00";
  const text::Style quiet{.type = Type::small, .color = colors.muted};
  const text::Style unsaid{.type = Type::small, .color = colors.muted, .said = false};
  const text::Style number{.type = Type::hero, .weight = Weight::bold, .color = colors.accent, .said = false};
  const text::Style unit{.type = Type::subheading, .weight = Weight::bold, .color = colors.faint, .said = false};
  // Large text on a narrow screen takes more lines, and what the number is out of one of its own.
  const bool unit_below = text::measure("0.00", number).x + 10 + text::measure(most, unit).x > room;
  const float lead_height = beside ? theme::line_of(Type::small) : text::paragraph_height(lead, room, quiet);
  const float range_height = beside || !known ? theme::line_of(Type::small) : text::paragraph_height(chance, room, unsaid);
  const float unit_height = unit_below ? theme::line_of(Type::subheading) : 0;
  const float words_height = lead_height + 4 + theme::line_of(Type::hero) + unit_height + 4 + range_height;
  const float scale = prediction_scale_height();
  const float height = padding * 2 - 4 + (beside ? std::max(words_height, scale) : words_height + 16 + scale);
  const ImRect card(at, ImVec2(at.x + width, at.y + height));
  ImDrawList* list = ImGui::GetWindowDrawList();
  draw_card(list, card);
  float x = at.x + padding;
  float y = at.y + padding - 2;

  std::string sentence;
  if (known) {
    sentence = words::number(details->stars, 2) + " / 5.00";
    if (!range.empty()) sentence += ", 8 in 10 chance: " + range;
  }
  mirror::status(card, "Predicted rating", sentence);

  const float lead_width = text::measure(lead, quiet).x;
  if (lead_width <= room)
    text::line(ImVec2(x, y), lead, quiet);
  else
    text::paragraph(ImVec2(x, y), room, lead, quiet);
  // Beside it, in passing: that a newer number is on its way, or where it was before the last change.
  const bool moved = known && !pending && frame::now() < w.until && words::number(w.before, 2) != words::number(details->stars, 2);
  if (pending || moved) {
    const bool up = w.stars > w.before;
    const std::string aside = pending ? std::string("refreshing") : "was " + words::number(w.before, 2);
    const text::Style style{.type = Type::small, .color = pending ? colors.faint : colors.muted};
    const float left = beside ? x + lead_width + 16 : card.Max.x - padding - text::measure(aside, style).x - 20;
    if (left >= x + lead_width + 8) {
      draw_icon(list,
                pending ? Icon::refresh
                : up    ? Icon::sort_up
                        : Icon::sort_down,
                ImVec2(left + 8, y + theme::line_of(Type::small) / 2), 15,
                pending ? colors.faint
                : up    ? colors.up
                        : colors.down);
      text::line(ImVec2(left + 20, y), aside, style);
    }
    if (moved) frame::wake_at(w.until);
  }
  y += lead_height + 4;
  if (!known) {
    text::line(ImVec2(x, y), "…", {.type = Type::hero, .weight = Weight::bold, .color = colors.faint, .said = false});
    return height;
  }
  ImGui::PushID(w.item.c_str());
  const float shown = frame::ease(ImGui::GetID("stars"), static_cast<float>(details->stars), 0.4F);
  ImGui::PopID();
  const float number_width = text::line(ImVec2(x, y), words::number(static_cast<double>(shown), 2), number);
  y += theme::line_of(Type::hero) + unit_height;
  if (unit_below)
    text::line(ImVec2(x, y - unit_height), most, unit);
  else
    text::line(ImVec2(x + number_width + 10, y - theme::line_of(Type::subheading) - 3), most, unit);
  y += 4;
  text::paragraph(ImVec2(x, y), room, chance, unsaid);
  y += range_height;

  ImRect place(ImVec2(x, y + 16), ImVec2(card.Max.x - padding, y + 16 + scale));
  if (beside) {
    const float top = card.Min.y + (height - scale) / 2;
    place = ImRect(ImVec2(x + std::max(270.0F, width * 0.42F), top), ImVec2(card.Max.x - padding, top + scale));
  }
  draw_prediction_scale(place, {.stars = details->stars,
                                .low = details->low,
                                .high = details->high,
                                .community = community_out_of_five(item),
                                .rating = hub.rating(item.id),
                                .pending = pending});
  return height;
}

/// What the prediction stands on.
void standing(Column& column, const protocol::Details& details) {
  if (details.basis_words.empty()) return;
  const auto& colors = theme::colors();
  column.gap(10);
  draw_icon(ImGui::GetWindowDrawList(), Icon::info, ImVec2(column.at().x + 8, column.y() + theme::line_of(Type::small) / 2), 16,
            colors.muted);
  std::string told = details.basis_words;
  if (!told.ends_with('.')) told += '.';
  if (details.held_out) told += " Your own rating of this title is left out of it.";
  column.skip(
      text::paragraph(ImVec2(column.at().x + 22, column.y()), column.width() - 22, told, {.type = Type::small, .color = colors.muted}));
}

/// How far predictions of this type have been right, by the person's own ratings.
void traced(Column& column, MediaType type) {
  const auto& training = client().training(type);
  if (!training.rmse) return;
  std::string told = "Tested on " + words::count(training.ratings, "rating", "ratings") +
                     " of yours, each left out in its turn: predictions are typically off by " + words::number(*training.rmse, 2) +
                     " stars";
  if (training.rmse_mean) told += ", your own mean by " + words::number(*training.rmse_mean, 2);
  if (training.rmse_community) told += ", the public’s rating moved by your habit by " + words::number(*training.rmse_community, 2);
  told += ".";
  if (training.coverage) told += " " + words::number(*training.coverage * 100, 0) + " % fell into their 8 in 10 range.";
  column.gap(12);
  column.skip(text::paragraph(column.at(), column.width(), told, {.type = Type::small, .color = theme::colors().faint}));
  column.gap(4);
  text_link("accuracy", column.at(), "How right they are", href_of_accuracy(type), Icon::none, Type::body, column.width());
  column.skip(theme::line_of(Type::body));
}

/// Words that are too long for one line are broken, beside a bar that stays one.
/// @param broken  at least one row of the list is: then all are set in the smaller size.
float reason_row(ImVec2 at, float width, const WaterfallRow& row, const WaterfallAxis& axis, bool broken) {
  const auto& colors = theme::colors();
  const Weight weight = row.kind == WaterfallKind::total ? Weight::bold : Weight::regular;
  const float room = axis.left - at.x - 12;
  const float least = waterfall_row_height();
  if (!broken || row.kind == WaterfallKind::total) {
    waterfall_row(ImRect(at, ImVec2(at.x + width, at.y + least)), row, axis);
    return least;
  }
  const text::Style style{
      .type = Type::small, .weight = weight, .color = row.kind == WaterfallKind::base ? colors.muted : colors.text, .said = false};
  // Where large text leaves room for hardly a word in a line, the bar has a line of its own below them.
  const bool below = room < theme::grown(84);
  const float words_room = below ? width : room;
  const float words_height = text::paragraph_height(row.words, words_room, style);
  const float height = below ? words_height + least + 6 : std::max(least, words_height + 10);
  const ImRect box(at, ImVec2(at.x + width, at.y + height));
  mirror::Scope item({.role = mirror::Role::listitem, .position = row.position, .count = row.count});
  item.box(box);
  const std::string amount = row.kind == WaterfallKind::step ? words::signed_number(row.to - row.from, 2) : words::number(row.to, 2);
  mirror::text(box, std::string(row.words) + ": " + amount);
  const mirror::Hidden drawn_only;
  text::paragraph(ImVec2(at.x, below ? at.y + 2 : at.y + (height - words_height) / 2), words_room, row.words, style);
  WaterfallRow bar = row;
  bar.words = {};
  waterfall_row(below ? ImRect(ImVec2(at.x, box.Max.y - least - 2), ImVec2(box.Max.x, box.Max.y - 2)) : box, bar, axis);
  return height;
}

void why(Column& column, const protocol::Details& details, bool narrow) {
  const auto& colors = theme::colors();
  Watched& w = watched();
  if (details.reasons.empty() && details.base_words.empty()) return;
  column.skip(text::heading(column.at(), column.width(), "Why", 2, {.type = Type::subheading, .weight = Weight::bold}));
  column.gap(4);

  // Small reasons are told together until they are asked for.
  const std::size_t all = details.reasons.size();
  std::size_t telling = 0;  // what rounds to nothing says nothing by itself
  while (telling < all && std::abs(details.reasons[telling].stars) >= 0.005) ++telling;
  const std::size_t shown = std::max<std::size_t>(std::min(telling, reasons_shown), std::min<std::size_t>(3, all));
  const std::size_t alone = w.all_reasons || all <= shown + 1 ? all : shown;
  double rest = 0;
  for (std::size_t i = alone; i < all; ++i) rest += details.reasons[i].stars;
  std::vector<WaterfallRow> rows;
  const std::string base_words = details.base_words.empty() ? std::string("Start") : details.base_words;
  const std::string rest_words = words::count(all - alone, "smaller reason", "smaller reasons");
  double at = details.base;
  rows.push_back({.kind = WaterfallKind::base, .words = base_words, .from = at, .to = at});
  for (std::size_t i = 0; i < alone; ++i) {
    rows.push_back({.kind = WaterfallKind::step, .words = details.reasons[i].words, .from = at, .to = at + details.reasons[i].stars});
    at += details.reasons[i].stars;
  }
  if (alone < all) {
    rows.push_back({.kind = WaterfallKind::step, .words = rest_words, .from = at, .to = at + rest});
    at += rest;
  }
  const bool public_only = details.basis == "community" || details.basis == "none";
  rows.push_back(
      {.kind = WaterfallKind::total, .words = public_only ? "Predicted" : "You, predicted", .from = details.stars, .to = details.stars});

  double least = details.stars;
  double most = details.stars;
  for (const auto& row : rows) {
    least = std::min({least, row.from, row.to});
    most = std::max({most, row.from, row.to});
  }
  // Not wider than it is: a tenth of a star must not look like a landslide.
  const double missing = std::max(0.0, 1.2 - (most - least)) / 2;
  const float left = column.at().x;
  const float right = left + column.width();
  const float amounts = std::max(58.0F, text::measure("−0.00", {}).x + 12);
  const float bars = narrow ? std::max(72.0F, column.width() * 0.22F) : std::clamp(column.width() * 0.24F, 96.0F, 200.0F);
  const WaterfallAxis axis{
      .least = least - missing, .most = most + missing, .base = details.base, .left = right - amounts - bars, .right = right - amounts};
  const bool broken = std::any_of(rows.begin(), rows.end(),
                                  [&](const WaterfallRow& row) { return text::measure(row.words, {}).x > axis.left - left - 12; });
  {
    mirror::Scope list({.role = mirror::Role::list, .name = "Reasons"});
    for (std::size_t i = 0; i < rows.size(); ++i) {
      rows[i].position = static_cast<int>(i) + 1;
      rows[i].count = static_cast<int>(rows.size());
      if (rows[i].kind == WaterfallKind::total) {
        column.gap(4);
        ImGui::GetWindowDrawList()->AddLine(ImVec2(left, column.y()), ImVec2(right, column.y()), colors.line, 1.0F);
        column.gap(2);
      }
      column.skip(reason_row(column.at(), column.width(), rows[i], axis, broken));
    }
  }
  if (!details.together.empty()) {
    column.gap(4);
    column.skip(text::paragraph(column.at(), column.width(), details.together, {.type = Type::small, .color = colors.muted}));
  }
  if (all > shown + 1) {
    column.gap(4);
    const ButtonOptions quiet{.kind = ButtonKind::quiet, .icon = w.all_reasons ? Icon::chevron_up : Icon::chevron_down, .compact = true};
    const std::string label = w.all_reasons ? "Show fewer" : "Show all " + std::to_string(all) + " reasons";
    if (column_button(column, "reasons", label, quiet)) w.all_reasons = !w.all_reasons;
  }
}

void fact(Column& column, std::string_view name, const std::string& value) {
  if (value.empty()) return;
  const auto& colors = theme::colors();
  const float label = column.width() < 420 ? 96.0F : 128.0F;
  text::line(column.at(), name, {.type = Type::small, .color = colors.faint, .max_width = label - 8});
  column.skip(text::paragraph(ImVec2(column.at().x + label, column.y()), column.width() - label, value,
                              {.type = Type::small, .color = colors.muted}));
  column.gap(6);
}

/// Of what is told in few words: where it came from stands behind it.
void fact_with_source(Column& column, std::string_view name, std::string value, const Item& item, Fact told) {
  const std::string source = source_of(item, told).name;
  if (!value.empty() && !source.empty()) value += " (" + source + ")";
  fact(column, name, value);
}

/// “Discworld, 38 · Tiffany Aching, 4”
std::string series_of(const Item& item) {
  std::string all;
  for (const Series& one : item.series) all += (all.empty() ? "" : " · ") + one.name + (one.part.empty() ? "" : ", " + one.part);
  return all;
}

/// How many it has won and was nominated for, as far as it is known.
std::string counts_of_awards(const Item& item) {
  const auto counted = [](const std::optional<long>& number, std::string_view one, std::string_view many) {
    return number ? words::count(static_cast<std::uint64_t>(*number), one, many) : std::string();
  };
  const std::string won = counted(item.awards_won, "award won", "awards won");
  const std::string nominated = counted(item.nominations, "nomination", "nominations");
  return won + (won.empty() || nominated.empty() ? "" : ", ") + nominated;
}

void more_facts(Column& column, const Item& item, const protocol::Details* details) {
  constexpr std::string_view heading = "About it";
  const text::Style heading_style{.type = Type::subheading, .weight = Weight::bold};
  const float top = column.y();
  column.skip(text::heading(column.at(), column.width(), heading, 2, heading_style));
  // Beside the heading, where nothing moves when it goes: more of it is on its way, or did not come.
  const std::string asked = details ? asked_words(details->asked) : std::string();
  const float right = column.at().x + column.width();
  mirror::status(ImRect(ImVec2(column.at().x, top), ImVec2(right, column.y())), "More facts", asked);
  text::line(ImVec2(right, column.y() - theme::line_of(Type::small) - 2), asked,
             {.type = Type::small,
              .color = theme::colors().faint,
              .align = Align::right,
              .max_width = column.width() - text::measure(heading, heading_style).x - 16,
              .said = false});
  column.gap(8);
  static constexpr std::string_view companies[]{"Companies", "Network", "Publisher", "Label", "Publisher"};
  if (item.original_title != item.title) fact(column, "Original title", item.original_title);
  std::vector<std::pair<std::string, std::string>> roles;
  for (const Creator& creator : item.creators) {
    const auto found = std::find_if(roles.begin(), roles.end(), [&](const auto& role) { return role.first == creator.role; });
    if (found == roles.end())
      roles.emplace_back(creator.role, creator.name);
    else
      found->second += ", " + creator.name;
  }
  for (auto& [role, names] : roles) {
    if (!role.empty() && role[0] >= 'a' && role[0] <= 'z') role[0] = static_cast<char>(role[0] - 'a' + 'A');
    fact(column, role, names);
  }
  fact(column, "With", words::list(item.cast, 8));
  fact(column, companies[index_of(item.type)], words::list(item.companies, 4));
  fact(column, "Themes", words::list(item.keywords, 12));
  fact_with_source(column, "Series", series_of(item), item, Fact::series);
  fact_with_source(column, "Awards", words::list(item.awards, 6), item, Fact::awards);
  const Fact counted = item.awards_won ? Fact::awards_won : Fact::nominations;
  fact_with_source(column, item.awards.empty() ? "Awards" : "In all", counts_of_awards(item), item, counted);
  std::string ratings;
  for (const CommunityRating& rating : item.community) {
    if (!ratings.empty()) ratings += "; ";
    ratings += rating.source + " " + words::stars(rating.rating) + " / " + words::stars(rating.scale);
    if (rating.votes) ratings += ", " + words::count(static_cast<std::uint64_t>(*rating.votes), "vote", "votes");
    if (!rating.date.empty()) ratings += ", " + words::date(rating.date);
  }
  fact(column, "Public rating", ratings);
  std::string source = words::sources(item);
  if (!source.empty() && !item.retrieved.empty()) source += ", " + words::date(item.retrieved);
  fact(column, "Facts from", source);
  if (can_be_matched(item.id)) {
    if (const Matched* said = client().library().match_of(item.id))
      fact(column, "Which work", said->none ? "None of those that are known, as you said. Its facts are not looked up." : "As you said");
    column.gap(2);
    text_link("wrong work", column.at(), "Wrong work?", href_of_match(item.id), Icon::none, Type::small);
    column.skip(theme::line_of(Type::small) + 6);
  }
  if (details) draw_attributions(column, details->attributions);
}

}  // namespace

void predict_details(const ImRect& box, bool narrow, const std::string& item_id, const std::string& back) {
  Client& hub = client();
  const auto& colors = theme::colors();
  hub.inspect(item_id);
  const protocol::Details* details = hub.details();
  watch(item_id, details);
  Watched& w = watched();

  ImGui::SetCursorScreenPos(box.Min);
  const float side = narrow ? 20.0F : std::clamp(box.GetWidth() * 0.06F, 24.0F, 40.0F);
  ImGui::PushID(item_id.c_str());  // another title starts at its top
  {
    ScrollArea area("details", box.GetSize(), {.padding = ImVec2(side, narrow ? 16.0F : 32.0F)},
                    {.role = mirror::Role::region, .name = "Details"});
    const float width = std::min(box.GetWidth() - 2 * side, 760.0F);
    Column column(width);
    if (!back.empty()) {
      text_link("back", column.at(), back, "#/predict", Icon::chevron_left, Type::body, column.width());
      column.skip(theme::line_of(Type::body));
      column.gap(16);
    }
    const Item* item = details && details->item ? &*details->item : hub.item(item_id);
    if (!item) {
      if (details && asking(details->asked)) {
        // A link to a title from elsewhere.
        text::line(column.at(), asked_words(details->asked), {.color = colors.muted});
        column.skip(40);
      } else if (details) {
        const ImRect place = column.take(280);
        const std::string why = asked_words(details->asked);
        if (empty_state("unknown", place,
                        {.icon = Icon::search,
                         .title = "This title is not known here",
                         .words = why.empty() ? "It may have come from a library on another device. Search for it, or import it." : why,
                         .action = "Search"}) == 1)
          go(View::predict);
      } else {
        column.skip(text::paragraph(column.at(), column.width(), client().engine_failed() ? client().opening_words() : "Opening…",
                                    {.color = colors.muted}));
        column.skip(16);
      }
      ImGui::PopID();
      return;
    }
    title(item->title);

    // Head: cover, title, facts; on a desk also synopsis and rating beside the cover.
    const bool roomy = width >= 520;
    const ImVec2 cover = roomy ? ImVec2(168, 252) : ImVec2(104, 156);
    const float top = column.y();
    draw_cover(ImGui::GetWindowDrawList(), ImRect(column.at(), ImVec2(column.at().x + cover.x, top + cover.y)), *item);
    const float gap = roomy ? 28.0F : 16.0F;
    Column head(ImVec2(column.at().x + cover.x + gap, top - 2), width - cover.x - gap);
    // A long title is set smaller rather than cut: here is where it can be read whole.
    text::Style title_style{.type = roomy ? Type::title : Type::heading, .weight = Weight::bold};
    if (text::paragraph_height(item->title, head.width(), title_style) > 3 * theme::line_of(title_style.type))
      title_style.type = roomy ? Type::heading : Type::subheading;
    head.skip(text::heading(head.at(), head.width(), item->title, 1, title_style));
    if (w.focus) {
      // The list on a phone, or the view from which the title was opened, has gone, and with it what had the focus.
      if (narrow || mirror::focus_behind()) mirror::focus_last();
      w.focus = false;
    }
    head.gap(4);
    head.skip(
        text::paragraph(head.at(), head.width(), words::facts(*item), {.type = roomy ? Type::body : Type::small, .color = colors.muted}));
    // Beside the cover of a phone, large words may have no room: they stand below then.
    const std::size_t most_tags = roomy ? 6 : 3;
    const auto shown_tags = std::span(item->genres).first(std::min(most_tags, item->genres.size()));
    const bool tags_fit =
        std::all_of(shown_tags.begin(), shown_tags.end(), [&](const std::string& label) { return tag_size(label).x <= head.width(); });
    if (tags_fit) {
      head.gap(12);
      head.skip(tags(head.at(), head.width(), shown_tags));
    }
    if (roomy) {
      if (!item->synopsis.empty()) {
        head.gap(12);
        head.skip(text::paragraph(head.at(), head.width(), item->synopsis, {.color = colors.muted}));
      }
      head.gap(12);
      head.skip(own_rating(head.at(), head.width(), *item));
      head.gap(12);
      own_marks(head, *item);
    }
    column.skip(std::max(cover.y, head.y() - top));
    if (!tags_fit) {
      column.gap(12);
      column.skip(tags(column.at(), width, shown_tags));
    }
    column.gap(roomy ? 24 : 18);

    column.skip(hero(column.at(), width, *item, details));
    if (details && details->stars > 0) standing(column, *details);
    if (roomy) moved_by(column, *item);
    column.gap(20);
    if (!roomy) {
      column.skip(text::heading(column.at(), width, hub.rating(item_id) ? "Your rating" : "Seen it? Rate it", 2,
                                {.type = Type::subheading, .weight = Weight::bold}));
      column.gap(4);
      column.skip(own_rating(column.at(), width, *item));
      column.gap(12);
      own_marks(column, *item);
      moved_by(column, *item);
      column.gap(24);
    }

    if (details && details->stars > 0) {
      const bool carried = has_evidence(details->carried);
      const bool beside = width >= 590 && carried;
      const float aside = 172;
      const float why_top = column.y();
      {
        Column reasons(column.at(), beside ? width - aside - 40 : width);
        why(reasons, *details, !roomy);
        traced(reasons, item->type);
        column.skip(reasons.y() - why_top);
      }
      if (beside) {
        Column side_column(ImVec2(column.at().x + width - aside, why_top), aside);
        draw_evidence(side_column, details->carried, details->stars);
        column.skip(std::max(0.0F, side_column.y() - column.y()));
      }
      column.gap(28);
      if (!beside && carried) {
        draw_evidence(column, details->carried, details->stars);
        column.gap(28);
      }
    }
    if (!roomy && !item->synopsis.empty()) {
      column.skip(text::paragraph(column.at(), width, item->synopsis, {.color = colors.muted}));
      column.gap(20);
    }
    if (details) draw_similar(column, *item, *details);
    more_facts(column, *item, details);
    column.gap(24);
  }
  ImGui::PopID();
}

}  // namespace hub::ui::views
