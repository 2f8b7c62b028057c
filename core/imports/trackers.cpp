/// Programs in which people keep what they see, read and play themselves: Yamtrack (its table), Ryot (the JSON of its export) and
/// MediaTracker (the JSON that its API answers with).

#include <array>

#include "core/imports/numbers.hpp"
#include "core/imports/service.hpp"
#include "core/imports/words.hpp"
#include "core/library/json.hpp"

namespace hub::imports {
namespace {

/// Sets the type that a tracker's word stands for. @return  why it has no place here, or empty.
std::string take_type(std::string_view word, Item& item) {
  const std::string kind = comparable(word);
  if (kind == "movie")
    item.type = MediaType::film;
  else if (kind == "tv" || kind == "show" || kind == "anime" || kind == "season" || kind == "episode")
    item.type = MediaType::show;
  else if (kind == "game" || kind == "videogame" || kind == "visualnovel")
    item.type = MediaType::game;
  else if (kind == "book" || kind == "audiobook" || kind == "manga" || kind == "comic")
    item.type = MediaType::book;
  else
    return "The kind " + imports::quoted(word) + " has no place here.";
  return {};
}

/// Keeps the id that `source`, in the tracker's words, gives to the work. Of a part of a series it is that of the whole.
void take_id(Item& item, std::string_view source, const std::string& id) {
  const std::string key = comparable(source);
  if (id.empty() || key.empty() || key == "manual" || key == "custom") return;
  if (key == "mal" || key == "myanimelist")
    item.ids["myanimelist"] = id;
  else if (key == "tmdb" || key == "anilist" || key == "igdb" || key == "openlibrary" || key == "hardcover" || key == "mangaupdates" ||
           key == "kitsu" || key == "audible" || key == "vndb")
    item.ids[key] = id;
}

constexpr std::array<Name, 16> yamtrack_names{{{"mediaid", Field::service_id},
                                               {"source", Field::medium},
                                               {"mediatype", Field::kind},
                                               {"title", Field::title_of_show},
                                               {"seasonnumber", Field::season},
                                               {"episodenumber", Field::episode},
                                               {"score", Field::rating},
                                               {"status", Field::status},
                                               {"enddate", Field::seen},
                                               {"progress", Field::count},
                                               {"progressedat", Field::date},
                                               {"progresschanged", Field::date},
                                               {"createdat", Field::other_date},
                                               {"startdate", Field::count},
                                               {"repeats", Field::count},
                                               {"notes", Field::count}}};

std::string fill_yamtrack(const Record& record, Item& item) {
  take_id(item, record[Field::medium], record[Field::service_id]);
  return take_type(record[Field::kind], item);
}

/// A work that was given up or is under way can have a day on which it was last seen.
Standing standing_of_yamtrack(const Record& record) {
  const Standing said = standing_from(record[Field::status]);
  return said == Standing::unknown && record.has(Field::seen) ? Standing::finished : said;
}

const Service yamtrack_service{.name = "Yamtrack",
                               .names = yamtrack_names,
                               .type = MediaType::film,
                               .scale = RatingScale::ten,
                               .zero_is_none = false,
                               .editions = true,
                               .fill = fill_yamtrack,
                               .standing = standing_of_yamtrack};

constexpr std::array<Name, 4> ryot_names{
    {{"lot", Field::kind}, {"source", Field::medium}, {"identifier", Field::service_id}, {"source_id", Field::title}}};

bool has_value(const Json& object, const char* member) {
  const auto found = object.find(member);
  return found != object.end() && !found->is_null();
}

std::string text_of(const Json& object, const char* member) {
  const auto found = object.find(member);
  if (found == object.end()) return {};
  if (found->is_string()) return found->get<std::string>();
  return found->is_number() ? json_text(*found) : std::string();
}

/// Whether a review or a viewing is of a part of the work.
bool is_of_part(const Json& object) {
  return has_value(object, "show_season_number") || has_value(object, "show_episode_number") || has_value(object, "anime_episode_number") ||
         has_value(object, "podcast_episode_number") || has_value(object, "manga_chapter_number") ||
         has_value(object, "manga_volume_number");
}

/// The latest review of the whole work is its rating; viewings of parts are counted apart from those of the whole.
void read_ryot(const Json& entry, Record& record) {
  const auto each = [&](const char* member, auto&& visit) {
    const auto list = entry.find(member);
    if (list == entry.end() || !list->is_array()) return;
    for (const Json& object : *list)
      if (object.is_object() || object.is_string()) visit(object);
  };
  each("reviews", [&](const Json& review) {
    if (!review.is_object() || is_of_part(review) || !has_value(review, "rating")) return;
    const auto inner = review.find("review");
    const std::string date = inner != review.end() && inner->is_object() ? text_of(*inner, "date").substr(0, 10) : std::string();
    if (record.has(Field::rating) && date < record[Field::date]) return;
    record[Field::rating] = text_of(review, "rating");
    record[Field::date] = date;
  });
  std::size_t whole = 0;
  std::size_t parts = 0;
  each("seen_history", [&](const Json& seen) {
    if (!seen.is_object()) return;
    const std::string progress = text_of(seen, "progress");
    const bool ended = progress.empty() || read_decimal(progress) == 100.0;
    if (is_of_part(seen)) {
      parts += ended ? 1 : 0;
    } else {
      whole += ended ? 1 : 0;
      if (!ended) record[Field::status] = "inprogress";
    }
    record[Field::other_date] = std::max(record[Field::other_date], text_of(seen, "ended_on").substr(0, 10));
  });
  if (parts > 0) record[Field::parts] = std::to_string(parts);
  if (parts > 0 && record[Field::status].empty()) record[Field::status] = "inprogress";
  if (whole > 0) {
    record[Field::times] = std::to_string(whole);
    record[Field::status] = "completed";
  }
  each("collections", [&](const Json& collection) {
    std::string name = comparable(collection.is_string() ? collection.get<std::string>() : text_of(collection, "collection_name"));
    if (name.empty() && collection.is_object()) name = comparable(text_of(collection, "name"));
    if (name == "watchlist") record[Field::listed] = "1";
    if (name == "owned") record[Field::owned] = "1";
    if (name == "inprogress" && record[Field::status].empty()) record[Field::status] = name;
    if (name == "completed" && record[Field::status].empty()) record[Field::status] = name;
  });
}

std::string fill_ryot(const Record& record, Item& item) {
  take_id(item, record[Field::medium], record[Field::service_id]);
  // Where the program that wrote the file knew no title, the identifier stands in its place.
  if (record[Field::title] == record[Field::service_id]) return "Only an identifier stands here, and no title.";
  return take_type(record[Field::kind], item);
}

const Service ryot_service{.name = "Ryot",
                           .names = ryot_names,
                           .type = MediaType::film,
                           .scale = RatingScale::hundred,
                           .editions = true,
                           .fill = fill_ryot,
                           .json = {.more = read_ryot}};

constexpr std::array<Name, 12> media_tracker_names{{{"title", Field::title},
                                                    {"originalTitle", Field::original_title},
                                                    {"mediaType", Field::kind},
                                                    {"releaseDate", Field::year},
                                                    {"imdbId", Field::imdb_id},
                                                    {"tmdbId", Field::tmdb_id},
                                                    {"userRating.rating", Field::rating},
                                                    {"userRating.episodeId", Field::episode},
                                                    {"userRating.seasonId", Field::season},
                                                    {"seen", Field::seen},
                                                    {"onWatchlist", Field::listed},
                                                    {"lastSeenAt", Field::other_date}}};

const Service media_tracker_service{.name = "MediaTracker",
                                    .names = media_tracker_names,
                                    .type = MediaType::film,
                                    .scale = RatingScale::half_stars,
                                    .editions = true,
                                    .fill = [](const Record& record, Item& item) { return take_type(record[Field::kind], item); }};

}  // namespace

const Format yamtrack{"Yamtrack",
                      [](const SourceFile& file) {
                        return file.has_columns({"mediaid", "source", "mediatype"}) ? Certainty::sure : Certainty::none;
                      },
                      [](SourceFile&& file) -> Expected<std::unique_ptr<Reader>> { return read_table(yamtrack_service, std::move(file)); }};

const Format ryot{"Ryot",
                  [](const SourceFile& file) {
                    return is_json(file) && begins_with_any(file, {"\"seen_history\""}) && begins_with_any(file, {"\"lot\""})
                               ? Certainty::sure
                               : Certainty::none;
                  },
                  [](SourceFile&& file) -> Expected<std::unique_ptr<Reader>> { return read_json(ryot_service, std::move(file)); }};

const Format media_tracker{
    "MediaTracker",
    [](const SourceFile& file) {
      return is_json(file) && begins_with_any(file, {"\"mediaType\""}) && begins_with_any(file, {"\"onWatchlist\"", "\"userRating\""})
                 ? Certainty::sure
                 : Certainty::none;
    },
    [](SourceFile&& file) -> Expected<std::unique_ptr<Reader>> { return read_json(media_tracker_service, std::move(file)); }};

}  // namespace hub::imports
