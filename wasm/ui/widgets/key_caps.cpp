#include "wasm/ui/widgets/key_caps.hpp"

#include <algorithm>

#include "wasm/ui/theme.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui {

namespace {

constexpr float gap = 4;
constexpr text::Style label{.type = theme::Type::tiny, .weight = theme::Weight::semibold, .said = false};

float height() {
  return theme::line_of(theme::Type::tiny) + 6;
}

float width_of(const std::string& key) {
  return std::max(height(), text::measure(key, label).x + 12);
}

}  // namespace

float key_caps_width(const std::vector<std::string>& keys) {
  float width = keys.empty() ? 0 : gap * static_cast<float>(keys.size() - 1);
  for (const std::string& key : keys) width += width_of(key);
  return width;
}

void key_caps(ImVec2 at, const std::vector<std::string>& keys) {
  const auto& colors = theme::colors();
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float half = height() / 2;
  float x = at.x;
  for (const std::string& key : keys) {
    const float width = width_of(key);
    const ImVec2 min(x, at.y - half);
    const ImVec2 max(x + width, at.y + half);
    list->AddRectFilled(min, max, colors.background, 5);
    list->AddRect(min, max, colors.edge, 5, 1.0F);
    text::Style style = label;
    style.color = colors.muted;
    style.align = text::Align::center;
    text::line(ImVec2(x + width / 2, at.y - theme::line_of(theme::Type::tiny) / 2), key, style);
    x += width + gap;
  }
}

std::string key_words(const std::vector<std::string>& keys, std::string_view between) {
  std::string words;
  for (const std::string& key : keys) {
    if (!words.empty()) words += between;
    words += key;
  }
  return words;
}

}  // namespace hub::ui
