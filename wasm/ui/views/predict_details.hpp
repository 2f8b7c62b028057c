#pragma once

#include "imgui_internal.h"

#include <string>

namespace hub::ui::views {

/// Everything about one title: facts, the rating it would get, why, and the person's own rating.
/// @param item_id  such as "film/tt2543164".
/// @param back     label of the link back to the results, empty where they stand beside it.
void predict_details(const ImRect& box, bool narrow, const std::string& item_id, const std::string& back);

}  // namespace hub::ui::views
