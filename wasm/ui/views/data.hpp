#pragma once

namespace hub::ui::views {

/// Opens the question whether everything is to be deleted, when the view Data is drawn next.
void ask_to_delete();

}  // namespace hub::ui::views
