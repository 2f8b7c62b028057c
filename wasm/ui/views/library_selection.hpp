#pragma once

#include "imgui_internal.h"

#include <cstdint>
#include <utility>

#include "core/library/event.hpp"
#include "wasm/ui/views/library_index.hpp"

/// Titles of the library that are chosen to do one thing with all of them: which they are is known by their rows (LibraryIndex).
namespace hub::ui::views {

class LibrarySelection {
 public:
  explicit LibrarySelection(LibraryIndex& rows) : rows_(rows) {}

  /// Whether titles are being chosen: each is a checkbox then instead of a link.
  bool on() const { return on_; }
  /// The focus goes to what can be done with them.
  void begin() { begins_ = on_ = true; }
  void end();
  /// Whether the bar was closed by its own button since this was asked last: the focus was there.
  bool was_closed() { return std::exchange(closed_, false); }

  /// A title was pressed: chosen, or not any more. @param range  and with it all between it and the one pressed before.
  void press(std::size_t index, bool range);
  /// The tick of a group's heading: all of its titles, or none of them where all are chosen already.
  void press_group(const LibraryIndex::Group& group);
  void all();
  void none();

  /// Keys and presses in the view: Ctrl A, Escape. Once a frame while the library's titles are shown.
  void keys();
  /// Whether the place of a title was clicked in a way that chooses it: on the ground of its row while titles are chosen, or with Ctrl or
  /// Shift at any time. Call it behind the row's own widgets. @param link  id of the one that opens the title, where there is one.
  bool clicked(const ImRect& box, ImGuiID link) const;

  /// What can be done with the chosen ones. @return its height.
  float bar(ImVec2 at, float width, bool narrow);
  static float bar_height(bool narrow);
  /// Asks which rating all of them get. Behind everything else of the view.
  void dialog();

  void ask_rating() { asking_ = true; }
  void change(ChangedTogether::Deed deed);
  bool possible(ChangedTogether::Deed deed) const;

 private:
  LibraryIndex& rows_;
  bool on_ = false;
  bool begins_ = false;
  bool closed_ = false;
  bool asking_ = false;
  double stars_ = 0;           ///< in the dialog, 0: none yet
  std::uint64_t pressed_ = 0;  ///< key of the last one
};

}  // namespace hub::ui::views
