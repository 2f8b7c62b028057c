#pragma once

#include "wasm/ui/layout.hpp"

namespace hub::ui::views {

/// The sections of Data with the models that can be had on this device: what they are for, what they cost, how far they are. Nothing of
/// those that a page does not have.
void device_models(Column& page, bool narrow);

/// Whether this device says that it has little memory: models are offered in Data alone then, with a word on that.
bool little_memory();

}  // namespace hub::ui::views
