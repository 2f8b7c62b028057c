#include <string_view>
#include <unordered_set>

#include "core/library/event.hpp"

namespace hub {

std::size_t Imported::rated_works() const {
  // Those of one work stand beside each other.
  std::size_t count = 0;
  for (std::size_t i = 0; i < ratings.size(); ++i) count += i + 1 == ratings.size() || ratings[i].item_id != ratings[i + 1].item_id;
  return count;
}

std::string Imported::words() const {
  std::unordered_set<std::string_view> rated;
  for (const Entry& entry : ratings) rated.insert(entry.item_id);
  std::size_t more = 0;
  for (const Told& one : told) more += !rated.contains(one.item_id);
  const std::size_t count = rated_works();
  std::string text;
  if (count > 0 || (told.empty() && songs.empty())) text = std::to_string(count) + (count == 1 ? " rating" : " ratings");
  if (more > 0) {
    const bool also = !text.empty();
    text += (also ? " and " : "") + std::to_string(more) + (also ? " more" : "") + (more == 1 ? " title" : " titles");
  }
  if (!songs.empty()) text += (text.empty() ? "" : " and ") + std::to_string(songs.size()) + (songs.size() == 1 ? " song" : " songs");
  return text + " from " + source;
}

}  // namespace hub
