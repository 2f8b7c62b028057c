/// Open Library (https://openlibrary.org/developers/api): works, their editions, ratings and covers.
///
/// A work is asked for by its own page (description, subjects), by the search for its key (author names, first year, pages, rating), and by
/// its editions (publisher and ISBN of the first). Editions' languages are not the original's, so none is taken from them.

#include <algorithm>
#include <array>

#include "core/imports/service.hpp"
#include "core/imports/words.hpp"
#include "core/library/search.hpp"
#include "core/metadata/reading.hpp"

namespace hub::metadata {
namespace {

constexpr std::string_view host = "openlibrary.org";
constexpr std::string_view fields =
    "key,title,author_name,first_publish_year,number_of_pages_median,cover_i,ratings_average,ratings_count,isbn";
constexpr std::size_t most_keywords = 30;
constexpr std::size_t most_genres = 8;
constexpr std::size_t most_isbns = 50;  ///< of one search result that are looked at

/// Subjects that say what kind of book it is, as normalised_text writes them; with or without "fiction" or "stories" behind.
constexpr std::array<std::string_view, 46> kinds{
    "fiction",     "fantasy",   "science",        "science fiction", "mystery",    "horror",        "romance",
    "thriller",    "thrillers", "suspense",       "biography",       "memoir",     "autobiography", "poetry",
    "drama",       "plays",     "humor",          "history",         "historical", "adventure",     "detective and mystery",
    "love",        "short",     "graphic novels", "comics",          "essays",     "classics",      "classic literature",
    "dystopian",   "dystopias", "young adult",    "juvenile",        "childrens",  "children s",    "ghost",
    "western",     "war",       "philosophy",     "psychology",      "self help",  "travel",        "satire",
    "fairy tales", "crime",     "epic",           "literary"};

Request works_request(std::string_view id) {
  return {Service::open_library, Ask::details, std::string(host), "/works/" + std::string(id) + ".json"};
}

Request search(MediaType, std::string_view words) {
  return {Service::open_library, Ask::search, std::string(host),
          path_with("/search.json", {{"q", words}, {"fields", fields}, {"limit", "15"}})};
}

std::optional<Request> details(MediaType, std::string_view id) {
  if (has_form("openlibrary", id)) return works_request(id);
  const auto isbn = imports::isbn_in(id);
  if (!isbn) return std::nullopt;
  return Request{Service::open_library, Ask::find, std::string(host),
                 path_with("/api/books", {{"bibkeys", "ISBN:" + *isbn}, {"jscmd", "data"}, {"format", "json"}})};
}

/// "OL45804W" of "/works/OL45804W".
std::string id_in(const std::string& key) {
  return key.substr(key.rfind('/') + 1);
}

std::string cover_address(Value number) {
  const auto id = positive(number.number());
  return id && has_form("", number.id()) ? "https://covers.openlibrary.org/b/id/" + number.id() + "-M.jpg" : std::string();
}

/// Text, or an object that holds it as its value.
std::string text_of(Value value) {
  return plain_text(value.is_object() ? value["value"].text() : value.text());
}

std::optional<std::string> first_isbn(Value list) {
  std::size_t looked_at = 0;
  for (const Value isbn : list) {
    if (++looked_at > most_isbns) break;
    if (auto whole = imports::isbn_in(isbn.id())) return whole;
  }
  return std::nullopt;
}

bool is_kind(std::string_view subject) {
  std::string plain = normalised_text(subject);
  for (const std::string_view tail : {" fiction", " stories", " literature"})
    if (plain.size() > tail.size() && plain.ends_with(tail) && plain != "science fiction") plain.resize(plain.size() - tail.size());
  return std::find(kinds.begin(), kinds.end(), plain) != kinds.end();
}

/// What Open Library notes among the subjects for its own use.
constexpr std::array<std::string_view, 6> notes{"open library staff picks", "accessible book",          "protected daisy", "in library",
                                                "large type books",         "internet archive wishlist"};

void add_kind(Item& item, const std::string& kind) {
  const auto same = [&](const std::string& known) { return lower_case(known) == lower_case(kind); };
  if (std::none_of(item.genres.begin(), item.genres.end(), same)) add(item.genres, kind, most_genres);
}

/// Subjects are of many minds: kinds of book, themes, and notes of libraries ("nyt:combined=2011-01-09", "Fiction, fantasy, general").
void add_subject(const std::string& subject, Item& item) {
  if (subject.find_first_of(":=/") != std::string::npos) return;
  if (subject.starts_with("Fiction, ")) {
    for (const std::string& part : separated(subject))
      if (part != "general" && part != "Fiction") add_kind(item, part);
    return;
  }
  if (std::find(notes.begin(), notes.end(), lower_case(subject)) != notes.end()) return;
  if (is_kind(subject))
    add_kind(item, subject);
  else if (item.keywords.size() < most_keywords)
    add_keyword(item.keywords, subject);
}

/// "/authors/OL34184A". It becomes a part of an address, so nothing else will do.
bool is_author_key(std::string_view key) {
  constexpr std::string_view head = "/authors/";
  if (!key.starts_with(head) || !key.ends_with('A')) return false;
  key.remove_prefix(head.size());
  return has_form("openlibrary", std::string(key.substr(0, key.size() - 1)) + "W");
}

void add_authors(Value list, Findings& findings) {
  for (const Value entry : list) {
    // Of a work each author stands under "author", of an edition alone.
    const std::string key = (entry["author"] ? entry["author"] : entry)["key"].text();
    if (is_author_key(key)) add(findings.items[0].creators, "author", pending(key));
  }
}

bool has_pending_author(const Item& item) {
  return std::any_of(item.creators.begin(), item.creators.end(),
                     [](const Creator& creator) { return creator.name == pending(creator.name.substr(1)); });
}

void read_work(Value work, Findings& findings) {
  Item& item = findings.items[0];
  if (const std::string title = work["title"].text(); !title.empty()) item.title = title;
  if (const std::string subtitle = work["subtitle"].text(); !subtitle.empty()) item.title += ": " + subtitle;
  if (!item.year) item.year = year_of(work["first_publish_date"].text());
  for (const Value subject : work["subjects"]) add_subject(subject.text(), item);
  for (const char* list : {"subject_people", "subject_places", "subject_times"})
    for (const Value subject : work[list])
      if (item.keywords.size() < most_keywords) add_keyword(item.keywords, subject.text());
  if (item.creators.empty()) add_authors(work["authors"], findings);
  if (const std::string description = text_of(work["description"]); !description.empty()) item.synopsis = description;
  // Numbers below zero stand for covers that were taken away.
  for (const Value cover : work["covers"])
    if (item.poster.empty()) item.poster = cover_address(cover);
  put_id(item, "openlibrary", id_in(work["key"].text()));
  const auto id = item.ids.find("openlibrary");
  if (id == item.ids.end()) return;
  findings.more.push_back({Service::open_library, Ask::facts, std::string(host),
                           path_with("/search.json", {{"q", "key:/works/" + id->second}, {"fields", fields}, {"limit", "1"}}), false});
  findings.more.push_back({Service::open_library, Ask::editions, std::string(host),
                           path_with("/works/" + id->second + "/editions.json", {{"limit", "50"}}), false});
}

/// @param found  of a search.
Item book_from(Value found) {
  Item item;
  item.type = MediaType::book;
  item.title = found["title"].text();
  if (const auto year = found["first_publish_year"].whole(); year && *year != 0 && *year > -3'000 && *year < 2'200)
    item.year = static_cast<int>(*year);
  for (const Value author : found["author_name"]) add(item.creators, "author", author.text());
  for (const Value subject : found["subject"]) add_subject(subject.text(), item);
  item.length = positive(found["number_of_pages_median"].number());
  add_rating(item, "Open Library", found["ratings_average"].number(), 5, found["ratings_count"].whole());
  item.poster = cover_address(found["cover_i"]);
  put_id(item, "openlibrary", id_in(found["key"].text()));
  if (auto isbn = first_isbn(found["isbn"])) item.ids.insert_or_assign("isbn", *isbn);
  return item;
}

/// What the search knows of the work besides, into what its page says.
void read_facts(Value answer, Findings& findings) {
  Item& item = findings.items[0];
  const Item known = book_from(answer["docs"].front());
  if (known.ids.contains("openlibrary") && item.ids.contains("openlibrary") && known.ids.at("openlibrary") == item.ids.at("openlibrary")) {
    if (known.year) item.year = known.year;
    if (known.length) item.length = known.length;
    if (!known.creators.empty()) item.creators = known.creators;
    if (item.poster.empty()) item.poster = known.poster;
    if (item.community.empty()) item.community = known.community;
    item.ids.insert(known.ids.begin(), known.ids.end());
  }
  // Without its answer the authors are asked for one by one.
  if (has_pending_author(item)) {
    for (const Creator& creator : item.creators)
      findings.more.push_back({Service::open_library, Ask::names, std::string(host), creator.name.substr(1) + ".json", false});
  }
  if (item.community.empty() && item.ids.contains("openlibrary"))
    findings.more.push_back(
        {Service::open_library, Ask::ratings, std::string(host), "/works/" + item.ids.at("openlibrary") + "/ratings.json", false});
}

/// "Discworld ; 38", "Discworld, #38", "Discworld, no. 38", "Discworld -- bk. 38": the name before the sign, and the number.
void add_series(std::string_view words, Item& item) {
  words = words.substr(0, 300);
  std::string_view name = words.substr(0, std::min({words.find(';'), words.find('#'), words.find("--"), words.find(" (")}));
  if (const std::size_t comma = name.rfind(','); comma != std::string_view::npos)
    if (name.find_first_of("0123456789", comma) != std::string_view::npos) name = name.substr(0, comma);
  std::string_view rest = words.substr(name.size());
  const std::size_t first = rest.find_first_of("0123456789");
  rest = first == std::string_view::npos ? std::string_view() : rest.substr(first);
  const std::string_view part = rest.substr(0, rest.find_first_not_of("0123456789.-"));
  name = imports::trimmed(name);
  while (name.ends_with(',') || name.ends_with(':')) name = imports::trimmed(name.substr(0, name.size() - 1));
  add(item.series, name, part);
}

/// An edition on its own page, or as the books interface tells it.
void read_edition(Value edition, Item& item) {
  const Value isbns = edition["identifiers"]["isbn_13"];
  auto isbn = first_isbn(isbns ? isbns : edition["isbn_13"]);
  if (!isbn) isbn = first_isbn(edition["isbn_10"]);
  if (isbn) item.ids.try_emplace("isbn", *isbn);
  put_id(item, "goodreads", edition["identifiers"]["goodreads"].front().id());
  for (const Value publisher : edition["publishers"])
    add(item.companies, publisher.is_text() ? publisher.text() : publisher["name"].text());
  for (const Value series : edition["series"]) add_series(series.text(), item);
  if (!item.length) item.length = positive(edition["number_of_pages"].number());
}

void read_whole_edition(Value edition, Findings& findings) {
  Item& item = findings.items[0];
  item.title = edition["title"].text();
  if (const std::string subtitle = edition["subtitle"].text(); !subtitle.empty()) item.title += ": " + subtitle;
  item.year = year_of(edition["publish_date"].text());
  read_edition(edition, item);
  for (const Value author : edition["authors"]) add(item.creators, "author", author["name"].text());
  if (item.creators.empty()) add_authors(edition["authors"], findings);
  for (const Value subject : edition["subjects"]) add_subject(subject.is_text() ? subject.text() : subject["name"].text(), item);
  item.poster = secure(edition["cover"]["medium"].text());
  if (item.poster.empty()) item.poster = cover_address(edition["covers"].front());
  if (const std::string id = id_in(edition["works"].front()["key"].text()); has_form("openlibrary", id)) {
    item.ids.insert_or_assign("openlibrary", id);
    Request work = works_request(id);
    work.needed = false;
    findings.more.push_back(std::move(work));
  }
}

/// Publisher and ISBN of the first edition: the one whose year is the work's.
void read_editions(Value answer, Item& item) {
  for (const Value edition : answer["entries"])
    if (item.year && year_of(edition["publish_date"].text()) == item.year) {
      read_edition(edition, item);
      return;
    }
}

Expected<void> read(const Request& asked, Value answer, Findings& findings) {
  if (asked.ask == Ask::search) {
    for (const Value found : answer["docs"]) {
      if (findings.items.size() == most_results) break;
      findings.items.push_back(book_from(found));
    }
    return {};
  }
  if (findings.items.empty()) return {};
  switch (asked.ask) {
    case Ask::details: {
      // Two records of one work: the one that was joined to the other says where.
      const std::string moved = id_in(answer["location"].text());
      if (answer["type"]["key"].text() == "/type/redirect" && has_form("openlibrary", moved))
        findings.more.push_back(works_request(moved));
      else
        read_work(answer, findings);
      break;
    }
    case Ask::facts: read_facts(answer, findings); break;
    case Ask::editions: read_editions(answer, findings.items[0]); break;
    case Ask::edition: read_whole_edition(answer, findings); break;
    case Ask::find: {
      const auto first = answer.begin();
      if (!answer.is_object() || !(first != answer.end())) return failure("not_found", "Open Library does not know this book.");
      read_whole_edition(*first, findings);
      break;
    }
    case Ask::ratings:
      add_rating(findings.items[0], "Open Library", answer["summary"]["average"].number(), 5, answer["summary"]["count"].whole());
      break;
    case Ask::names: settle(findings.items[0], answer["key"].text(), answer["name"].text()); break;
    default: break;
  }
  return {};
}

}  // namespace

const Reading open_library{search, details, read};

}  // namespace hub::metadata
