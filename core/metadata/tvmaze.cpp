/// TVmaze (https://www.tvmaze.com/api): shows alone, never seasons.

#include "core/metadata/reading.hpp"

namespace hub::metadata {
namespace {

constexpr std::string_view host = "api.tvmaze.com";

Request search(MediaType, std::string_view words) {
  return {Service::tvmaze, Ask::search, std::string(host), path_with("/search/shows", {{"q", words}})};
}

std::optional<Request> details(MediaType, std::string_view id) {
  if (!has_form("tvmaze", id)) return std::nullopt;
  return Request{Service::tvmaze, Ask::details, std::string(host),
                 path_with("/shows/" + std::string(id), {{"embed[]", "cast"}, {"embed[]", "crew"}})};
}

std::string role_of(const std::string& type) {
  if (type == "Creator" || type == "Co-Creator" || type == "Developer") return "creator";
  if (type == "Director") return "director";
  if (type == "Writer") return "writer";
  if (type == "Composer") return "composer";
  return {};
}

Item show_from(Value show) {
  Item item;
  item.type = MediaType::show;
  item.title = show["name"].text();
  item.year = year_of(show["premiered"].text());
  for (const Value genre : show["genres"]) add(item.genres, genre.text());
  item.language = language_code(show["language"].text());
  item.length = positive(show["averageRuntime"].number());
  if (!item.length) item.length = positive(show["runtime"].number());
  for (const char* maker : {"network", "webChannel"}) {
    add(item.companies, show[maker]["name"].text());
    // TVmaze knows of no other country of a show than that of the channel it was made for.
    if (std::string country = country_code(show[maker]["country"]["code"].text()); !country.empty()) add(item.countries, country);
  }
  add_rating(item, "TVMaze", show["rating"]["average"].number(), 10, std::nullopt);
  item.synopsis = plain_text(show["summary"].text());
  item.poster = secure(show["image"]["original"].text());
  if (item.poster.empty()) item.poster = secure(show["image"]["medium"].text());
  put_id(item, "tvmaze", show["id"].id());
  put_id(item, "imdb", show["externals"]["imdb"].text());
  put_id(item, "thetvdb", show["externals"]["thetvdb"].id());
  for (const Value part : show["_embedded"]["cast"]) add(item.cast, part["person"]["name"].text(), most_cast);
  for (const char* role : {"creator", "director", "writer", "composer"})
    for (const Value part : show["_embedded"]["crew"])
      if (role_of(part["type"].text()) == role) add(item.creators, role, part["person"]["name"].text());
  return item;
}

Expected<void> read(const Request& asked, Value answer, Findings& findings) {
  if (asked.ask == Ask::details) {
    findings.items = {show_from(answer)};
    return {};
  }
  // A search gives each show with a score; the index of shows gives them bare.
  for (const Value hit : answer) {
    if (findings.items.size() == most_results) break;
    findings.items.push_back(show_from(hit["show"] ? hit["show"] : hit));
  }
  return {};
}

}  // namespace

const Reading tvmaze{search, details, read};

}  // namespace hub::metadata
