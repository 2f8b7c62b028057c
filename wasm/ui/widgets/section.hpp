#pragma once

#include "imgui_internal.h"

#include <optional>
#include <string_view>

#include "wasm/platform/mirror.hpp"
#include "wasm/ui/layout.hpp"

namespace hub::ui {

/// A card in a column with a heading and whatever is put into its own column: a region of the page. It is as high as its content was the
/// frame before, as its ground has to be drawn first.
class Section {
 public:
  /// @param least_height  of the card, so that two of them side by side end alike.
  Section(const char* id, Column& outer, std::string_view title, bool narrow, float least_height = 0);
  ~Section();
  Section(const Section&) = delete;
  Section& operator=(const Section&) = delete;

  Column& column() { return *column_; }
  /// What the content needs so far, with the padding around it.
  [[nodiscard]] float height() const;

 private:
  Column& outer_;
  float padding_;
  float least_height_;
  ImGuiID height_;  ///< where it is kept from frame to frame
  std::optional<mirror::Scope> scope_;
  std::optional<Column> column_;
};

}  // namespace hub::ui
