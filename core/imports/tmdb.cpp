/// TMDB's export of ratings, watchlist and favourites: films, shows and episodes in one table.

#include <array>

#include "core/imports/service.hpp"
#include "core/imports/words.hpp"

namespace hub::imports {
namespace {

constexpr std::array<Name, 10> names{{{"tmdbid", Field::tmdb_id},
                                      {"imdbid", Field::imdb_id},
                                      {"type", Field::kind},
                                      {"name", Field::title},
                                      {"releasedate", Field::year},
                                      {"seasonnumber", Field::season},
                                      {"episodenumber", Field::episode},
                                      {"rating", Field::public_rating},
                                      {"yourrating", Field::rating},
                                      {"daterated", Field::date}}};

std::string fill(const Record& record, Item& item) {
  const std::string kind = comparable(record[Field::kind]);
  if (kind == "tv" || kind == "show" || kind == "tvshow")
    item.type = MediaType::show;
  else if (kind != "movie")
    return "The kind " + quoted(record[Field::kind]) + " is neither a film nor a show.";
  return {};
}

const Service service{.name = "TMDB", .names = names, .type = MediaType::film, .scale = RatingScale::ten, .fill = fill};

}  // namespace

const Format tmdb{"TMDB",
                  [](const SourceFile& file) {
                    return file.has_columns({"tmdbid", "name", "type"}) ? Certainty::sure : Certainty::none;
                  },
                  [](SourceFile&& file) -> Expected<std::unique_ptr<Reader>> { return read_table(service, std::move(file)); }};

}  // namespace hub::imports
