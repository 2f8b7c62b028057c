#include "wasm/ui/widgets/button_row.hpp"

#include <algorithm>
#include <cmath>

namespace hub::ui {
namespace {

constexpr float gap = 10;

/// Each as wide as its label asks for, a row full after the other.
int natural(Column& column, std::span<const RowButton> buttons) {
  int pressed = -1;
  float x = column.at().x;
  const float end = x + column.width();
  float height = 0;
  for (std::size_t i = 0; i < buttons.size(); ++i) {
    const RowButton& one = buttons[i];
    const ImVec2 size = button_size(one.label, one.options);
    if (x > column.at().x && x + size.x > end) {
      column.skip(height + gap);
      x = column.at().x;
    }
    const ImVec2 at(x, column.y());
    if (button(one.id, ImRect(at, ImVec2(std::min(at.x + size.x, end), at.y + size.y)), one.label, one.options))
      pressed = static_cast<int>(i);
    x += size.x + gap;
    height = size.y;
  }
  column.skip(height);
  return pressed;
}

}  // namespace

int button_row(Column& column, std::span<const RowButton> buttons, bool fill) {
  if (!fill || buttons.empty()) return natural(column, buttons);
  float together = gap * static_cast<float>(buttons.size() - 1);
  float widest = 0;
  float height = 0;
  for (const RowButton& one : buttons) {
    const ImVec2 size = button_size(one.label, one.options);
    together += size.x;
    widest = std::max(widest, size.x);
    height = std::max(height, size.y);
  }
  const ImVec2 from = column.at();
  const float end = from.x + column.width();
  int pressed = -1;
  const auto place = [&](std::size_t i, ImVec2 at, float right) {
    if (button(buttons[i].id, ImRect(at, ImVec2(right, at.y + height)), buttons[i].label, buttons[i].options))
      pressed = static_cast<int>(i);
  };
  if (together <= column.width() && buttons.size() <= 3) {
    // What is left over is given to all alike.
    const float more = (column.width() - together) / static_cast<float>(buttons.size());
    float x = from.x;
    for (std::size_t i = 0; i < buttons.size(); ++i) {
      const bool last = i + 1 == buttons.size();
      const float right = last ? end : std::round(x + button_size(buttons[i].label, buttons[i].options).x + more);
      place(i, ImVec2(x, from.y), right);
      x = right + gap;
    }
    column.skip(height);
    return pressed;
  }
  const bool two = 2 * widest + gap <= column.width();
  const float half = std::floor((column.width() - gap) / 2);
  for (std::size_t i = 0; i < buttons.size(); ++i) {
    if (i > 0 && (!two || i % 2 == 0)) column.skip(height + gap);
    const bool second = two && i % 2 == 1;
    place(i, ImVec2(second ? end - half : from.x, column.y()), two && !second ? from.x + half : end);
  }
  column.skip(height);
  return pressed;
}

bool column_button(Column& column, const char* id, std::string_view label, const ButtonOptions& options) {
  const ImVec2 size = button_size(label, options);
  const ImRect line = column.take(size.y);
  const float left = line.Min.x - (options.kind == ButtonKind::quiet ? 10.0F : 0.0F);
  return button(id, ImRect(ImVec2(left, line.Min.y), ImVec2(std::min(left + size.x, line.Max.x), line.Max.y)), label, options);
}

}  // namespace hub::ui
