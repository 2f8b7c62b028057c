/// The shape of IMDb's own export of ratings, which many programs read: whole numbers from 1 to 10, titles by their IMDb ids.

#include "core/exports/table.hpp"
#include "core/exports/values.hpp"
#include "core/exports/writers.hpp"

namespace hub::exports {
namespace {

std::string_view kind_of(MediaType type) {
  return type == MediaType::film ? "Movie" : type == MediaType::show ? "TV Series" : "Video Game";
}

}  // namespace

std::string write_imdb(std::span<const Entry* const> entries, std::size_t& written) {
  Table table(
      "Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres,Num Votes,"
      "Release Date,Directors");
  for (const Entry* entry : entries) {
    const Item& item = entry->item;
    const std::string id(id_of(item, "imdb"));
    if (!entry->rating || id.empty() || item.type == MediaType::album || item.type == MediaType::book) continue;
    ++written;
    std::string genres;
    for (const std::string& genre : item.genres) genres += (genres.empty() ? "" : ", ") + genre;
    const std::string minutes = item.length && item.type != MediaType::game ? number(*item.length) : std::string();
    table.line({id, std::to_string(whole_rating(*entry->rating, 10)), entry->rating->date, item.title,
                item.original_title.empty() ? item.title : item.original_title.text(), "https://www.imdb.com/title/" + id + "/",
                kind_of(item.type), "", minutes, year_of(item), genres, "", "", item.type == MediaType::film ? makers(item) : ""});
  }
  return table.take();
}

}  // namespace hub::exports
