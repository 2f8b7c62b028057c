/// The shape of Goodreads' library export, which its import and many other services read: whole stars, and a shelf for what is not rated.

#include <algorithm>

#include "core/exports/table.hpp"
#include "core/exports/values.hpp"
#include "core/exports/writers.hpp"

namespace hub::exports {
namespace {

std::string_view shelf_of(const Entry& entry) {
  const Deeds& deeds = entry.deeds;
  if (deeds.dropped) return "did-not-finish";
  if (deeds.begun && !deeds.seen) return "currently-reading";
  return entry.rating || was_seen(entry) ? "read" : "to-read";
}

/// As Goodreads writes days.
std::string day(std::string_view iso) {
  std::string day(iso);
  std::replace(day.begin(), day.end(), '-', '/');
  return day;
}

}  // namespace

std::string write_goodreads(std::span<const Entry* const> entries, std::size_t& written) {
  Table table(
      "Book Id,Title,Author,Additional Authors,ISBN,ISBN13,My Rating,Average Rating,Publisher,Binding,Number of Pages,"
      "Year Published,Original Publication Year,Date Read,Date Added,Bookshelves,Exclusive Shelf,My Review,Read Count,Owned Copies");
  for (const Entry* entry : entries) {
    const Item& item = entry->item;
    if (item.type != MediaType::book) continue;
    ++written;
    const auto authors = leading_creators(item, 6);
    std::string others;
    for (std::size_t i = 1; i < authors.size(); ++i) others += (others.empty() ? "" : ", ") + authors[i];
    const std::string_view shelf = shelf_of(*entry);
    const std::string date = day(day_of(*entry));
    table.line({id_of(item, "goodreads"),
                item.title,
                authors.empty() ? "" : authors.front(),
                others,
                "",
                id_of(item, "isbn"),
                std::to_string(entry->rating ? whole_rating(*entry->rating, 5) : 0),
                "",
                item.companies.empty() ? "" : item.companies.front(),
                "",
                item.length ? number(*item.length) : std::string(),
                "",
                year_of(item),
                shelf == "read" ? date : std::string(),
                date,
                "",
                shelf,
                "",
                entry->deeds->times > 0 ? std::to_string(entry->deeds->times) : std::string(),
                entry->deeds->owned ? "1" : "0"});
  }
  return table.take();
}

}  // namespace hub::exports
