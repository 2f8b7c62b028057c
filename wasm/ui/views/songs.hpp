#pragma once

#include "imgui_internal.h"

#include <cstddef>
#include <string_view>
#include <vector>

#include "core/library/song.hpp"

namespace hub::ui::views {

/// How many songs the library holds.
std::size_t song_count();

/// Those that Library shows at the moment, from the first on; none where it shows none.
std::vector<const Song*> songs_shown(std::size_t most);

/// The songs of the library, those first that the person would most probably like: a table, or a list on a phone.
/// @param box   without the page's sides.
/// @param find  words that title or artists must contain.
void songs(const ImRect& box, bool narrow, std::string_view find);

}  // namespace hub::ui::views
