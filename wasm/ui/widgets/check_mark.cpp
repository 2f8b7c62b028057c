#include "wasm/ui/widgets/check_mark.hpp"

#include <cmath>

#include "wasm/ui/theme.hpp"
#include "wasm/ui/widgets/icon.hpp"

namespace hub::ui {

void draw_check_mark(ImDrawList* list, ImVec2 center, bool on, bool over) {
  const auto& c = theme::colors();
  const float half = check_mark_size / 2;
  const ImVec2 middle(std::round(center.x), std::round(center.y));
  const ImVec2 from(middle.x - half, middle.y - half);
  const ImVec2 to(middle.x + half, middle.y + half);
  // What is chosen is told by the mark, not by a colour: the accent is the prediction's alone.
  list->AddRectFilled(from, to, on ? c.text : c.surface, 6);
  if (!on) list->AddRect(from, to, over ? c.text : c.edge, 6, 1.5F);
  if (on) draw_icon(list, Icon::check, middle, 16, c.background);
}

}  // namespace hub::ui
