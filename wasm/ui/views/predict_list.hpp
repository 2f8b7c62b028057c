#pragma once

#include "imgui_internal.h"

#include <string>

#include "core/library/media_type.hpp"

namespace hub::ui::views {

/// What is being looked for in Predict; outlives the view, so that coming back finds it as it was.
struct Search {
  std::string query;
  MediaType type = MediaType::film;
};
Search& predict_search();

/// The left column of Predict (the whole view on a phone): type, search field, results. Opens what is chosen.
/// @param on_top  nothing is open beside it: its heading is the view's.
void predict_list(const ImRect& box, bool narrow, bool on_top);

}  // namespace hub::ui::views
