#pragma once

/// The command palette, which finds every action by its words, and the list of all shortcuts. Both are dialogs over the view.
namespace hub::ui::palette {

void show();
void show_shortcuts();
bool open();  ///< the palette, not the list

/// Draws what is open. Call it in each frame, after the view.
void draw();

}  // namespace hub::ui::palette
