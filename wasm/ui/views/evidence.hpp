#pragma once

#include <string>
#include <vector>

#include "core/library/item.hpp"
#include "wasm/ui/layout.hpp"

namespace hub::ui::views {

/// One of the person's own ratings that is close to a title, and what they share.
struct Evidence {
  std::string item_id;
  std::string title;
  MediaType type = MediaType::film;
  double stars = 0;
  std::string shared;  ///< a maker, performer or theme of both
};

/// The person's ratings of the same type that share most makers, performers and themes with `item`, at most four. Kept until the library
/// changes.
const std::vector<Evidence>& evidence_for(const Item& item);

/// As a list of links under a heading.
void draw_evidence(Column& column, const std::vector<Evidence>& evidence);

}  // namespace hub::ui::views
