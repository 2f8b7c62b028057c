#include "wasm/ui/views/missing_facts.hpp"

#include <string>

#include "wasm/platform/mirror.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/words.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/button_row.hpp"
#include "wasm/ui/widgets/progress.hpp"
#include "wasm/ui/widgets/section.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui::views {
namespace {

using theme::Type;

std::string time_left(std::uint32_t seconds) {
  if (seconds < 60) return "less than a minute left";
  const std::uint32_t minutes = (seconds + 30) / 60;
  if (minutes < 90) return "about " + words::count(minutes, "minute", "minutes") + " left";
  return "about " + words::count((minutes + 30) / 60, "hour", "hours") + " left";
}

std::string status_words(const protocol::Filling& filling) {
  const std::string counts = words::count(filling.done) + " of " + words::count(filling.done + filling.left);
  if (filling.state == "through")
    return filling.done == 0
               ? "No title lacks facts that could be looked up."
               : "Looked up " + words::count(filling.done, "title", "titles") + ", and found more of " + words::count(filling.found) + ".";
  if (filling.state == "off") return "Paused after " + counts + ", " + words::count(filling.found) + " found.";
  if (filling.state == "waiting") return "Waiting after " + counts + ". " + filling.words;
  std::string told = "Looked up " + counts + ", " + words::count(filling.found) + " found";
  if (filling.seconds_left) told += " · " + time_left(*filling.seconds_left);
  return told;
}

void status(Column& column, const protocol::Filling& filling) {
  const std::string told = status_words(filling);
  const ImVec2 at = column.at();
  const float height = text::paragraph(at, column.width(), told, {.said = false});
  mirror::status(ImRect(at, ImVec2(at.x + column.width(), at.y + height)), "Missing facts", told);
  column.skip(height);
  if (filling.left == 0) return;
  column.gap(8);
  progress_bar(column.take(6), "Titles looked up", static_cast<float>(filling.done) / static_cast<float>(filling.done + filling.left));
  if (filling.state != "asking") return;
  column.gap(8);
  // Its room stays between two titles. It is no part of what is said aloud of itself, as it changes all the time.
  const ImRect line = column.take(theme::line_of(Type::small));
  const text::Style quiet{.type = Type::small, .color = theme::colors().faint, .max_width = line.GetWidth()};
  if (!filling.title.empty()) text::line(line.Min, "Now: " + filling.title, quiet);
}

}  // namespace

void missing_facts(Column& page, bool narrow) {
  Client& hub = client();
  // A copy, as pressing a button changes it while it is being drawn.
  const protocol::Filling filling = hub.filling();
  const bool off = filling.state == "off";
  if (filling.state == "none" || hub.demo() || hub.read_only() || (off && filling.left == 0)) return;
  const auto& colors = theme::colors();
  Section section("missing facts", page, "Missing facts", narrow);
  Column& column = section.column();
  const std::string asked = words::enumerated(filling.services);
  const bool begun = filling.done > 0 || !off;
  const std::string lack = filling.left == 1 ? "One of your titles lacks" : words::count(filling.left) + " of your titles lack";
  const std::string intro = begun ? "What your titles lack is looked up at " + asked +
                                        ", the ones you rated last first. What is found is in your library, and predictions follow."
                                  : lack + " genres, makers, cast or other facts that predictions learn from. They can be looked up at " +
                                        asked + ", one after another.";
  column.skip(text::paragraph(column.at(), column.width(), intro, {.color = colors.muted}));
  column.gap(4);
  column.skip(
      text::paragraph(column.at(), column.width(),
                      "Sent are a title, its maker and the ids that other services gave it. Your ratings are never sent, nor who you "
                      "are; as with any request, the service sees your internet address.",
                      {.type = Type::small, .color = colors.faint}));
  column.gap(16);
  if (begun) {
    status(column, filling);
    column.gap(16);
  }
  if (off) {
    const std::string label = begun ? "Go on" : "Look up " + words::count(filling.left, "title", "titles");
    const ButtonOptions options{.kind = ButtonKind::primary, .icon = Icon::search, .name = begun ? "Go on looking up titles" : ""};
    if (column_button(column, "fill", label, options)) hub.fill_facts(true);
  } else {
    const bool through = filling.state == "through";
    if (through) {
      column.skip(text::paragraph(column.at(), column.width(), "Titles that you bring later are looked up too.", {.color = colors.muted}));
      column.gap(12);
    }
    const std::string label = through ? "Stop doing so" : "Pause";
    const ButtonOptions options{.name = through ? "Stop looking up titles" : "Pause looking up titles"};
    if (column_button(column, "rest", label, options)) hub.fill_facts(false);
  }
}

}  // namespace hub::ui::views
