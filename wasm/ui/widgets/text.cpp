#include "wasm/ui/widgets/text.hpp"

#include <cmath>

#include "wasm/platform/fonts.hpp"
#include "wasm/platform/mirror.hpp"

namespace hub::ui::text {

namespace {

ImU32 color_of(const Style& style) {
  return style.color != 0 ? style.color : theme::colors().text;
}

/// The em box stands in the middle of its line.
float lead(const Style& style) {
  return std::floor((theme::line_of(style.type) - theme::size_of(style.type)) / 2.0F);
}

}  // namespace

ImVec2 measure(std::string_view text, const Style& style) {
  const fonts::With font(theme::font_of(style.weight), theme::size_of(style.type));
  return {std::ceil(fonts::measure(text).x), theme::line_of(style.type)};
}

float paragraph_height(std::string_view text, float width, const Style& style) {
  const fonts::With font(theme::font_of(style.weight), theme::size_of(style.type));
  return fonts::draw_paragraph(nullptr, ImVec2(0, 0), 0, text, width, theme::line_of(style.type), style.max_lines).y;
}

float line(ImVec2 at, std::string_view text, const Style& style) {
  const fonts::With font(theme::font_of(style.weight), theme::size_of(style.type));
  float width = std::ceil(fonts::measure(text).x);
  if (style.max_width > 0 && width > style.max_width) width = style.max_width;
  if (style.align == Align::right) at.x -= width;
  if (style.align == Align::center) at.x -= std::round(width / 2.0F);
  at.x = std::round(at.x);
  at.y = std::round(at.y);
  const float height = theme::line_of(style.type);
  if (ImGui::IsRectVisible(at, ImVec2(at.x + width, at.y + height))) {
    fonts::draw_text(ImGui::GetWindowDrawList(), ImVec2(at.x, at.y + lead(style)), color_of(style), text, style.max_width);
  }
  if (style.said) mirror::text(ImRect(at, ImVec2(at.x + width, at.y + height)), text);
  return width;
}

namespace {
float draw_lines(ImVec2 at, float width, std::string_view text, const Style& style) {
  const fonts::With font(theme::font_of(style.weight), theme::size_of(style.type));
  at.x = std::round(at.x);
  at.y = std::round(at.y);
  return fonts::draw_paragraph(ImGui::GetWindowDrawList(), at, color_of(style), text, width, theme::line_of(style.type), style.max_lines).y;
}
}  // namespace

float paragraph(ImVec2 at, float width, std::string_view text, const Style& style) {
  const float height = draw_lines(at, width, text, style);
  if (style.said) mirror::text(ImRect(at, ImVec2(at.x + width, at.y + height)), text, mirror::Role::paragraph);
  return height;
}

Type fitting(std::string_view text, float width, const Style& style) {
  Type type = style.type;
  for (; type != Type::tiny; type = static_cast<Type>(static_cast<int>(type) + 1)) {
    const fonts::With font(theme::font_of(style.weight), theme::size_of(type));
    if (!fonts::cuts_word(text, width)) break;
  }
  return type;
}

float heading(ImVec2 at, float width, std::string_view text, int level, const Style& style) {
  Style set = style;
  set.type = fitting(text, width, style);
  const float height = draw_lines(at, width, text, set);
  mirror::heading(ImRect(at, ImVec2(at.x + width, at.y + height)), text, level);
  return height;
}

}  // namespace hub::ui::text
