#include "core/library/json.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "core/library/limits.hpp"
#include "core/library/text.hpp"

namespace hub {
namespace {

constexpr std::array<const char*, std::variant_size_v<Payload>> kinds{"rated",          "unrated",  "added",  "imported", "skipped",
                                                                      "not_interested", "setting",  "undone", "redone",   "marked",
                                                                      "song_marked",    "together", "matched"};

struct Mark {
  const char* word;
  bool Deeds::*deed;
};
constexpr std::array<Mark, 6> marks{{{"seen", &Deeds::seen},
                                     {"begun", &Deeds::begun},
                                     {"dropped", &Deeds::dropped},
                                     {"wished", &Deeds::wished},
                                     {"owned", &Deeds::owned},
                                     {"liked", &Deeds::liked}}};

void put(Json& object, const char* key, const std::string& value) {
  if (!value.empty()) object[key] = value;
}

void put(Json& object, const char* key, const std::vector<std::string>& values) {
  if (!values.empty()) object[key] = values;
}

/// Marks as a list of words, which is short where there is little to say.
void put(Json& object, const Deeds& deeds) {
  Json did = Json::array();
  for (const Mark& mark : marks)
    if (deeds.*mark.deed) did.push_back(mark.word);
  object["did"] = std::move(did);
  if (deeds.times > 0) object["times"] = deeds.times;
  if (deeds.parts > 0) object["parts"] = deeds.parts;
  if (deeds.hours > 0) object["hours"] = json_number(deeds.hours);
  put(object, "last", deeds.last);
}

/// Reads fields of one object. After the first that is wrong nothing more is read, and `problem` says which it was.
class Fields {
 public:
  explicit Fields(const Json& object) : object_(object) {
    if (!object.is_object()) problem_ = "it is not an object";
  }

  const std::optional<std::string>& problem() const { return problem_; }
  void fail(std::string problem) {
    if (!problem_) problem_ = std::move(problem);
  }
  void fail(const char* key, const char* problem) { fail("the field \"" + std::string(key) + "\" " + problem); }

  /// null when the field is absent, null or something went wrong before.
  const Json* find(const char* key) const {
    if (problem_) return nullptr;
    const auto found = object_.find(key);
    return found == object_.end() || found->is_null() ? nullptr : &*found;
  }

  const Json* require(const char* key) {
    const Json* found = find(key);
    if (!found) fail(key, "is missing");
    return found;
  }

  const std::string* text(const char* key) {
    const Json* found = find(key);
    if (!found) return nullptr;
    const auto* text = found->get_ptr<const std::string*>();
    if (!text) fail(key, "is not text");
    return text;
  }

  void text(const char* key, std::string& value) {
    if (const std::string* found = text(key)) value = *found;
  }

  void text(const char* key, Name& value) {
    if (const std::string* found = text(key)) value = *found;
  }

  void text(const char* key, SeldomText& value) {
    if (const std::string* found = text(key)) value = *found;
  }

  void required_text(const char* key, auto& value) {
    if (require(key)) text(key, value);
  }

  void texts(const char* key, Seldom<std::string>& values) {
    if (std::vector<std::string> list; find(key)) {
      texts(key, list);
      values = std::move(list);
    }
  }

  void texts(const char* key, std::vector<std::string>& values) {
    const Json* found = array(key);
    if (!found) return;
    values.reserve(std::min(found->size(), most_list_entries));
    for (const Json& entry : *found) {
      const auto* text = entry.get_ptr<const std::string*>();
      if (!text) return fail(key, "holds something that is not text");
      if (values.size() < most_list_entries) values.push_back(*text);
    }
  }

  const Json* array(const char* key) {
    const Json* found = find(key);
    if (found && !found->is_array()) {
      fail(key, "is not a list");
      return nullptr;
    }
    return found;
  }

