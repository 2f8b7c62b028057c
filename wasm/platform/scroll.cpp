#include "wasm/platform/scroll.hpp"

#include "wasm/platform/frame.hpp"
#include "wasm/platform/lifecycle.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace hub {
namespace {

struct Area {
  float left = 0, top = 0;  ///< where the page's scroll container stands
  std::uint64_t used = 0;
};

std::unordered_map<ImGuiID, Area> areas;

/// Rows submitted beyond what is in sight, each way, so that a screen reader and Tab find the next ones: at least so many.
constexpr int rows_beyond = 2;
/// Rows come and go together, so many as stand in this height: while somebody scrolls, most frames then change no element, and the browser
/// has no layout to make.
constexpr float height_together = 312;

}  // namespace

namespace scrolling {

void on_scroll(ImGuiID id, double left, double top) {
  Area& area = areas[id];
  area.left = static_cast<float>(left);
  area.top = static_cast<float>(top);
}

}  // namespace scrolling

ScrollArea::ScrollArea(const char* str_id, ImVec2 size, const ScrollOptions& options, const mirror::Item& hints)
    : id_(ImGui::GetID(str_id)) {
  Area& area = areas[id_];
  const bool appears = area.used + 1 < frame::count();
  area.used = frame::count();
  if (appears) {
    // The page makes a new container for it, which stands at the top.
    if (!options.keep_position)
      area.left = area.top = 0;
    else if (area.top > 0)
      mirror::request_scroll(id_, area.top, false);
  }
  node_ = mirror::open(hints, id_);
  mirror::set_interactive(node_, options.focusable || hints.role == mirror::Role::listbox);
  ImGui::SetNextWindowScroll(ImVec2(area.left, area.top));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, options.padding);
  ImGuiWindowFlags flags =
      ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoSavedSettings;
  if (options.horizontal) flags |= ImGuiWindowFlags_HorizontalScrollbar;
  ImGui::BeginChild(id_, size, ImGuiChildFlags_AlwaysUseWindowPadding, flags);
  ImGui::PopStyleVar();
  const ImGuiWindow* window = ImGui::GetCurrentWindow();
  mirror::set_box(node_, window->Rect());
  sideways_ = options.horizontal;
}

ScrollArea::~ScrollArea() {
  const ImGuiWindow* window = ImGui::GetCurrentWindow();
  const ImVec2 end = window->DC.CursorMaxPos;
  const ImVec2 start = window->DC.CursorStartPos;
  const ImVec2 content(end.x - start.x + window->WindowPadding.x * 2, end.y - start.y + window->WindowPadding.y * 2);
  mirror::set_scroll(node_, window->Scroll, content, sideways_);
  ImGui::EndChild();
  mirror::close(node_);
}

ScrollArea::Rows ScrollArea::rows(int count, float height) {
  ImGuiWindow* window = ImGui::GetCurrentWindow();
  rows_top_ = window->DC.CursorPos.y;
  row_height_ = height;
  Rows rows;
  const ImRect& clip = window->InnerClipRect;
  const int first = static_cast<int>(std::floor((clip.Min.y - rows_top_) / height)) - rows_beyond;
  const int last = static_cast<int>(std::ceil((clip.Max.y - rows_top_) / height)) + rows_beyond;
  const int together = std::max(1, static_cast<int>(height_together / height));
  rows.first = std::clamp(first / together * together, 0, count);
  rows.last = std::clamp((last + together - 1) / together * together, rows.first, count);
  window->DC.CursorMaxPos.y = std::max(window->DC.CursorMaxPos.y, row_top(count));
  window->DC.CursorPos.y = row_top(rows.first);
  return rows;
}

ScrollArea::Stretch ScrollArea::stretch(float height) {
  ImGuiWindow* window = ImGui::GetCurrentWindow();
  Stretch stretch;
  stretch.top = rows_top_ = window->DC.CursorPos.y;
  const ImRect& clip = window->InnerClipRect;
  stretch.from = std::max((std::floor((clip.Min.y - stretch.top) / height_together) - 1) * height_together, 0.0F);
  stretch.to = std::min((std::ceil((clip.Max.y - stretch.top) / height_together) + 1) * height_together, height);
  window->DC.CursorMaxPos.y = std::max(window->DC.CursorMaxPos.y, stretch.top + height);
  return stretch;
}

float ScrollArea::row_top(int row) const {
  return rows_top_ + static_cast<float>(row) * row_height_;
}

float ScrollArea::position() const {
  return areas[id_].top;
}

ImRect ScrollArea::box() const {
  return ImGui::GetCurrentWindow()->Rect();
}

void ScrollArea::scroll_to(float position, bool smooth) {
  mirror::request_scroll(id_, std::max(position, 0.0F), smooth);
}

void ScrollArea::reveal(float top, float bottom) {
  const float height = box().GetHeight();
  const float here = position();
  if (top < here)
    scroll_to(top);
  else if (bottom > here + height)
    scroll_to(std::min(top, bottom - height));
}

void ScrollArea::reveal_row(int row) {
  const float content_top = ImGui::GetCurrentWindow()->DC.CursorStartPos.y - ImGui::GetCurrentWindow()->WindowPadding.y;
  reveal(row_top(row) - content_top, row_top(row + 1) - content_top);
}

void ScrollArea::reveal_sideways(float left, float right) {
  constexpr float beside = 40;
  const float width = box().GetWidth();
  const float here = areas[id_].left;
  if (left - beside < here)
    scroll_to(left - beside);
  else if (right + beside > here + width)
    scroll_to(right + beside - width);
}

void ScrollArea::update(const mirror::Item& hints) {
  mirror::set_hints(node_, hints);
}

}  // namespace hub
