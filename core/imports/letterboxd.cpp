/// Letterboxd's export: ratings.csv and what lies beside it (diary, reviews, watched, watchlist, likes), each as a file of its own; and the
/// table that Letterboxd reads, which other programs write.

#include <array>

#include "core/imports/service.hpp"
#include "core/imports/words.hpp"

namespace hub::imports {
namespace {

// A rating's day is the one on which it was entered ("Date"): that is what ratings.csv has, and what tells the latest. The day on which the
// film was seen can be years before.
constexpr std::array<Name, 13> names{{{"name", Field::title},
                                      {"title", Field::title},
                                      {"year", Field::year},
                                      {"rating", Field::rating},
                                      {"rating10", Field::rating_of_ten},
                                      {"date", Field::date},
                                      {"watcheddate", Field::seen},
                                      {"letterboxduri", Field::address},
                                      {"letterboxdurl", Field::address},
                                      {"directors", Field::creator},
                                      {"imdbid", Field::imdb_id},
                                      {"tmdbid", Field::tmdb_id},
                                      {"rewatch", Field::kind}}};

std::string fill(const Record& record, Item& item) {
  // In the diary and in reviews the address is of the entry, in the other files of the film.
  constexpr std::string_view host = "https://boxd.it/";
  const std::string& address = record[Field::address];
  if (address.starts_with(host) && !record.has(Field::seen)) item.ids["letterboxd"] = address.substr(host.size());
  return {};
}

Standing standing(const Record& record) {
  return record.has(Field::seen) || record.has(Field::kind) ? Standing::finished : Standing::unknown;
}

Standing wished(const Record&) {
  return Standing::wished;
}

Standing finished(const Record&) {
  return Standing::finished;
}

/// Each line of the diary, and of reviews, is one time that the film was seen.
void count_once(const Record& record, Facts& facts) {
  if (record.has(Field::seen)) facts.times = 1;
}

void like(const Record&, Facts& facts) {
  facts.liked = true;
}

constexpr Service service_with(Standing (*standing_of)(const Record&), void (*facts)(const Record&, Facts&)) {
  return {.name = "Letterboxd",
          .names = names,
          .type = MediaType::film,
          .scale = RatingScale::half_stars,
          .fill = fill,
          .standing = standing_of,
          .facts = facts};
}

constexpr Service service = service_with(standing, count_once);
constexpr Service watchlist = service_with(wished, nullptr);
constexpr Service watched = service_with(finished, nullptr);
constexpr Service likes = service_with(standing, like);

/// What a list of films without ratings lists is told by its name alone: the columns are the same.
const Service& listed_in(std::string_view path) {
  const std::string name = comparable(path.substr(path.rfind('/') + 1));
  if (name.starts_with("watchlist")) return watchlist;
  if (name.starts_with("watched")) return watched;
  const std::size_t folder = path.rfind("likes");
  return folder != std::string_view::npos || name.starts_with("films") ? likes : service;
}

bool is_list(const SourceFile& file) {
  return file.text.starts_with("Letterboxd list export");
}

Certainty recognise(const SourceFile& file) {
  const bool by_title = file.has_columns({"name"}) || file.has_columns({"title"});
  return is_list(file) || file.has_columns({"letterboxduri"}) || (by_title && file.has_columns({"watcheddate"})) ? Certainty::sure
                                                                                                                 : Certainty::none;
}

Expected<std::unique_ptr<Reader>> open(SourceFile&& file) {
  if (is_list(file))
    return failure(
        "wrong_export",
        "This is a list from Letterboxd, which has no ratings. Nothing was changed. Please bring ratings.csv from the export: on "
        "Letterboxd, open Settings, then Data, and choose Export your data.");
  if (file.has_columns({"rating"}) || file.has_columns({"rating10"})) return read_table(service, std::move(file));
  file.notes.emplace_back(
      "This file of Letterboxd lists films without ratings (watched, liked or wished for). Your ratings are in ratings.csv of the same "
      "export.");
  const Service& list = listed_in(file.name);
  return read_table(list, std::move(file));
}

}  // namespace

const Format letterboxd{"Letterboxd", recognise, open};

}  // namespace hub::imports
