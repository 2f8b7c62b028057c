/// Wikidata: films, shows and games.
///
/// A search asks the action API for items of the right class (https://www.mediawiki.org/wiki/Help:Extension:WikibaseCirrusSearch), then the
/// query service (https://query.wikidata.org, SPARQL 1.1 results in JSON) for the few facts that a list shows. Details are the entity with
/// its statements in their order (https://www.wikidata.org/w/api.php?action=help&modules=wbgetentities), then the names of what these point
/// to. Entities are also read in the form of the REST API (https://doc.wikimedia.org/Wikibase/master/js/rest-api/).

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "core/metadata/reading.hpp"

namespace hub::metadata {
namespace {

constexpr std::string_view host = "www.wikidata.org";
constexpr std::string_view query_host = "query.wikidata.org";
constexpr std::size_t most_names = 50;  ///< ids that one request may ask for
constexpr std::size_t most_hits = 10;

/// What a statement's property says of the work.
enum class Meaning { creator, cast, genre, company, keyword, country, language, id, series, award };

struct Property {
  std::string_view name;
  Meaning meaning;
  std::string_view word;  ///< of creators the role, of ids the service
};

/// Creators in the order in which they are told.
constexpr std::array<Property, 30> properties{
    {{"P170", Meaning::creator, "creator"},  {"P57", Meaning::creator, "director"}, {"P178", Meaning::creator, "developer"},
     {"P287", Meaning::creator, "designer"}, {"P58", Meaning::creator, "writer"},   {"P86", Meaning::creator, "composer"},
     {"P162", Meaning::creator, "producer"}, {"P161", Meaning::cast, ""},           {"P725", Meaning::cast, ""},
     {"P136", Meaning::genre, ""},           {"P449", Meaning::company, ""},        {"P123", Meaning::company, ""},
     {"P272", Meaning::company, ""},         {"P921", Meaning::keyword, ""},        {"P840", Meaning::keyword, ""},
     {"P495", Meaning::country, ""},         {"P364", Meaning::language, ""},       {"P345", Meaning::id, "imdb"},
     {"P4947", Meaning::id, "tmdb"},         {"P4983", Meaning::id, "tmdb"},        {"P8600", Meaning::id, "tvmaze"},
     {"P4835", Meaning::id, "thetvdb"},      {"P9968", Meaning::id, "rawg"},        {"P1733", Meaning::id, "steam"},
     {"P5794", Meaning::id, "igdb"},         {"P4086", Meaning::id, "myanimelist"}, {"P8729", Meaning::id, "anilist"},
     {"P179", Meaning::series, ""},          {"P8345", Meaning::series, ""},        {"P166", Meaning::award, ""}}};

/// What an item of the type is an instance of.
std::string_view classes_of(MediaType type) {
  switch (type) {
    case MediaType::film: return "Q11424|Q24869|Q506240|Q202866|Q29168811|Q24862|Q93204|Q226730|Q20650540";
    case MediaType::show: return "Q5398426|Q1259759|Q581714|Q63952888|Q117467246|Q526877|Q15416";
    default: return "Q7889";
  }
}

/// Seasons and episodes, which are no works of their own.
constexpr std::array<std::string_view, 3> parts{"Q3464665", "Q21191270", "Q1983062"};

template <typename Act>
void for_each_part(std::string_view list, char bar, Act&& act) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(bar), list.size());
    act(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

Request search(MediaType type, std::string_view words) {
  // Signs would be read as those of the search's own language; CirrusSearch takes the letters of every script.
  std::string query = " haswbstatement:";
  bool first = true;
  for_each_part(classes_of(type), '|',
                [&](std::string_view one) { query += (std::exchange(first, false) ? "P31=" : "|P31=") + std::string(one); });
  std::string plain;
  for (const char c : words.substr(0, 200)) plain += std::string_view(":\"|=-~*?\\()[]{}!<>").find(c) == std::string_view::npos ? c : ' ';
  // An id of IMDb names one work.
  query.insert(0, has_form("imdb", words) ? "haswbstatement:P345=" + std::string(words) : plain);
  return {Service::wikidata, Ask::search, std::string(host),
          path_with("/w/api.php", {{"action", "query"},
                                   {"list", "search"},
                                   {"srsearch", query},
                                   {"srlimit", "10"},
                                   {"srprop", "size"},
                                   {"format", "json"},
                                   {"formatversion", "2"},
                                   {"origin", "*"}})};
}

std::optional<Request> details(MediaType, std::string_view id) {
  if (!has_form("wikidata", id)) return std::nullopt;
  return Request{Service::wikidata, Ask::details, std::string(host),
                 path_with("/w/api.php", {{"action", "wbgetentities"},
                                          {"ids", id},
                                          {"props", "labels|descriptions|claims"},
                                          {"languages", "en|mul"},
                                          {"languagefallback", "1"},
                                          {"format", "json"},
                                          {"formatversion", "2"},
                                          {"origin", "*"}})};
}

Request names_request(const std::vector<std::string>& ids) {
  std::string list;
  for (const std::string& id : ids) list += (list.empty() ? "" : "|") + id;
  return {Service::wikidata, Ask::names, std::string(host),
          path_with("/w/api.php", {{"action", "wbgetentities"},
                                   {"ids", list},
                                   {"props", "labels"},
                                   {"languages", "en|mul"},
                                   {"languagefallback", "1"},
                                   {"format", "json"},
                                   {"formatversion", "2"},
                                   {"origin", "*"}}),
          false};
}

/// Maker, year and ids of the works of a list, each pair of property and value in a row of its own.
Request facts_request(const std::vector<Item>& items) {
  std::string works;
  for (const Item& item : items) works += " wd:" + item.ids.at("wikidata");
  const std::string query =
      "SELECT ?w ?wLabel ?wDescription ?p ?v ?vLabel WHERE{VALUES ?w{" + works.substr(1) +
      "}VALUES ?p{wdt:P31 wdt:P577 wdt:P580 wdt:P57 wdt:P170 wdt:P178 wdt:P345 wdt:P4947 wdt:P4983 wdt:P8600 wdt:P9968}"
      "?w ?p ?v.SERVICE wikibase:label{bd:serviceParam wikibase:language \"en,mul\"}}";
  return {Service::wikidata, Ask::facts, std::string(query_host), path_with("/sparql", {{"format", "json"}, {"query", query}})};
}

/// "Q25188" of "http://www.wikidata.org/entity/Q25188".
std::string id_in(const std::string& address) {
  return address.substr(address.rfind('/') + 1);
}

/// The year of a point in time, such as "+1999-03-31T00:00:00Z".
std::optional<int> year_in(std::string time) {
  if (time.starts_with('+')) time.erase(0, 1);
  return year_of(time);
}

/// The value of a statement in either interface's form; nothing for "unknown value" and for what was found wrong.
Value value_of(Value statement) {
  if (statement["rank"].text() == "deprecated") return {};
  const Value snak = statement["mainsnak"];
  return snak ? snak["datavalue"]["value"] : statement["value"]["content"];
}

std::string item_in(Value value) {
  std::string id = value.is_object() ? value["id"].text() : value.text();
  return has_form("wikidata", id) ? id : std::string();
}

Value statements(Value entity, std::string_view property) {
  const Value claims = entity["claims"];
  return (claims ? claims : entity["statements"])[property];
}

/// The label or description in English, in either interface's form.
std::string in_english(Value terms) {
  for (const char* language : {"en", "mul"}) {
    const Value term = terms[language];
    if (!term) continue;
    return term.is_object() ? term["value"].text() : term.text();
  }
  return {};
}

/// Which part of its series the statement says that the work is (P1545), in either interface's form; or empty.
std::string part_in(Value statement) {
  const Value qualifiers = statement["qualifiers"];
  if (qualifiers.is_object()) return qualifiers["P1545"].front()["datavalue"]["value"].text();
  for (const Value one : qualifiers)
    if (one["property"]["id"].text() == "P1545") return one["value"]["content"].text();
  return {};
}

void take(const Property& property, Value statement, Item& item) {
  const Value value = value_of(statement);
  switch (property.meaning) {
    case Meaning::id: put_id(item, property.word, value.text()); return;
    case Meaning::country: add(item.countries, country_code(item_in(value))); return;
    case Meaning::language:
      if (item.language.empty()) item.language = language_code(item_in(value));
      return;
    default: break;
  }
  const std::string id = item_in(value);
  if (id.empty()) return;
  switch (property.meaning) {
    case Meaning::creator: add(item.creators, property.word, pending(id)); return;
    case Meaning::cast: add(item.cast, pending(id), most_cast); return;
    case Meaning::genre: add(item.genres, pending(id)); return;
    case Meaning::company: add(item.companies, pending(id)); return;
    case Meaning::keyword: add_keyword(item.keywords, pending(id)); return;
    case Meaning::series: add(item.series, pending(id), part_in(statement)); return;
    case Meaning::award: add(item.awards, pending(id), most_awards); return;
    default: return;
  }
}

/// Films and shows have numbers of their own at TMDB.
bool fits(const Property& property, MediaType type) {
  if (property.name == "P4947") return type == MediaType::film;
  if (property.name == "P4983" || property.name == "P8600") return type == MediaType::show;
  return true;
}

/// In the statement's unit; nothing for a unit that is neither minutes, hours nor seconds.
std::optional<double> minutes_in(Value quantity) {
  const auto amount = quantity["amount"].text();
  char* end = nullptr;
  const double value = std::strtod(amount.c_str(), &end);
  const std::string unit = id_in(quantity["unit"].text());
  const double factor = unit == "Q7727" ? 1 : unit == "Q25235" ? 60 : unit == "Q11574" ? 1.0 / 60 : 0;
  return positive(value * factor);
}

std::string poster_of(Value entity) {
  for (const Value statement : statements(entity, "P3383")) {
    const std::string file = value_of(statement).text();
    if (!file.empty()) return "https://commons.wikimedia.org/wiki/Special:FilePath/" + percent_encoded(file) + "?width=500";
  }
  return {};
}

/// The ids that stand for names, the makers' first; each once.
std::vector<std::string> pending_ids(const Item& item) {
  std::vector<std::string> ids;
  const auto take_id = [&](const std::string& name) {
    if (name == pending(name.substr(std::min<std::size_t>(1, name.size())))) add(ids, name.substr(1), 2 * most_names);
  };
  for (const Creator& creator : item.creators) take_id(creator.name);
  for (const Series& series : item.series) take_id(series.name);
  for (const std::vector<std::string>* list :
       {&item.genres, &item.cast.list(), &item.companies.list(), &item.keywords.list(), &item.awards.list()})
    for (const std::string& name : *list) take_id(name);
  return ids;
}

/// "Drama" of "drama film", as all others call it: what kind of work it is a genre of goes without saying.
std::string plain_genre(std::string genre) {
  for (const std::string_view noun : {" television series", " television program", " film", " video game", " game", " series"})
    if (genre.size() > noun.size() && genre.ends_with(noun)) {
      genre.resize(genre.size() - noun.size());
      break;
    }
  if (!genre.empty() && genre[0] >= 'a' && genre[0] <= 'z') genre[0] = static_cast<char>(genre[0] - 'a' + 'A');
  return genre;
}

/// Those that have their names by now. Two may be called the same then.
void name_genres(Item& item) {
  std::vector<std::string> genres;
  for (const std::string& genre : item.genres) add(genres, plain_genre(genre));
  item.genres = std::move(genres);
}

Expected<void> read_entity(Value entity, Findings& findings) {
  const MediaType type = findings.type;
  if (!entity.is_object() || entity["missing"]) return failure("not_found", "Wikidata does not know this work.");
  for (const Value statement : statements(entity, "P31"))
    if (type == MediaType::show && std::find(parts.begin(), parts.end(), item_in(value_of(statement))) != parts.end())
      return failure("other_type", "What Wikidata knows under this id is a part of a show, not a show.");
  Item item;
  item.type = type;
  item.title = in_english(entity["labels"]);
  for (const Value statement : statements(entity, "P1476")) {
    const std::string title = value_of(statement)["text"].text();
    if (item.title.empty()) item.title = title;
    set_original_title(item, title);
    break;
  }
  for (const char* property : {"P577", "P580"})
    for (const Value statement : statements(entity, property)) {
      const Value time = value_of(statement);
      const auto year = time["precision"].whole().value_or(0) >= 9 ? year_in(time["time"].text()) : std::nullopt;
      if (year && (!item.year || *year < *item.year)) item.year = year;
    }
  for (const Property& property : properties)
    if (fits(property, type))
      for (const Value statement : statements(entity, property.name)) take(property, statement, item);
  for (const Value statement : statements(entity, "P2047"))
    if (!item.length && type != MediaType::game) item.length = minutes_in(value_of(statement));
  item.synopsis = plain_text(in_english(entity["descriptions"]));
  item.poster = poster_of(entity);
  put_id(item, "wikidata", entity["id"].text());
  const std::vector<std::string> ids = pending_ids(item);
  for (std::size_t from = 0; from < ids.size(); from += most_names) {
    const auto begin = ids.begin() + static_cast<std::ptrdiff_t>(from);
    const auto end = ids.begin() + static_cast<std::ptrdiff_t>(std::min(from + most_names, ids.size()));
    findings.more.push_back(names_request({begin, end}));
  }
  findings.items = {std::move(item)};
  return {};
}

/// Entities stand in an object under their ids.
Value first_entity(Value answer) {
  const Value entities = answer["entities"];
  if (!entities) return answer;
  const auto first = entities.begin();
  return first != entities.end() ? *first : Value();
}

void read_row(Value row, Item& item) {
  const std::string property = id_in(row["p"]["value"].text());
  const std::string value = row["v"]["value"].text();
  if (item.title.empty()) item.title = row["wLabel"]["value"].text();
  if (item.synopsis.empty()) item.synopsis = plain_text(row["wDescription"]["value"].text());
  if (property == "P577" || property == "P580") {
    const auto year = year_in(value);
    if (year && (!item.year || *year < *item.year)) item.year = year;
    return;
  }
  for (const Property& known : properties) {
    if (known.name != property || !fits(known, item.type)) continue;
    if (known.meaning == Meaning::id) put_id(item, known.word, value);
    // What has no name in English is called by its id, which is no name.
    if (const std::string name = row["vLabel"]["value"].text(); known.meaning == Meaning::creator && !has_form("wikidata", name))
      add(item.creators, known.word, name);
  }
}

void read_facts(Value answer, std::vector<Item>& items) {
  for (const Value row : answer["results"]["bindings"]) {
    const std::string id = id_in(row["w"]["value"].text());
    const auto work = std::find_if(items.begin(), items.end(), [&](const Item& item) { return item.ids.at("wikidata") == id; });
    if (work != items.end()) read_row(row, *work);
  }
}

Expected<void> read(const Request& asked, Value answer, Findings& findings) {
  std::size_t named = 0;
  switch (asked.ask) {
    case Ask::details: return read_entity(first_entity(answer), findings);
    case Ask::facts:
      if (std::all_of(findings.items.begin(), findings.items.end(), [](const Item& item) { return item.ids.contains("wikidata"); }))
        read_facts(answer, findings.items);
      return {};
    case Ask::names:
      if (findings.items.empty()) return {};
      for (const Value entity : answer["entities"])
        if (named++ < most_names) settle(findings.items[0], entity["id"].text(), in_english(entity["labels"]));
      name_genres(findings.items[0]);
      return {};
    case Ask::search: break;
    default: return {};
  }
  for (const Value hit : answer["query"]["search"]) {
    if (findings.items.size() == most_hits) break;
    const std::string id = hit["title"].text();
    if (!has_form("wikidata", id)) continue;
    Item& item = findings.items.emplace_back();
    item.type = findings.type;
    item.ids["wikidata"] = id;
  }
  if (!findings.items.empty()) findings.more.push_back(facts_request(findings.items));
  return {};
}

}  // namespace

const Reading wikidata{search, details, read};

}  // namespace hub::metadata
