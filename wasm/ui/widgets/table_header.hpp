#pragma once

#include "imgui.h"
#include "imgui_internal.h"

#include <string_view>

namespace hub::ui {

enum class Sorting { none, ascending, descending };

/// A column's header (inside a Scope row of a table): its name, and, when the table can be sorted by it, a button with the direction.
/// @return  whether it was pressed; the caller turns the order round.
bool table_header(const char* id, const ImRect& box, std::string_view label, bool sortable, Sorting sorting = Sorting::none,
                  bool right_aligned = false);

}  // namespace hub::ui
