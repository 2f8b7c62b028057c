#include "wasm/ui/views/asked_services.hpp"

#include <algorithm>
#include <cmath>

#include "imgui.h"

#include "wasm/platform/mirror.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/words.hpp"
#include "wasm/ui/widgets/nav_link.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui::views {
namespace {

/// "Wikidata", "Wikidata and iTunes", "A, B and C".
std::string names_of(const std::vector<std::string>& names) {
  std::string words;
  for (std::size_t i = 0; i < names.size(); ++i) words += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  return words;
}

constexpr text::Style small{.type = theme::Type::small};
constexpr std::string_view link_words = "Source";
constexpr float link_gap = 8;

float words_room(float width) {
  return width - link_gap - text::measure(link_words, {.type = theme::Type::small, .weight = theme::Weight::semibold}).x;
}

constexpr float above_sources = 12;
constexpr float between_sources = 20;

/// Where the notices of the sources go, over as many lines as it takes. @param place  called with each, its offset and the width of its
/// words. @return the height.
template <typename Place>
float flow_sources(float width, Place&& place) {
  const float room = words_room(width);
  float x = 0;
  float y = 0;
  float line = 0;
  for (const protocol::Attribution& one : client().sources()) {
    const float wide = std::min(std::ceil(text::measure(one.words, small).x) + 1, room);
    const float whole = wide + width - room;
    if (x > 0 && x + whole > width) {
      x = 0;
      y += line;
      line = 0;
    }
    line = std::max(line, text::paragraph_height(one.words, wide, small));
    place(one, ImVec2(x, y), wide);
    x += whole + between_sources;
  }
  return y + line;
}

float all_sources_height(float width) {
  return flow_sources(width, [](const auto&, ImVec2, float) {});
}

/// A foot that stands still below a list leaves room for it, on a phone too.
float most_of_foot() {
  return 2 * theme::line_of(theme::Type::small) + 1;
}

}  // namespace

bool asking(const std::vector<protocol::AskedService>& asked) {
  return std::any_of(asked.begin(), asked.end(), [](const auto& one) { return one.state == "asking"; });
}

float asked_share(const std::vector<protocol::AskedService>& asked) {
  if (asked.empty()) return 1;
  const auto ended = std::count_if(asked.begin(), asked.end(), [](const auto& one) { return one.state != "asking"; });
  return static_cast<float>(ended) / static_cast<float>(asked.size());
}

std::string asked_words(const std::vector<protocol::AskedService>& asked) {
  std::vector<std::string> under_way;
  std::vector<std::string> silent;
  for (const auto& one : asked) {
    if (one.state == "asking") under_way.push_back(one.name);
    if (one.state == "failed" && one.code == "offline") return one.words.empty() ? "Offline: only what is here." : one.words;
    if (one.state == "failed" && one.code != "not_found") silent.push_back(one.name);
  }
  std::string words;
  if (!under_way.empty()) words = "Asking " + names_of(under_way) + "…";
  if (!silent.empty()) words += (words.empty() ? "" : " ") + names_of(silent) + " did not answer.";
  return words;
}

float attributions_height(float width, const std::vector<protocol::Attribution>& attributions) {
  float height = 0;
  for (const auto& one : attributions) height += text::paragraph_height(one.words, words_room(width), small);
  return height;
}

void draw_attributions(Column& column, const std::vector<protocol::Attribution>& attributions) {
  const float room = words_room(column.width());
  text::Style style = small;
  style.color = theme::colors().muted;
  for (const auto& one : attributions) {
    ImGui::PushID(one.name.c_str());
    const ImVec2 at = column.at();
    const float wide = std::min(text::measure(one.words, style).x, room);
    column.skip(text::paragraph(at, room, one.words, style));
    // Named without the service: the page's own links are told by names that are parts of these ("Data", "Library").
    text_link("attribution", ImVec2(at.x + wide + link_gap, at.y), link_words, one.address, Icon::none, theme::Type::small);
    ImGui::PopID();
  }
}

float sources_foot_height(float width) {
  const float height = all_sources_height(width);
  if (height == 0) return 0;
  return above_sources + (height > most_of_foot() ? theme::line_of(theme::Type::small) : height);
}

void draw_sources_foot(Column& column) {
  if (all_sources_height(column.width()) <= most_of_foot()) return draw_sources(column);
  column.gap(above_sources);
  text::Style style = small;
  style.color = theme::colors().muted;
  const std::string words = "Facts from " + words::count(client().sources().size(), "service", "services");
  const ImRect line = column.take(theme::line_of(theme::Type::small));
  text::line(line.Min, words, style);
  text_link("sources", ImVec2(line.Min.x + text::measure(words, style).x + link_gap, line.Min.y), "See which", "#/data", Icon::none,
            theme::Type::small);
}

void draw_sources(Column& column) {
  if (client().sources().empty()) return;
  column.gap(above_sources);
  text::Style style = small;
  style.color = theme::colors().muted;
  const ImVec2 top = column.at();
  column.skip(flow_sources(column.width(), [&](const protocol::Attribution& one, ImVec2 offset, float wide) {
    ImGui::PushID(one.name.c_str());
    const ImVec2 at(top.x + offset.x, top.y + offset.y);
    text::paragraph(at, wide, one.words, style);
    text_link("source", ImVec2(at.x + wide + link_gap, at.y), link_words, one.address, Icon::none, theme::Type::small);
    ImGui::PopID();
  }));
}

}  // namespace hub::ui::views
