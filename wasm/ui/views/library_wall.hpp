#pragma once

#include "imgui_internal.h"
#include "wasm/ui/views/library_index.hpp"

namespace hub::ui::views {

/// What a title of the library is called where it is one link: with makers, the person's rating and the prediction.
std::string spoken_name(const LibraryIndex::Row& row);

/// The library's titles as covers, as many beside each other as there is room for; each opens its title's page.
/// @param rows  as LibraryIndex::update left them, at least one.
void library_wall(const ImRect& box, const LibraryIndex& rows);

}  // namespace hub::ui::views
