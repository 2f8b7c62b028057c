#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "imgui_internal.h"
#include "wasm/platform/scroll.hpp"
#include "wasm/ui/views/library_index.hpp"
#include "wasm/ui/views/library_selection.hpp"

/// Where the headings of groups and the lines of titles below them stand.
namespace hub::ui::views {

class LibraryLayout {
 public:
  struct Sizes {
    int columns = 1;  ///< titles beside each other
    float heading = 0;
    float line = 0;
    float end = 0;  ///< free below the last line of a group
    bool operator==(const Sizes&) const = default;
  };

  /// Goes through what is in sight, from top to bottom; what is not costs nothing, whatever the number of titles.
  /// The heading of the group that the topmost titles in sight are of stays at the top, until the next one pushes it away.
  /// @param heading  called with a group, the screen y of its heading, and whether it stays there while titles pass below it.
  /// @param line     called with the place of the line's first title among those shown, how many stand in it, the screen y of its top, and
  ///                 how many headings and titles come before the first one.
  template <typename Heading, typename Line>
  void visit(ScrollArea& area, const LibraryIndex& rows, const Sizes& sizes, Heading&& heading, Line&& line);

 private:
  void update(const LibraryIndex& rows, const Sizes& sizes);

  Sizes sizes_;
  std::uint64_t revision_ = 0;
  std::vector<float> tops_;  ///< of each group's heading, and the end of the last group
};

template <typename Heading, typename Line>
void LibraryLayout::visit(ScrollArea& area, const LibraryIndex& rows, const Sizes& sizes, Heading&& heading, Line&& line) {
  const auto columns = static_cast<std::size_t>(sizes.columns);
  const auto& groups = rows.groups();
  if (groups.empty()) {
    for (const int at : area.rows(static_cast<int>((rows.size() + columns - 1) / columns), sizes.line)) {
      const std::size_t first = static_cast<std::size_t>(at) * columns;
      line(first, std::min(columns, rows.size() - first), area.row_top(at), first);
    }
    return;
  }
  update(rows, sizes);
  // A heading comes before its titles, for who reads and for who presses, and is painted over them.
  constexpr int titles_layer = 0;
  constexpr int headings_layer = 1;
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->ChannelsSplit(2);
  const ScrollArea::Stretch stretch = area.stretch(tops_.back());
  const auto above = std::upper_bound(tops_.begin(), tops_.end(), stretch.from);
  for (auto at = above == tops_.begin() ? 0U : static_cast<std::size_t>(above - tops_.begin()) - 1; at < groups.size(); ++at) {
    if (tops_[at] > stretch.to) break;
    const LibraryIndex::Group& group = groups[at];
    const float passed_by = area.box().Min.y - stretch.top;
    const bool stays = group.open && tops_[at] < passed_by && tops_[at + 1] > passed_by;
    list->ChannelsSetCurrent(headings_layer);
    heading(group, stretch.top + (stays ? std::min(passed_by, tops_[at + 1] - sizes.heading) : tops_[at]), stays);
    list->ChannelsSetCurrent(titles_layer);
    if (!group.open) continue;
    const float begin = tops_[at] + sizes.heading;
    const std::size_t lines = (group.titles + columns - 1) / columns;
    const float passed = std::max((stretch.from - begin) / sizes.line, 0.0F);
    for (auto i = static_cast<std::size_t>(passed); i < lines; ++i) {
      const float top = begin + static_cast<float>(i) * sizes.line;
      if (top > stretch.to) break;
      line(group.first + i * columns, std::min(columns, group.titles - i * columns), stretch.top + top, group.before + 1 + i * columns);
    }
  }
  list->ChannelsMerge();
}

/// The heading of a group: says how many titles it has and how the person rated them, and opens or closes it. While titles are chosen it
/// has a tick for all of them.
/// @param inset  of the tick, from the left of the box.
/// @param stays  titles pass below it.
/// @return       whether it was pressed to open or close it.
bool group_heading(const LibraryIndex& rows, const LibraryIndex::Group& group, const ImRect& box, float inset, bool stays,
                   LibrarySelection& selection);

/// The same as an entry of a list. @param count  of its entries.
bool group_item(const LibraryIndex& rows, const LibraryIndex::Group& group, const ImRect& box, float inset, bool stays,
                LibrarySelection& selection, int count);

inline constexpr float group_heading_height = 48;

std::string_view name_of(LibraryGrouping grouping);

}  // namespace hub::ui::views
