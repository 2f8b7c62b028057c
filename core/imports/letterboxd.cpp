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

const Service service{
    .name = "Letterboxd", .names = names, .type = MediaType::film, .scale = RatingScale::half_stars, .fill = fill, .standing = standing};

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
  if (!file.has_columns({"rating"}) && !file.has_columns({"rating10"}))
    file.notes.push_back(
        "This file of Letterboxd lists films without ratings (watched, liked or wished for). The ratings are in ratings.csv of the same "
        "export.");
  return read_table(service, std::move(file));
}

}  // namespace

const Format letterboxd{"Letterboxd", recognise, open};

}  // namespace hub::imports
