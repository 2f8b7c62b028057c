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

std::vector<PictureModel> read_picture_models(std::string_view json) {
  constexpr std::size_t most = 8;
  constexpr std::uint64_t most_pieces_of_a_text = 8192;
  std::vector<PictureModel> models;
  const auto whole = parse_json(json);
  if (!whole || !whole->is_object() || !whole->contains("pictures") || !(*whole)["pictures"].is_array()) return models;
  for (const Json& told : (*whole)["pictures"]) {
    auto entry = model_entry(told, "picture model");
    const auto id = told.is_object() ? told.find("id") : Json::const_iterator();
    if (!entry || id == told.end() || !id->is_string() || models.size() == most) continue;
    const std::uint64_t pieces = count_in(told, "most_pieces");
    PictureModel model{id->get<std::string>(), std::move(entry->name), std::move(entry->licence), std::move(entry->hash),
                       entry->download_bytes,  entry->memory_bytes,    entry->dimensions,         0};
    if (pieces >= 3 && pieces <= most_pieces_of_a_text) model.most_pieces = static_cast<std::size_t>(pieces);
    models.push_back(std::move(model));
  }
  return models;
}

}  // namespace hub::engine
