#include "core/engine/picture_model.hpp"

#include <utility>

#include "core/engine/model_entry.hpp"
#include "core/features/projection.hpp"

namespace hub::engine {
namespace {

/// So many numbers are kept as they are: in the space of a model of texts and pictures both have to be whole.
constexpr std::size_t most_kept = 512;

}  // namespace

std::size_t PictureModel::dimensions() const {
  return features <= most_kept ? features : features::projected_dimensions;
}

Expected<PictureModel> read_picture_model(std::string_view json) {
  auto entry = model_entry(json, "image", "picture model");
  if (!entry) return tl::unexpected(entry.error());
  return PictureModel{std::move(entry->name), std::move(entry->licence), std::move(entry->hash),
                      entry->download_bytes,  entry->memory_bytes,       entry->dimensions};
}

}  // namespace hub::engine
