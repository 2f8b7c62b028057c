#include "core/cli/evaluate_files.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>
#include <utility>

#include "core/cli/evaluate_table.hpp"
#include "core/imports/dates.hpp"
#include "core/imports/series.hpp"
#include "core/imports/words.hpp"
#include "core/library/leading_roles.hpp"

namespace hub::cli {

namespace {

std::optional<MediaType> type_from(std::string_view written) {
  constexpr std::pair<std::string_view, MediaType> words[]{
      {"film", MediaType::film}, {"movie", MediaType::film},  {"tvmovie", MediaType::film}, {"show", MediaType::show},
      {"tv", MediaType::show},   {"anime", MediaType::show},  {"series", MediaType::show},  {"tvseries", MediaType::show},
      {"game", MediaType::game}, {"music", MediaType::album}, {"album", MediaType::album},  {"book", MediaType::book}};
  const std::string word = imports::comparable(written);
  for (const auto& [name, type] : words) {
    if (word == name || word == std::string(name) + "s") return type;
  }
  return std::nullopt;
}

Expected<double> inferred_scale(const Table& table, std::optional<std::size_t> column) {
  double highest = 0;
  for (std::size_t row = 0; row < table.size(); ++row) {
    const auto value = table.number(row, column);
    if (!value) return tl::unexpected(value.error());
    highest = std::max(highest, value->value_or(0));
  }
  return highest > 5 ? 10 : 5;
}

struct ItemColumns {
  using Place = std::optional<std::size_t>;
  std::size_t id, type;
  Place title, year, genres, creators, cast, keywords, companies, countries, language, length, rating, votes, source, synopsis, series;
  Place awards, awards_won, nominations;

