#pragma once

#include "imgui_internal.h"

#include <optional>
#include <span>
#include <string>

#include "core/library/media_type.hpp"
#include "wasm/ui/widgets/key_caps.hpp"

namespace hub::ui::views {

/// What is being looked for in Predict; outlives the view, so that coming back finds it as it was.
struct Search {
  std::string query;
  MediaType type = MediaType::film;
};
Search& predict_search();

/// Goes to Predict with the focus in its search field, which is emptied; `type` changes what is searched.
void search_in(std::optional<MediaType> type);

/// The keys of the field and its results, for the list of shortcuts.
std::span<const WidgetKeys> search_keys();

/// The left column of Predict (the whole view on a phone): type, search field, results. Opens what is chosen.
/// @param on_top  nothing is open beside it: its heading is the view's.
void predict_list(const ImRect& box, bool narrow, bool on_top);

}  // namespace hub::ui::views
