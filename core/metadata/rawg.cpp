/// RAWG (https://api.rawg.io/docs): games.

#include "core/metadata/reading.hpp"

namespace hub::metadata {
namespace {

constexpr std::string_view host = "api.rawg.io";

Request search(MediaType, std::string_view words) {
  return {Service::rawg, Ask::search, std::string(host), path_with("/api/games", {{"search", words}, {"page_size", "15"}})};
}

std::optional<Request> details(MediaType, std::string_view id) {
  if (!has_form("rawg", id)) return std::nullopt;
  return Request{Service::rawg, Ask::details, std::string(host), "/api/games/" + percent_encoded(id)};
}

Item game_from(Value game) {
  Item item;
  item.type = MediaType::game;
  item.title = game["name"].text();
  set_original_title(item, game["name_original"].text());
  if (!game["tba"].is_true()) item.year = year_of(game["released"].text());
  for (const Value genre : game["genres"]) add(item.genres, genre["name"].text());
  for (const Value developer : game["developers"]) add(item.creators, "developer", developer["name"].text());
  for (const Value publisher : game["publishers"]) add(item.companies, publisher["name"].text());
  // Tags come in many languages.
  for (const Value tag : game["tags"])
    if (const std::string language = tag["language"].text(); language.empty() || language == "eng")
      add_keyword(item.keywords, tag["name"].text());
  item.length = positive(game["playtime"].number());  // hours
  add_rating(item, "RAWG", game["rating"].number(), 5, game["ratings_count"].whole());
  add_rating(item, "Metacritic", game["metacritic"].number(), 100, {});
  item.synopsis = plain_text(game["description_raw"].text());
  if (item.synopsis.empty()) item.synopsis = plain_text(game["description"].text());
  item.poster = secure(game["background_image"].text());
  put_id(item, "rawg", game["slug"].text());
  return item;
}

Expected<void> read(const Request& asked, Value answer, Findings& findings) {
  if (asked.ask == Ask::details) {
    findings.items = {game_from(answer)};
    return {};
  }
  for (const Value game : answer["results"]) {
    if (findings.items.size() == most_results) break;
    findings.items.push_back(game_from(game));
  }
  return {};
}

}  // namespace

const Reading rawg{search, details, read};

}  // namespace hub::metadata
