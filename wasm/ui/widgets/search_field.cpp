#include "wasm/ui/widgets/search_field.hpp"

#include "wasm/platform/fonts.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui {

namespace {

void draw_frame(const ImRect& box) {
  const auto& c = theme::colors();
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(box.Min, box.Max, c.surface, theme::radius_control);
  list->AddRect(box.Min, box.Max, c.edge, theme::radius_control, 1.0F);
}

void draw_focus(const ImRect& box) {
  const auto& c = theme::colors();
  ImDrawList* list = ImGui::GetWindowDrawList();
  ImRect glow = box;
  glow.Expand(2);
  list->AddRect(glow.Min, glow.Max, theme::faded(c.focus, 0.35F), theme::radius_control + 2, 4.0F);
  list->AddRect(box.Min, box.Max, c.focus, theme::radius_control, 2.0F);
}

}  // namespace

FieldState text_field(const char* id, std::string& value, const ImRect& box, const FieldOptions& options) {
  draw_frame(box);
  const fonts::With font(fonts::regular(), theme::size_of(theme::Type::body));
  const FieldState state = field(id, value, box, options);
  if (state.focused) draw_focus(box);
  return state;
}

FieldState search_field(const char* id, std::string& value, const ImRect& box, const SearchFieldOptions& options) {
  ImGui::PushID(id);
  const float clear_width = value.empty() ? 0.0F : box.GetHeight();
  const text::Style count_style{.type = theme::Type::tiny, .color = theme::colors().muted, .align = text::Align::right, .said = false};
  float count_width = options.count.empty() ? 0.0F : text::measure(options.count, count_style).x + 8;
  // What is typed has to be seen before how much of it was found.
  if (box.GetWidth() - 42 - 12 - clear_width - count_width < theme::grown(96)) count_width = 0;
  draw_frame(box);
  FieldState state;
  {
    const fonts::With font(fonts::regular(), theme::size_of(theme::Type::body));
    state = field("field", value, box,
                  {.role = mirror::Role::searchbox,
                   .name = options.name,
                   .placeholder = options.placeholder,
                   .input_mode = "search",
                   .enter_hint = "search",
                   .padding_left = 42,
                   .padding_right = 12 + clear_width + count_width,
                   .placeholder_color = theme::colors().faint,
                   .keys = options.keys,
                   .controls = options.controls,
                   .active = options.active,
                   .expanded = options.expanded});
  }
  draw_icon(ImGui::GetWindowDrawList(), Icon::search, ImVec2(box.Min.x + 22, box.GetCenter().y), 18,
            state.focused ? theme::colors().text : theme::colors().muted);
  if (count_width > 0) {
    const float right = box.Max.x - (clear_width > 0 ? clear_width : 14);
    text::line(ImVec2(right, box.GetCenter().y - theme::line_of(theme::Type::tiny) / 2), options.count, count_style);
  }
  if (clear_width > 0) {
    const ImRect clear(ImVec2(box.Max.x - clear_width + 4, box.Min.y + 4), ImVec2(box.Max.x - 4, box.Max.y - 4));
    if (icon_button("clear", clear, Icon::close, "Clear search", {.kind = ButtonKind::quiet})) {
      value.clear();
      state.changed = true;
      mirror::focus(state.id);
    }
  }
  if (state.focused) draw_focus(box);
  ImGui::PopID();
  return state;
}

}  // namespace hub::ui
