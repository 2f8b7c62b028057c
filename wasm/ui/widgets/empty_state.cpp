#include "wasm/ui/widgets/empty_state.hpp"

#include <algorithm>
#include <cmath>

#include "wasm/platform/mirror.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui {

int empty_state(const char* id, const ImRect& box, const EmptyState& what) {
  ImGui::PushID(id);
  const auto& c = theme::colors();
  const float width = std::min(box.GetWidth() - 32, 420.0F);
  const text::Style title{.type = theme::Type::heading, .weight = theme::Weight::bold};
  const text::Style words{.color = c.muted};
  const float title_height = text::paragraph_height(what.title, width, title);
  const float words_height = text::paragraph_height(what.words, width, words);
  const bool buttons = !what.action.empty() || !what.second.empty();
  const float height = 72 + title_height + 8 + words_height + (buttons ? 24 + theme::control_height() : 0);
  const float left = std::round(box.GetCenter().x - width / 2);
  float y = std::max(box.Min.y + 16, std::round(box.GetCenter().y - height * 0.55F));
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddCircleFilled(ImVec2(box.GetCenter().x, y + 28), 28, c.raised);
  draw_icon(list, what.icon, ImVec2(box.GetCenter().x, y + 28), 26, c.muted);
  y += 72;
  // Centred only where it is one line: several centred lines are hard to read, but short ones look lost at the left.
  const auto centred = [&](std::string_view content, const text::Style& style, bool heading) {
    const float one = text::measure(content, style).x;
    const float at = one < width ? std::round(box.GetCenter().x - one / 2) : left;
    const float room = one < width ? one + 2 : width;
    return heading ? text::heading(ImVec2(at, y), room, content, 2, style) : text::paragraph(ImVec2(at, y), room, content, style);
  };
  y += centred(what.title, title, true) + 8;
  y += centred(what.words, words, false) + 24;
  int pressed = 0;
  if (buttons) {
    const ButtonOptions first{.kind = ButtonKind::primary};
    const ButtonOptions second{};
    const float first_width = what.action.empty() ? 0 : button_size(what.action, first).x;
    const float second_width = what.second.empty() ? 0 : button_size(what.second, second).x;
    const float gap = first_width > 0 && second_width > 0 ? 12.0F : 0.0F;
    const float together = first_width + gap + second_width;
    const bool stacked = together > box.GetWidth() - 32;  // on a phone one above the other
    const auto left_of = [&](float own) { return std::round(box.GetCenter().x - (stacked ? own : together) / 2); };
    if (first_width > 0 && button("action", ImVec2(left_of(first_width), y), what.action, first)) pressed = 1;
    const ImVec2 next =
        stacked ? ImVec2(left_of(second_width), y + theme::control_height() + 12) : ImVec2(left_of(0) + first_width + gap, y);
    if (second_width > 0 && button("second", next, what.second, second)) pressed = 2;
  }
  ImGui::PopID();
  return pressed;
}

}  // namespace hub::ui
