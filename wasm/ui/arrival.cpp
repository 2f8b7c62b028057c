#include "wasm/ui/arrival.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "wasm/platform/mirror.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/theme.hpp"
#include "wasm/ui/views/words.hpp"
#include "wasm/ui/widgets/progress.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui {

void arrival(const ImRect& area) {
  const auto& coming = client().engine_coming();
  if (!coming || client().opened() || client().engine_failed()) return;
  const auto& c = theme::colors();
  const bool known = coming->all > 0;
  const bool here = known && coming->came >= coming->all;
  std::string figure = words::number(coming->came / 1e6, 1);
  if (known) figure += " of " + words::number(coming->all / 1e6, 1);
  figure += " MB";
  const std::string told = here ? "Opening your ratings" : "Loading what keeps your ratings: " + figure;
  const text::Style style{.type = theme::Type::small, .said = false};
  const float width = std::min(area.GetWidth() - 32, std::max(320.0F, text::measure(told, style).x + 32));
  const float text_height = text::paragraph_height(told, width - 32, style);
  const float height = text_height + 36;
  const float left = std::round(area.GetCenter().x - width / 2);
  const ImRect box(ImVec2(left, area.Max.y - 16 - height), ImVec2(left + width, area.Max.y - 16));
  // Above the view, and no larger than itself: what is there already can be used.
  ImGui::SetNextWindowPos(box.Min);
  ImGui::SetNextWindowSize(box.GetSize());
  ImGui::Begin("Arrival", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoBackground |
                   ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoInputs);
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->AddRectFilled(box.Min, box.Max, c.surface, theme::radius_control);
  list->AddRect(box.Min, box.Max, c.line, theme::radius_control, 1.0F);
  text::paragraph(ImVec2(box.Min.x + 16, box.Min.y + 12), width - 32, told, style);
  progress_bar(ImRect(ImVec2(box.Min.x + 16, box.Max.y - 16), ImVec2(box.Max.x - 16, box.Max.y - 12)), "Loading what keeps your ratings",
               known && !here ? static_cast<float>(coming->came / coming->all) : -1, here ? std::string_view() : figure);
  ImGui::End();
}

}  // namespace hub::ui