  std::optional<double> real(const char* key) {
    const Json* found = find(key);
    if (!found) return std::nullopt;
    if (const auto* real = found->get_ptr<const Json::number_float_t*>())
      return std::isfinite(*real) ? std::optional(*real) : refuse_number(key);
    if (const auto* whole = found->get_ptr<const Json::number_unsigned_t*>()) return static_cast<double>(*whole);
    if (const auto* whole = found->get_ptr<const Json::number_integer_t*>()) return static_cast<double>(*whole);
    return refuse_number(key);
  }

  template <typename Whole>
  std::optional<Whole> whole(const char* key) {
    const std::optional<double> value = real(key);
    if (!value) return std::nullopt;
    constexpr double largest_exact = 9007199254740992.0;
    const double lowest = std::max(static_cast<double>(std::numeric_limits<Whole>::min()), -largest_exact);
    const double highest = std::min(static_cast<double>(std::numeric_limits<Whole>::max()), largest_exact);
    if (std::trunc(*value) != *value || *value < lowest || *value > highest) {
      fail(key, "is not a whole number in range");
      return std::nullopt;
    }
    return static_cast<Whole>(*value);
  }

  EventId event_id(const char* key) {
    const Json* found = require(key);
    if (!found) return {};
    if (found->is_array() && found->size() == 2) {
      const auto* device = (*found)[0].get_ptr<const std::string*>();
      const auto* counter = (*found)[1].get_ptr<const Json::number_unsigned_t*>();
      if (device && counter) return {*device, *counter};
    }
    fail(key, "is not a device and a count");
    return {};
  }

 private:
  std::optional<double> refuse_number(const char* key) {
    fail(key, "is not a finite number");
    return std::nullopt;
  }

