#include "core/metadata/request.hpp"

#include <set>

#include "core/metadata/inquiry.hpp"
#include "tests/core/catch.hpp"

using namespace hub;
using namespace hub::metadata;

namespace {

std::string path_of(Expected<Inquiry> inquiry) {
  REQUIRE(inquiry);
  REQUIRE(inquiry->wanted().size() == 1);
  return inquiry->wanted().front().host + inquiry->wanted().front().path;
}

std::string searched(Service service, MediaType type, std::string_view words) {
  return path_of(Inquiry::search(service, type, words, "2026-11-24"));
}

std::string detailed(Service service, MediaType type, std::string_view id) {
  return path_of(Inquiry::details(service, type, id, "2026-11-24"));
}

}  // namespace

TEST_CASE("Text in an address is percent-encoded, whatever it is made of") {
  CHECK(percent_encoded("aZ09-._~") == "aZ09-._~");
  CHECK(percent_encoded("a b&c=d/e?f#g%h+") == "a%20b%26c%3Dd%2Fe%3Ff%23g%25h%2B");
  CHECK(percent_encoded("é漢") == "%C3%A9%E6%BC%A2");
  CHECK(percent_encoded("a\r\nb") == "a%20%20b");
  CHECK(percent_encoded("\xFF") == "%EF%BF%BD");
  CHECK(path_with("/p", {{"a", "1"}, {"b", ""}, {"c[]", "2&"}}) == "/p?a=1&c%5B%5D=2%26");
}

TEST_CASE("Each service is asked in the words of its documentation") {
  CHECK(searched(Service::tvmaze, MediaType::show, "the office & co") == "api.tvmaze.com/search/shows?q=the%20office%20%26%20co");
  CHECK(detailed(Service::tvmaze, MediaType::show, "82") == "api.tvmaze.com/shows/82?embed%5B%5D=cast&embed%5B%5D=crew");
  CHECK(searched(Service::itunes, MediaType::film, "alien") == "itunes.apple.com/search?term=alien&media=movie&entity=movie&limit=15");
  CHECK(searched(Service::itunes, MediaType::album, "alien") == "itunes.apple.com/search?term=alien&media=music&entity=album&limit=15");
  CHECK(detailed(Service::itunes, MediaType::album, "12") == "itunes.apple.com/lookup?id=12&entity=song");
  CHECK(searched(Service::omdb, MediaType::show, "lost") == "www.omdbapi.com/?s=lost&type=series");
  CHECK(detailed(Service::omdb, MediaType::film, "tt0133093") == "www.omdbapi.com/?i=tt0133093&plot=full");
  CHECK(searched(Service::tmdb, MediaType::show, "lost") == "api.themoviedb.org/3/search/tv?query=lost&include_adult=false");
  CHECK(detailed(Service::tmdb, MediaType::film, "603") ==
        "api.themoviedb.org/3/movie/603?append_to_response=credits%2Ckeywords%2Cexternal_ids%2Cimages&include_image_language=en%2Cnull");
  CHECK(detailed(Service::tmdb, MediaType::film, "tt0133093") == "api.themoviedb.org/3/find/tt0133093?external_source=imdb_id");
  CHECK(searched(Service::rawg, MediaType::game, "portal") == "api.rawg.io/api/games?search=portal&page_size=15");
  CHECK(detailed(Service::rawg, MediaType::game, "portal-2") == "api.rawg.io/api/games/portal-2");
  CHECK(searched(Service::spotify, MediaType::album, "blue") == "api.spotify.com/v1/search?q=blue&type=album&limit=10");
  CHECK(searched(Service::google_books, MediaType::book, "emma") ==
        "www.googleapis.com/books/v1/volumes?q=emma&printType=books&maxResults=15");
  CHECK(detailed(Service::open_library, MediaType::book, "OL45804W") == "openlibrary.org/works/OL45804W.json");
  CHECK(detailed(Service::open_library, MediaType::book, "0-14-032872-6") ==
        "openlibrary.org/api/books?bibkeys=ISBN%3A9780140328721&jscmd=data&format=json");
  CHECK(searched(Service::musicbrainz, MediaType::album, "Björk: post")
            .find("(primarytype:album OR primarytype:ep) AND (releasegroup:bjork OR artist:bjork) AND "
                  "(releasegroup:post OR releasegroup:post* OR artist:post OR artist:post*)") == std::string::npos);
  CHECK(searched(Service::musicbrainz, MediaType::album, "Björk: post") ==
        "musicbrainz.org/ws/2/release-group?query=" +
            percent_encoded("(primarytype:album OR primarytype:ep) AND (releasegroup:bjork OR artist:bjork) AND "
                            "(releasegroup:post OR releasegroup:post* OR artist:post OR artist:post*)") +
            "&fmt=json&limit=15");
  const std::string wikidata = searched(Service::wikidata, MediaType::game, "portal -haswbstatement:P31=Q5");
  CHECK(wikidata.find("srsearch=portal%20%20haswbstatement%20P31%20Q5%20haswbstatement%3AP31%3DQ7889&") != std::string::npos);
  CHECK(wikidata.find("origin=%2A") != std::string::npos);
}

