#include "core/storage/migrations.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "core/library/event_text.hpp"

namespace hub::storage {

Expected<Event> Format::read(std::string_view text, std::uint32_t version) const {
  const auto steps = std::span(migrations).subspan(version - 1);
  if (std::all_of(steps.begin(), steps.end(), [](Migration step) { return step == nullptr; })) return event_from_text(text);
  Expected<Json> json = parse_json(text);
  if (!json) return tl::unexpected(std::move(json.error()));
  for (const Migration step : steps) {
    if (!step) continue;
    json = step(std::move(*json));
    if (!json) return tl::unexpected(std::move(json.error()));
  }
  return event_from_json(*json);
}

const Format& present_format() {
  static const Format format{{nullptr, nullptr, nullptr, nullptr, nullptr}};
  return format;
}

}  // namespace hub::storage
