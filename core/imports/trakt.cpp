/// Trakt: the JSON files of its export (ratings-movies.json, watched-shows.json, lists-watchlist.json, …), which are also what its API
/// answers; and the table that it offers for downloading.

#include <array>

#include "core/imports/numbers.hpp"
#include "core/imports/service.hpp"
#include "core/imports/words.hpp"

namespace hub::imports {
namespace {

constexpr std::array<Name, 31> names{{{"movie.title", Field::title},
                                      {"movie.year", Field::year},
                                      {"movie.ids.imdb", Field::imdb_id},
                                      {"movie.ids.tmdb", Field::tmdb_id},
                                      {"movie.ids.trakt", Field::service_id},
                                      {"show.title", Field::title_of_show},
                                      {"show.year", Field::year},
                                      {"show.ids.imdb", Field::imdb_id},
                                      {"show.ids.tmdb", Field::tmdb_id},
                                      {"show.ids.trakt", Field::service_id},
                                      {"episode.number", Field::episode},
                                      {"season.number", Field::season},
                                      {"type", Field::kind},
                                      {"rating", Field::rating},
                                      {"rated_at", Field::date},
                                      {"watched_at", Field::seen},
                                      {"last_watched_at", Field::seen},
                                      {"listed_at", Field::listed},
                                      {"collected_at", Field::owned},
                                      {"last_collected_at", Field::owned},
                                      {"title", Field::title},
                                      {"year", Field::year},
                                      {"ratedat", Field::date},
                                      {"watchedat", Field::seen},
                                      {"listedat", Field::listed},
                                      {"imdbid", Field::imdb_id},
                                      {"tmdbid", Field::tmdb_id},
                                      {"traktid", Field::service_id},
                                      {"seasonnumber", Field::season},
                                      {"episodenumber", Field::episode},
                                      {"yourrating", Field::rating}}};

std::string fill(const Record& record, Item& item) {
  const std::string kind = comparable(record[Field::kind]);
  if (kind == "episode" || kind == "season") return "This is a part of a series. Only whole shows can be rated here.";
  if (kind == "person" || kind == "list") return "This is neither a film nor a show.";
  if (kind == "show") item.type = MediaType::show;
  if (read_whole(record[Field::service_id])) item.ids["trakt"] = record[Field::service_id];
  return {};
}

const Service service{.name = "Trakt", .names = names, .type = MediaType::film, .scale = RatingScale::ten, .fill = fill};

Certainty recognise(const SourceFile& file) {
  return file.has_columns({"traktid"}) || (is_json(file) && begins_with_any(file, {"\"trakt\""})) ? Certainty::sure : Certainty::none;
}

}  // namespace

const Format trakt{"Trakt", recognise, [](SourceFile&& file) -> Expected<std::unique_ptr<Reader>> {
                     return is_json(file) ? read_json(service, std::move(file)) : read_table(service, std::move(file));
                   }};

}  // namespace hub::imports