  const Json& object_;
  std::optional<std::string> problem_;
};

tl::unexpected<Error> bad(const char* code, std::string_view what, const std::string& problem) {
  return failure(code, std::string(what) + " cannot be read: " + problem + ".");
}

/// Everything but the check of ranges, which check() does.
Item read_item(Fields& fields) {
  Item item;
  fields.required_text("id", item.id);
  std::string type;
  fields.required_text("type", type);
  if (const auto known = media_type_from(type))
    item.type = *known;
  else
    fields.fail("type", "is not film, show, game, album or book");
  fields.required_text("title", item.title);
  fields.text("original_title", item.original_title);
  item.year = fields.whole<int>("year");
  fields.texts("genres", item.genres);
  if (const Json* creators = fields.array("creators")) {
    for (const Json& entry : *creators) {
      if (item.creators.size() == most_list_entries) break;
      Fields creator(entry);
      creator.text("role", item.creators.emplace_back().role);
      creator.required_text("name", item.creators.back().name);
      if (creator.problem()) fields.fail("creators: " + *creator.problem());
    }
  }
  fields.texts("cast", item.cast);
  fields.texts("keywords", item.keywords);
  fields.texts("companies", item.companies);
  fields.texts("countries", item.countries);
  fields.text("language", item.language);
  item.length = fields.real("length");
  if (const Json* ids = fields.find("ids")) {
    if (!ids->is_object()) fields.fail("ids", "is not an object");
    for (auto id = ids->begin(); ids->is_object() && id != ids->end() && item.ids.size() < most_list_entries; ++id) {
      const auto* value = id->get_ptr<const std::string*>();
      if (value)
        item.ids.try_emplace(id.key(), *value);
      else
        fields.fail("ids", "holds something that is not text");
    }
  }
  if (const Json* community = fields.array("community")) {
    for (const Json& entry : *community) {
      if (item.community.size() == most_list_entries) break;
      Fields rating(entry);
      CommunityRating& made = item.community.emplace_back();
      rating.required_text("source", made.source);
      if (rating.require("rating")) made.rating = rating.real("rating").value_or(0);
      if (rating.require("scale")) made.scale = rating.real("scale").value_or(0);
      made.votes = rating.whole<long>("votes");
      rating.text("date", made.date);
      if (rating.problem()) fields.fail("community: " + *rating.problem());
    }
  }
  fields.text("synopsis", item.synopsis);
  fields.text("poster", item.poster);
  if (const Json* series = fields.array("series")) {
    for (const Json& entry : *series) {
      if (item.series.size() == most_list_entries) break;
      Fields one(entry);
      Series& made = item.series.emplace_back();
      one.required_text("name", made.name);
      one.text("part", made.part);
      if (one.problem()) fields.fail("series: " + *one.problem());
    }
  }
  fields.texts("awards", item.awards);
  item.awards_won = fields.whole<long>("awards_won");
  item.nominations = fields.whole<long>("nominations");
  fields.text("provenance", item.provenance);
  fields.text("retrieved", item.retrieved);
  if (const Json* sources = fields.array("sources")) {
    for (const Json& entry : *sources) {
      if (item.sources.size() == most_list_entries) break;
      Fields source(entry);
      FactSource& made = item.sources.emplace_back();
      source.text("source", made.name);
      source.text("retrieved", made.retrieved);
      std::vector<std::string> names;
      source.texts("facts", names);
      // A fact that a newer program tells apart is left out, as its field is.
      for (const Fact fact : all_facts)
        if (std::find(names.begin(), names.end(), name_of(fact)) != names.end()) made.facts |= set_of(fact);
      if (source.problem()) fields.fail("sources: " + *source.problem());
    }
  }
  return item;
}

Json payload_to_json(const Rated& rated) {
  Json json{{"item", rated.item_id}, {"rating", to_json(rated.rating)}};
  if (rated.item) json["facts"] = to_json(*rated.item);
  return json;
}

Json payload_to_json(const Marked& marked) {
  Json json{{"item", marked.item_id}};
  put(json, marked.deeds);
  if (marked.item) json["facts"] = to_json(*marked.item);
  return json;
}

void put_opinion(Json& object, bool liked, bool disliked) {
  Json did = Json::array();
  if (liked) did.push_back("liked");
  if (disliked) did.push_back("disliked");
  object["did"] = std::move(did);
}

Json payload_to_json(const SongMarked& marked) {
  Json json{{"song", marked.song_id}};
  put_opinion(json, marked.liked, marked.disliked);
  return json;
}

Json payload_to_json(const ChangedTogether& together) {
  Json json{{"deed", name_of(together.deed)}, {"of", together.item_ids}};
  if (together.rating) json["rating"] = to_json(*together.rating);
  return json;
}

Json payload_to_json(const Matched& matched) {
  Json json{{"facts", to_json(*matched.item)}, {"from", matched.from}};
  put(json, "lines", matched.lines);
  put(json, "refused", matched.refused);
  if (matched.none) json["none"] = true;
  return json;
}

Json payload_to_json(const ItemAdded& added) {
  return {{"facts", to_json(added.item)}};
}

Json payload_to_json(const Imported& imported) {
  Json json{{"source", imported.source}, {"file", imported.file}};
  Json items = Json::array();
  for (const SharedItem& item : imported.items) items.push_back(to_json(*item));
  Json ratings = Json::array();
  for (const Imported::Entry& entry : imported.ratings) ratings.push_back(to_json(entry));
  json["items"] = std::move(items);
  json["ratings"] = std::move(ratings);
  for (const Imported::Told& told : imported.told) json["told"].push_back(to_json(told));
  for (const Song& song : imported.songs) json["songs"].push_back(to_json(song));
  for (const Imported::Line& line : imported.lines) json["lines"].push_back(to_json(line));
  return json;
}

Json payload_to_json(const SettingChanged& setting) {
  return {{"key", setting.key}, {"value", setting.value}};
}

template <typename OfOneItem>
Json payload_to_json(const OfOneItem& of_item) requires requires {
  of_item.item_id;
}
{ return {{"item", of_item.item_id}}; }

template <typename OfOneEvent>
Json payload_to_json(const OfOneEvent& of_event) requires requires {
  of_event.target;
}
{ return {{"target", to_json(of_event.target)}}; }

/// Follows the parser without keeping anything, to learn where it stops.
class ErrorPosition : public Json::json_sax_t {
 public:
  std::size_t position = 0;

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return true; }
  bool key(string_t&) override { return true; }
  bool end_object() override { return true; }
  bool start_array(std::size_t) override { return true; }
  bool end_array() override { return true; }
  bool parse_error(std::size_t where, const std::string&, const Json::exception&) override {
    position = where;
    return false;
  }
};

Deeds read_deeds(Fields& fields) {
  Deeds deeds;
  std::vector<std::string> did;
  fields.texts("did", did);
  for (const std::string& word : did) {
    const auto mark = std::find_if(marks.begin(), marks.end(), [&](const Mark& one) { return word == one.word; });
    if (mark == marks.end())
      fields.fail("did", "names something that is not known");
    else
      deeds.*mark->deed = true;
  }
  deeds.times = fields.whole<std::uint32_t>("times").value_or(0);
  deeds.parts = fields.whole<std::uint32_t>("parts").value_or(0);
  deeds.hours = fields.real("hours").value_or(0);
  fields.text("last", deeds.last);
  return deeds;
}

void read_opinion(Fields& fields, bool& liked, bool& disliked) {
  std::vector<std::string> did;
  fields.texts("did", did);
  for (const std::string& word : did) {
    if (word == "liked")
      liked = true;
    else if (word == "disliked")
      disliked = true;
    else
      fields.fail("did", "names something that is not known");
  }
}

Expected<Payload> read_imported(Fields& fields) {
  Imported imported;
  fields.required_text("source", imported.source);
  fields.text("file", imported.file);
  imported.source = clean_text(std::move(imported.source), most_name_bytes);
  imported.file = clean_text(std::move(imported.file), most_title_bytes);
  if (const Json* items = fields.array("items")) {
    imported.items.reserve(items->size());
    for (const Json& entry : *items) {
      Expected<Item> item = item_from_json(entry);
      if (!item) return tl::unexpected(std::move(item.error()));
      imported.items.push_back(std::move(*item));
    }
  }
  if (const Json* ratings = fields.array("ratings")) {
    imported.ratings.reserve(ratings->size());
    for (const Json& entry : *ratings) {
      Expected<Imported::Entry> made = import_entry_from_json(entry);
      if (!made) return tl::unexpected(std::move(made.error()));
      imported.ratings.push_back(std::move(*made));
    }
  }
  if (const Json* told = fields.array("told")) {
    imported.told.reserve(told->size());
    for (const Json& entry : *told) {
      Expected<Imported::Told> made = told_from_json(entry);
      if (!made) return tl::unexpected(std::move(made.error()));
      imported.told.push_back(std::move(*made));
    }
  }
  if (const Json* songs = fields.array("songs")) {
    imported.songs.reserve(songs->size());
    for (const Json& entry : *songs) {
      Expected<Song> made = song_from_json(entry);
      if (!made) return tl::unexpected(std::move(made.error()));
      imported.songs.push_back(std::move(*made));
    }
  }
  if (const Json* lines = fields.array("lines")) {
    imported.lines.reserve(lines->size());
    for (const Json& entry : *lines) {
      Expected<Imported::Line> made = line_from_json(entry);
      if (!made) return tl::unexpected(std::move(made.error()));
      imported.lines.push_back(std::move(*made));
    }
  }
  return imported;
}

Expected<Payload> read_matched(Fields& fields) {
  Matched matched;
  fields.required_text("from", matched.from);
  fields.texts("lines", matched.lines);
  fields.texts("refused", matched.refused);
  if (const Json* none = fields.find("none")) {
    if (const auto* is = none->get_ptr<const bool*>())
      matched.none = *is;
    else
      fields.fail("none", "is neither true nor false");
  }
  const Json* json = fields.require("facts");
  if (!json) return matched;
  Expected<Item> item = item_from_json(*json);
  if (!item) return tl::unexpected(std::move(item.error()));
  matched.item = std::move(*item);
  return matched;
}

Expected<Payload> read_together(Fields& fields) {
  ChangedTogether together;
  std::string deed;
  fields.required_text("deed", deed);
  if (const auto known = together_deed_from(deed))
    together.deed = *known;
  else
    fields.fail("deed", "names something that is not known");
  if (const Json* json = fields.find("rating")) {
    Expected<Rating> rating = rating_from_json(*json);
    if (!rating) return tl::unexpected(std::move(rating.error()));
    together.rating = std::move(*rating);
  }
  if (const Json* ids = fields.array("of")) {
    together.item_ids.reserve(ids->size());
    for (const Json& id : *ids) {
      if (id.is_string())
        together.item_ids.push_back(id.get<std::string>());
      else
        fields.fail("of", "names something that is not an item");
    }
  }
  return together;
}

Expected<Payload> read_payload(Fields& fields, std::string_view kind) {
  const auto item_id = [&] {
    std::string id;
    fields.required_text("item", id);
    return id;
  };
  if (kind == "rated") {
    Rated rated;
    rated.item_id = item_id();
    if (const Json* json = fields.require("rating")) {
      Expected<Rating> rating = rating_from_json(*json);
      if (!rating) return tl::unexpected(std::move(rating.error()));
      rated.rating = std::move(*rating);
    }
    if (const Json* json = fields.find("facts")) {
      Expected<Item> item = item_from_json(*json);
      if (!item) return tl::unexpected(std::move(item.error()));
      rated.item = std::move(*item);
    }
    return rated;
  }
  if (kind == "unrated") return Unrated{item_id()};
  if (kind == "added") {
    const Json* json = fields.require("facts");
    if (!json) return ItemAdded{};
    Expected<Item> item = item_from_json(*json);
    if (!item) return tl::unexpected(std::move(item.error()));
    return ItemAdded{std::move(*item)};
  }
  if (kind == "imported") return read_imported(fields);
  if (kind == "skipped") return Skipped{item_id()};
  if (kind == "not_interested") return NotInterested{item_id()};
  if (kind == "marked") {
    Marked marked{item_id(), read_deeds(fields), std::nullopt};
    if (const Json* json = fields.find("facts")) {
      Expected<Item> item = item_from_json(*json);
      if (!item) return tl::unexpected(std::move(item.error()));
      marked.item = std::move(*item);
    }
    return marked;
  }
  if (kind == "song_marked") {
    SongMarked marked;
    fields.required_text("song", marked.song_id);
    read_opinion(fields, marked.liked, marked.disliked);
    return marked;
  }
  if (kind == "together") return read_together(fields);
  if (kind == "matched") return read_matched(fields);
  if (kind == "setting") {
    SettingChanged setting;
    fields.required_text("key", setting.key);
    fields.required_text("value", setting.value);
    setting.key = clean_text(std::move(setting.key), most_name_bytes);
    return setting;
  }
  if (kind == "undone") return Undone{fields.event_id("target")};
  if (kind == "redone") return Redone{fields.event_id("target")};
  fields.fail("k", "names no known kind of entry");
  return Unrated{};
}

}  // namespace

