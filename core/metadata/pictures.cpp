#include "core/metadata/pictures.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace hub::metadata {
namespace {

struct PictureHost {
  std::string_view host;
  Service service;
};

constexpr std::array<PictureHost, 10> hosts{{{"coverartarchive.org", Service::musicbrainz},
                                             {"covers.openlibrary.org", Service::open_library},
                                             {"static.tvmaze.com", Service::tvmaze},
                                             {"image.tmdb.org", Service::tmdb},
                                             {"m.media-amazon.com", Service::omdb},
                                             {"images-na.ssl-images-amazon.com", Service::omdb},
                                             {"ia.media-imdb.com", Service::omdb},
                                             {"media.rawg.io", Service::rawg},
                                             {"i.scdn.co", Service::spotify},
                                             {"books.google.com", Service::google_books}}};

void replace(std::string& text, std::string_view old, std::string_view with) {
  if (const std::size_t at = text.find(old); at != std::string::npos) text.replace(at, old.size(), with);
}

/// The path of the form that suits the size, where the service has several.
std::string sized(Service service, std::string path, PictureSize size) {
  const bool large = size == PictureSize::large;
  if (service == Service::musicbrainz) {
    // Of a release the address names its size already.
    if (path.ends_with("/front")) path += large ? "-500" : "-250";
  } else if (service == Service::open_library) {
    if (path.ends_with("-M.jpg") && large) replace(path, "-M.jpg", "-L.jpg");
  } else if (service == Service::tvmaze) {
    if (!large) replace(path, "/original_untouched/", "/medium_portrait/");
  }
  return path;
}

/// Printable ASCII that needs no encoding: what is not, is no address of a picture.
bool is_plain(std::string_view path) {
  return std::all_of(path.begin(), path.end(), [](char c) { return c > ' ' && c < 127 && c != '"' && c != '<' && c != '>' && c != '\\'; });
}

}  // namespace

std::optional<Request> picture_request(std::string_view address, PictureSize size) {
  constexpr std::string_view scheme = "https://";
  if (!address.starts_with(scheme)) return std::nullopt;
  address.remove_prefix(scheme.size());
  const std::size_t slash = address.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const std::string_view path = address.substr(slash);
  const auto found = std::find_if(hosts.begin(), hosts.end(), [&](const PictureHost& one) { return one.host == address.substr(0, slash); });
  if (found == hosts.end() || path.find("..") != std::string_view::npos || path.find('#') != std::string_view::npos || !is_plain(path))
    return std::nullopt;
  return Request{found->service, Ask::picture, std::string(found->host), sized(found->service, std::string(path), size), false};
}

}  // namespace hub::metadata
