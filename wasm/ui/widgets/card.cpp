#include "wasm/ui/widgets/card.hpp"

#include "wasm/ui/theme.hpp"

namespace hub::ui {

void draw_card(ImDrawList* list, const ImRect& box) {
  list->AddRectFilled(box.Min, box.Max, theme::colors().surface, theme::radius_card);
  list->AddRect(box.Min, box.Max, theme::colors().line, theme::radius_card, 1.0F);
}

}  // namespace hub::ui
