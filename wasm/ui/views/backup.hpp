#pragma once

#include "wasm/ui/layout.hpp"

namespace hub::ui::views {

/// The section “Backup” of Data: one to download, one to bring back, and the file that is kept up to date.
void backup(Column& page, bool narrow);

}  // namespace hub::ui::views
