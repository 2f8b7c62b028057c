// The vectors of the catalogue that are served with the page, put together when the page is built: texts, pieces, means and records by the
// very code that the engine reads stories with. scripts/site/catalogue-vectors.mjs is the other side, and runs the text model.

#include <emscripten.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <vector>

#include "core/engine/catalogue.hpp"
#include "core/engine/catalogue_stories.hpp"
#include "core/engine/text_model.hpp"
#include "core/engine/vector_records.hpp"
#include "core/features/story.hpp"

namespace {

struct Making {
  hub::engine::TextModel model;
  std::vector<hub::engine::StoryPieces> stories;
  std::vector<float> mean;
  hub::storage::Bytes records;
};

std::unique_ptr<Making> making;

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE void* stories_allocate(int size) {
  return std::malloc(static_cast<std::size_t>(size));
}

/// @return  how many texts there are to read; -1 where one of the three files is not as it should be.
EMSCRIPTEN_KEEPALIVE int stories_open(const char* models, int models_length, const char* vocabulary, int vocabulary_length,
                                      const char* catalogue, int catalogue_length) {
  auto model = hub::engine::read_text_model({models, static_cast<std::size_t>(models_length)});
  const auto pieces = hub::features::WordPiece::read({vocabulary, static_cast<std::size_t>(vocabulary_length)});
  const auto items = hub::engine::read_catalogue({catalogue, static_cast<std::size_t>(catalogue_length)});
  if (!model || !pieces || !items) return -1;
  auto stories = hub::engine::story_pieces(*items, *pieces, model->most_pieces);
  const auto head = hub::engine::vectors_head(model->hash, model->dimensions);
  making = std::make_unique<Making>(Making{std::move(*model), std::move(stories), {}, {head.begin(), head.end()}});
  return static_cast<int>(making->stories.size());
}

EMSCRIPTEN_KEEPALIVE int stories_count(int story) {
  return static_cast<int>(making->stories[static_cast<std::size_t>(story)].pieces.size());
}

EMSCRIPTEN_KEEPALIVE const std::int32_t* stories_pieces(int story) {
  return making->stories[static_cast<std::size_t>(story)].pieces.data();
}

/// @param states  what the model says of the pieces. @return  the text's vector, until the next call.
EMSCRIPTEN_KEEPALIVE const float* stories_mean(const float* states, int pieces) {
  const auto count = static_cast<std::size_t>(pieces);
  making->mean = hub::features::mean_vector({states, count * making->model.dimensions}, count, making->model.dimensions);
  return making->mean.data();
}

/// @param vector  of the next text, in their order.
EMSCRIPTEN_KEEPALIVE void stories_add(int story, const float* vector) {
  const auto kept = hub::features::quantised({vector, making->model.dimensions});
  hub::engine::add_record(making->records, making->stories[static_cast<std::size_t>(story)].key, kept.scale, kept.values);
}

EMSCRIPTEN_KEEPALIVE const std::uint8_t* stories_records() {
  return making->records.data();
}

EMSCRIPTEN_KEEPALIVE int stories_size() {
  return static_cast<int>(making->records.size());
}

}  // extern "C"
