#pragma once

#include <vector>

#include "core/protocol/protocol.hpp"
#include "wasm/ui/layout.hpp"

namespace hub::ui::views {

/// The person's own ratings that carry a prediction most, with what each adds or takes: a list of links under a heading.
/// @param carried  strongest first, as the engine tells it; those whose share would read as nothing are left out.
/// @return         whether there was any to draw.
bool has_evidence(const std::vector<protocol::CarriedBy>& carried);
void draw_evidence(Column& column, const std::vector<protocol::CarriedBy>& carried);

}  // namespace hub::ui::views
