/// Letterboxd's import of films (https://letterboxd.com/about/importing-data/): ratings in half stars, films that were seen. Everything in
/// such a file counts as seen there, so that what is only wished for is left out.

#include <algorithm>
#include <cmath>

#include "core/exports/table.hpp"
#include "core/exports/values.hpp"
#include "core/exports/writers.hpp"

namespace hub::exports {

std::string write_letterboxd(std::span<const Entry* const> entries, std::size_t& written) {
  Table table("imdbID,tmdbID,Title,Year,Directors,Rating,WatchedDate");
  for (const Entry* entry : entries) {
    const Item& item = entry->item;
    if (item.type != MediaType::film || (!entry->rating && !was_seen(*entry))) continue;
    ++written;
    const double stars = entry->rating ? std::max(0.5, std::round(entry->rating->normalised() * 2) / 2) : 0;
    table.line({id_of(item, "imdb"), id_of(item, "tmdb"), item.title, year_of(item), makers(item),
                entry->rating ? number(stars) : std::string(), day_of(*entry)});
  }
  return table.take();
}

}  // namespace hub::exports
