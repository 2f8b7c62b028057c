#pragma once

#include <vector>

#include "core/protocol/protocol.hpp"
#include "wasm/ui/layout.hpp"

namespace hub::ui::views {

/// Whether there is any to draw.
bool has_evidence(const std::vector<protocol::CarriedBy>& carried);
/// The person's own ratings that carry a prediction most, with what each adds or takes and what would be predicted had it not been given: a
/// list of links under a heading.
/// @param carried  strongest first, as the engine tells it; those whose share would read as nothing are left out.
/// @param stars    the prediction, 0.5 … 5.
void draw_evidence(Column& column, const std::vector<protocol::CarriedBy>& carried, double stars);

}  // namespace hub::ui::views
