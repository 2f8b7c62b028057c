/// MusicBrainz (https://musicbrainz.org/doc/MusicBrainz_API) and the Cover Art Archive (https://musicbrainz.org/doc/Cover_Art_Archive/API).
///
/// A work is a release group that is an album or an EP; singles and broadcasts are none. Length and label are those of its first official
/// release.

#include <algorithm>
#include <vector>

#include "core/library/search.hpp"
#include "core/metadata/reading.hpp"

namespace hub::metadata {
namespace {

constexpr std::string_view host = "musicbrainz.org";
constexpr std::string_view cover_host = "coverartarchive.org";
constexpr double minute = 60'000;  // milliseconds
constexpr std::size_t most_words = 8;
constexpr std::size_t most_genres = 8;
constexpr std::size_t most_tags = 15;

/// Each word in the title or the artist's name, the last one also unfinished (https://lucene.apache.org, query parser syntax). The words
/// are letters and digits alone, so that nothing of them is read as a sign of the language.
std::string query_of(std::string_view words) {
  const std::string plain = normalised_text(words);
  std::string query = "(primarytype:album OR primarytype:ep)";
  std::size_t from = 0;
  for (std::size_t i = 0; i < most_words && from < plain.size(); ++i) {
    const std::size_t space = std::min(plain.find(' ', from), plain.size());
    const std::string word = plain.substr(from, space - from);
    const bool last = space == plain.size();
    query += " AND (";
    for (const char* field : {"releasegroup:", "artist:"}) {
      query += (field[0] == 'a' ? " OR " : "") + (field + word);
      if (last) query += std::string(" OR ") + field + word + "*";
    }
    query += ")";
    from = space + 1;
  }
  return query;
}

Request search(MediaType, std::string_view words) {
  // Made here of the words' own letters, so short enough not to be cut.
  return {Service::musicbrainz, Ask::search, std::string(host),
          path_with("/ws/2/release-group", {{"query", query_of(words)}, {"fmt", "json"}, {"limit", "15"}})};
}

std::optional<Request> details(MediaType, std::string_view id) {
  if (!has_form("musicbrainz", id)) return std::nullopt;
  return Request{
      Service::musicbrainz, Ask::details, std::string(host),
      path_with("/ws/2/release-group/" + std::string(id), {{"inc", "artist-credits releases genres tags ratings"}, {"fmt", "json"}})};
}

struct Counted {
  std::string name;
  double count;
};

/// By how many said so, the most first.
std::vector<Counted> by_count(Value list) {
  std::vector<Counted> found;
  for (const Value one : list) {
    if (found.size() == 200) break;
    if (const double count = one["count"].number().value_or(0); count > 0) found.push_back({one["name"].text(), count});
  }
  std::stable_sort(found.begin(), found.end(), [](const Counted& a, const Counted& b) { return a.count > b.count; });
  return found;
}

bool is_album(Value group) {
  const std::string type = group["primary-type"].text();
  return type != "Single" && type != "Broadcast";
}

Item album_from(Value group) {
  Item item;
  item.type = MediaType::album;
  item.title = group["title"].text();
  item.year = year_of(group["first-release-date"].text());
  for (const Value credit : group["artist-credit"]) {
    std::string name = credit["artist"]["name"].text();
    if (name.empty()) name = credit["name"].text();
    add(item.creators, "artist", name);
    // XE and XW, Europe and the world, are no countries.
    if (const std::string country = country_code(credit["artist"]["country"].text()); !country.starts_with('X'))
      add(item.countries, country);
  }
  for (const Counted& genre : by_count(group["genres"])) add(item.genres, genre.name, most_genres);
  // What is a genre is a tag too.
  for (const Counted& tag : by_count(group["tags"])) {
    if (item.keywords.size() == most_tags) break;
    if (std::find(item.genres.begin(), item.genres.end(), tag.name) == item.genres.end()) add_keyword(item.keywords, tag.name);
  }
  for (const Value kind : group["secondary-types"]) add_keyword(item.keywords, kind.text());
  add_rating(item, "MusicBrainz", group["rating"]["value"].number(), 5, group["rating"]["votes-count"].whole());
  put_id(item, "musicbrainz", group["id"].text());
  return item;
}

/// The first that came out officially, by its whole date; of equal ones the first named.
std::string first_release(Value releases) {
  std::string best;
  std::string best_date;
  for (const Value release : releases) {
    const std::string id = release["id"].text();
    const std::string date = release["date"].text();
    if (release["status"].text() != "Official" || date.size() < 4 || !has_form("musicbrainz", id)) continue;
    if (!best.empty() && date >= best_date) continue;
    best = id;
    best_date = date;
  }
  return best;
}

void read_release(Value release, Item& item) {
  double sum = 0;
  bool whole = false;
  for (const Value medium : release["media"])
    for (const Value track : medium["tracks"]) {
      auto length = positive(track["length"].number());
      if (!length) length = positive(track["recording"]["length"].number());
      whole = length && (whole || sum == 0);
      sum += length.value_or(0);
    }
  if (whole && sum > 0) item.length = sum / minute;
  for (const Value about : release["label-info"]) add(item.companies, about["label"]["name"].text());
}

/// @return whether there is a front cover.
bool read_cover(Value answer, Item& item) {
  for (const Value image : answer["images"]) {
    if (!image["front"].is_true()) continue;
    item.poster = secure(image["thumbnails"]["500"].text());
    if (item.poster.empty()) item.poster = secure(image["thumbnails"]["large"].text());
    if (item.poster.empty()) item.poster = secure(image["image"].text());
    return !item.poster.empty();
  }
  return false;
}

Expected<void> read_details(Value answer, Findings& findings) {
  if (!is_album(answer)) return failure("other_type", "What MusicBrainz knows under this id is not an album.");
  findings.items = {album_from(answer)};
  const auto id = findings.items[0].ids.find("musicbrainz");
  if (id == findings.items[0].ids.end()) return {};
  if (const std::string release = first_release(answer["releases"]); !release.empty())
    findings.more.push_back({Service::musicbrainz, Ask::edition, std::string(host),
                             path_with("/ws/2/release/" + release, {{"inc", "recordings labels"}, {"fmt", "json"}}), false});
  findings.more.push_back({Service::musicbrainz, Ask::cover, std::string(cover_host), "/release-group/" + id->second, false});
  return {};
}

Expected<void> read(const Request& asked, Value answer, Findings& findings) {
  if (asked.ask == Ask::details) return read_details(answer, findings);
  if (asked.ask == Ask::edition || asked.ask == Ask::cover) {
    if (findings.items.empty()) return {};
    if (asked.ask == Ask::edition)
      read_release(answer, findings.items[0]);
    else if (!read_cover(answer, findings.items[0]))
      return failure("not_found", "The Cover Art Archive has no front cover of this album.");
    return {};
  }
  for (const Value group : answer["release-groups"]) {
    if (findings.items.size() == most_results) break;
    if (is_album(group)) findings.items.push_back(album_from(group));
  }
  return {};
}

}  // namespace

const Reading musicbrainz{search, details, read};

}  // namespace hub::metadata
