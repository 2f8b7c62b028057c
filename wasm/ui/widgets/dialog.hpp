#pragma once

#include "imgui.h"
#include "imgui_internal.h"

#include <optional>
#include <span>
#include <string_view>

#include "wasm/platform/mirror.hpp"
#include "wasm/platform/scroll.hpp"
#include "wasm/ui/layout.hpp"
#include "wasm/ui/widgets/key_caps.hpp"

namespace hub::ui {

struct DialogOptions {
  float width = 440;   ///< at most; on a phone it is a sheet at the bottom, as wide as the page
  bool alert = false;  ///< asks before something is destroyed
  std::string_view description = {};
  bool high = false;      ///< stands near the page's top and stays there when its height changes; also on a phone, above its keyboard
  bool untitled = false;  ///< the title is said, but not drawn
};

/// A modal dialog over a dimmed page. Keep constructing it in each frame while it is open, after the view around it is drawn.
///   if (asking) { Dialog dialog("delete", "Delete everything?", {.alert = true}); text::paragraph(dialog.column()…); if
///   (dialog.dismissed()) asking = false; }
/// Its height follows its content; where the page is lower than that, it scrolls within, from its title on. The focus goes into it when it
/// opens; Escape or a press outside dismisses.
class Dialog {
 public:
  Dialog(const char* id, std::string_view title, const DialogOptions& options = {});
  ~Dialog();
  Dialog(const Dialog&) = delete;
  Dialog& operator=(const Dialog&) = delete;

  Column& column() { return *column_; }  ///< below the title
  /// A row of buttons at the end, right-aligned (stacked on a phone), the first is the safe one and gets the focus.
  /// @return  which was pressed, or -1.
  int buttons(std::string_view safe, std::string_view action, bool dangerous = false);
  [[nodiscard]] bool dismissed() const { return dismissed_; }
  [[nodiscard]] bool opening() const { return opening_; }  ///< it was not there in the frame before
  /// What is left of the page's height for what comes next, with `below` after it.
  [[nodiscard]] float room(float below) const;

 private:
  std::optional<mirror::Scope> scope_;
  std::optional<ScrollArea> area_;
  std::optional<Column> column_;
  ImGuiID id_ = 0;
  bool dismissed_ = false;
  bool opening_ = false;
  bool sheet_ = false;
  float top_ = 0;   ///< of the content
  float most_ = 0;  ///< height that the page has for it
};

/// The part of a dialog that can be scrolled where the page is too low for all of it. A row of buttons may follow.
///   { DialogBody body(dialog, "sections", "What to show"); body.column().take(…); }
class DialogBody {
 public:
  /// @param name  said of the container.
  DialogBody(Dialog& dialog, const char* id, std::string_view name);
  ~DialogBody();
  DialogBody(const DialogBody&) = delete;
  DialogBody& operator=(const DialogBody&) = delete;

  Column& column() { return *column_; }

 private:
  Dialog& dialog_;
  ImVec2 corner_;
  float height_ = 0;
  float top_ = 0;
  ImGuiID kept_ = 0;
  std::optional<ScrollArea> area_;
  std::optional<Column> column_;
};

/// Whether a dialog was drawn in the frame before: what lies behind it takes no shortcuts.
bool dialog_open();

/// The keys that work in every dialog, for the list of shortcuts.
std::span<const WidgetKeys> dialog_keys();

}  // namespace hub::ui
