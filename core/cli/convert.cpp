#include "core/cli/convert.hpp"

#include <ostream>
#include <utility>
#include <vector>

#include "core/cli/file_bytes.hpp"
#include "core/library/json.hpp"

namespace hub::cli {
namespace {

void put_work(Json& json, const Item& item) {
  json["type"] = name_of(item.type);
  json["title"] = item.title;
  if (item.year) json["year"] = *item.year;
  for (const auto& [service, id] : item.ids) json["ids"][service] = id;
}

void put_facts(Json& json, const imports::Facts& facts) {
  if (facts.seen) json["seen"] = true;
  if (facts.begun) json["begun"] = true;
  if (facts.dropped) json["dropped"] = true;
  if (facts.wished) json["wished"] = true;
  if (facts.owned) json["owned"] = true;
  if (facts.liked) json["liked"] = true;
  if (facts.times > 0) json["times"] = facts.times;
  if (facts.parts > 0) json["parts"] = facts.parts;
  if (facts.hours > 0) json["hours"] = facts.hours;
  if (!facts.last.empty()) json["last"] = facts.last;
}

void put_place(Json& json, const imports::Parsed& parsed, std::uint32_t file, std::size_t line) {
  json["line"] = line;
  if (file < parsed.files.size()) json["file"] = parsed.files[file];
}

}  // namespace

std::string json_line(const imports::Parsed& parsed, const imports::Row& row) {
  const Json rating = to_json(row.rating);
  Json json{{"rating", rating["value"]}, {"scale", rating["scale"]}};
  put_work(json, row.item);
  put_facts(json, row.facts);
  put_place(json, parsed, row.file, row.line);
  if (!row.rating.date.empty()) json["date"] = row.rating.date;
  return json_text(json);
}

std::string json_line(const imports::Parsed& parsed, const imports::Mention& mention) {
  Json json = Json::object();
  put_work(json, mention.item);
  put_facts(json, mention.facts);
  put_place(json, parsed, mention.file, mention.line);
  return json_text(json);
}

std::string json_line(const imports::Parsed& parsed, const imports::Song& song) {
  Json json{{"type", "song"}, {"title", song.title}};
  if (!song.artist.empty()) json["artist"] = song.artist;
  if (!song.album.empty()) json["album"] = song.album;
  if (!song.spotify.empty()) json["ids"] = {{"spotify", song.spotify}};
  if (song.liked) json["liked"] = true;
  if (song.disliked) json["disliked"] = true;
  if (song.plays > 0) json["times"] = song.plays;
  if (song.broken_off > 0) json["broken_off"] = song.broken_off;
  if (song.hours > 0) json["hours"] = song.hours;
  if (!song.last.empty()) json["last"] = song.last;
  for (std::size_t i = 0; i < song.audio.size(); ++i)
    if (song.audio[i]) json["audio"][std::string(audio_columns[i].name)] = json_number(*song.audio[i]);
  put_place(json, parsed, song.file, song.line);
  return json_text(json);
}

int convert_command(std::span<const std::string_view> arguments, std::ostream& out, std::ostream& warnings) {
  if (arguments.size() != 1 || (arguments[0].starts_with("-") && arguments[0] != "-")) {
    warnings << "Usage: hub convert FILE\n";
    return 2;
  }
  const std::string name(arguments[0]);
  auto bytes = bytes_of_file(name);
  if (!bytes) {
    warnings << "The file " << name << " cannot be opened.\n";
    return 1;
  }
  const auto parsed = imports::parse(name, std::move(*bytes));
  if (!parsed) {
    warnings << parsed.error().message << '\n';
    return 1;
  }
  for (const imports::Row& row : parsed->rows) out << json_line(*parsed, row) << '\n';
  for (const imports::Mention& mention : parsed->mentions) out << json_line(*parsed, mention) << '\n';
  for (const imports::Song& song : parsed->songs) out << json_line(*parsed, song) << '\n';
  out.flush();
  for (const std::string& note : parsed->notes) warnings << "note: " << note << '\n';
  for (const imports::SkippedLine& skipped : parsed->skipped)
    warnings << imports::place_of(*parsed, skipped.file, skipped.line) << ": " << skipped.reason << '\n';
  return out ? 0 : 1;
}

}  // namespace hub::cli
