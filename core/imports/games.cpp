/// Lists of games: what a library exporter writes of Steam (table) and its API answers (JSON), the table of GOG Galaxy's games, and the
/// exports of Grouvee and HowLongToBeat. Backloggd has no export; tables that programs make of it are read as any table.

#include <algorithm>
#include <array>

#include "core/imports/numbers.hpp"
#include "core/imports/service.hpp"
#include "core/imports/words.hpp"

namespace hub::imports {
namespace {

constexpr std::array<Name, 11> steam_names{{{"game", Field::title},
                                            {"name", Field::title},
                                            {"id", Field::service_id},
                                            {"appid", Field::service_id},
                                            {"hours", Field::hours},
                                            {"lastplayed", Field::seen},
                                            {"releasedate", Field::year},
                                            // As in its API's answers.
                                            {"playtime_forever", Field::minutes},
                                            {"rtime_last_played", Field::seen},
                                            {"playtimeforever", Field::minutes},
                                            {"rtimelastplayed", Field::seen}}};

std::string fill_steam(const Record& record, Item& item) {
  if (read_whole(record[Field::service_id])) item.ids["steam"] = record[Field::service_id];
  return {};
}

/// A library: all in it is owned, and what was played has been begun.
Standing owned(const Record&) {
  return Standing::owned;
}

void played(const Record&, Facts& facts) {
  facts.begun = facts.hours > 0;
  facts.times = 0;
}

const Service steam_service{.name = "Steam",
                            .names = steam_names,
                            .type = MediaType::game,
                            .scale = RatingScale::hundred,
                            .fill = fill_steam,
                            .standing = owned,
                            .facts = played};

constexpr std::array<Name, 5> gog_names{{{"title", Field::title},
                                         {"originaltitle", Field::original_title},
                                         {"releasedate", Field::year},
                                         {"gamemins", Field::minutes},
                                         {"myrating", Field::rating}}};

const Service gog_service{.name = "GOG Galaxy",
                          .names = gog_names,
                          .type = MediaType::game,
                          .scale = RatingScale::half_stars,
                          .standing = owned,
                          .facts = played};

constexpr std::array<Name, 7> grouvee_names{{{"id", Field::service_id},
                                             {"name", Field::title},
                                             {"shelves", Field::status},
                                             {"rating", Field::rating},
                                             {"releasedate", Field::year},
                                             {"giantbombid", Field::medium},
                                             {"dates", Field::count}}};

/// The shelves are an object whose members are their names.
Standing on_shelf(const Record& record) {
  const std::string& shelves = record[Field::status];
  const auto named = [&](std::string_view name) { return shelves.find("\"" + std::string(name) + "\"") != std::string::npos; };
  if (named("Played")) return Standing::finished;
  if (named("Playing")) return Standing::begun;
  if (named("Wish List")) return Standing::wished;
  return named("Backlog") ? Standing::owned : Standing::unknown;
}

std::string fill_grouvee(const Record& record, Item& item) {
  if (read_whole(record[Field::medium])) item.ids["giantbomb"] = record[Field::medium];
  return {};
}

const Service grouvee_service{.name = "Grouvee",
                              .names = grouvee_names,
                              .type = MediaType::game,
                              .scale = RatingScale::stars,
                              .fill = fill_grouvee,
                              .standing = on_shelf};

constexpr std::array<Name, 9> how_long_names{{{"title", Field::title},
                                              {"playing", Field::medium},
                                              {"backlog", Field::listed},
                                              {"completed", Field::kind},
                                              {"retired", Field::status},
                                              {"review", Field::rating},
                                              {"completiondate", Field::date},
                                              {"updated", Field::other_date},
                                              {"progress", Field::length}}};

Standing in_column(const Record& record) {
  if (record.has(Field::kind)) return Standing::finished;
  if (record.has(Field::status)) return Standing::dropped;
  if (record.has(Field::medium)) return Standing::begun;
  return record.has(Field::listed) ? Standing::wished : Standing::unknown;
}

const Service how_long_service{.name = "HowLongToBeat",
                               .names = how_long_names,
                               .type = MediaType::game,
                               .scale = RatingScale::hundred,
                               .fill =
                                   [](const Record&, Item& item) {
                                     item.length.reset();  // what stands there is how far the person is
                                     return std::string();
                                   },
                               .standing = in_column};

}  // namespace

const Format steam{"Steam",
                   [](const SourceFile& file) {
                     const bool table = file.has_columns({"game", "id", "hours"});
                     return table || (is_json(file) && begins_with_any(file, {"\"playtime_forever\""})) ? Certainty::sure : Certainty::none;
                   },
                   [](SourceFile&& file) -> Expected<std::unique_ptr<Reader>> {
                     return is_json(file) ? read_json(steam_service, std::move(file)) : read_table(steam_service, std::move(file));
                   }};

const Format gog{"GOG Galaxy",
                 [](const SourceFile& file) {
                   return file.has_columns({"title", "platformlist"}) ? Certainty::sure : Certainty::none;
                 },
                 [](SourceFile&& file) -> Expected<std::unique_ptr<Reader>> { return read_table(gog_service, std::move(file)); }};

const Format grouvee{"Grouvee",
                     [](const SourceFile& file) {
                       return file.has_columns({"name", "shelves", "giantbombid"}) ? Certainty::sure : Certainty::none;
                     },
                     [](SourceFile&& file) -> Expected<std::unique_ptr<Reader>> { return read_table(grouvee_service, std::move(file)); }};

const Format how_long_to_beat{
    "HowLongToBeat",
    [](const SourceFile& file) {
      return file.has_columns({"title", "backlog", "retired", "mainstory"}) ? Certainty::sure : Certainty::none;
    },
    [](SourceFile&& file) -> Expected<std::unique_ptr<Reader>> { return read_table(how_long_service, std::move(file)); }};

}  // namespace hub::imports