Json json_number(double value) {
  constexpr double largest_exact = 9007199254740992.0;
  if (std::abs(value) < largest_exact && std::trunc(value) == value) return static_cast<std::int64_t>(value);
  return value;
}

Json to_json(const Item& item) {
  Json json{{"id", item.id}, {"type", name_of(item.type)}, {"title", item.title}};
  put(json, "original_title", item.original_title);
  if (item.year) json["year"] = *item.year;
  put(json, "genres", item.genres);
  if (!item.creators.empty()) {
    Json& creators = json["creators"] = Json::array();
    for (const Creator& creator : item.creators) creators.push_back({{"role", creator.role.text()}, {"name", creator.name}});
  }
  put(json, "cast", item.cast);
  put(json, "keywords", item.keywords);
  put(json, "companies", item.companies);
  put(json, "countries", item.countries);
  put(json, "language", item.language);
  if (item.length) json["length"] = json_number(*item.length);
  for (const auto& [service, id] : item.ids) json["ids"][service] = id;
  if (!item.community.empty()) {
    Json& community = json["community"] = Json::array();
    for (const CommunityRating& rating : item.community) {
      Json& made = community.emplace_back(
          Json{{"source", rating.source.text()}, {"rating", json_number(rating.rating)}, {"scale", json_number(rating.scale)}});
      if (rating.votes) made["votes"] = *rating.votes;
      put(made, "date", rating.date);
    }
  }
  put(json, "synopsis", item.synopsis);
  put(json, "poster", item.poster);
  for (const Series& one : item.series) put(json["series"].emplace_back(Json{{"name", one.name}}), "part", one.part);
  put(json, "awards", item.awards);
  if (item.awards_won) json["awards_won"] = *item.awards_won;
  if (item.nominations) json["nominations"] = *item.nominations;
  put(json, "provenance", item.provenance);
  put(json, "retrieved", item.retrieved);
  if (!item.sources.empty()) {
    Json& sources = json["sources"] = Json::array();
    for (const FactSource& source : item.sources) {
      Json names = Json::array();
      for (const Fact fact : all_facts)
        if (source.facts & set_of(fact)) names.push_back(name_of(fact));
      Json& made = sources.emplace_back(Json{{"source", source.name.text()}, {"facts", std::move(names)}});
      put(made, "retrieved", source.retrieved);
    }
  }
  return json;
}

