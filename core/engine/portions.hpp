#pragma once

#include <cstddef>
#include <span>
#include <utility>
#include <variant>

#include "core/library/event.hpp"

namespace hub::engine {

/// Works and events of which one message tells, about: a few hundred kilobytes. While a message crosses to the interface or to another tab
/// it is in memory several times over, and what memory has grown by stays.
inline constexpr std::size_t told_a_message = 2000;

/// Cuts a history into what messages can carry. An event is never cut, so that an import is one portion at least.
///
/// @param tell  called with each portion in order, and whether it is the last; once, with none, where there are no events.
template <typename Tell>
void in_portions(std::span<const Event> events, Tell&& tell) {
  const auto told_by = [](const Event& event) {
    const auto* imported = std::get_if<Imported>(&event.payload);
    return 1 + (imported ? imported->items.size() + imported->ratings.size() / 4 + imported->told.size() / 4 + imported->songs.size() : 0);
  };
  do {
    std::size_t told = 0;
    std::size_t count = 0;
    while (count < events.size() && told < told_a_message) told += told_by(events[count++]);
    const std::span<const Event> portion = events.first(count);
    events = events.subspan(count);
    tell(portion, events.empty());
  } while (!events.empty());
}

}  // namespace hub::engine
