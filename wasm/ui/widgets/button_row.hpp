#pragma once

#include <span>
#include <string_view>

#include "wasm/ui/layout.hpp"
#include "wasm/ui/widgets/button.hpp"

namespace hub::ui {

struct RowButton {
  const char* id;
  std::string_view label;
  ButtonOptions options = {};
};

/// Buttons from left to right, each with room for the whole of its label: on a new row where one does not fit any more.
/// @param fill  they share the whole width (a phone's thumb): all in a row where their labels have room there, else in rows of two of one
///              width, else one below the other.
/// @return      the place of the one that was pressed, or -1.
int button_row(Column& column, std::span<const RowButton> buttons, bool fill);

/// One button of its own size, no wider than the column; where it has no ground of its own, its label stands at the column's edge.
/// @return  whether it was pressed.
bool column_button(Column& column, const char* id, std::string_view label, const ButtonOptions& options);

}  // namespace hub::ui
