#include "wasm/ui/views/own_marks.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "wasm/platform/mirror.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/words.hpp"
#include "wasm/ui/widgets/chip.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui::views {
namespace {

using theme::Type;

/// Earlier ratings that are told one by one.
constexpr std::size_t most_earlier = 4;

std::string history(const Item& item, const Entry& entry) {
  const Deeds& deeds = entry.deeds;
  std::string text;
  const auto add = [&](const std::string& part) {
    if (!part.empty()) text += (text.empty() ? "" : " · ") + part;
  };
  if (deeds.times > 1) add(std::string(seen_word(item.type)) + " " + words::count(deeds.times) + " times");
  if (deeds.parts > 0 && item.type == MediaType::show) add(words::count(deeds.parts, "episode", "episodes"));
  if (deeds.hours >= 1) add(words::count(static_cast<std::uint64_t>(deeds.hours + 0.5)) + " h");
  if (!deeds.last.empty()) add((deeds.seen || deeds.begun || deeds.dropped ? "last on " : "noted on ") + words::date(deeds.last));
  std::string earlier;
  const std::size_t first = entry.earlier.size() - std::min(entry.earlier.size(), most_earlier);
  for (std::size_t i = first; i < entry.earlier.size(); ++i)
    earlier += (earlier.empty() ? "rated before: " : ", ") + words::stars(entry.earlier[i].normalised()) + " on " +
               words::date(entry.earlier[i].date);
  add(earlier);
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

}  // namespace

std::string_view seen_word(MediaType type) {
  switch (type) {
    case MediaType::game: return "Played";
    case MediaType::album: return "Heard";
    case MediaType::book: return "Read";
    default: return "Watched";
  }
}

void own_marks(Column& column, const Item& item) {
  Client& hub = client();
  const Entry* entry = hub.library().find(item.id);
  const Deeds deeds = entry ? entry->deeds : Deeds();
  struct Mark {
    const char* mark;
    std::string_view label;
    bool on;
    bool always;  ///< shown where it is not set too
  };
  const std::array<Mark, 6> marks{{{"wished", "Wish list", deeds.wished, true},
                                   {"seen", seen_word(item.type), deeds.seen, true},
                                   {"begun", "Begun", deeds.begun, false},
                                   {"dropped", "Given up", deeds.dropped, false},
                                   {"owned", "Owned", deeds.owned, false},
                                   {"liked", "Liked", deeds.liked, false}}};
  if (!hub.read_only()) {
    mirror::Scope group({.role = mirror::Role::group, .name = "Your marks"}, ImGui::GetID("marks"));
    const float left = column.at().x;
    const float height = chip_size("Liked").y;
    float x = left;
    for (const Mark& one : marks) {
      if (!one.on && !one.always) continue;
      const ChipOptions options{.selected = one.on};
      const float wide = chip_size(one.label, options).x;
      if (x > left && x + wide > left + column.width()) {
        x = left;
        column.skip(height + 8);
      }
      if (chip(one.mark, ImVec2(x, column.y()), one.label, options)) hub.mark(item.id, one.mark, !one.on);
      x += wide + 8;
    }
    column.skip(height);
  }
  if (!entry) return;
  if (const std::string told = history(item, *entry); !told.empty()) {
    column.gap(8);
    column.skip(text::paragraph(column.at(), column.width(), told, {.type = Type::small, .color = theme::colors().muted}));
  }
}

}  // namespace hub::ui::views
