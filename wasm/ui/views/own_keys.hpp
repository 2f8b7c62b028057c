#pragma once

#include <string_view>

#include "wasm/ui/layout.hpp"

namespace hub::ui::views {

/// The section of Data for the person's own keys to services that want one; nothing where the page reaches no such service.
void own_keys(Column& page, bool narrow);

/// Puts the focus into the field for a service's key, when the section is drawn next.
void ask_for_key(std::string_view service);

}  // namespace hub::ui::views
