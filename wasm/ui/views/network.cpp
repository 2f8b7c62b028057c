#include "wasm/ui/views/network.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "wasm/platform/host.hpp"
#include "wasm/platform/mirror.hpp"
#include "wasm/platform/scroll.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/asked_services.hpp"
#include "wasm/ui/views/words.hpp"
#include "wasm/ui/widgets/section.hpp"
#include "wasm/ui/widgets/switch_control.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui::views {
namespace {

using text::Align;
using theme::Type;
using theme::Weight;

std::string outcome_words(const protocol::NetworkEntry& entry) {
  if (entry.outcome == "under_way") return "under way";
  if (entry.outcome == "from_cache") return "from the cache, nothing sent";
  if (entry.outcome == "stopped") return "stopped";
  if (entry.outcome == "failed") return "no answer";
  return words::size(entry.bytes);
}

/// "14:03:09" on this device's clock.
std::string clock_of(const std::string& time) {
  if (time.size() < 19) return time;
  const auto two = [&](std::size_t at) { return (time[at] - '0') * 10 + (time[at + 1] - '0'); };
  constexpr int day = 24 * 60;
  const int minutes = (two(11) * 60 + two(14) + host::utc_offset_minutes(host::wall_clock()) + day) % day;
  const auto padded = [](int value) { return (value < 10 ? "0" : "") + std::to_string(value); };
  return padded(minutes / 60) + ":" + padded(minutes % 60) + ":" + padded(two(17));
}

void ledger(Column& column, const protocol::Network& network) {
  const auto& colors = theme::colors();
  column.gap(16);
  column.skip(text::heading(column.at(), column.width(), "Requests of this visit", 3, {.type = Type::body, .weight = Weight::semibold}));
  column.gap(4);
  const std::string sum = network.entries.empty()
                              ? std::string("None so far.")
                              : words::count(network.sent, "request", "requests") + " sent, " + words::size(network.bytes) +
                                    " received. This list is gone when the page is closed.";
  column.skip(text::paragraph(column.at(), column.width(), sum, {.type = Type::small, .color = colors.muted}));
  if (network.entries.empty()) return;
  column.gap(8);
  const float row = 2 * theme::line_of(Type::small) + 12;
  const int count = static_cast<int>(network.entries.size());
  const ImRect box = column.take(row * static_cast<float>(std::min(count, 5)));
  ImGui::SetCursorScreenPos(box.Min);
  ScrollArea area("ledger", box.GetSize(), {}, {.role = mirror::Role::list, .name = "Requests", .count = count});
  for (const int i : area.rows(count, row)) {
    const auto& entry = network.entries[static_cast<std::size_t>(i)];
    mirror::Scope item({.role = mirror::Role::listitem, .position = i + 1, .count = count});
    const float y = area.row_top(i) + 4;
    const float right = box.Max.x - 12;
    const std::string clock = clock_of(entry.time);
    const text::Style quiet{.type = Type::small, .color = colors.faint};
    const text::Style beside{.type = Type::small, .color = colors.muted, .align = Align::right};
    const float left = box.Min.x + text::measure("00:00:00", quiet).x + 14;
    const std::string outcome = outcome_words(entry);
    text::line(ImVec2(box.Min.x, y), clock, quiet);
    text::line(ImVec2(left, y), entry.purpose, {.type = Type::small, .max_width = right - left});
    const float second = y + theme::line_of(Type::small);
    text::line(ImVec2(left, second), entry.host,
               {.type = Type::small, .color = colors.muted, .max_width = right - left - text::measure(outcome, beside).x - 12});
    text::line(ImVec2(right, second), outcome, beside);
  }
}

}  // namespace

void network(Column& page, bool narrow) {
  Client& hub = client();
  const auto& colors = theme::colors();
  const protocol::Network& network = hub.network();
  Section section("network", page, "Network", narrow);
  Column& column = section.column();
  const auto paragraph = [&](std::string_view words, ImU32 color, Type type = Type::body) {
    column.skip(text::paragraph(column.at(), column.width(), words, {.type = type, .color = color}));
  };
  if (network.services.empty()) {
    paragraph("This page asks nobody: it was set up without services, and only its own files are fetched.", colors.muted);
    return;
  }
  std::vector<std::string> names;
  for (const auto& service : network.services) names.push_back(service.name);
  paragraph(
      "When you type a title in Predict, the words you typed are sent to " + words::enumerated(names) +
          ", as far as they know titles of that type; when you open a title that one of them found, it is asked for the facts of it. "
          "A work on the screen that has a picture at its service, the Cover Art Archive or Open Library is shown with it. "
          "Your own titles are asked for only then, when you look up missing facts, or the right work of one, or when the picture model wants "
          "their posters. "
          "Nothing else of yours is sent, ever: no ratings, no name, no cookie. They see your internet address, as any site does.",
      colors.muted);
  if (!network.by_proxy.empty()) {
    column.gap(8);
    paragraph(
        words::enumerated(network.by_proxy) + " want a key and are asked through " + network.proxy +
            ", which whoever hosts this page runs for it. It sees what is asked and your internet address; they see it in your place.",
        colors.muted);
  }
  column.gap(12);
  constexpr std::string_view offline = "Stay offline";
  if (switch_control("stay offline", column.at(), column.width(), offline, network.stay_offline)) hub.stay_offline(!network.stay_offline);
  column.skip(switch_control_height(column.width(), offline));
  column.gap(4);
  paragraph(network.stay_offline ? "Nobody is asked. The catalogue, your library and what was found before can still be searched."
                                 : "Switch this on, and nothing is sent to anybody.",
            colors.faint, Type::small);
  if (network.kept_bytes > 0) {
    column.gap(4);
    paragraph(words::size(network.kept_bytes) +
                  " of answers are kept on this device, so that they need not be asked for again. They are in no "
                  "backup and go after 30 days at the latest.",
              colors.faint, Type::small);
  }
  ledger(column, network);
  column.gap(16);
  column.skip(text::heading(column.at(), column.width(), "Whose facts they are", 3, {.type = Type::body, .weight = Weight::semibold}));
  column.gap(4);
  draw_attributions(column, network.services);
}

}  // namespace hub::ui::views
