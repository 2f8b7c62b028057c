#pragma once

#include "imgui.h"

#include <cstdint>
#include <string>

/// The two lines that are on every view: whether all is kept, and whether predictions are up to date.
namespace hub::ui {

/// Status “Storage”: “Saved”, “Saving…”, “Opening…”, “Not saved: …”, “Read only: another tab keeps your ratings”, “Demo: nothing is kept”.
/// @param short_words  on a phone; what is read out stays the same.
void storage_status(ImVec2 at, float width, bool short_words = false);

/// Status “Training”: “Ready”, or “Refreshing films 40 %”.
void training_status(ImVec2 at, float width, bool short_words = false);

/// 12,345
std::string with_thousands(std::uint64_t number);

}  // namespace hub::ui
