#pragma once

#include "imgui_internal.h"

namespace hub::ui {

/// The client's toasts, the newest, above the bottom of `area`. Leaves after a while; waits while the pointer is on it. Called by the
/// application.
void toasts(const ImRect& area);

}  // namespace hub::ui
