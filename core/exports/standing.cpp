#include "core/exports/standing.hpp"

#include "core/exports/values.hpp"

namespace hub::exports {

std::string_view standing_of(const Entry& entry) {
  const Deeds& deeds = entry.deeds;
  if (deeds.dropped) return "dropped";
  if (deeds.begun && !deeds.seen) return "in progress";
  if (was_seen(entry)) return "completed";
  if (deeds.wished) return "wish list";
  return deeds.owned ? "owned" : "";
}

}  // namespace hub::exports
