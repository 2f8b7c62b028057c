#include "core/engine/catalogue_stories.hpp"

#include <string>
#include <unordered_set>

#include "core/features/story.hpp"

namespace hub::engine {

std::vector<StoryPieces> story_pieces(std::span<const Item> items, const features::WordPiece& wordpiece, std::size_t most_pieces) {
  std::vector<StoryPieces> all;
  std::unordered_set<std::uint64_t> seen;
  for (const Item& item : items) {
    const std::string story = features::story_of(item);
    if (story.empty()) continue;
    const std::uint64_t key = key_of(story);
    if (seen.insert(key).second) all.push_back({key, wordpiece.encode(story, most_pieces)});
  }
  return all;
}

}  // namespace hub::engine
