#pragma once

#include <cstdint>
#include <string>

namespace hub {

/// What a person did with a work, apart from rating it. These stand beside each other: a film can be seen, liked and wished for again. None
/// of them is a rating, and none becomes one.
struct Deeds {
  bool seen = false;     ///< watched, read or played to its end
  bool begun = false;    ///< and, as far as is told, not ended
  bool dropped = false;  ///< given up
  bool wished = false;   ///< on a list for later
  bool owned = false;
  bool liked = false;
  std::uint32_t times = 0;  ///< how often it was seen, read or heard; 0 where that is not told
  std::uint32_t parts = 0;  ///< how many of its parts (episodes) were; likewise
  double hours = 0;         ///< that were spent with it; likewise
  std::string last;         ///< the latest day on which any of it is known to have happened, ISO 8601 calendar date, or empty

  bool any() const { return seen || begun || dropped || wished || owned || liked || times > 0 || parts > 0 || hours > 0; }
  bool operator==(const Deeds&) const = default;
};

/// What `other` tells of the same work is added: marks are united and the later day stays. Both may count the same, so of counts the higher
/// one stays.
void add_deeds(Deeds& deeds, const Deeds& other);

}  // namespace hub
