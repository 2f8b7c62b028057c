#include "core/library/limits.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/library/text.hpp"

namespace hub {
namespace {

constexpr int earliest_year = -5'000;
constexpr int latest_year = 2'200;
constexpr double longest = 1'000'000;
constexpr std::uint32_t most_times = 1'000'000;
constexpr double most_measured = 1e9;  ///< of what is heard of a song; milliseconds are the largest
constexpr long most_votes = 2'000'000'000;
constexpr long most_awards = 100'000;
constexpr std::uint64_t largest_exact = 1ULL << 53;  // what every JSON reader keeps exactly

void clean(std::string& text, std::size_t most) {
  text = clean_text(std::move(text), most);
}

void clean(Name& name, std::size_t most) {
  name = clean_text(name.text(), most);
}

void clean(SeldomText& text, std::size_t most) {
  text = clean_text(text.text(), most);
}

void clean(std::vector<std::string>& names) {
  for (std::string& name : names) clean(name, most_name_bytes);
  names.erase(std::remove(names.begin(), names.end(), std::string()), names.end());
  if (names.size() > most_list_entries) names.resize(most_list_entries);
}

tl::unexpected<Error> wrong(const char* code, std::string_view what, std::string_view field, std::string_view problem) {
  return failure(code, std::string(what) + " cannot be used: its field \"" + std::string(field) + "\" " + std::string(problem) + ".");
}

tl::unexpected<Error> wrong_item(const Item& item, std::string_view field, std::string_view problem) {
  return wrong("bad_item", item.id.empty() ? std::string("An item") : "The item " + clean_text(item.id, most_id_bytes), field, problem);
}

bool is_device(std::string_view device) {
  const auto fits = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
  };
  return !device.empty() && device.size() <= 64 && std::all_of(device.begin(), device.end(), fits);
}

bool is_event_id(const EventId& id) {
  return is_device(id.device) && id.counter >= 1 && id.counter <= largest_exact;
}

tl::unexpected<Error> wrong_event(std::string_view field, std::string_view problem) {
  return wrong("bad_event", "An entry of the history", field, problem);
}

Expected<void> check_deeds(const Deeds& deeds, std::string_view field) {
  const bool counts = deeds.times <= most_times && deeds.parts <= most_times && deeds.hours >= 0 && deeds.hours <= longest;
  if (!counts) return wrong_event(field, "counts more than can be");
  if (!is_date(deeds.last)) return wrong_event(field, "has a date that is not in the calendar");
  return {};
}

Expected<void> check_payload(const Marked& marked) {
  if (!is_item_id(marked.item_id)) return wrong_event("item", "is not an item's id");
  if (auto fine = check_deeds(marked.deeds, "did"); !fine) return fine;
  if (!marked.item) return {};
  if ((*marked.item)->id != marked.item_id) return wrong_event("facts", "is about another item");
  return check(*marked.item);
}

Expected<void> check_payload(const Matched& matched) {
  if (auto fine = check(*matched.item); !fine) return fine;
  if (!is_item_id(matched.from, matched.item->type)) return wrong_event("from", "is not an item's id of the same type");
  if (matched.lines.size() > most_list_entries) return wrong_event("lines", "has too many entries");
  for (const std::string& key : matched.lines)
    if (!is_item_id(key, matched.item->type)) return wrong_event("lines", "names something that is not an item of the same type");
  if (matched.refused.size() > most_list_entries) return wrong_event("refused", "has too many entries");
  const auto is_id = [](const std::string& id) { return !id.empty() && is_clean_text(id, most_id_bytes); };
  if (!std::all_of(matched.refused.begin(), matched.refused.end(), is_id)) return wrong_event("refused", "is not a list of ids");
  return {};
}

bool is_song_id(std::string_view id) {
  return !id.empty() && is_clean_text(id, most_id_bytes);
}

Expected<void> check_song(const Song& song) {
  if (!is_song_id(song.id)) return wrong_event("songs", "has a song without its id");
  if (song.title.empty()) return wrong_event("songs", "has a song without a title");
  const bool counts = song.plays <= most_times && song.broken_off <= most_times && song.hours >= 0 && song.hours <= longest;
  if (!counts) return wrong_event("songs", "counts more than can be");
  if (!is_date(song.last)) return wrong_event("songs", "has a date that is not in the calendar");
  const auto measured = [](const std::optional<double>& value) { return !value || std::abs(*value) <= most_measured; };
  if (!std::all_of(song.audio.begin(), song.audio.end(), measured)) return wrong_event("songs", "has a number that nothing measures");
  return {};
}

Expected<void> check_payload(const SongMarked& marked) {
  if (!is_song_id(marked.song_id)) return wrong_event("song", "is not a song's id");
  return {};
}

Expected<void> check_payload(const Rated& rated) {
  if (!is_item_id(rated.item_id)) return wrong_event("item", "is not an item's id");
  if (auto fine = check(rated.rating); !fine) return fine;
  if (!rated.item) return {};
  if ((*rated.item)->id != rated.item_id) return wrong_event("facts", "is about another item");
  return check(*rated.item);
}

Expected<void> check_payload(const ChangedTogether& together) {
  if (together.item_ids.size() > most_import_entries) return wrong_event("of", "has too many entries");
  if (!std::all_of(together.item_ids.begin(), together.item_ids.end(), [](const std::string& id) { return is_item_id(id); }))
    return wrong_event("of", "names something that is not an item");
  const bool rates = together.deed == ChangedTogether::Deed::rated;
  if (rates != together.rating.has_value()) return wrong_event("rating", rates ? "is missing" : "is of something that gives none");
  if (together.rating) return check(*together.rating);
  return {};
}

Expected<void> check_payload(const ItemAdded& added) {
  return check(added.item);
}

Expected<void> check_payload(const Imported& imported) {
  if (!is_clean_text(imported.source, most_name_bytes)) return wrong_event("source", "is not one line of text");
  if (!is_clean_text(imported.file, most_title_bytes)) return wrong_event("file", "is not one line of text");
  if (imported.items.size() > most_import_entries) return wrong_event("items", "has too many entries");
  if (imported.ratings.size() > most_import_entries) return wrong_event("ratings", "has too many entries");
  for (const Item& item : imported.items)
    if (auto fine = check(item); !fine) return fine;
  for (const Imported::Entry& entry : imported.ratings) {
    if (!is_item_id(entry.item_id)) return wrong_event("ratings", "names something that is not an item");
    if (auto fine = check(entry.rating); !fine) return fine;
  }
  if (imported.told.size() > most_import_entries) return wrong_event("told", "has too many entries");
  for (const Imported::Told& told : imported.told) {
    if (!is_item_id(told.item_id)) return wrong_event("told", "names something that is not an item");
    if (auto fine = check_deeds(told.deeds, "told"); !fine) return fine;
  }
  if (imported.songs.size() > most_import_entries) return wrong_event("songs", "has too many entries");
  for (const Song& song : imported.songs)
    if (auto fine = check_song(song); !fine) return fine;
  if (imported.lines.size() > most_import_entries) return wrong_event("lines", "has too many entries");
  for (const Imported::Line& line : imported.lines)
    if (!is_item_id(line.key) || !is_item_id(line.item_id)) return wrong_event("lines", "names something that is not an item");
  return {};
}

Expected<void> check_payload(const SettingChanged& setting) {
  if (setting.key.empty() || !is_clean_text(setting.key, most_name_bytes)) return wrong_event("key", "is not one line of text");
  if (setting.value.size() > most_setting_bytes) return wrong_event("value", "is too long");
  return {};
}

template <typename OfOneItem>
Expected<void> check_payload(const OfOneItem& of_item) requires requires {
  of_item.item_id;
}
{
  if (!is_item_id(of_item.item_id)) return wrong_event("item", "is not an item's id");
  return {};
}

template <typename OfOneEvent>
Expected<void> check_payload(const OfOneEvent& of_event) requires requires {
  of_event.target;
}
{
  if (!is_event_id(of_event.target)) return wrong_event("target", "is not an entry's id");
  return {};
}

}  // namespace

