#include "core/library/deeds.hpp"

#include <algorithm>

namespace hub {

void add_deeds(Deeds& deeds, const Deeds& other) {
  deeds.seen |= other.seen;
  deeds.begun |= other.begun;
  deeds.dropped |= other.dropped;
  deeds.wished |= other.wished;
  deeds.owned |= other.owned;
  deeds.liked |= other.liked;
  deeds.times = std::max(deeds.times, other.times);
  deeds.parts = std::max(deeds.parts, other.parts);
  deeds.hours = std::max(deeds.hours, other.hours);
  deeds.last = std::max(deeds.last, other.last);
}

}  // namespace hub
