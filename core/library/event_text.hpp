#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/library/json.hpp"

/// Events to and from text without a tree of all of it: an import may hold tens of thousands of items, whose trees would take twenty times
/// the memory of the text, and WebAssembly never gives memory back. They are written and read item by item.
namespace hub {

/// The same bytes as json_text(to_json(event)).
std::string event_text(const Event& event);

/// The same as event_from_json of the parsed text. @return Error "bad_json", "bad_event", "bad_item" or "bad_rating".
Expected<Event> event_from_text(std::string_view text);

/// Parses an object that holds an array of events under `key`, at its top.
///
/// @param events  receives them; in what is returned the array is empty.
/// @return        Error "bad_json" for text that is none, and those of event_from_json.
Expected<Json> parse_with_events(std::string_view text, std::string_view key, std::vector<Event>& events);

}  // namespace hub
