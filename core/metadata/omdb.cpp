/// OMDb (https://www.omdbapi.com): films and shows by their IMDb ids. What it does not know it calls "N/A".

#include "core/imports/numbers.hpp"
#include "core/metadata/reading.hpp"

namespace hub::metadata {
namespace {

constexpr std::string_view host = "www.omdbapi.com";

std::string_view kind_of(MediaType type) {
  return type == MediaType::film ? "movie" : "series";
}

Request search(MediaType type, std::string_view words) {
  return {Service::omdb, Ask::search, std::string(host), path_with("/", {{"s", words}, {"type", kind_of(type)}})};
}

std::optional<Request> details(MediaType, std::string_view id) {
  if (!has_form("imdb", id)) return std::nullopt;
  return Request{Service::omdb, Ask::details, std::string(host), path_with("/", {{"i", id}, {"plot", "full"}})};
}

std::string known(Value value) {
  std::string text = value.text();
  return text == "N/A" ? std::string() : text;
}

/// "Mark Fergus (screenplay)" is Mark Fergus.
std::string without_part(const std::string& name) {
  return name.substr(0, name.find(" ("));
}

/// "126 min", "1 h 30 min", "2 h".
std::optional<double> minutes_in(const std::string& runtime) {
  double minutes = 0;
  std::string number;
  for (const char c : runtime.substr(0, 40)) {
    if (c >= '0' && c <= '9') number += c;
    if ((c != 'h' && c != 'm') || number.empty()) continue;
    const auto value = imports::read_whole(number);
    if (!value || *value > 100'000) return std::nullopt;
    minutes += static_cast<double>(*value) * (c == 'h' ? 60 : 1);
    number.clear();
  }
  return positive(minutes);
}

/// "94%", "79/100", "7.9/10": the part before the sign.
std::optional<double> rating_in(const std::string& text) {
  return imports::read_decimal(text.substr(0, text.find_first_of("%/")));
}

/// "Won 2 Oscars. 91 wins & 95 nominations total", "Nominated for 1 Oscar. 3 wins", "1 win": what is not said stays not known.
void read_awards(const std::string& said, Item& item) {
  constexpr std::string_view won = "Won ";
  std::optional<long> number;
  std::string_view left = std::string_view(said).substr(0, 300);
  if (left.starts_with(won)) {
    std::string_view award = left.substr(won.size());
    award = award.substr(0, award.find('.'));
    const std::size_t space = std::min(award.find(' '), award.size());
    const auto times = imports::read_whole(award.substr(0, space));
    award.remove_prefix(std::min(space + 1, award.size()));
    if (times && *times > 1 && award.ends_with('s')) award.remove_suffix(1);
    if (times) add(item.awards, award);
  }
  // What is named is counted among the wins too.
  while (!left.empty()) {
    const std::size_t space = std::min(left.find(' '), left.size());
    const std::string_view word = left.substr(0, space);
    if (number && word.starts_with("win")) item.awards_won = number;
    if (number && word.starts_with("nomination")) item.nominations = number;
    const auto read = imports::read_whole(word);
    number = read && *read > 0 && *read < 10'000 ? std::optional<long>(static_cast<long>(*read)) : std::nullopt;
    left.remove_prefix(std::min(space + 1, left.size()));
  }
}

Item work_from(Value work, MediaType type) {
  Item item;
  item.type = type;
  item.title = known(work["Title"]);
  item.year = year_of(known(work["Year"]).substr(0, 4));
  for (const std::string& genre : separated(known(work["Genre"]))) add(item.genres, genre);
  // Of a show, who wrote and directed episodes; OMDb does not say who made it.
  for (const std::string& name : separated(known(work["Director"]))) add(item.creators, "director", without_part(name));
  for (const std::string& name : separated(known(work["Writer"]))) add(item.creators, "writer", without_part(name));
  for (const std::string& name : separated(known(work["Actors"]))) add(item.cast, without_part(name), most_cast);
  add(item.companies, known(work["Production"]));
  read_awards(known(work["Awards"]), item);
  for (const std::string& name : separated(known(work["Country"]))) add(item.countries, country_code(name));
  // The language it was made in comes first; further ones are spoken too.
  const std::vector<std::string> spoken = separated(known(work["Language"]));
  if (!spoken.empty()) item.language = language_code(spoken.front());
  item.length = minutes_in(known(work["Runtime"]));
  add_rating(item, "IMDb", imports::read_decimal(known(work["imdbRating"])), 10, imports::read_whole(known(work["imdbVotes"])));
  for (const Value rating : work["Ratings"])
    if (rating["Source"].text() == "Rotten Tomatoes") add_rating(item, "Rotten Tomatoes", rating_in(rating["Value"].text()), 100, {});
  add_rating(item, "Metacritic", imports::read_decimal(known(work["Metascore"])), 100, {});
  item.synopsis = plain_text(known(work["Plot"]));
  item.poster = secure(known(work["Poster"]));
  put_id(item, "imdb", work["imdbID"].text());
  return item;
}

Expected<void> read(const Request& asked, Value answer, Findings& findings) {
  if (answer["Response"].text() == "False") {
    const std::string said = answer["Error"].text();
    if (said.find("limit") != std::string::npos)
      return failure("busy", "OMDb's requests of today are used up. It is asked again tomorrow.");
    if (said.find("key") != std::string::npos) return failure("refused", "OMDb refused the key. It is entered under Data.");
    if (asked.ask == Ask::search) return {};  // "Movie not found!", "Too many results."
    return failure("not_found", "OMDb does not know this work.");
  }
  if (asked.ask == Ask::details) {
    const std::string kind = answer["Type"].text();
    if (kind == "season" || kind == "episode" || (kind == "series") != (findings.type == MediaType::show))
      return failure("other_type", "What OMDb knows under this id is not a " + std::string(noun_of(findings.type, false)) + ".");
    findings.items = {work_from(answer, findings.type)};
    return {};
  }
  for (const Value hit : answer["Search"]) {
    if (findings.items.size() == most_results) break;
    const std::string kind = hit["Type"].text();
    if (kind == kind_of(findings.type)) findings.items.push_back(work_from(hit, findings.type));
  }
  return {};
}

}  // namespace

const Reading omdb{search, details, read};

}  // namespace hub::metadata