Json to_json(const Rating& rating) {
  Json json{{"value", json_number(rating.value)}, {"scale", name_of(rating.scale)}};
  put(json, "date", rating.date);
  put(json, "source", rating.source);
  return json;
}

Json to_json(const EventId& id) {
  return Json::array({id.device, id.counter});
}

Json to_json(const Imported::Entry& entry) {
  return {{"item", entry.item_id}, {"rating", to_json(entry.rating)}};
}

Json to_json(const Imported::Told& told) {
  Json json{{"item", told.item_id}};
  put(json, told.deeds);
  return json;
}

Json to_json(const Imported::Line& line) {
  Json json{{"key", line.key}, {"item", line.item_id}};
  put(json, "title", line.title);
  if (line.year) json["year"] = *line.year;
  put(json, "maker", line.maker);
  return json;
}

Json to_json(const Song& song) {
  Json json{{"id", song.id}, {"title", song.title}};
  put(json, "artists", song.artists);
  put(json, "album", song.album);
  put(json, "spotify", song.spotify);
  for (std::size_t i = 0; i < song.audio.size(); ++i)
    if (song.audio[i]) json["audio"][std::string(audio_columns[i].name)] = json_number(*song.audio[i]);
  if (song.liked || song.disliked) put_opinion(json, song.liked, song.disliked);
  if (song.plays > 0) json["plays"] = song.plays;
  if (song.broken_off > 0) json["broken_off"] = song.broken_off;
  if (song.hours > 0) json["hours"] = json_number(song.hours);
  put(json, "last", song.last);
  return json;
}

