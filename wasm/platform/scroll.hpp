#pragma once

#include "imgui_internal.h"
#include "wasm/platform/mirror.hpp"

/// Scrolling by the browser: an ImGui child window whose scroll position is that of a native scroll container above it, so wheel, trackpad,
/// finger with inertia, keyboard paging, focus and `scrollIntoView` work as everywhere else. The browser draws the scrollbar (colours from
/// `display::PageColors`); it may lie over the right-most 10 px, so keep them free of controls.
namespace hub {

struct ScrollOptions {
  bool horizontal = false;        ///< also sideways
  bool focusable = true;          ///< reachable by Tab, so that arrows can page it; off where the children are focusable themselves
  bool keep_position = false;     ///< false: starts at the top whenever it was not there the frame before
  ImVec2 padding = ImVec2(0, 0);  ///< inside, as ImGui's WindowPadding
};

///   ScrollArea area("results", size, {}, {.role = Role::listbox, .name = "Results", .keys = input::list_keys});
///   for (int row : area.rows(count, 80.0F)) draw_row(row);
class ScrollArea {
 public:
  /// @param size   as for ImGui::BeginChild: 0 fills what is left, negative leaves that much.
  /// @param hints  role and name of the container: `region` or `group` with a name, `listbox`, `table`, …
  ScrollArea(const char* str_id, ImVec2 size, const ScrollOptions& options, const mirror::Item& hints);
  ~ScrollArea();
  ScrollArea(const ScrollArea&) = delete;
  ScrollArea& operator=(const ScrollArea&) = delete;

  struct Rows {
    struct Iterator {
      int row;
      int operator*() const { return row; }
      Iterator& operator++() {
        ++row;
        return *this;
      }
      bool operator!=(const Iterator& other) const { return row != other.row; }
    };
    int first = 0, last = 0;
    [[nodiscard]] Iterator begin() const { return {first}; }
    [[nodiscard]] Iterator end() const { return {last}; }
  };

  /// Rows of equal height that are in sight, with some beyond; reserves the height of all and sets the cursor to the first one's top. Each
  /// row starts at `row_top(row)`. Any number of rows; nothing is done for those out of sight.
  Rows rows(int count, float height);
  [[nodiscard]] float row_top(int row) const;  ///< screen y of a row's top, after `rows()`

  struct Stretch {
    float top = 0;           ///< screen y at which the content begins
    float from = 0, to = 0;  ///< what of it is in sight, with some beyond, in the content's own coordinates
  };
  /// The same for content whose parts are of different heights: reserves `height`.
  Stretch stretch(float height);

  [[nodiscard]] ImGuiID id() const { return id_; }      ///< for `mirror::focused()`, `controls`
  [[nodiscard]] float position() const;                 ///< CSS pixels scrolled down
  [[nodiscard]] ImRect box() const;                     ///< on the screen
  void scroll_to(float position, bool smooth = false);  ///< down, or sideways where it does that; takes effect with the next frame
  void reveal(float top, float bottom);                 ///< scrolls as little as needed to show this stretch, in content coordinates
  void reveal_row(int row);                             ///< after `rows()`
  void reveal_sideways(float left, float right);        ///< the same where it is pushed sideways, with what is beside it
  /// Changes what was said of the container (`active` option).
  void update(const mirror::Item& hints);

 private:
  ImGuiID id_ = 0;
  int node_ = -1;
  bool sideways_ = false;
  float rows_top_ = 0;
  float row_height_ = 0;
};

}  // namespace hub
