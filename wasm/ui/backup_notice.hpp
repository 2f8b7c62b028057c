#pragma once

#include "imgui.h"

namespace hub::ui {

/// Above every view: that the backup file waits or was not written, where the view does not tell that itself, or the reminder of a backup.
/// @param may_remind  false while something else is asked.
/// @return            the height it took, 0 where there is nothing to say.
float backup_notice(ImVec2 at, float width, bool may_remind);

}  // namespace hub::ui