Item cleaned(Item item) {
  clean(item.title, most_title_bytes);
  clean(item.original_title, most_title_bytes);
  clean(item.genres);
  for (Creator& creator : item.creators) {
    clean(creator.role, most_name_bytes);
    clean(creator.name, most_name_bytes);
  }
  std::erase_if(item.creators, [](const Creator& creator) { return creator.name.empty(); });
  if (item.creators.size() > most_list_entries) item.creators.resize(most_list_entries);
  if (!item.cast.empty()) clean(item.cast.list());
  if (!item.keywords.empty()) clean(item.keywords.list());
  if (!item.companies.empty()) clean(item.companies.list());
  for (Series& series : item.series) {
    clean(series.name, most_name_bytes);
    clean(series.part, most_name_bytes);
  }
  item.series.erase_if([](const Series& series) { return series.name.empty(); });
  if (item.series.size() > most_list_entries) item.series.resize(most_list_entries);
  if (!item.awards.empty()) clean(item.awards.list());
  if (!item.countries.empty()) clean(item.countries.list());
  clean(item.language, most_name_bytes);
  Ids ids;
  for (const auto& [service, id] : item.ids) {
    if (ids.size() == most_list_entries) break;
    std::string name = clean_text(service, most_name_bytes);
    std::string value = clean_text(id, most_name_bytes);
    if (!name.empty() && !value.empty()) ids.try_emplace(name, std::move(value));
  }
  item.ids = std::move(ids);
  for (CommunityRating& rating : item.community) {
    clean(rating.source, most_name_bytes);
    clean(rating.date, most_name_bytes);
  }
  if (item.community.size() > most_list_entries) item.community.resize(most_list_entries);
  clean(item.synopsis, most_synopsis_bytes);
  // Anything but https could be a script, a file of this machine or a request that gives the person away in the clear.
  if (!item.poster.text().starts_with("https://") || !is_clean_text(item.poster, most_address_bytes)) item.poster.clear();
  clean(item.provenance, most_name_bytes);
  clean(item.retrieved, most_name_bytes);
  for (FactSource& source : item.sources) {
    clean(source.name, most_name_bytes);
    clean(source.retrieved, most_name_bytes);
  }
  item.sources.erase_if([](const FactSource& source) { return source.facts == 0; });
  if (item.sources.size() > most_list_entries) item.sources.resize(most_list_entries);
  return item;
}

