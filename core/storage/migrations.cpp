#include "core/storage/migrations.hpp"

#include <utility>

#include "core/library/event_text.hpp"

namespace hub::storage {

Expected<Event> Format::read(std::string_view text, std::uint32_t version) const {
  if (version == this->version()) return event_from_text(text);
  Expected<Json> json = parse_json(text);
  if (!json) return tl::unexpected(std::move(json.error()));
  for (std::uint32_t step = version; step < this->version(); ++step) {
    json = migrations[step - 1](std::move(*json));
    if (!json) return tl::unexpected(std::move(json.error()));
  }
  return event_from_json(*json);
}

const Format& present_format() {
  static const Format format{};
  return format;
}

}  // namespace hub::storage
