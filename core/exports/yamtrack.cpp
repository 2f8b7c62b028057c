/// Yamtrack's table (its own export and import): titles by the ids of the services that it asks, ratings out of 10 with a decimal.

#include <array>
#include <utility>

#include "core/exports/table.hpp"
#include "core/exports/values.hpp"
#include "core/exports/writers.hpp"

namespace hub::exports {
namespace {

/// Services by whose ids Yamtrack knows a title, in its own words, with ours; the surest first.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> sources{
    {{"tmdb", "tmdb"}, {"mal", "myanimelist"}, {"igdb", "igdb"}, {"openlibrary", "openlibrary"}, {"hardcover", "hardcover"}}};

std::string_view kind_of(MediaType type, std::string_view source) {
  switch (type) {
    case MediaType::film: return source == "mal" ? "anime" : "movie";
    case MediaType::show: return source == "mal" ? "anime" : "tv";
    case MediaType::game: return "game";
    case MediaType::book: return source == "mal" ? "manga" : "book";
    case MediaType::album: break;
  }
  return {};
}

std::string_view status_of(const Entry& entry) {
  const Deeds& deeds = entry.deeds;
  if (deeds.dropped) return "Dropped";
  if (deeds.begun && !deeds.seen) return "In progress";
  return entry.rating || was_seen(entry) ? "Completed" : "Planning";
}

}  // namespace

std::string write_yamtrack(std::span<const Entry* const> entries, std::size_t& written) {
  Table table(
      "media_id,source,media_type,title,image,season_number,episode_number,score,status,notes,start_date,end_date,progress,"
      "created_at,progressed_at");
  for (const Entry* entry : entries) {
    const Item& item = entry->item;
    for (const auto& [theirs, ours] : sources) {
      const std::string_view id = id_of(item, ours);
      const std::string_view kind = kind_of(item.type, theirs);
      if (id.empty() || kind.empty()) continue;
      ++written;
      const std::string_view day = day_of(*entry);
      const std::string_view status = status_of(*entry);
      table.line({id, theirs, kind, item.title, "", "", "", entry->rating ? number(rating_of_ten(*entry->rating)) : std::string(), status,
                  "", "", status == "Completed" ? day : std::string_view(), "", day, day});
      break;
    }
  }
  return table.take();
}

}  // namespace hub::exports