Rating cleaned(Rating rating) {
  if (!is_date(rating.date)) rating.date.clear();
  clean(rating.source, most_name_bytes);
  return rating;
}

Deeds cleaned(Deeds deeds) {
  if (!is_date(deeds.last)) deeds.last.clear();
  deeds.times = std::min(deeds.times, most_times);
  deeds.parts = std::min(deeds.parts, most_times);
  deeds.hours = deeds.hours > 0 ? std::min(deeds.hours, longest) : 0;
  return deeds;
}

Imported::Line cleaned(Imported::Line line) {
  clean(line.title, most_title_bytes);
  clean(line.maker, most_name_bytes);
  if (line.year && (*line.year < earliest_year || *line.year > latest_year)) line.year.reset();
  return line;
}

Song cleaned(Song song) {
  clean(song.title, most_title_bytes);
  clean(song.artists);
  clean(song.album, most_title_bytes);
  clean(song.spotify, most_name_bytes);
  for (auto& value : song.audio)
    if (value && !(std::abs(*value) <= most_measured)) value.reset();
  song.plays = std::min(song.plays, most_times);
  song.broken_off = std::min(song.broken_off, most_times);
  song.hours = song.hours > 0 ? std::min(song.hours, longest) : 0;
  if (!is_date(song.last)) song.last.clear();
  return song;
}

bool is_date(std::string_view date) {
  if (date.empty()) return true;
  if (date.size() != 10 || date[4] != '-' || date[7] != '-') return false;
  const auto number = [&](std::size_t from, std::size_t count) {
    int value = 0;
    for (std::size_t i = from; i < from + count; ++i) {
      if (date[i] < '0' || date[i] > '9') return -1;
      value = value * 10 + (date[i] - '0');
    }
    return value;
  };
  const int year = number(0, 4);
  const int month = number(5, 2);
  const int day = number(8, 2);
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return day <= days[month - 1] + (month == 2 && leap ? 1 : 0);
}

bool is_item_id(std::string_view id) {
  const std::size_t slash = id.find('/');
  if (slash == std::string_view::npos || slash + 1 == id.size() || id.size() > most_id_bytes) return false;
  if (!media_type_from(id.substr(0, slash))) return false;
  return id.find(' ') == std::string_view::npos && is_clean_text(id, most_id_bytes);
}

bool is_item_id(std::string_view id, MediaType type) {
  const std::string_view name = name_of(type);
  return is_item_id(id) && id.starts_with(name) && id[name.size()] == '/';
}

Expected<void> check(const Item& item) {
  if (!is_item_id(item.id, item.type)) return wrong_item(item, "id", "is not the type, a slash and a key");
  if (item.title.empty()) return wrong_item(item, "title", "is missing");
  if (item.year && (*item.year < earliest_year || *item.year > latest_year)) return wrong_item(item, "year", "is out of range");
  if (item.length && !(*item.length > 0 && *item.length <= longest)) return wrong_item(item, "length", "is out of range");
  const auto counts = [](const std::optional<long>& number) { return !number || (*number >= 0 && *number <= most_awards); };
  if (!counts(item.awards_won)) return wrong_item(item, "awards_won", "is out of range");
  if (!counts(item.nominations)) return wrong_item(item, "nominations", "is out of range");
  for (const CommunityRating& rating : item.community) {
    if (rating.scale != 5 && rating.scale != 10 && rating.scale != 100) return wrong_item(item, "community.scale", "is not 5, 10 or 100");
    if (!(rating.rating >= 0 && rating.rating <= rating.scale)) return wrong_item(item, "community.rating", "is outside its scale");
    if (rating.votes && (*rating.votes < 0 || *rating.votes > most_votes)) return wrong_item(item, "community.votes", "is out of range");
  }
  return {};
}

Expected<void> check(const Rating& rating) {
  if (!is_valid(rating.value, rating.scale)) return wrong("bad_rating", "A rating", "value", "is outside its scale");
  return {};
}

Expected<void> check(const Event& event) {
  if (!is_event_id(event.id)) return wrong_event("id", "is not a device and a count");
  if (event.time < 0 || event.time > latest_time) return wrong_event("t", "is not a time");
  return std::visit([](const auto& payload) { return check_payload(payload); }, event.payload);
}

}  // namespace hub
