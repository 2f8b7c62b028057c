#pragma once

#include <optional>

/// The browser's promise not to clear this page's data on its own when the device runs short of room (Storage Standard, “persistent
/// bucket”).
namespace hub::ui::persistence {

/// Asks for it once there is something to lose: at the first rating, not at the door. Call it in each frame.
void keep_asking();

/// While this page alone holds something of the person's, the browser asks before the page is left. Call it in each frame.
void hold();

/// What the browser answered; nothing while it was not asked or has not answered.
std::optional<bool> promised();

}  // namespace hub::ui::persistence
