/// Google Books (https://developers.google.com/books/docs/v1/reference/volumes): volumes, which are editions.
///
/// A volume's date is that of the edition. It is given as the year, as the only one there is; merging prefers any other.

#include "core/imports/service.hpp"
#include "core/imports/words.hpp"
#include "core/metadata/reading.hpp"

namespace hub::metadata {
namespace {

constexpr std::string_view host = "www.googleapis.com";

Request search(MediaType, std::string_view words) {
  return {Service::google_books, Ask::search, std::string(host),
          path_with("/books/v1/volumes", {{"q", words}, {"printType", "books"}, {"maxResults", "15"}})};
}

std::optional<Request> details(MediaType, std::string_view id) {
  if (!has_form("googlebooks", id)) return std::nullopt;
  return Request{Service::google_books, Ask::details, std::string(host), "/books/v1/volumes/" + percent_encoded(id)};
}

/// "Fiction / Science Fiction / General": each part but the last word of those who sort by shelves.
void add_categories(std::vector<std::string>& genres, std::string_view path) {
  while (!path.empty()) {
    const std::size_t end = path.find(" / ");
    const std::string_view part = imports::trimmed(path.substr(0, end));
    if (part != "General") add(genres, part);
    path = end == std::string_view::npos ? std::string_view() : path.substr(end + 3);
  }
}

Item volume_from(Value volume) {
  const Value about = volume["volumeInfo"];
  Item item;
  item.type = MediaType::book;
  item.title = about["title"].text();
  if (const std::string subtitle = about["subtitle"].text(); !subtitle.empty() && !item.title.empty()) item.title += ": " + subtitle;
  item.year = year_of(about["publishedDate"].text());
  for (const Value category : about["categories"]) add_categories(item.genres, category.text());
  for (const Value author : about["authors"]) add(item.creators, "author", author.text());
  add(item.companies, about["publisher"].text());
  item.length = positive(about["pageCount"].number());
  add_rating(item, "Google Books", about["averageRating"].number(), 5, about["ratingsCount"].whole());
  item.synopsis = plain_text(about["description"].text());
  item.poster = secure(about["imageLinks"]["thumbnail"].text());
  if (item.poster.empty()) item.poster = secure(about["imageLinks"]["smallThumbnail"].text());
  put_id(item, "googlebooks", volume["id"].text());
  for (const Value identifier : about["industryIdentifiers"])
    if (identifier["type"].text().starts_with("ISBN"))
      if (const auto isbn = imports::isbn_in(identifier["identifier"].text())) item.ids.try_emplace("isbn", *isbn);
  return item;
}

Expected<void> read(const Request& asked, Value answer, Findings& findings) {
  if (asked.ask == Ask::details) {
    findings.items = {volume_from(answer)};
    return {};
  }
  for (const Value volume : answer["items"]) {
    if (findings.items.size() == most_results) break;
    findings.items.push_back(volume_from(volume));
  }
  return {};
}

}  // namespace

const Reading google_books{search, details, read};

}  // namespace hub::metadata
