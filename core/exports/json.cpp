/// Everything as JSON: an array of one object a title, with what is known of it left out where it is not.

#include "core/library/json.hpp"
#include "core/exports/standing.hpp"
#include "core/exports/values.hpp"
#include "core/exports/writers.hpp"
#include "core/library/limits.hpp"
#include "core/library/text.hpp"

namespace hub::exports {
namespace {

void put(Json& object, const char* name, std::string_view value) {
  if (std::string text = clean_text(std::string(value), most_synopsis_bytes); !text.empty()) object[name] = std::move(text);
}

std::string_view maker_of(MediaType type) {
  switch (type) {
    case MediaType::album: return "artist";
    case MediaType::book: return "author";
    case MediaType::game: return "developer";
    default: return "director";
  }
}

Json object_of(const Entry& entry) {
  const Item& item = entry.item;
  const Deeds& deeds = entry.deeds;
  Json object{{"type", name_of(item.type)}};
  put(object, "title", item.title);
  put(object, "original_title", item.original_title);
  if (item.year) object["year"] = *item.year;
  put(object, maker_of(item.type).data(), makers(item));
  if (entry.rating) object["rating"] = json_number(entry.rating->normalised());
  put(object, "date", day_of(entry));
  put(object, "status", standing_of(entry));
  put(object, "imdb_id", id_of(item, "imdb"));
  put(object, "tmdb_id", id_of(item, "tmdb"));
  put(object, "isbn", id_of(item, "isbn"));
  if (deeds.wished) object["on_wish_list"] = true;
  if (deeds.owned) object["owned"] = true;
  if (deeds.liked) object["liked"] = true;
  if (deeds.times > 0) object["times"] = deeds.times;
  for (const Rating& rating : entry.earlier)
    object["rated_before"].push_back({{"on", rating.date}, {"stars", json_number(rating.normalised())}});
  return object;
}

}  // namespace

std::string write_json(std::span<const Entry* const> entries, std::size_t& written) {
  std::string text = "[";
  for (const Entry* entry : entries) {
    text += (written == 0 ? "\n" : ",\n") + json_text(object_of(*entry));
    ++written;
  }
  return text + "\n]\n";
}

}  // namespace hub::exports