  static Expected<ItemColumns> of(const Table& table) {
    const auto id = table.need({"item_id", "id"});
    if (!id) return tl::unexpected(id.error());
    const auto type = table.need({"media_type", "type"});
    if (!type) return tl::unexpected(type.error());
    return ItemColumns{*id,
                       *type,
                       table.find({"title", "name"}),
                       table.find({"year"}),
                       table.find({"genres", "genre"}),
                       table.find({"creators", "creator"}),
                       table.find({"cast"}),
                       table.find({"keywords"}),
                       table.find({"companies"}),
                       table.find({"countries", "country"}),
                       table.find({"language"}),
                       table.find({"length"}),
                       table.find({"community_rating"}),
                       table.find({"community_votes"}),
                       table.find({"community_source"}),
                       table.find({"synopsis", "overview"}),
                       table.find({"series"}),
                       table.find({"awards"}),
                       table.find({"awards_won"}),
                       table.find({"nominations"})};
  }
};

Expected<Item> item_from(const Table& table, std::size_t row, const ItemColumns& columns, double community_scale) {
  Item item;
  const auto type = type_from(table.text(row, columns.type));
  if (!type)
    return table.wrong(row, columns.type, "unknown_type",
                       "“" + std::string(table.text(row, columns.type)) + "” is not film, show, game, album or book.");
  item.type = *type;
  item.id = std::string(name_of(item.type)) + "/" + std::string(table.text(row, columns.id));
  item.title = table.text(row, columns.title);
  item.genres = list_of(table.text(row, columns.genres));
  for (auto& name : list_of(table.text(row, columns.creators)))
    item.creators.push_back({std::string(leading_roles(item.type).front()), std::move(name)});
  item.cast = list_of(table.text(row, columns.cast));
  item.keywords = list_of(table.text(row, columns.keywords));
  item.companies = list_of(table.text(row, columns.companies));
  item.countries = list_of(table.text(row, columns.countries));
  item.language = table.text(row, columns.language);
  item.synopsis = table.text(row, columns.synopsis);
  for (auto& name : list_of(table.text(row, columns.series))) item.series.push_back({std::move(name), {}});
  if (item.series.empty() && item.type == MediaType::book) item.series = imports::series_in_title(item.title);
  item.awards = list_of(table.text(row, columns.awards));

  const auto year = table.number(row, columns.year);
  const auto rating = table.number(row, columns.rating);
  const auto votes = table.number(row, columns.votes);
  item.length = table.number(row, columns.length).value_or(std::nullopt);  // “90 min” is not worth refusing a file for
  if (item.length && *item.length <= 0) item.length.reset();
  const auto won = table.number(row, columns.awards_won);
  const auto nominated = table.number(row, columns.nominations);
  for (const auto* value : {&year, &rating, &votes, &won, &nominated}) {
    if (!*value) return tl::unexpected(value->error());
  }
  const auto count = [](const std::optional<double>& number) {
    return number && *number >= 0 ? std::optional<long>(std::lround(std::min(*number, 1e5))) : std::nullopt;
  };
  item.awards_won = count(*won);
  item.nominations = count(*nominated);
  if (*year) item.year = static_cast<int>(std::clamp(std::floor(**year), -5000.0, 5000.0));
  if (*rating && (**rating < 0 || **rating > community_scale))
    return table.wrong(row, *columns.rating, "off_scale", "The scale ends at " + std::to_string(std::lround(community_scale)) + ".");
  if (*rating) {
    // Where the file does not name the source, its mean is that of the file's own works (features::Statistics).
    CommunityRating community;
    community.source = table.text(row, columns.source);
    community.rating = **rating;
    community.scale = community_scale;
    if (*votes && **votes >= 0) community.votes = std::lround(std::min(**votes, 1e12));
    item.community.push_back(community);
  }
  return item;
}

}  // namespace

namespace {

/// @param community_scale  @see RatingFiles. @param by_id  receives where each is, by the id in the file.
Expected<std::deque<Item>> read_items(const std::string& path, std::optional<double> community_scale,
                                      std::unordered_map<std::string, const Item*>& by_id) {
  const auto table = Table::read(path);
  if (!table) return tl::unexpected(table.error());
  const auto columns = ItemColumns::of(*table);
  if (!columns) return tl::unexpected(columns.error());
  const auto scale = community_scale ? Expected<double>(*community_scale) : inferred_scale(*table, columns->rating);
  if (!scale) return tl::unexpected(scale.error());
  std::deque<Item> items;
  for (std::size_t row = 0; row < table->size(); ++row) {
    const std::string id(table->text(row, columns->id));
    if (id.empty() || by_id.contains(id)) continue;
    auto item = item_from(*table, row, *columns, *scale);
    if (!item) return tl::unexpected(item.error());
    by_id.emplace(id, &items.emplace_back(std::move(*item)));
  }
  return items;
}

}  // namespace

Expected<std::deque<Item>> read_works(const std::string& path) {
  std::unordered_map<std::string, const Item*> by_id;
  return read_items(path, std::nullopt, by_id);
}

Expected<RatedWorks> read_rated_works(const RatingFiles& files) {
  RatedWorks works;
  std::unordered_map<std::string, const Item*> by_id;
  auto items = read_items(files.items, files.community_scale, by_id);
  if (!items) return tl::unexpected(items.error());
  works.items = std::move(*items);
  for (const Item& item : works.items) works.pointers.push_back(&item);

  const auto table = Table::read(files.ratings);
  if (!table) return tl::unexpected(table.error());
  const auto user = table->find({"user", "user_id", "person"});
  const auto item = table->need({"item_id", "id"});
  if (!item) return tl::unexpected(item.error());
  const auto rating = table->need({"rating", "score", "stars"});
  if (!rating) return tl::unexpected(rating.error());
  const auto date = table->find({"date", "rated_at"});
  const auto scale = files.scale ? Expected<double>(*files.scale) : inferred_scale(*table, *rating);
  if (!scale) return tl::unexpected(scale.error());

  imports::DateEvidence evidence;
  for (std::size_t row = 0; row < table->size(); ++row) evidence.see(table->text(row, date));
  std::map<std::string, predictor::Person, std::less<>> by_name;
  std::size_t unknown = 0;
  std::size_t unrated = 0;
  for (std::size_t row = 0; row < table->size(); ++row) {
    const auto value = table->number(row, *rating);
    if (!value) return tl::unexpected(value.error());
    if (!*value) {
      ++unrated;
      continue;
    }
    if (**value < 0 || **value > *scale)
      return table->wrong(row, *rating, "off_scale", "The scale ends at " + std::to_string(std::lround(*scale)) + ".");
    const auto found = by_id.find(std::string(table->text(row, *item)));
    if (found == by_id.end()) {
      ++unknown;
      continue;
    }
    const std::string name(table->text(row, user));
    auto& person = by_name[name];
    person.name = name;
    person.ratings.push_back({found->second, **value / *scale * 5.0, imports::read_date(table->text(row, date), evidence.order()).iso});
  }
  if (unknown > 0) works.remarks.push_back(std::to_string(unknown) + " ratings left out: " + files.items + " does not have their item.");
  if (unrated > 0) works.remarks.push_back(std::to_string(unrated) + " lines left out: they have no rating.");
  for (auto& [name, person] : by_name) works.people.push_back(std::move(person));
  return works;
}

Expected<LikedSongs> read_liked_songs(const std::string& path) {
  const auto table = Table::read(path);
  if (!table) return tl::unexpected(table.error());
  const auto target = table->need({"target", "liked", "like"});
  if (!target) return tl::unexpected(target.error());
  const auto artist = table->find({"artist", "artists", "artist_name"});

  LikedSongs liked;
  struct Audio {
    std::string_view name;
    std::string_view unit;
  };
  constexpr Audio known[]{
      {"acousticness", "0 … 1"},     {"danceability", "0 … 1"},    {"duration_ms", "milliseconds"}, {"energy", "0 … 1"},
      {"instrumentalness", "0 … 1"}, {"key", "semitones above C"}, {"liveness", "0 … 1"},           {"loudness", "dB"},
      {"mode", "1 major, 0 minor"},  {"speechiness", "0 … 1"},     {"tempo", "beats per minute"},   {"time_signature", "beats per bar"},
      {"valence", "0 … 1"},          {"popularity", "0 … 100"}};
  std::vector<std::size_t> places;
  for (const auto& audio : known) {
    const auto place = table->find({audio.name});
    if (!place) continue;
    places.push_back(*place);
    const auto group = audio.name == "popularity"    ? features::Group::popularity
                       : audio.name == "duration_ms" ? features::Group::length
                                                     : features::Group::story;
    liked.songs.columns.push_back({std::string(audio.name), group, std::string(audio.unit)});
  }
  std::size_t unanswered = 0;
  for (std::size_t row = 0; row < table->size(); ++row) {
    const auto answer = table->number(row, *target);
    if (!answer) return tl::unexpected(answer.error());
    if (!*answer) {
      ++unanswered;
      continue;
    }
    if (**answer != 0 && **answer != 1) return table->wrong(row, *target, "not_an_answer", "It must be 1 (liked) or 0 (not).");
    liked.liked.push_back(**answer);
    for (const auto place : places) {
      const auto value = table->number(row, place);
      if (!value) return tl::unexpected(value.error());
      liked.songs.audio.values.push_back(value->has_value() ? static_cast<float>(**value) : std::nanf(""));
    }
    std::string artists(table->text(row, artist));
    std::replace(artists.begin(), artists.end(), ';', '|');
    liked.songs.artists.push_back(list_of(artists));
  }
  liked.songs.audio.rows = liked.liked.size();
  liked.songs.audio.columns = places.size();
  if (unanswered > 0) liked.remarks.push_back(std::to_string(unanswered) + " songs left out: they have neither 1 nor 0.");
  return liked;
}

}  // namespace hub::cli
