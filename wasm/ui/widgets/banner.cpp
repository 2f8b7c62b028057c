#include "wasm/ui/widgets/banner.hpp"

#include <algorithm>
#include <cmath>

#include "wasm/platform/mirror.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui {

BannerResult banner(const char* id, ImVec2 at, float width, std::string_view words, const BannerOptions& options) {
  ImGui::PushID(id);
  BannerResult result;
  const auto& c = theme::colors();
  const ButtonOptions action{.compact = true};
  const float dismiss = options.dismissable ? 36.0F : 0.0F;
  const ImVec2 first = options.action.empty() ? ImVec2(0, 0) : button_size(options.action, action);
  const ImVec2 second = options.second.empty() ? ImVec2(0, 0) : button_size(options.second, action);
  const float between = first.x > 0 && second.x > 0 ? 8.0F : 0.0F;
  const ImVec2 action_size(first.x + between + second.x, std::max(first.y, second.y));
  const text::Style style{.type = width < 480 ? theme::Type::small : theme::Type::body};
  // The buttons stand beside the words while these take two lines, else below.
  const float beside_width = width - 52 - dismiss - action_size.x - 24;
  const bool below =
      action_size.x > 0 && (beside_width < 120 || text::paragraph_height(words, beside_width, style) > theme::line_of(style.type) * 2.5F);
  const float text_width = below || action_size.x == 0 ? width - 52 - dismiss - 12 : beside_width;
  const float text_height = text::paragraph_height(words, text_width, style);
  float height = text_height + 24;
  if (!below) height = std::max(height, action_size.y + 16);
  if (below) height += action_size.y + 8;
  const ImRect box(at, ImVec2(at.x + width, at.y + height));
  const ImU32 color = options.kind == BannerKind::error     ? c.down
                      : options.kind == BannerKind::warning ? c.accent
                      : options.kind == BannerKind::good    ? c.up
                                                            : c.focus;
  const Icon icon = options.kind == BannerKind::good ? Icon::check : options.kind == BannerKind::info ? Icon::info : Icon::warning;
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(box.Min, box.Max, c.surface, theme::radius_control);
  list->AddRect(box.Min, box.Max, theme::mixed(c.line, color, 0.5F), theme::radius_control, 1.0F);
  const float words_top = below ? at.y + 12 : std::round(box.GetCenter().y - text_height / 2);
  draw_icon(list, icon, ImVec2(at.x + 26, words_top + theme::line_of(style.type) / 2), 20, color);
  text::paragraph(ImVec2(at.x + 48, words_top), text_width, words, style);
  if (action_size.x > 0) {
    const ImVec2 place = below ? ImVec2(at.x + 48, box.Max.y - action_size.y - 12)
                               : ImVec2(box.Max.x - dismiss - action_size.x - 12, std::round(box.GetCenter().y - action_size.y / 2));
    if (first.x > 0) result.action = button("action", place, options.action, action);
    if (second.x > 0) result.second = button("second", ImVec2(place.x + first.x + between, place.y), options.second, action);
  }
  if (options.dismissable) {
    const float y = below ? at.y + 22 : box.GetCenter().y;
    result.dismissed = icon_button("dismiss", ImRect(ImVec2(box.Max.x - 40, y - 16), ImVec2(box.Max.x - 8, y + 16)), Icon::close, "Dismiss",
                                   {.kind = ButtonKind::quiet});
  }
  result.height = height;
  ImGui::PopID();
  return result;
}

}  // namespace hub::ui
