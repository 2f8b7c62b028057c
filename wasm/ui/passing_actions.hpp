#pragma once

#include <vector>

#include "wasm/ui/actions.hpp"

namespace hub::ui {

/// What can be done with what happens to be on the screen, each action named by its title, song, model or service. They are made anew
/// whenever they are looked at, and all of them are possible.
std::vector<Action> passing_actions();

}  // namespace hub::ui
