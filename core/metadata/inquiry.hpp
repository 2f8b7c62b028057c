#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/library/error.hpp"
#include "core/library/item.hpp"
#include "core/metadata/request.hpp"

namespace hub::metadata {

/// One question to one service, over as many requests as it takes. Pure: whoever has a network fetches what is wanted, in any order, and
/// gives the answers back; a replay of the same answers gives the same items.
///
///     auto inquiry = Inquiry::search(Service::tvmaze, MediaType::show, "girls", "2026-11-24");
///     while (inquiry && !inquiry->wanted().empty()) { … inquiry->take(request, status, body); }
///     inquiry->items();
class Inquiry {
 public:
  /// Works for words that a person typed: title, maker, year.
  ///
  /// @param date   today, ISO 8601: when the facts are retrieved.
  /// @return       Error "no_words" for text without a letter or digit, "not_known" for a type that the service has no works of.
  static Expected<Inquiry> search(Service service, MediaType type, std::string_view words, std::string_view date);

  /// All that the service knows of one work.
  ///
  /// @param id  the service's own (Item::ids[info(service).word]); TMDB takes an IMDb id too, Open Library an ISBN.
  /// @return    Error "bad_id" when it is none, "not_known" as above.
  static Expected<Inquiry> details(Service service, MediaType type, std::string_view id, std::string_view date);

  /// As if what follows had been asked, for answers that were recorded: wants one answer of the kind `ask`.
  static Expected<Inquiry> replay(Service service, MediaType type, Ask ask, std::string_view date);

  /// What is to be fetched now. Empty at the end.
  const std::vector<Request>& wanted() const { return wanted_; }

  /// Takes in an answer.
  ///
  /// @param asked   one of wanted(), which it leaves.
  /// @param status  of HTTP. @param body  at most most_answer_bytes.
  /// @return        Error "not_found", "busy" (429, 503: try later), "refused" (401, 403), "unavailable" (any other status) or
  /// "bad_answer".
  ///                After an Error of a request that was not needed the inquiry goes on without what it would have told; of one that was,
  ///                nothing more is wanted.
  Expected<void> take(const Request& asked, int status, std::string_view body);

  /// Goes on without the answer, which did not come.
  void give_up(const Request& asked);

  /// What is known by now, each well-formed (see check), with ids of the form "film/tt0133093" or "game/wikidata:Q12" (see id_of).
  std::vector<Item> items() const;

 private:
  Inquiry(Service service, MediaType type, std::string_view date) : service_(service), type_(type), date_(date) {}

  Service service_;
  MediaType type_;
  std::string date_;
  std::vector<Request> wanted_;
  std::vector<Item> items_;
  std::size_t asked_ = 0;  ///< how many answers were taken in
};

/// The id of a work by the ids that services gave it: the IMDb id alone for films and shows, as in the catalogue; else the surest one
/// behind its service's word. Empty where there is none.
std::string id_of(const Item& item);

}  // namespace hub::metadata
