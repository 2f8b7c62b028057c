#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/library/error.hpp"
#include "core/library/event.hpp"

/// Events as bytes, for the way from the engine to the interface: an import of ten thousand titles is taken in between two frames, where
/// JSON would hold the page up for more than half a second. Not for files: there is no version in it, both ends are of one build.
namespace hub {

/// Strings and lists with their length in front, whole numbers as LEB128 (signed ones zigzag), floating-point ones as IEEE 754 binary64,
/// little end first.
std::vector<std::uint8_t> event_bytes(std::span<const Event> events);

/// The inverse. Whether events make sense is not looked at, as event_from_text() does for what comes from outside.
/// @return Error "bad_event" for bytes that event_bytes() cannot have made; no more memory is taken than they could stand for.
Expected<std::vector<Event>> events_from_bytes(std::span<const std::uint8_t> bytes);

}  // namespace hub
