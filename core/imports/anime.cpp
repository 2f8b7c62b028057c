/// The two great catalogues of anime and manga, which share ids: MyAnimeList (XML export, and the JSON of its API) and AniList (the JSON
/// that its API gives and that tools store). A season is an entry of its own in both.

#include <array>

#include "core/imports/numbers.hpp"
#include "core/imports/service.hpp"
#include "core/imports/words.hpp"

namespace hub::imports {
namespace {

constexpr std::array<Name, 20> my_anime_list_names{{{"series_animedb_id", Field::myanimelist_id},
                                                    {"series_title", Field::title},
                                                    {"series_type", Field::kind},
                                                    {"manga_mangadb_id", Field::myanimelist_id},
                                                    {"manga_title", Field::title},
                                                    {"my_score", Field::rating},
                                                    {"my_status", Field::status},
                                                    {"my_finish_date", Field::date},
                                                    {"my_read_chapters", Field::chapters},
                                                    {"node.id", Field::myanimelist_id},
                                                    {"node.title", Field::title},
                                                    {"node.media_type", Field::kind},
                                                    {"list_status.score", Field::rating},
                                                    {"list_status.status", Field::status},
                                                    {"list_status.finish_date", Field::date},
                                                    {"list_status.updated_at", Field::other_date},
                                                    {"list_status.num_chapters_read", Field::chapters},
                                                    {"node.start_season.year", Field::year},
                                                    {"node.start_date", Field::year},
                                                    {"node.mean", Field::public_rating}}};

constexpr std::array<std::string_view, 2> tags{"anime", "manga"};

std::string fill_kind(const Record& record, Item& item) {
  const std::string kind = comparable(record[Field::kind]);
  if (record.within == "manga" || record.has(Field::chapters))
    item.type = MediaType::book;
  else if (kind == "movie" || kind == "3")
    item.type = MediaType::film;
  else if (kind == "music" || kind == "6")
    return "This is a music video. Only films, shows and books are taken from here.";
  return {};
}

const Service my_anime_list{
    .name = "MyAnimeList", .names = my_anime_list_names, .type = MediaType::show, .scale = RatingScale::ten, .fill = fill_kind};

constexpr std::array<Name, 17> anilist_names{{{"media.title.userPreferred", Field::title},
                                              {"media.title.english", Field::title},
                                              {"media.title.romaji", Field::title},
                                              {"media.title.native", Field::original_title},
                                              {"media.idMal", Field::myanimelist_id},
                                              {"media.id", Field::service_id},
                                              {"media.format", Field::kind},
                                              {"media.type", Field::medium},
                                              {"media.seasonYear", Field::year},
                                              {"media.startDate.year", Field::year},
                                              {"media.averageScore", Field::public_rating},
                                              {"score", Field::rating},
                                              {"status", Field::status},
                                              {"completedAt.day", Field::day},
                                              {"completedAt.month", Field::month},
                                              {"completedAt.year", Field::year_of_date},
                                              {"media.chapters", Field::chapters}}};

std::string fill_anilist(const Record& record, Item& item) {
  if (std::string problem = fill_kind(record, item); !problem.empty()) return problem;
  if (record[Field::medium] == "MANGA") item.type = MediaType::book;
  if (read_whole(record[Field::service_id])) item.ids["anilist"] = record[Field::service_id];
  return {};
}

const Service anilist_service{.name = "AniList",
                              .names = anilist_names,
                              .type = MediaType::show,
                              .scale = RatingScale::hundred,
                              .scale_open = true,
                              .fill = fill_anilist};

}  // namespace

const Format myanimelist{
    "MyAnimeList",
    [](const SourceFile& file) {
      return begins_with_any(file, {"<myanimelist>"}) || (is_json(file) && begins_with_any(file, {"\"list_status\""})) ? Certainty::sure
                                                                                                                       : Certainty::none;
    },
    [](SourceFile&& file) -> Expected<std::unique_ptr<Reader>> {
      if (is_json(file)) return read_json(my_anime_list, std::move(file));
      return read_service(my_anime_list, std::move(file.text), std::move(file.notes),
                          [](const Service& its, std::string_view text, CsvLayout) { return xml_source(text, its.names, tags); });
    }};

const Format anilist{"AniList",
                     [](const SourceFile& file) {
                       return is_json(file) && begins_with_any(file, {"anilist.co", "anilistcdn", "\"userPreferred\"", "\"idMal\""})
                                  ? Certainty::sure
                                  : Certainty::none;
                     },
                     [](SourceFile&& file) -> Expected<std::unique_ptr<Reader>> { return read_json(anilist_service, std::move(file)); }};

}  // namespace hub::imports
