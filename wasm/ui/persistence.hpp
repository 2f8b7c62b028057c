#pragma once

#include <optional>

/// The browser's promise not to clear this page's data on its own when the device runs short of room (Storage Standard, “persistent
/// bucket”).
namespace hub::ui::persistence {

/// Whether to offer that the browser be asked, with the reason: once there is something to lose (a few ratings, not the first at the door),
/// it has promised nothing so far, and the person has not put the question off before. Call it in each frame.
bool offered();
/// The person agreed: some browsers ask them once more.
void ask();
/// Not now, and not again.
void put_off();

/// While this page alone holds something of the person's, the browser asks before the page is left. Call it in each frame.
void hold();

/// What the browser answered; nothing while it was not asked or has not answered.
std::optional<bool> promised();

}  // namespace hub::ui::persistence
