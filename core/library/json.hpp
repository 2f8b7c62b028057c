#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "core/library/error.hpp"
#include "core/library/event.hpp"

namespace hub {

/// JSON is the one written form of items and events: in the catalogue, the journal, backups and between the modules. Fields that are absent
/// are left out. Reading checks types and ranges and names the field that is wrong; unknown fields are ignored, so that a newer file can be
/// read.
using Json = nlohmann::json;

/// A whole number is written without a fraction: shorter, and what a schema calls an integer stays one.
Json json_number(double value);

Json to_json(const Item& item);
Json to_json(const Rating& rating);
Json to_json(const EventId& id);
Json to_json(const Imported::Entry& entry);
Json to_json(const Imported::Told& told);
Json to_json(const Imported::Line& line);
Json to_json(const Song& song);
Json to_json(const Event& event);

Expected<Item> item_from_json(const Json& json);
Expected<Rating> rating_from_json(const Json& json);
Expected<Imported::Entry> import_entry_from_json(const Json& json);
Expected<Imported::Told> told_from_json(const Json& json);
Expected<Imported::Line> line_from_json(const Json& json);
Expected<Song> song_from_json(const Json& json);
Expected<Event> event_from_json(const Json& json);

/// Parses text without exceptions. @return Error "bad_json" with the byte offset where parsing stopped.
Expected<Json> parse_json(std::string_view text);

/// In one line, keys in alphabetical order, so that equal values give equal bytes; numbers read back as the very same. Ill-formed UTF-8
/// becomes U+FFFD (Json::dump alone would end the program).
std::string json_text(const Json& json);

}  // namespace hub
