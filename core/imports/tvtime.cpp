/// TV Time's answer to a request for all data: many tables, of which those are read that name shows, episodes and films
/// (user_tv_show_data, tv_show_rate, tracking-prod-records, tracking-prod-records-v2, seen_episode_source, …).

#include <array>

#include "core/imports/service.hpp"
#include "core/imports/words.hpp"

namespace hub::imports {
namespace {

constexpr std::array<Name, 21> names{{{"tvshowname", Field::title_of_show},
                                      {"seriesname", Field::title_of_show},
                                      {"moviename", Field::title},
                                      {"releasedate", Field::year},
                                      {"tvshowid", Field::service_id},
                                      {"sid", Field::service_id},
                                      {"rating", Field::rating},
                                      {"episodenumber", Field::episode},
                                      {"epno", Field::episode},
                                      {"episodeseasonnumber", Field::season},
                                      {"seasonnumber", Field::season},
                                      {"sno", Field::season},
                                      {"type", Field::kind},
                                      {"entitytype", Field::medium},
                                      {"isfavorited", Field::liked},
                                      {"isfollowed", Field::listed},
                                      {"nbepisodesseen", Field::parts},
                                      {"watchdate", Field::seen},
                                      {"createdat", Field::date},
                                      {"updatedat", Field::other_date},
                                      {"episodeid", Field::count}}};

std::string fill(const Record& record, Item& item) {
  const std::string& id = record[Field::service_id];
  if (item.type == MediaType::show && !id.empty() && id.find_first_not_of("0123456789") == std::string::npos) item.ids["tvdb"] = id;
  return {};
}

/// Films are followed before they are watched or put on the list; shows that are followed have been begun or not, as the episodes say.
Standing standing(const Record& record) {
  const std::string kind = comparable(record[Field::kind]);
  if (kind == "watch" || kind == "rewatch") return Standing::finished;
  if (kind == "towatch") return Standing::wished;
  if (is_set(record[Field::parts])) return Standing::begun;
  return record.has(Field::parts) && is_set(record[Field::listed]) ? Standing::wished : Standing::unknown;
}

void tidy(const Record& record, Facts& facts) {
  facts.wished = standing(record) == Standing::wished;
  if (facts.seen) facts.times = 1;
}

const Service service{.name = "TV Time",
                      .names = names,
                      .type = MediaType::film,
                      .scale = RatingScale::hundred,
                      .scale_open = true,
                      .stars_too = true,
                      .parts_seen = true,
                      .fill = fill,
                      .standing = standing,
                      .facts = tidy};

Certainty recognise(const SourceFile& file) {
  const bool shows = file.has_columns({"tvshowname", "tvshowid"}) || file.has_columns({"tvshowname", "episodenumber"});
  const bool tracking = file.has_columns({"seriesname", "sid"}) || file.has_columns({"seriesname", "episodeid"});
  return shows || tracking || file.has_columns({"moviename", "entitytype"}) ? Certainty::sure : Certainty::none;
}

}  // namespace

const Format tvtime{"TV Time", recognise,
                    [](SourceFile&& file) -> Expected<std::unique_ptr<Reader>> { return read_table(service, std::move(file)); }};

}  // namespace hub::imports
