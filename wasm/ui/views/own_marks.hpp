#pragma once

#include "core/library/item.hpp"
#include "wasm/ui/layout.hpp"

namespace hub::ui::views {

/// What the person did with a work besides rating it, as chips that are set and taken away, and when and how often in words.
void own_marks(Column& column, const Item& item);

/// What a work of the type is when it was seen: "Watched", "Played", "Heard", "Read".
std::string_view seen_word(MediaType type);

}  // namespace hub::ui::views
