#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/library/error.hpp"
#include "core/library/event.hpp"

namespace hub::engine {

/// Reads the bundled catalogue: {"version":1,"items":[item, …]} (models/catalogue/schema.json). Items get the provenance "catalogue".
/// @return Error "bad_catalogue" naming the item and the field.
Expected<std::vector<Item>> read_catalogue(std::string_view json);

/// The demo profile: one imported batch whose ratings name items of the catalogue.
struct DemoRating {
  std::string item_id;
  Rating rating;
};

/// Reads {"version":1,"ratings":[{"item":id,"stars":4.5,"date":"2024-05-31"}, …]}.
Expected<std::vector<DemoRating>> read_demo(std::string_view json);

}  // namespace hub::engine
