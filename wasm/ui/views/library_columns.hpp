#pragma once

#include <string_view>
#include <vector>

#include "wasm/ui/views/library_index.hpp"

/// Which facts the library's table shows beside the title: chosen, and kept on this device.
namespace hub::ui::views {

/// Width of the page from which on the library is a table, and below it a list without columns (CSS pixels).
inline constexpr float table_from = 928;

/// A column with its place in the table.
struct LibraryHeading {
  LibraryColumn column;
  std::string_view label;
  float left = 0;
  float width = 0;
};

std::string_view label_of(LibraryColumn column);

/// The chosen columns that there is room for, from left to right, behind the title.
/// @param left    where the title begins. @param width  from there on.
/// @param marked  titles stand there by a mark, which can be taken away: the last column is the button for it.
std::vector<LibraryHeading> library_columns(float left, float width, bool marked);

/// Opens the dialog in which they are chosen.
void choose_library_columns();
/// That dialog, where it is open. Behind everything else of the view. @param shown  what there was room for.
void library_columns_dialog(const std::vector<LibraryHeading>& shown);

}  // namespace hub::ui::views
