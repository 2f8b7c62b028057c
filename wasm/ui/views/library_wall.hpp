#pragma once

#include "imgui_internal.h"
#include "wasm/platform/mirror.hpp"
#include "wasm/platform/scroll.hpp"
#include "wasm/ui/views/library_index.hpp"
#include "wasm/ui/views/library_layout.hpp"
#include "wasm/ui/views/library_selection.hpp"

namespace hub::ui::views {

/// What a title of the library is called where it is one link: with makers, the person's rating and the prediction.
std::string spoken_name(const LibraryIndex::Row& row);

/// The whole of a title's place as a link to its page, or, while titles are chosen, as a checkbox.
/// @param index  where it is shown, from 0.
/// @param wall   titles stand beside each other.
mirror::Interaction open_or_choose(const LibraryIndex& rows, const LibraryIndex::Row& row, std::size_t index, const ImRect& box,
                                   LibrarySelection& selection, bool wall);

/// The library's titles as covers, as many beside each other as there is room for; each opens its title's page.
/// @param rows  as LibraryIndex::update left them, at least one.
/// @param keep_place  called with the area that they are in.
void library_wall(const ImRect& box, LibraryIndex& rows, LibrarySelection& selection, LibraryLayout& layout,
                  void (*keep_place)(ScrollArea&));

}  // namespace hub::ui::views
