#include "wasm/ui/widgets/tooltip.hpp"

#include <algorithm>

#include "wasm/platform/display.hpp"
#include "wasm/platform/fonts.hpp"
#include "wasm/platform/input.hpp"
#include "wasm/ui/theme.hpp"

namespace hub::ui {

void tooltip(const ImRect& anchor, std::string_view words) {
  if (input::pointer() == ImGuiMouseSource_TouchScreen) return;  // a finger would cover it
  const auto& c = theme::colors();
  const fonts::With font(fonts::regular(), theme::size_of(theme::Type::small));
  const ImVec2 size = fonts::measure(words);
  const ImVec2 page = display::size();
  const float width = size.x + 20;
  const float height = theme::line_of(theme::Type::small) + 10;
  const float left = std::clamp(anchor.GetCenter().x - width / 2, 8.0F, std::max(8.0F, page.x - width - 8));
  const float top = anchor.Max.y + 8 + height < page.y ? anchor.Max.y + 8 : anchor.Min.y - 8 - height;
  ImDrawList* list = ImGui::GetForegroundDrawList();
  list->AddRectFilled(ImVec2(left, top), ImVec2(left + width, top + height), c.text, 6.0F);
  fonts::draw_text(list, ImVec2(left + 10, top + (height - size.y) / 2), c.background, words);
}

}  // namespace hub::ui
