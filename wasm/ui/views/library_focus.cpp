#include "wasm/ui/views/library_focus.hpp"

#include <algorithm>

#include "wasm/platform/frame.hpp"
#include "wasm/platform/mirror.hpp"

namespace hub::ui::views {
namespace {

/// Frames after the view came back in which the row may still come into sight.
constexpr std::uint64_t patience = 30;

}  // namespace

LibraryFocus& library_focus() {
  static LibraryFocus instance;
  return instance;
}

input::Keys LibraryFocus::keys(const LibraryIndex& rows, bool wall) {
  // Between groups lie headings, which Tab reaches.
  const input::Keys moves = rows.groups().empty() ? input::up_down | input::home_end | input::page_keys : input::up_down;
  return wall ? moves | input::left_right : moves;
}

void LibraryFocus::row(std::size_t index, std::uint64_t key, ImGuiID widget) {
  seen_.push_back({index, widget});
  if (wanted_ == index) {
    mirror::focus(widget, true);
    wanted_.reset();
  }
  if (back_ != 0 && frame::count() > back_ && key == last_ && mirror::focused() == 0) {
    mirror::focus(widget);
    back_ = 0;
  }
}

void LibraryFocus::move(std::size_t to, std::size_t line, ScrollArea& area) {
  const auto there = std::find_if(seen_.begin(), seen_.end(), [&](const Seen& one) { return one.index == to; });
  if (there != seen_.end()) {
    mirror::focus(there->widget, true);
    return;
  }
  wanted_ = to;
  area.reveal_row(static_cast<int>(line));
}

void LibraryFocus::end(ScrollArea& area, const LibraryIndex& rows, int columns, float line) {
  const std::uint64_t now = frame::count();
  if (frame_ + 1 < now && last_ != 0) {
    back_ = now;
    frame::request(3);
  }
  frame_ = now;
  if (back_ != 0 && ((now > back_ && mirror::focused() != 0) || now > back_ + patience)) back_ = 0;

  if (back_ == 0 && mirror::focused() != 0) {
    const auto here = std::find_if(seen_.begin(), seen_.end(), [](const Seen& one) { return one.widget == mirror::focused(); });
    last_ = here == seen_.end() ? 0 : rows.row(here->index).key;
  }
  const bool grouped = !rows.groups().empty();
  const auto wide = static_cast<std::ptrdiff_t>(std::max(columns, 1));
  for (const auto& event : input::key_events()) {
    const auto here = std::find_if(seen_.begin(), seen_.end(), [&](const Seen& one) { return one.widget == event.focused; });
    if (here == seen_.end() || event.mods != 0 || rows.size() == 0) continue;
    const auto page = wide * std::max<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(area.box().GetHeight() / line) - 1, 1);
    const auto size = static_cast<std::ptrdiff_t>(rows.size());
    std::ptrdiff_t step = 0;
    switch (event.key) {
      case ImGuiKey_DownArrow: step = wide; break;
      case ImGuiKey_UpArrow: step = -wide; break;
      case ImGuiKey_RightArrow: step = columns > 1 ? 1 : 0; break;
      case ImGuiKey_LeftArrow: step = columns > 1 ? -1 : 0; break;
      case ImGuiKey_PageDown: step = page; break;
      case ImGuiKey_PageUp: step = -page; break;
      case ImGuiKey_End: step = size; break;
      case ImGuiKey_Home: step = -size; break;
      default: break;
    }
    if (step == 0) continue;
    if (grouped) {
      // Through what is in sight, with some beyond: closed groups have no titles there.
      const auto next = std::clamp<std::ptrdiff_t>(here - seen_.begin() + step, 0, static_cast<std::ptrdiff_t>(seen_.size()) - 1);
      mirror::focus(seen_[static_cast<std::size_t>(next)].widget, true);
      continue;
    }
    const auto to = std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(here->index) + step, 0, size - 1);
    move(static_cast<std::size_t>(to), static_cast<std::size_t>(to / wide), area);
  }
  seen_.clear();
}

}  // namespace hub::ui::views
