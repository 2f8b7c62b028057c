#include "core/exports/exports.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "core/exports/writers.hpp"

namespace hub::exports {
namespace {

constexpr std::array<Service, 8> all{{
    {"letterboxd", "Letterboxd", "letterboxd-import.csv", "text/csv", "films that you rated or saw", write_letterboxd},
    {"imdb", "IMDb", "ratings.csv", "text/csv", "rated films, shows and games with an IMDb id", write_imdb},
    {"goodreads", "Goodreads", "goodreads_library_export.csv", "text/csv", "books", write_goodreads},
    {"myanimelist", "MyAnimeList", "animelist.xml", "application/xml", "films and shows with a MyAnimeList id", write_anime},
    {"myanimelist-manga", "MyAnimeList (manga)", "mangalist.xml", "application/xml", "books with a MyAnimeList id", write_manga},
    {"yamtrack", "Yamtrack", "yamtrack.csv", "text/csv", "titles with an id of TMDB, MyAnimeList, IGDB, Open Library or Hardcover",
     write_yamtrack},
    {"csv", "Table (CSV)", "media-hub.csv", "text/csv", "everything", write_table},
    {"json", "JSON", "media-hub.json", "application/json", "everything", write_json},
}};

}  // namespace

std::span<const Service> services() {
  return all;
}

Expected<Written> write(const Library& library, std::string_view key) {
  const auto service = std::find_if(all.begin(), all.end(), [&](const Service& one) { return one.key == key; });
  if (service == all.end()) {
    std::string known;
    for (const Service& one : all) known += (known.empty() ? "" : ", ") + std::string(one.key);
    return failure("unknown_service", "There is no export called “" + std::string(key) + "”. There are: " + known + ".");
  }
  std::vector<const Entry*> entries = library.entries();
  std::erase_if(entries, [](const Entry* entry) { return !entry->rating && !entry->deeds->any(); });
  Written written;
  written.service = &*service;
  written.text = service->write(entries, written.written);
  if (written.written == 0)
    return failure("nothing_to_export", "No title of your library has a place in a file for " + std::string(service->name) + ": it takes " +
                                            std::string(service->takes) + ".");
  written.left_out = entries.size() - written.written;
  return written;
}

}  // namespace hub::exports
