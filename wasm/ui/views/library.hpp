#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "core/library/media_type.hpp"
#include "wasm/ui/views/library_index.hpp"

/// What can be asked of the library's view from elsewhere; it shows the next time it is drawn.
namespace hub::ui::views {

/// The titles that are chosen there.
class LibrarySelection;
LibrarySelection& library_selection();
/// How many titles the filters and words let through.
std::size_t library_shown();

/// What it shows, as the address bar says it.
std::string library_shelf();

/// Opens the sheet in which titles are filtered.
void library_filter();
/// Filters nothing any more; words that are looked for stay.
void library_clear();

/// Puts it in order by a column; the same again turns the order round.
void library_sort(LibraryColumn column);

/// Puts titles together under headings. Kept on this device.
void library_group(LibraryGrouping grouping);

/// Shows one type alone; nothing shows everything there is.
void library_show(std::optional<MediaType> type);

/// Shows what is on the wish list, seen, or not rated, of all types.
void library_choose(LibraryChoice choice);

/// Shows it as a wall of covers, or as a list. Kept on this device.
void library_covers(bool covers);

}  // namespace hub::ui::views
