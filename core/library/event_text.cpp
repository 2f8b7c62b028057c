#include "core/library/event_text.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "core/library/limits.hpp"

namespace hub {
namespace {

/// Follows the parser, and turns each entry of an import into what it stands for as soon as it is whole; the parser then forgets it.
struct EntryReader {
  std::string key;  ///< of the event's field that is being read
  std::vector<SharedItem> items;
  std::vector<Imported::Entry> ratings;
  std::vector<Imported::Told> told;
  std::vector<Song> songs;
  std::vector<Imported::Line> lines;

  /// @return whether the parser keeps what it has read.
  bool operator()(int depth, Json::parse_event_t what, Json& read) {
    if (what == Json::parse_event_t::key && depth == 1) key = read.get_ref<const std::string&>();
    if (what != Json::parse_event_t::object_end || depth != 2) return true;
    if (key == "items") return !take(item_from_json(read), items);
    if (key == "ratings") return !take(import_entry_from_json(read), ratings);
    if (key == "told") return !take(told_from_json(read), told);
    if (key == "songs") return !take(song_from_json(read), songs);
    if (key == "lines") return !take(line_from_json(read), lines);
    return true;
  }

 private:
  template <typename Read, typename Taken>
  bool take(Expected<Read> read, std::vector<Taken>& to) {
    // What cannot be read stays in the tree, where the event's own reader finds it and says so.
    if (read) to.push_back(std::move(*read));
    return read.has_value();
  }
};

// Written piece by piece, without a tree: the same bytes as of the tree, in a quarter of the time.

void append(std::string& text, const std::string& value) {
  const bool plain = std::all_of(value.begin(), value.end(), [](char c) { return c >= ' ' && c < 0x7f && c != '"' && c != '\\'; });
  if (plain)
    text.append(1, '"').append(value).append(1, '"');
  else
    text += json_text(Json(value));
}

void append(std::string& text, double value) {
  if (std::abs(value) < 1e9 && std::trunc(value) == value)
    text += std::to_string(static_cast<long>(value));
  else
    text += json_text(json_number(value));
}

template <typename List>
void append_list(std::string& text, const List& list, auto&& write) {
  char before = '[';
  for (const auto& element : list) {
    text += std::exchange(before, ',');
    write(element);
  }
  text += list.empty() ? "[]" : "]";
}

/// The fields of an object, which the caller gives in the order of their names. What is empty is left out, unless `always`.
class Object {
 public:
  explicit Object(std::string& text) : text_(text) {}

  std::string& begin(const std::string& name) {
    text_ += std::exchange(before_, ',');
    append(text_, name);
    return text_.append(1, ':');
  }
  void always(const std::string& name, const auto& value) { append(begin(name), value); }
  void always(const std::string& name, const Name& value) { append(begin(name), value.text()); }
  void put(const char* name, const std::string& value) {
    if (!value.empty()) always(name, value);
  }
  void put(const char* name, const std::vector<std::string>& values) {
    if (!values.empty()) append_list(begin(name), values, [this](const std::string& value) { append(text_, value); });
  }
  template <typename Number>
  void put(const char* name, const Compact<Number>& value) {
    if (value) always(name, static_cast<double>(*value));
  }
  void end() { text_ += '}'; }

