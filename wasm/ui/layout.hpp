#pragma once

#include "imgui.h"
#include "imgui_internal.h"

namespace hub::ui {

/// A column of boxes from top to bottom, beginning at ImGui's cursor; what was taken counts as the content of the window or ScrollArea
/// around it.
///   Column column(width);  const ImRect bar = column.take(44);  column.gap(16);  column.skip(text::heading(column.at(), column.width(),
///   "Why", …));
class Column {
 public:
  explicit Column(float width) : Column(ImGui::GetCursorScreenPos(), width) {}
  Column(ImVec2 at, float width) : at_(at), width_(width) {}
  ~Column() {
    ImGui::SetCursorScreenPos(at_);
    ImGui::Dummy(ImVec2(width_, 0));
  }
  Column(const Column&) = delete;
  Column& operator=(const Column&) = delete;

  [[nodiscard]] ImVec2 at() const { return at_; }  ///< top left of what comes next
  [[nodiscard]] float width() const { return width_; }
  [[nodiscard]] float y() const { return at_.y; }
  /// The next `height` pixels over the whole width.
  ImRect take(float height) {
    const ImRect box(at_, ImVec2(at_.x + width_, at_.y + height));
    at_.y += height;
    return box;
  }
  void skip(float height) { at_.y += height; }
  void gap(float height) { at_.y += height; }

 private:
  ImVec2 at_;
  float width_;
};

}  // namespace hub::ui
