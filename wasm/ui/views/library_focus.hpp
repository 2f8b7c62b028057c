#pragma once

#include "imgui_internal.h"

#include <cstdint>
#include <optional>
#include <vector>

#include "wasm/platform/input.hpp"
#include "wasm/platform/scroll.hpp"
#include "wasm/ui/views/library_index.hpp"

/// The way of the keyboard's focus through the titles of the library, of which only those in sight are elements of the page.
namespace hub::ui::views {

class LibraryFocus {
 public:
  /// What a title's widget claims while it has the focus. @param rows  those shown @param wall  titles stand beside each other.
  static input::Keys keys(const LibraryIndex& rows, bool wall = false);
  /// Behind each title's widget. @param index  its place among those shown @param key  of its row @param widget  what takes the focus.
  void row(std::size_t index, std::uint64_t key, ImGuiID widget);
  /// Behind all of them, while the area is open: takes the keys in. @param line  height of a line of `columns` titles.
  void end(ScrollArea& area, const LibraryIndex& rows, int columns, float line);

 private:
  struct Seen {
    std::size_t index;
    ImGuiID widget;
  };
  void move(std::size_t to, std::size_t line, ScrollArea& area);

  std::vector<Seen> seen_;             ///< in this frame
  std::optional<std::size_t> wanted_;  ///< gets the focus as soon as it is in sight
  std::uint64_t last_ = 0;             ///< key of the row that has the focus, or had it when the view was left
  std::uint64_t frame_ = 0;            ///< in which titles were shown last
  std::uint64_t back_ = 0;             ///< frame in which the view came back
};

/// The one of the library.
LibraryFocus& library_focus();

}  // namespace hub::ui::views
