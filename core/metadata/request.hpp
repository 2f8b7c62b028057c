#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "core/library/error.hpp"
#include "core/metadata/services.hpp"

namespace hub::metadata {

/// What an answer is read as.
enum class Ask : std::uint8_t {
  search,    ///< works for words that were typed
  facts,     ///< a few facts of works that are named by their ids
  details,   ///< all of one work
  names,     ///< what ids within an answer stand for
  edition,   ///< one edition of a book, one release of an album
  editions,  ///< all of them
  ratings,   ///< the public's rating alone
  cover,     ///< a picture's address
  find,      ///< the service's own id for that of another service
  picture    ///< the bytes of one; read by whoever draws
};

/// The word on the command line: the name of the enumerator.
std::string_view name_of(Ask ask);

/// A GET request, without a key. What is fetched depends on nothing but this, so that equal requests may share one answer.
struct Request {
  Service service = Service::wikidata;
  Ask ask = Ask::search;
  std::string host;    ///< "api.tvmaze.com"; always by https
  std::string path;    ///< percent-encoded, with its query: "/search/shows?q=girls"
  bool needed = true;  ///< without its answer there is nothing to show

  bool operator==(const Request&) const = default;
};

/// How services with keys are reached.
struct Access {
  std::string proxy;    ///< "https://proxy.example": its origin and path, without a slash at the end; empty where there is none
  std::string own_key;  ///< the person's for this service, or empty
};

/// The address to fetch: at the service itself where it is open or the person has a key, else at the proxy as /{service}/{path}.
///
/// @return Error "no_way" for a service that cannot be reached by `access`, with a sentence that says what it takes.
Expected<std::string> address_of(const Request& request, const Access& access);

/// Text as a part of an address (RFC 3986): all bytes but letters, digits and -._~ as %XX. Control characters and ill-formed UTF-8 are
/// mended first (see clean_text), and what is longer than 4,000 bytes is cut.
std::string percent_encoded(std::string_view text);

/// A path with its query. @param path  encoded where it has to be; names and values are encoded here. Empty values are left out.
std::string path_with(std::string_view path, std::initializer_list<std::pair<std::string_view, std::string_view>> query);

}  // namespace hub::metadata
