#pragma once

#include "imgui.h"

#include <cstddef>
#include <string>

#include "wasm/ui/views/library_index.hpp"

/// What the titles of the library are chosen by: the sheet in which that is done, and what is chosen as chips that take it away.
namespace hub::ui::views {

/// How many things are chosen that the row of types and lists does not show.
std::size_t filters_chosen(const LibraryQuery& query);

void choose_filters();
/// Whether the sheet is open.
bool filters_open();
/// The sheet, where it is open. Behind everything else of the view.
void filters_dialog(LibraryQuery& query, LibraryIndex& rows);

/// A chip for each thing that is chosen, which takes it away, and one for all. On a phone one row that can be pushed sideways.
/// @return  the height taken, 0 where nothing is chosen.
float filter_chips(ImVec2 at, float width, bool narrow, LibraryQuery& query);

/// Why no title is left: what was asked, and the one thing without which there would be most.
struct NothingLeft {
  std::string words;
  std::string without;  ///< label of the button that leaves that out, empty where nothing alone is the reason
  LibraryQuery query;   ///< without it
};
NothingLeft nothing_left(const LibraryQuery& query, LibraryIndex& rows);

}  // namespace hub::ui::views
