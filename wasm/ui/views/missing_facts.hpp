#pragma once

#include "wasm/ui/layout.hpp"

namespace hub::ui::views {

/// The section “Missing facts” of Data: what the library's titles lack, the looking up of it, and how far that is. Nothing where nothing
/// lacks, or nobody can be asked.
void missing_facts(Column& page, bool narrow);

}  // namespace hub::ui::views
