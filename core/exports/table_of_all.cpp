/// Everything in one table, for spreadsheets and for programs that let their columns be chosen. Ratings are in stars out of 5.

#include "core/exports/standing.hpp"
#include "core/exports/table.hpp"
#include "core/exports/values.hpp"
#include "core/exports/writers.hpp"

namespace hub::exports {

std::string write_table(std::span<const Entry* const> entries, std::size_t& written) {
  Table table("Title,Original Title,Year,Type,Creators,My Rating,Date,Status,IMDb ID,TMDB ID,ISBN");
  for (const Entry* entry : entries) {
    const Item& item = entry->item;
    ++written;
    table.line({item.title, item.original_title, year_of(item), name_of(item.type), makers(item),
                entry->rating ? number(entry->rating->normalised()) : std::string(), day_of(*entry), standing_of(*entry),
                id_of(item, "imdb"), id_of(item, "tmdb"), id_of(item, "isbn")});
  }
  return table.take();
}

}  // namespace hub::exports
