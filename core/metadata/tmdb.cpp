/// TMDB (https://developer.themoviedb.org/reference): films and shows, with credits, keywords and pictures. Facts of it are shown and
/// cached, not stored for good or learnt from.

#include <algorithm>
#include <array>
#include <utility>

#include "core/metadata/reading.hpp"

namespace hub::metadata {
namespace {

constexpr std::string_view host = "api.themoviedb.org";
constexpr std::string_view picture_of_342_pixels = "https://image.tmdb.org/t/p/w342";

/// A long show has had dozens of writers and producers.
constexpr std::size_t most_of_one_role = 8;

struct Genre {
  long id;
  std::string_view name;
};

/// What a search gives for the names of genres (/3/genre/movie/list and /3/genre/tv/list).
constexpr std::array<Genre, 27> genres{{{28, "Action"},
                                        {12, "Adventure"},
                                        {16, "Animation"},
                                        {35, "Comedy"},
                                        {80, "Crime"},
                                        {99, "Documentary"},
                                        {18, "Drama"},
                                        {10751, "Family"},
                                        {14, "Fantasy"},
                                        {36, "History"},
                                        {27, "Horror"},
                                        {10402, "Music"},
                                        {9648, "Mystery"},
                                        {10749, "Romance"},
                                        {878, "Science Fiction"},
                                        {10770, "TV Movie"},
                                        {53, "Thriller"},
                                        {10752, "War"},
                                        {37, "Western"},
                                        {10759, "Action & Adventure"},
                                        {10762, "Kids"},
                                        {10763, "News"},
                                        {10764, "Reality"},
                                        {10765, "Sci-Fi & Fantasy"},
                                        {10766, "Soap"},
                                        {10767, "Talk"},
                                        {10768, "War & Politics"}}};

std::string_view word_of(MediaType type) {
  return type == MediaType::film ? "movie" : "tv";
}

Request search(MediaType type, std::string_view words) {
  return {Service::tmdb, Ask::search, std::string(host),
          path_with("/3/search/" + std::string(word_of(type)), {{"query", words}, {"include_adult", "false"}})};
}

Request details_of(MediaType type, std::string_view id) {
  return {Service::tmdb, Ask::details, std::string(host),
          path_with("/3/" + std::string(word_of(type)) + "/" + std::string(id),
                    {{"append_to_response", "credits,keywords,external_ids,images"}, {"include_image_language", "en,null"}})};
}

std::optional<Request> details(MediaType type, std::string_view id) {
  if (has_form("tmdb", id)) return details_of(type, id);
  if (!has_form("imdb", id)) return std::nullopt;
  return Request{Service::tmdb, Ask::find, std::string(host), path_with("/3/find/" + std::string(id), {{"external_source", "imdb_id"}})};
}

/// By the words of TMDB for what somebody did; empty for those who are not told by name here.
std::string_view role_of(const std::string& job) {
  if (job == "Director") return "director";
  if (job == "Screenplay" || job == "Writer" || job == "Story" || job == "Teleplay") return "writer";
  if (job == "Original Music Composer" || job == "Music") return "composer";
  if (job == "Producer") return "producer";
  return {};
}

void read_credits(Value work, Item& item) {
  for (const Value maker : work["created_by"]) add(item.creators, "creator", maker["name"].text());
  const Value crew = work["credits"]["crew"];
  for (const char* role : {"director", "writer", "composer", "producer"}) {
    std::size_t named = 0;
    for (const Value one : crew)
      if (role_of(one["job"].text()) == role && named++ < most_of_one_role) add(item.creators, role, one["name"].text());
  }
  for (const Value one : work["credits"]["cast"]) add(item.cast, one["name"].text(), most_cast);
}

std::string poster_of(Value work) {
  std::string path = work["poster_path"].text();
  if (path.empty()) path = work["images"]["posters"].front()["file_path"].text();
  const bool plain = path.starts_with('/') && path.find_first_of("?#\\ ") == std::string::npos && path.find("..") == std::string::npos;
  return plain ? std::string(picture_of_342_pixels) + path : std::string();
}

/// "The Harbour" of "The Harbour Collection", as all others call it.
std::string series_in(std::string collection) {
  constexpr std::string_view noun = " Collection";
  if (collection.ends_with(noun)) collection.resize(collection.size() - noun.size());
  return collection;
}

Item work_from(Value work, MediaType type) {
  const bool film = type == MediaType::film;
  Item item;
  item.type = type;
  item.title = work[film ? "title" : "name"].text();
  set_original_title(item, work[film ? "original_title" : "original_name"].text());
  item.year = year_of(work[film ? "release_date" : "first_air_date"].text());
  for (const Value genre : work["genres"]) add(item.genres, genre["name"].text());
  for (const Value id : work["genre_ids"])
    for (const Genre& genre : genres)
      if (id.whole() == genre.id) add(item.genres, genre.name);
  read_credits(work, item);
  // A film's keywords are called so, a show's are the results of asking for them.
  for (const char* list : {"keywords", "results"})
    for (const Value keyword : work["keywords"][list]) add_keyword(item.keywords, keyword["name"].text());
  add(item.series, series_in(work["belongs_to_collection"]["name"].text()), {});
  for (const char* list : {"networks", "production_companies"})
    for (const Value company : work[list]) add(item.companies, company["name"].text());
  for (const Value country : work["origin_country"]) add(item.countries, country_code(country.text()));
  if (item.countries.empty())
    for (const Value country : work["production_countries"]) add(item.countries, country_code(country["iso_3166_1"].text()));
  item.language = language_code(work["original_language"].text());
  item.length = positive(film ? work["runtime"].number() : work["episode_run_time"].front().number());
  add_rating(item, "TMDB", work["vote_average"].number(), 10, work["vote_count"].whole());
  item.synopsis = plain_text(work["overview"].text());
  item.poster = poster_of(work);
  put_id(item, "tmdb", work["id"].id());
  put_id(item, "imdb", work["imdb_id"].text());
  put_id(item, "imdb", work["external_ids"]["imdb_id"].text());
  put_id(item, "wikidata", work["external_ids"]["wikidata_id"].text());
  put_id(item, "thetvdb", work["external_ids"]["tvdb_id"].id());
  return item;
}

Expected<void> read(const Request& asked, Value answer, Findings& findings) {
  if (asked.ask == Ask::details) {
    findings.items = {work_from(answer, findings.type)};
    return {};
  }
  if (asked.ask == Ask::find) {
    const Value hit = answer[findings.type == MediaType::film ? "movie_results" : "tv_results"].front();
    if (!hit) return failure("not_found", "TMDB does not know this work.");
    findings.items = {work_from(hit, findings.type)};
    if (const std::string id = hit["id"].id(); has_form("tmdb", id)) {
      Request more = details_of(findings.type, id);
      more.needed = false;
      findings.more.push_back(std::move(more));
    }
    return {};
  }
  for (const Value hit : answer["results"]) {
    if (findings.items.size() == most_results) break;
    // A search over all kinds says which each is.
    if (const std::string kind = hit["media_type"].text(); !kind.empty() && kind != word_of(findings.type)) continue;
    findings.items.push_back(work_from(hit, findings.type));
  }
  return {};
}

}  // namespace

const Reading tmdb{search, details, read};

}  // namespace hub::metadata