 private:
  std::string& text_;
  char before_ = '{';
};

void append(std::string& text, const CommunityRating& rating) {
  Object object(text);
  object.put("date", rating.date);
  object.always("rating", rating.rating);
  object.always("scale", rating.scale);
  object.always("source", rating.source);
  object.put("votes", rating.votes);
  object.end();
}

void append(std::string& text, const Creator& creator) {
  Object object(text);
  object.always("name", creator.name);
  object.always("role", creator.role);
  object.end();
}

void append(std::string& text, const Series& series) {
  Object object(text);
  object.always("name", series.name);
  object.put("part", series.part);
  object.end();
}

void append(std::string& text, const FactSource& source) {
  Object object(text);
  std::vector<std::string> facts;
  for (const Fact fact : all_facts)
    if (source.facts & set_of(fact)) facts.emplace_back(name_of(fact));
  append_list(object.begin("facts"), facts, [&](const std::string& fact) { append(text, fact); });
  object.put("retrieved", source.retrieved);
  object.always("source", source.name);
  object.end();
}

void append(std::string& text, const Item& item) {
  Object object(text);
  const auto put_list = [&](const char* name, const auto& list) {
    if (!list.empty()) append_list(object.begin(name), list, [&](const auto& element) { append(text, element); });
  };
  object.put("awards", item.awards);
  object.put("awards_won", item.awards_won);
  object.put("cast", item.cast);
  put_list("community", item.community);
  object.put("companies", item.companies);
  object.put("countries", item.countries);
  put_list("creators", item.creators);
  object.put("genres", item.genres);
  object.always("id", item.id);
  if (!item.ids.empty()) {
    Object ids(object.begin("ids"));
    for (const auto& [service, id] : item.ids) ids.always(service, id);
    ids.end();
  }
  object.put("keywords", item.keywords);
  object.put("language", item.language);
  object.put("length", item.length);
  object.put("nominations", item.nominations);
  object.put("original_title", item.original_title);
  object.put("poster", item.poster);
  object.put("provenance", item.provenance);
  object.put("retrieved", item.retrieved);
  put_list("series", item.series);
  put_list("sources", item.sources);
  object.put("synopsis", item.synopsis);
  object.always("title", item.title);
  object.always("type", std::string(name_of(item.type)));
  object.put("year", item.year);
  object.end();
}

void append(std::string& text, const Imported::Entry& entry) {
  Object object(text);
  object.always("item", entry.item_id);
  Object rating(object.begin("rating"));
  rating.put("date", entry.rating.date);
  rating.always("scale", std::string(name_of(entry.rating.scale)));
  rating.put("source", entry.rating.source);
  rating.always("value", entry.rating.value);
  rating.end();
  object.end();
}

void append(std::string& text, const Imported::Told& told) {
  text += json_text(to_json(told));
}

}  // namespace

std::string item_text(const Item& item) {
  std::string text;
  append(text, item);
  return text;
}

std::string event_text(const Event& event) {
  const auto* imported = std::get_if<Imported>(&event.payload);
  if (!imported) return json_text(to_json(event));
  std::string text;
  Object object(text);
  object.always("file", imported->file);
  object.begin("id") += json_text(to_json(event.id));
  append_list(object.begin("items"), imported->items, [&](const SharedItem& item) { append(text, *item); });
  object.always("k", std::string("imported"));
  if (!imported->lines.empty())
    append_list(object.begin("lines"), imported->lines, [&](const Imported::Line& line) { text += json_text(to_json(line)); });
  append_list(object.begin("ratings"), imported->ratings, [&](const Imported::Entry& entry) { append(text, entry); });
  if (!imported->songs.empty())
    append_list(object.begin("songs"), imported->songs, [&](const Song& song) { text += json_text(to_json(song)); });
  object.always("source", imported->source);
  object.begin("t") += std::to_string(event.time);
  if (!imported->told.empty()) append_list(object.begin("told"), imported->told, [&](const Imported::Told& told) { append(text, told); });
  object.end();
  return text;
}

Expected<Event> event_from_text(std::string_view text) {
  EntryReader reader;
  // A function object of the parser's own kind is copied; the reader must not be.
  const Json json = Json::parse(
      text.begin(), text.end(), [&](int depth, Json::parse_event_t what, Json& read) { return reader(depth, what, read); }, false);
  if (json.is_discarded()) return tl::unexpected(std::move(parse_json(text).error()));
  Expected<Event> event = event_from_json(json);
  if (!event) return event;
  if (auto* imported = std::get_if<Imported>(&event->payload)) {
    imported->items = std::move(reader.items);
    imported->ratings = std::move(reader.ratings);
    imported->told = std::move(reader.told);
    imported->songs = std::move(reader.songs);
    imported->lines = std::move(reader.lines);
    if (auto fine = check(*event); !fine) return tl::unexpected(std::move(fine.error()));
  }
  return event;
}

}  // namespace hub
