/// Trakt: the JSON files of its export (ratings-movies.json, watched-shows.json, lists-watchlist.json, …), which are also what its API
/// answers; and the table that it offers for downloading.

#include <array>

#include "core/imports/numbers.hpp"
#include "core/imports/service.hpp"
#include "core/imports/words.hpp"

namespace hub::imports {
namespace {

constexpr std::array<Name, 32> names{{{"movie.title", Field::title},
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
                                      {"plays", Field::times},
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

/// A show of which episodes were watched has been begun; whether it was watched to its end is not told.
Standing standing(const Record& record) {
  const Standing told = standing_of(record);
  return told == Standing::finished && record.has(Field::title_of_show) ? Standing::begun : told;
}

/// Lists of the person's own say nothing of what they want to see; the list of favourites says what they like.
void on_a_list(const Record& record, Facts& facts) {
  if (record.has(Field::listed)) facts.wished = false;
}

void on_favourites(const Record& record, Facts& facts) {
  if (record.has(Field::listed)) facts.wished = false, facts.liked = true;
}

constexpr Service service_with(void (*facts)(const Record&, Facts&)) {
  return {.name = "Trakt",
          .names = names,
          .type = MediaType::film,
          .scale = RatingScale::ten,
          .fill = fill,
          .standing = standing,
          .facts = facts};
}

constexpr Service service = service_with(nullptr);
constexpr Service list = service_with(on_a_list);
constexpr Service favourites = service_with(on_favourites);

/// The files of lists look like that of the watchlist; their names tell which is which.
const Service& service_of(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  if (name.starts_with("lists-list-") || name.starts_with("lists-collab")) return list;
  return name.starts_with("lists-favorites") ? favourites : service;
}

Certainty recognise(const SourceFile& file) {
  return file.has_columns({"traktid"}) || (is_json(file) && begins_with_any(file, {"\"trakt\""})) ? Certainty::sure : Certainty::none;
}

}  // namespace

const Format trakt{"Trakt", recognise, [](SourceFile&& file) -> Expected<std::unique_ptr<Reader>> {
                     const Service& its = service_of(file.name);
                     return is_json(file) ? read_json(its, std::move(file)) : read_table(its, std::move(file));
                   }};

}  // namespace hub::imports
