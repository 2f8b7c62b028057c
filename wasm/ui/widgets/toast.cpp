#include "wasm/ui/widgets/toast.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "wasm/platform/frame.hpp"
#include "wasm/platform/mirror.hpp"
#include "wasm/ui/client.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/text.hpp"

namespace hub::ui {

namespace {

struct Shown {
  Toast toast;
  std::string undo;  ///< what Undo would do when it appeared
  double until = 0;
  bool there = false;
};
Shown& shown() {
  static Shown instance;
  return instance;
}

constexpr ImGuiID toast_id = 0x70a57001;

/// Long enough to be read twice.
double reading_time(const Toast& toast) {
  return std::clamp(2.5 + 0.07 * static_cast<double>(toast.text.size()), 4.0, toast.error ? 14.0 : 9.0);
}

}  // namespace

void toasts(const ImRect& area) {
  Shown& now = shown();
  auto& waiting = client().toasts();
  if (!waiting.empty()) {
    // The newest matters: it is what the person has just done. An error is not pushed away by what comes after it in the same moment.
    const auto error = std::find_if(waiting.begin(), waiting.end(), [](const Toast& toast) { return toast.error; });
    now.toast = error != waiting.end() ? *error : waiting.back();
    waiting.clear();
    now.undo = client().undo_words();
    now.there = true;
    now.until = frame::now() + reading_time(now.toast);
    mirror::announce(now.toast.text, now.toast.error);
  }
  const float there = frame::ease(toast_id, now.there ? 1.0F : 0.0F, theme::calm);
  if (there <= 0.01F) return;
  const auto& c = theme::colors();
  // Undo has its permanent place; the toast's own takes back what the toast tells of, and nothing that was done since.
  const bool can_undo = now.toast.undoable && !now.undo.empty() && client().undo_words() == now.undo;
  const ButtonOptions undo{.kind = ButtonKind::quiet, .icon = Icon::undo, .compact = true};
  const float undo_width = can_undo ? button_size("Take back", undo).x + 8 : 0;
  const text::Style style{.color = c.text, .said = false};
  const float room = area.GetWidth() - 32;
  const float wanted = text::measure(now.toast.text, style).x + 32 + 24 + undo_width + 40;
  const float width = std::min({wanted, room, 560.0F});
  const float text_width = width - 16 - 28 - undo_width - 44;
  const float text_height = text::paragraph_height(now.toast.text, text_width, style);
  const float height = std::max(text_height + 24, 52.0F);
  const float left = std::round(area.GetCenter().x - width / 2);
  const float top = std::round(area.Max.y - 16 - height + (1 - there) * 24);
  const ImRect box(ImVec2(left, top), ImVec2(left + width, top + height));
  // In a window of its own, above the views' scroll areas, and no larger than itself: the rest of the page stays in reach.
  ImGui::SetNextWindowPos(box.Min);
  ImGui::SetNextWindowSize(box.GetSize());
  ImGui::Begin("Toast", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoBackground |
                   ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoScrollWithMouse);
  // What lies beneath it is out of reach in the mirror as it is on the canvas.
  mirror::Scope scope({.role = mirror::Role::region, .name = "Message", .not_focusable = true});
  scope.box(box);
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->PushClipRectFullScreen();
  const int first = list->VtxBuffer.Size;
  for (int i = 7; i > 0; --i) {
    const float reach = static_cast<float>(i) * 1.5F;
    ImRect shadow = box;
    shadow.Expand(reach);
    shadow.Translate(ImVec2(0, 3));
    list->AddRectFilled(shadow.Min, shadow.Max, IM_COL32(0, 0, 0, c.dark ? 16 : 5), theme::radius_control + reach);
  }
  list->AddRectFilled(box.Min, box.Max, c.dark ? c.raised : c.surface, theme::radius_control);
  list->AddRect(box.Min, box.Max, c.dark ? c.edge : c.line, theme::radius_control, 1.0F);
  draw_icon(list, now.toast.error ? Icon::warning : Icon::check, ImVec2(left + 24, box.GetCenter().y), 18, now.toast.error ? c.down : c.up);
  text::paragraph(ImVec2(left + 44, box.GetCenter().y - text_height / 2), text_width, now.toast.text, style);
  bool leave = false;
  if (can_undo) {
    const ImVec2 size = button_size("Take back", undo);
    if (button("undo", ImVec2(box.Max.x - 44 - size.x, box.GetCenter().y - size.y / 2), "Take back", undo)) {
      client().undo();
      leave = true;
    }
  }
  if (icon_button("close", ImRect(ImVec2(box.Max.x - 42, box.GetCenter().y - 16), ImVec2(box.Max.x - 10, box.GetCenter().y + 16)),
                  Icon::close, "Close message", {.kind = ButtonKind::quiet})) {
    leave = true;
  }
  for (int i = first; i < list->VtxBuffer.Size; ++i) list->VtxBuffer[i].col = theme::faded(list->VtxBuffer[i].col, there);
  list->PopClipRect();
  ImGui::End();
  const bool read = box.Contains(ImGui::GetIO().MousePos);
  if (read && now.there) now.until = std::max(now.until, frame::now() + 2);
  if (now.there && (leave || frame::now() >= now.until)) {
    now.there = false;
    frame::request();
  }
  if (now.there) frame::wake_at(now.until);
}

}  // namespace hub::ui
