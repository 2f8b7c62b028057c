#pragma once

namespace hub::ui::views {

/// Whether Start shows the wall of well-known titles, which can be rated and skipped there.
bool wall_shown();

}  // namespace hub::ui::views
