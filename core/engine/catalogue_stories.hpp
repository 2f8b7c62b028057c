#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/features/wordpiece.hpp"
#include "core/library/item.hpp"

namespace hub::engine {

/// What a text model is given of a work, and the key of its vector.
struct StoryPieces {
  std::uint64_t key = 0;
  std::vector<std::int32_t> pieces;
};

/// For each work that has a story, in their order, what Stories would have read of it; a text that several have once.
/// @param most_pieces  of a text (TextModel).
std::vector<StoryPieces> story_pieces(std::span<const Item> items, const features::WordPiece& wordpiece, std::size_t most_pieces);

}  // namespace hub::engine