Json to_json(const Event& event) {
  Json json = std::visit([](const auto& payload) { return payload_to_json(payload); }, event.payload);
  json["id"] = to_json(event.id);
  json["t"] = event.time;
  json["k"] = kinds[event.payload.index()];
  return json;
}

Expected<Item> item_from_json(const Json& json) {
  Fields fields(json);
  Item item = cleaned(read_item(fields));
  if (fields.problem()) {
    const std::string what = item.id.empty() ? "An item" : "The item " + clean_text(item.id, most_id_bytes);
    return bad("bad_item", what, *fields.problem());
  }
  if (auto fine = check(item); !fine) return tl::unexpected(std::move(fine.error()));
  return item;
}

Expected<Rating> rating_from_json(const Json& json) {
  Fields fields(json);
  Rating rating;
  if (fields.require("value")) rating.value = fields.real("value").value_or(0);
  std::string scale;
  fields.required_text("scale", scale);
  if (const auto known = rating_scale_from(scale))
    rating.scale = *known;
  else
    fields.fail("scale", "is not a known scale");
  fields.text("date", rating.date);
  fields.text("source", rating.source);
  if (fields.problem()) return bad("bad_rating", "A rating", *fields.problem());
  rating = cleaned(std::move(rating));
  if (auto fine = check(rating); !fine) return tl::unexpected(std::move(fine.error()));
  return rating;
}

