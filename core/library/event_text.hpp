#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/library/json.hpp"

/// Events to and from text without a tree of all of it: an import may hold tens of thousands of items, whose trees would take twenty times
/// the memory of the text, and WebAssembly never gives memory back. They are written and read item by item.
namespace hub {

/// The same bytes as json_text(to_json(item)).
std::string item_text(const Item& item);

/// The same bytes as json_text(to_json(event)).
std::string event_text(const Event& event);

/// The same as event_from_json of the parsed text. @return Error "bad_json", "bad_event", "bad_item" or "bad_rating".
Expected<Event> event_from_text(std::string_view text);

}  // namespace hub
