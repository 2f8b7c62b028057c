#pragma once

#include <span>
#include <string>

#include "wasm/ui/layout.hpp"
#include "wasm/ui/navigation.hpp"
#include "wasm/ui/widgets/key_caps.hpp"

namespace hub::ui::views {

/// Whether the person can say that the title is another work: it is theirs, and this tab may change it.
bool can_be_matched(const std::string& item_id);

/// Which work is this title? What it is now stands above the works that it could be.
void match_title(const Page& page, const std::string& item_id);

/// The same of the titles that wait for it, one after the other.
void match_review(const Page& page);

/// In Data: how many titles wait.
void titles_to_look_at(Column& page, bool narrow);

/// Keys where works are to choose from, for the list of shortcuts.
std::span<const WidgetKeys> match_keys();

}  // namespace hub::ui::views