Expected<Imported::Entry> import_entry_from_json(const Json& json) {
  Fields fields(json);
  Imported::Entry entry;
  fields.required_text("item", entry.item_id);
  const Json* given = fields.require("rating");
  if (fields.problem()) return bad("bad_event", "An entry of the history", "ratings: " + *fields.problem());
  Expected<Rating> rating = rating_from_json(*given);
  if (!rating) return tl::unexpected(std::move(rating.error()));
  entry.rating = std::move(*rating);
  return entry;
}

Expected<Imported::Told> told_from_json(const Json& json) {
  Fields fields(json);
  Imported::Told told;
  fields.required_text("item", told.item_id);
  told.deeds = read_deeds(fields);
  if (fields.problem()) return bad("bad_event", "An entry of the history", "told: " + *fields.problem());
  return told;
}

Expected<Imported::Line> line_from_json(const Json& json) {
  Fields fields(json);
  Imported::Line line;
  fields.required_text("key", line.key);
  fields.required_text("item", line.item_id);
  fields.text("title", line.title);
  line.year = fields.whole<int>("year");
  fields.text("maker", line.maker);
  if (fields.problem()) return bad("bad_event", "An entry of the history", "lines: " + *fields.problem());
  return cleaned(std::move(line));
}

Expected<Song> song_from_json(const Json& json) {
  Fields fields(json);
  Song song;
  fields.required_text("id", song.id);
  fields.required_text("title", song.title);
  fields.texts("artists", song.artists);
  fields.text("album", song.album);
  fields.text("spotify", song.spotify);
  if (const Json* audio = fields.find("audio")) {
    Fields measured(*audio);
    // What a newer program measures besides is left out.
    for (std::size_t i = 0; i < song.audio.size(); ++i) song.audio[i] = measured.real(audio_columns[i].name.data());
    if (measured.problem()) fields.fail("audio: " + *measured.problem());
  }
  read_opinion(fields, song.liked, song.disliked);
  song.plays = fields.whole<std::uint32_t>("plays").value_or(0);
  song.broken_off = fields.whole<std::uint32_t>("broken_off").value_or(0);
  song.hours = fields.real("hours").value_or(0);
  fields.text("last", song.last);
  if (fields.problem()) return bad("bad_event", "An entry of the history", "songs: " + *fields.problem());
  return cleaned(std::move(song));
}

Expected<Event> event_from_json(const Json& json) {
  Fields fields(json);
  Event event;
  event.id = fields.event_id("id");
  if (fields.require("t")) event.time = fields.whole<std::int64_t>("t").value_or(0);
  std::string kind;
  fields.required_text("k", kind);
  if (!fields.problem()) {
    Expected<Payload> payload = read_payload(fields, kind);
    if (!payload) return tl::unexpected(std::move(payload.error()));
    event.payload = std::move(*payload);
  }
  if (fields.problem()) return bad("bad_event", "An entry of the history", *fields.problem());
  if (auto fine = check(event); !fine) return tl::unexpected(std::move(fine.error()));
  return event;
}

Expected<Json> parse_json(std::string_view text) {
  Json json = Json::parse(text.begin(), text.end(), nullptr, false);
  if (!json.is_discarded()) return json;
  // Without exceptions the parser does not say where it stopped, so a text that failed is read once more.
  ErrorPosition error;
  Json::sax_parse(text.begin(), text.end(), &error);
  return failure("bad_json", "The text is not valid JSON: it cannot be read from byte " + std::to_string(error.position) + " on.");
}

std::string json_text(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace hub
