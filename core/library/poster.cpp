#include "core/library/poster.hpp"

namespace hub {

std::string poster_address(const Item& item) {
  if (!item.poster.empty() || item.type != MediaType::album) return item.poster;
  const auto id = item.ids.find("musicbrainz");
  return id == item.ids.end() ? std::string() : "https://coverartarchive.org/release-group/" + id->second + "/front";
}

}  // namespace hub
