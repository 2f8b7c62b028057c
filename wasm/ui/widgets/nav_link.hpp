#pragma once

#include "imgui_internal.h"

#include <string_view>

#include "wasm/ui/theme.hpp"
#include "wasm/ui/widgets/icon.hpp"

namespace hub::ui {

/// A link of the main navigation. `below`: icon above label, as in a phone's bar; else beside it.
void nav_link(const char* id, const ImRect& box, Icon icon, std::string_view name, std::string_view href, bool current, bool below);

/// A link in running content: `label` in the accent-free link style, underlined on hover. “#/…” stays in the page.
/// @return  the width drawn.
float text_link(const char* id, ImVec2 at, std::string_view label, std::string_view href, Icon icon = Icon::none,
                theme::Type type = theme::Type::body);

}  // namespace hub::ui
