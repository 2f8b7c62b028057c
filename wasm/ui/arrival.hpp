#pragma once

#include "imgui_internal.h"

namespace hub::ui {

/// How much of the engine has come, at the bottom of `area`, while it is waited for and that takes long enough to be seen.
void arrival(const ImRect& area);

}  // namespace hub::ui
