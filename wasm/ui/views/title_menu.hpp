#pragma once

#include "imgui_internal.h"

#include <functional>
#include <span>

#include "core/library/item.hpp"
#include "wasm/ui/widgets/key_caps.hpp"

/// What can be done with a title where it stands in a list: asked for with the right button, a long press, or the menu key.
namespace hub::ui::views {

/// Opens the menu if it was asked for on this title. Call it behind the title's widget, which says `mirror::Item::context_menu`.
/// @param box     of the title on the screen.
/// @param widget  what has the focus when a key asks.
/// @param around  a list whose ground was pressed within `box`; 0 for none.
/// @return  whether it was: then `title_menu_selects` may add to it.
bool offer_title_menu(const Item& item, const ImRect& box, ImGuiID widget, ImGuiID around = 0);
/// The same where the focus is with the list and the title is the one that arrows have reached.
bool offer_title_menu_of_list(const Item& item, const ImRect& box, ImGuiID list);
/// The list lets titles be chosen: `select` begins with this one.
void title_menu_selects(std::function<void()> select);

/// Its keys, for the list of shortcuts.
std::span<const WidgetKeys> title_menu_keys();

/// Draws the menu, or what it asks for. Behind all views.
void title_menu();

}  // namespace hub::ui::views
