#include "core/metadata/inquiry.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/library/limits.hpp"
#include "core/library/search.hpp"
#include "core/library/text.hpp"
#include "core/metadata/answer.hpp"
#include "core/metadata/reading.hpp"

namespace hub::metadata {
namespace {

/// An answer made for the purpose must not lead to ever more questions.
constexpr std::size_t most_requests = 12;

/// As in the search of what is known here.
constexpr std::size_t most_typed_bytes = 200;

/// Whose ids name a work, the surest first.
constexpr std::array<std::string_view, 11> surest{"imdb", "musicbrainz", "openlibrary", "tmdb",    "tvmaze",     "wikidata",
                                                  "rawg", "isbn",        "itunes",      "spotify", "googlebooks"};

const Reading& reading_of(Service service) {
  constexpr std::array<const Reading*, service_count> all{&wikidata, &itunes, &tvmaze, &musicbrainz, &open_library,
                                                          &omdb,     &tmdb,   &rawg,   &spotify,     &google_books};
  return *all[static_cast<std::size_t>(service)];
}

tl::unexpected<Error> not_known(Service service, MediaType type) {
  return failure("not_known", std::string(info(service).name) + " has no " + std::string(noun_of(type, true)) + ".");
}

Expected<void> check_status(std::string_view name, int status) {
  const std::string service(name);
  if (status >= 200 && status < 300) return {};
  if (status == 404) return failure("not_found", service + " does not know this work.");
  if (status == 429 || status == 503) return failure("busy", service + " is asked too much just now. It is asked again later.");
  if (status == 401 || status == 403) return failure("refused", service + " refused the key, or this page. The key is entered under Data.");
  return failure("unavailable", service + " could not answer (status " + std::to_string(status) + "). The others are asked.");
}

}  // namespace

std::string id_of(const Item& item) {
  const std::string type = std::string(name_of(item.type)) + "/";
  for (const std::string_view service : surest) {
    const auto id = item.ids.find(std::string(service));
    if (id == item.ids.end()) continue;
    const bool bare = service == "imdb";
    return type + (bare ? std::string() : std::string(service) + ":") + id->second;
  }
  return {};
}

Expected<Inquiry> Inquiry::search(Service service, MediaType type, std::string_view words, std::string_view date) {
  if (!knows(service, type)) return not_known(service, type);
  if (normalised_text(words).empty()) return failure("no_words", "There is no word to search for.");
  Inquiry inquiry(service, type, date);
  const std::string typed = clean_text(std::string(words.substr(0, most_typed_bytes)), most_typed_bytes);
  inquiry.wanted_.push_back(reading_of(service).search(type, typed));
  return inquiry;
}

Expected<Inquiry> Inquiry::details(Service service, MediaType type, std::string_view id, std::string_view date) {
  if (!knows(service, type)) return not_known(service, type);
  std::optional<Request> request = reading_of(service).details(type, id);
  if (!request) return failure("bad_id", "This is not an id that " + std::string(info(service).name) + " gives to works.");
  Inquiry inquiry(service, type, date);
  inquiry.wanted_.push_back(std::move(*request));
  inquiry.items_.emplace_back().type = type;
  return inquiry;
}

Expected<Inquiry> Inquiry::replay(Service service, MediaType type, Ask ask, std::string_view date) {
  if (!knows(service, type)) return not_known(service, type);
  Inquiry inquiry(service, type, date);
  inquiry.wanted_.push_back({service, ask, {}, {}, true});
  if (ask != Ask::search) inquiry.items_.emplace_back().type = type;
  return inquiry;
}

Expected<void> Inquiry::take(const Request& asked, int status, std::string_view body) {
  const auto place = std::find(wanted_.begin(), wanted_.end(), asked);
  if (place == wanted_.end()) return failure("not_asked", "An answer came to a question that was not asked.");
  const Request request = std::move(*place);
  wanted_.erase(place);
  ++asked_;
  const auto read = [&]() -> Expected<void> {
    if (auto fine = check_status(info(service_).name, status); !fine) return fine;
    const Expected<Answer> answer = Answer::parse(body, info(service_).name);
    if (!answer) return tl::unexpected(answer.error());
    Findings findings{type_, std::move(items_), {}};
    Expected<void> fine = reading_of(service_).read(request, answer->root(), findings);
    items_ = std::move(findings.items);
    if (!fine) return fine;
    const bool says_nothing = items_.empty() || items_.front().title.empty();
    if (request.needed && request.ask != Ask::search && says_nothing && findings.more.empty())
      return failure("bad_answer", std::string(info(service_).name) + " answered without a title.");
    if (items_.size() > most_results) items_.resize(most_results);
    for (Request& more : findings.more)
      if (asked_ + wanted_.size() < most_requests) wanted_.push_back(std::move(more));
    return {};
  };
  Expected<void> fine = read();
  if (!fine && request.needed) {
    wanted_.clear();
    items_.clear();
  }
  return fine;
}

void Inquiry::give_up(const Request& asked) {
  const auto place = std::find(wanted_.begin(), wanted_.end(), asked);
  if (place == wanted_.end()) return;
  const bool needed = place->needed;
  wanted_.erase(place);
  if (!needed) return;
  wanted_.clear();
  items_.clear();
}

std::vector<Item> Inquiry::items() const {
  std::vector<Item> whole;
  for (Item item : items_) {
    drop_pending(item);
    item.type = type_;
    item.id = id_of(item);
    item.provenance = info(service_).name;
    item.retrieved = date_;
    for (CommunityRating& rating : item.community) rating.date = date_;
    item = cleaned(std::move(item));
    // A film of a million minutes is a mistake; the rest of what is said of it need not be.
    if (!check(item)) {
      item.year.reset();
      item.length.reset();
      item.community.clear();
    }
    if (check(item)) whole.push_back(std::move(item));
  }
  return whole;
}

}  // namespace hub::metadata
