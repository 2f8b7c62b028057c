#include "core/engine/catalogue.hpp"

#include "core/library/json.hpp"

namespace hub::engine {
namespace {

/// The array under `name` of an object whose "version" is 1.
Expected<const Json*> versioned_array(const Json& root, const char* name) {
  const auto version = root.is_object() ? root.find("version") : root.end();
  if (!root.is_object() || version == root.end() || *version != 1) return failure("bad_catalogue", "The file is not of version 1.");
  const auto array = root.find(name);
  if (array == root.end() || !array->is_array()) return failure("bad_catalogue", std::string("The file has no list of ") + name + ".");
  return &*array;
}

}  // namespace

Expected<std::vector<Item>> read_catalogue(std::string_view text) {
  const auto root = parse_json(text);
  if (!root) return failure("bad_catalogue", root.error().message);
  const auto array = versioned_array(*root, "items");
  if (!array) return tl::unexpected(array.error());
  std::vector<Item> items;
  items.reserve((*array)->size());
  for (const Json& element : **array) {
    auto item = item_from_json(element);
    if (!item) return failure("bad_catalogue", "Item " + std::to_string(items.size() + 1) + ": " + item.error().message);
    item->provenance = "catalogue";
    items.push_back(std::move(*item));
  }
  return items;
}

Expected<std::vector<DemoRating>> read_demo(std::string_view text) {
  const auto root = parse_json(text);
  if (!root) return failure("bad_catalogue", root.error().message);
  const auto array = versioned_array(*root, "ratings");
  if (!array) return tl::unexpected(array.error());
  std::vector<DemoRating> ratings;
  for (const Json& element : **array) {
    const auto item = element.is_object() ? element.find("item") : element.end();
    const auto stars = element.is_object() ? element.find("stars") : element.end();
    const auto date = element.is_object() ? element.find("date") : element.end();
    if (!element.is_object() || item == element.end() || !item->is_string() || stars == element.end() || !stars->is_number() ||
        date == element.end() || !date->is_string() || !is_valid(stars->get<double>(), RatingScale::half_stars)) {
      return failure("bad_catalogue", "Rating " + std::to_string(ratings.size() + 1) + " is not whole.");
    }
    ratings.push_back({item->get<std::string>(), {stars->get<double>(), RatingScale::half_stars, date->get<std::string>(), "demo"}});
  }
  return ratings;
}

}  // namespace hub::engine