TEST_CASE("Words of any length and make lead to a request that can be sent") {
  const auto words = GENERATE(as<std::string>(), std::string(5'000, 'a'), std::string(400, 'x') + " y", "\xF0\x9F\x98\x80 smile", "a\nb\tc",
                              "\xFF\xFE broken", "” OR 1=1; --", "千と千尋の神隠し");
  for (const ServiceInfo& service : services())
    for (const MediaType type : media_types) {
      if (!knows(service.service, type)) continue;
      const std::string path = searched(service.service, type, words);
      CHECK(path.size() < 8'000);
      for (const char c : path) CHECK((c > 0x20 && c < 0x7F && c != '"' && c != '<' && c != '>' && c != '\\' && c != '#'));
    }
}

TEST_CASE("What is no word and no id is not asked") {
  CHECK(Inquiry::search(Service::tvmaze, MediaType::show, " ?! ", "").error().code == "no_words");
  CHECK(Inquiry::search(Service::tvmaze, MediaType::film, "alien", "").error().code == "not_known");
  for (const char* id : {"", "0", "1/../2", "1?x", "-1", "12345678901234567890"})
    CHECK(Inquiry::details(Service::tvmaze, MediaType::show, id, "").error().code == "bad_id");
  CHECK(Inquiry::details(Service::rawg, MediaType::game, "a/b", "").error().code == "bad_id");
  CHECK(Inquiry::details(Service::spotify, MediaType::album, "a%2Fb", "").error().code == "bad_id");
  CHECK(Inquiry::details(Service::omdb, MediaType::film, "tt12", "").error().code == "bad_id");
  CHECK(Inquiry::details(Service::open_library, MediaType::book, "9780140328722", "").error().code == "bad_id");
  CHECK(Inquiry::details(Service::musicbrainz, MediaType::album, "0a0a0a0a-1111-4222-8333-44444444444", "").error().code == "bad_id");
}

TEST_CASE("A key goes to its service or stays with the proxy, and is in no request") {
  const Request film = Inquiry::details(Service::tmdb, MediaType::film, "603", "")->wanted().front();
  CHECK(film.path.find("api_key") == std::string::npos);
  CHECK(*address_of(film, {"https://proxy.example", ""}) == "https://proxy.example/tmdb" + film.path);
  CHECK(*address_of(film, {"https://proxy.example", "k&y"}) == "https://api.themoviedb.org" + film.path + "&api_key=k%26y");
  const Request game = Inquiry::details(Service::rawg, MediaType::game, "portal-2", "")->wanted().front();
  CHECK(*address_of(game, {"", "key"}) == "https://api.rawg.io/api/games/portal-2?key=key");
  CHECK(address_of(game, {}).error().code == "no_way");
  CHECK(address_of(game, {}).error().message.find("RAWG needs a key") != std::string::npos);

  const Request album = Inquiry::search(Service::spotify, MediaType::album, "blue", "")->wanted().front();
  CHECK(address_of(album, {"", "a secret"}).error().code == "no_way");
  CHECK(*address_of(album, {"https://proxy.example/x", "a secret"}) == "https://proxy.example/x/spotify" + album.path);

  const Request show = Inquiry::search(Service::tvmaze, MediaType::show, "lost", "")->wanted().front();
  CHECK(*address_of(show, {"https://proxy.example", "key"}) == "https://api.tvmaze.com/search/shows?q=lost");
}

TEST_CASE("Every type is known to a service that needs no key, and every service says what it asks for") {
  for (const MediaType type : media_types) {
    const auto known = services_for(type);
    CHECK(info(known.front()).door == Door::open);
  }
  std::set<std::string_view> words;
  for (const ServiceInfo& service : services()) {
    CHECK(words.insert(service.word).second);
    CHECK(service_from(service.word) == service.service);
    CHECK(service_named(service.name) == service.service);
    CHECK(service.address.starts_with("https://"));
    CHECK_FALSE(service.notice.empty());
    CHECK(service.pause > 0);
    CHECK((service.door == Door::key) == !service.key_parameter.empty());
  }
  CHECK_FALSE(service_from("catalogue"));
  CHECK(info(Service::musicbrainz).pause >= 1);
}
