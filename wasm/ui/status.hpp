#pragma once

#include "imgui.h"

#include <cstdint>
#include <string>

/// The two lines that are on every view: whether all is kept, and whether predictions are up to date.
namespace hub::ui {

/// How much of it is written; what is read out stays the same. `few` is a word or two, or the sign alone where that does not fit.
enum class StatusWords { all, some, few };

/// Status “Storage”: “Saved”, “Saving…”, “Opening…”, “Not saved: …”, “Read only: another tab keeps your ratings”, “Demo: nothing is kept”.
void storage_status(ImVec2 at, float width, StatusWords how = StatusWords::all);

/// Status “Training”: “Ready”, or “Refreshing films 40 %”.
void training_status(ImVec2 at, float width, StatusWords how = StatusWords::all);

/// 12,345
std::string with_thousands(std::uint64_t number);

}  // namespace hub::ui
