#pragma once

#include "imgui_internal.h"

#include <string_view>

#include "wasm/ui/theme.hpp"
#include "wasm/ui/widgets/icon.hpp"

namespace hub::ui {

/// Icon beside its label, above it as in a phone's bar, or alone.
enum class NavForm { row, below, icon };

/// A link of the main navigation.
void nav_link(const char* id, const ImRect& box, Icon icon, std::string_view name, std::string_view href, bool current, NavForm form);

/// A link in running content: `label` in the accent-free link style, underlined on hover. “#/…” stays in the page.
/// @param max_width  a longer label ends with “…”; 0: no limit.
/// @return           the width drawn.
float text_link(const char* id, ImVec2 at, std::string_view label, std::string_view href, Icon icon = Icon::none,
                theme::Type type = theme::Type::body, float max_width = 0);

}  // namespace hub::ui
