// What the answers of each service become. The works are made up; their answers are in the form that each service documents.

#include "core/library/limits.hpp"
#include "core/metadata/merge.hpp"
#include "core/metadata/reading.hpp"
#include "tests/core/metadata_answers.hpp"

using namespace hub;
using namespace hub::metadata;
using tests::answer_file;
using tests::played;

namespace {

constexpr const char* today = "2026-11-24";
using Names = std::vector<std::string>;
using Creators = std::vector<Creator>;

std::vector<Item> found(Service service, MediaType type, const std::map<Ask, std::string>& files) {
  auto items = played(Inquiry::search(service, type, "words", today), files);
  for (const Item& item : items) {
    CHECK(check(item));
    CHECK(item.type == type);
    CHECK(item.provenance == info(service).name);
    CHECK(item.retrieved == today);
  }
  return items;
}

Item one(Service service, MediaType type, std::string_view id, const std::map<Ask, std::string>& files) {
  const auto items = played(Inquiry::details(service, type, id, today), files);
  REQUIRE(items.size() == 1);
  CHECK(check(items[0]));
  return items[0];
}

}  // namespace

TEST_CASE("TVmaze: a show with all it says") {
  const Item show = one(Service::tvmaze, MediaType::show, "990011", {{Ask::details, "tvmaze-show.json"}});
  CHECK(show.id == "show/tt9900011");
  CHECK(show.title == "The Slow Signal");
  CHECK(show.year == 2013);
  CHECK(show.genres == Names{"Drama", "Mystery"});
  CHECK(show.creators == Creators{{"creator", "Anne Moen"}, {"writer", "Tor Vik"}});
  CHECK(show.cast == Names{"Ida Strand", "Per Hauge"});
  CHECK(show.companies == Names{"Nordlys TV"});
  CHECK(show.countries == Names{"NO"});
  CHECK(show.language == "no");
  CHECK(show.length == 47);
  CHECK(show.ids == Ids{{"imdb", "tt9900011"}, {"thetvdb", "990012"}, {"tvmaze", "990011"}});
  CHECK(show.community == std::vector<CommunityRating>{{"TVMaze", 7.8, 10, std::nullopt, today}});
  CHECK(show.synopsis == "The Slow Signal follows a radio operator & her brother. Nobody answers them.");
  CHECK(show.poster == "https://static.example/original/1.jpg");
  CHECK(show.provenance == "TVMaze");
  CHECK(show.retrieved == today);
}

TEST_CASE("TVmaze: what a search does not know is missing, not zero") {
  const auto shows = found(Service::tvmaze, MediaType::show, {{Ask::search, "tvmaze-search.json"}});
  REQUIRE(shows.size() == 2);
  CHECK(shows[0].length == 50);
  CHECK(shows[0].companies == Names{"Fjordstream"});
  CHECK(shows[0].countries.empty());
  CHECK(shows[1].id == "show/tvmaze:990021");
  CHECK_FALSE(shows[1].year);
  CHECK_FALSE(shows[1].length);
  CHECK(shows[1].community.empty());
  CHECK(shows[1].language.empty());
  CHECK(shows[1].poster.empty());
}

TEST_CASE("OMDb: a film with all it says") {
  const Item film = one(Service::omdb, MediaType::film, "tt9900001", {{Ask::details, "omdb-film.json"}});
  CHECK(film.year == 2011);
  CHECK(film.genres == Names{"Drama", "Romance"});
  CHECK(film.creators == Creators{{"director", "Mika Arai"}, {"writer", "Mika Arai"}, {"writer", "Jo Lind"}});
  CHECK(film.cast == Names{"Ken Ono", "Rie Sato"});
  CHECK(film.companies.empty());
  CHECK(film.countries == Names{"JP", "US"});
  CHECK(film.language == "ja");
  CHECK(film.length == 112);
  REQUIRE(film.community.size() == 3);
  CHECK(film.community[0] == CommunityRating{"IMDb", 7.4, 10, 12'345, today});
  CHECK(film.community[1] == CommunityRating{"Rotten Tomatoes", 88, 100, std::nullopt, today});
  CHECK(film.community[2] == CommunityRating{"Metacritic", 71, 100, std::nullopt, today});
  CHECK(film.poster == "https://pictures.example/lantern.jpg");
  CHECK(film.synopsis == "Two keepers of a lighthouse stop speaking.");
  CHECK(film.awards == Names{"Lantern Prize"});
  CHECK(film.awards_won == 7);
  CHECK(film.nominations == 12);
}

TEST_CASE("OMDb: of awards as much is known as it says, and no count is zero for want of words") {
  const auto told = [](const std::string& awards) {
    auto inquiry = Inquiry::details(Service::omdb, MediaType::film, "tt9900001", today);
    REQUIRE(inquiry->take(inquiry->wanted().front(), 200,
                          R"({"Response":"True","Title":"A","imdbID":"tt9900001","Type":"movie","Awards":")" + awards + R"("})"));
    return inquiry->items().at(0);
  };
  const Item won = told("Won 1 BAFTA Film Award. 1 win total");
  CHECK(won.awards == Names{"BAFTA Film Award"});
  CHECK(won.awards_won == 1);
  CHECK_FALSE(won.nominations);
  const Item nominated = told("Nominated for 3 Oscars. 15 wins & 43 nominations total");
  CHECK(nominated.awards.empty());
  CHECK(nominated.awards_won == 15);
  CHECK(nominated.nominations == 43);
  const Item one = told("1 nomination.");
  CHECK_FALSE(one.awards_won);
  CHECK(one.nominations == 1);
  const std::string none = GENERATE(as<std::string>(), "N/A", "", "Won Oscars", "wins nominations", "99999999999999999999 wins", "-3 wins");
  const Item nothing = told(none);
  CHECK(nothing.awards.empty());
  CHECK_FALSE(nothing.awards_won);
  CHECK_FALSE(nothing.nominations);
}

TEST_CASE("OMDb: its refusals are told apart") {
  const auto answered = [](std::string_view text) {
    auto inquiry = Inquiry::details(Service::omdb, MediaType::film, "tt9900001", today);
    return inquiry->take(inquiry->wanted().front(), 200, text);
  };
  CHECK(answered(R"({"Response":"False","Error":"Request limit reached!"})").error().code == "busy");
  CHECK(answered(R"({"Response":"False","Error":"Invalid API key!"})").error().code == "refused");
  CHECK(answered(R"({"Response":"False","Error":"Error getting data."})").error().code == "not_found");
  CHECK(answered(R"({"Response":"True","Title":"S","imdbID":"tt9900001","Type":"series"})").error().code == "other_type");
  auto search = Inquiry::search(Service::omdb, MediaType::film, "zzz", today);
  CHECK(search->take(search->wanted().front(), 200, R"({"Response":"False","Error":"Movie not found!"})"));
  CHECK(search->items().empty());
}

TEST_CASE("TMDB: a film and a show with all they say") {
  const Item film = one(Service::tmdb, MediaType::film, "990001", {{Ask::details, "tmdb-film.json"}});
  CHECK(film.id == "film/tt9900001");
  CHECK(film.original_title == "灯の湾");
  CHECK(film.creators == Creators{{"director", "Mika Arai"}, {"writer", "Mika Arai"}, {"composer", "Sora Abe"}, {"producer", "Yu Mori"}});
  CHECK(film.cast == Names{"Ken Ono", "Rie Sato"});
  CHECK(film.keywords == Names{"lighthouse", "silence"});
  CHECK(film.companies == Names{"Harbour Light"});
  CHECK(film.countries == Names{"JP"});
  CHECK(film.language == "ja");
  CHECK(film.length == 112);
  CHECK(film.series == std::vector<Series>{{"Lantern Bay", ""}});
  CHECK(film.community == std::vector<CommunityRating>{{"TMDB", 7.1, 10, 210, today}});
  CHECK(film.poster == "https://image.tmdb.org/t/p/w342/lantern.jpg");
  CHECK(film.ids == Ids{{"imdb", "tt9900001"}, {"tmdb", "990001"}, {"wikidata", "Q99000001"}});

  const Item show = one(Service::tmdb, MediaType::show, "990013", {{Ask::details, "tmdb-show.json"}});
  CHECK(show.original_title == "Det trege signalet");
  CHECK(show.creators == Creators{{"creator", "Anne Moen"}, {"writer", "Tor Vik"}});
  CHECK(show.keywords == Names{"radio"});
  CHECK(show.companies == Names{"Nordlys TV", "Fjordfilm"});
  CHECK_FALSE(show.length);
  CHECK(show.community.empty());
  CHECK(show.synopsis.empty());
  CHECK(show.ids == Ids{{"imdb", "tt9900011"}, {"thetvdb", "990012"}, {"tmdb", "990013"}});
}

TEST_CASE("Wikidata: a search finds works, then their makers and years") {
  const auto films =
      found(Service::wikidata, MediaType::film, {{Ask::search, "wikidata-search.json"}, {Ask::facts, "wikidata-facts.json"}});
  REQUIRE(films.size() == 2);
  CHECK(films[0].id == "film/tt9900001");
  CHECK(films[0].title == "Lantern Bay");
  CHECK(films[0].synopsis == "2011 film by Mika Arai");
  CHECK(films[0].year == 2011);
  CHECK(films[0].creators == Creators{{"director", "Mika Arai"}});
  CHECK(films[0].ids == Ids{{"imdb", "tt9900001"}, {"wikidata", "Q99000001"}});
  // Someone without a name in English is not called by a number.
  CHECK(films[1].id == "film/wikidata:Q99000002");
  CHECK(films[1].creators.empty());
}

TEST_CASE("Wikidata: a film with all it says, and names in place of ids") {
  const Item film =
      one(Service::wikidata, MediaType::film, "Q99000001", {{Ask::details, "wikidata-film.json"}, {Ask::names, "wikidata-names.json"}});
  CHECK(film.title == "Lantern Bay");
  CHECK(film.original_title == "灯の湾");
  CHECK(film.year == 2011);
  CHECK(film.creators == Creators{{"director", "Mika Arai"}, {"writer", "Mika Arai"}});
  CHECK(film.cast == Names{"Ken Ono", "Rie Sato"});
  CHECK(film.genres == Names{"Drama"});
  CHECK(film.companies == Names{"Harbour Light"});
  CHECK(film.keywords == Names{"lighthouse"});
  CHECK(film.series == std::vector<Series>{{"Bay trilogy", "2"}});
  CHECK(film.awards == Names{"Lantern Prize for Best Film"});
  CHECK_FALSE(film.awards_won);
  CHECK(film.countries == Names{"JP"});
  CHECK(film.language == "ja");
  CHECK(film.length == 112);
  CHECK(film.poster == "https://commons.wikimedia.org/wiki/Special:FilePath/Lantern%20%26%20bay.jpg?width=500");
  CHECK(film.ids == Ids{{"imdb", "tt9900001"}, {"tmdb", "990001"}, {"wikidata", "Q99000001"}});

  // A franchise that is called as the series is not told twice.
  auto inquiry = Inquiry::details(Service::wikidata, MediaType::film, "Q99000001", today);
  REQUIRE(inquiry->take(inquiry->wanted().front(), 200, answer_file("wikidata-film.json")));
  REQUIRE(inquiry->take(Request(inquiry->wanted().front()), 200,
                        R"({"entities":{"Q99000202":{"id":"Q99000202","labels":{"en":{"value":"Bay"}}},)"
                        R"("Q99000201":{"id":"Q99000201","labels":{"en":{"value":"Bay"}}}}})"));
  CHECK(inquiry->items().at(0).series == std::vector<Series>{{"Bay", "2"}});

  // Without the answer with names the rest stands.
  const Item nameless = one(Service::wikidata, MediaType::film, "Q99000001", {{Ask::details, "wikidata-film.json"}});
  CHECK(nameless.creators.empty());
  CHECK(nameless.cast.empty());
  CHECK(nameless.series.empty());
  CHECK(nameless.awards.empty());
  CHECK(nameless.year == 2011);
}

TEST_CASE("MusicBrainz: an album with its first release and its cover") {
  const Item album =
      one(Service::musicbrainz, MediaType::album, "0a0a0a0a-1111-4222-8333-444444444444",
          {{Ask::details, "musicbrainz-album.json"}, {Ask::edition, "musicbrainz-release.json"}, {Ask::cover, "musicbrainz-cover.json"}});
  CHECK(album.id == "album/musicbrainz:0a0a0a0a-1111-4222-8333-444444444444");
  CHECK(album.year == 1998);
  CHECK(album.creators == Creators{{"artist", "Tin Orchard"}, {"artist", "Una Quill"}});
  CHECK(album.countries == Names{"IE"});
  CHECK(album.genres == Names{"dream pop", "folk"});
  CHECK(album.keywords == Names{"rainy", "live"});
  CHECK(album.community == std::vector<CommunityRating>{{"MusicBrainz", 4.15, 5, 13, today}});
  CHECK(album.companies == Names{"Quayside"});
  CHECK(album.length == 12.5);
  CHECK(album.poster == "https://covers.example/1-500.jpg");

  auto inquiry = Inquiry::details(Service::musicbrainz, MediaType::album, "0a0a0a0a-1111-4222-8333-444444444444", today);
  REQUIRE(inquiry->take(inquiry->wanted().front(), 200, answer_file("musicbrainz-album.json")));
  REQUIRE(inquiry->wanted().size() == 2);
  CHECK(inquiry->wanted()[0].path.starts_with("/ws/2/release/0f0f0f0f-"));
  CHECK(inquiry->wanted()[1].host == "coverartarchive.org");
}

TEST_CASE("MusicBrainz: a length of which a part is not known is not known") {
  auto inquiry = Inquiry::replay(Service::musicbrainz, MediaType::album, Ask::details, today);
  REQUIRE(inquiry->take(inquiry->wanted().front(), 200, answer_file("musicbrainz-album.json")));
  const Request release = inquiry->wanted().front();
  const std::string tracks = R"({"media":[{"tracks":[{"length":1000},{"length":null},{"length":60000}]}]})";
  REQUIRE(inquiry->take(release, 200, tracks));
  CHECK_FALSE(inquiry->items().at(0).length);
}

TEST_CASE("iTunes: an album, never its single, and nothing that only promotes the store") {
  const Item album = one(Service::itunes, MediaType::album, "99000031", {{Ask::details, "itunes-album.json"}});
  CHECK(album.id == "album/itunes:99000031");
  CHECK(album.creators == Creators{{"artist", "Tin Orchard"}});
  CHECK(album.year == 1998);
  CHECK(album.genres == Names{"Alternative"});
  CHECK(album.companies == Names{"Quayside"});
  CHECK(album.length == 7);
  CHECK(album.countries.empty());
  CHECK(album.poster.empty());
  const auto albums = found(Service::itunes, MediaType::album, {{Ask::search, "itunes-search.json"}});
  REQUIRE(albums.size() == 2);
  CHECK(albums[0].title == "Small Rain");
  CHECK(albums[1].title == "Paper Weather");
}

TEST_CASE("Spotify: an album with all it says") {
  const Item album = one(Service::spotify, MediaType::album, "9PaperWeather000000000A", {{Ask::details, "spotify-album.json"}});
  CHECK(album.title == "Paper Weather");
  CHECK(album.year == 2011);
  CHECK(album.creators == Creators{{"artist", "Tin Orchard"}});
  CHECK(album.companies == Names{"Quayside"});
  CHECK(album.length == 7);
  CHECK(album.poster == "https://pictures.example/640");
  CHECK(album.community.empty());
}

TEST_CASE("RAWG: a game with all it says") {
  const Item game = one(Service::rawg, MediaType::game, "mole-orchestra", {{Ask::details, "rawg-game.json"}});
  CHECK(game.id == "game/rawg:mole-orchestra");
  CHECK(game.original_title == "もぐら楽団");
  CHECK(game.year == 2009);
  CHECK(game.genres == Names{"Puzzle"});
  CHECK(game.creators == Creators{{"developer", "Burrow Works"}});
  CHECK(game.companies == Names{"Undergrowth"});
  CHECK(game.keywords == Names{"singleplayer"});
  CHECK(game.length == 7);
  REQUIRE(game.community.size() == 2);
  CHECK(game.community[0] == CommunityRating{"RAWG", 4.1, 5, 321, today});
  CHECK(game.community[1] == CommunityRating{"Metacritic", 84, 100, std::nullopt, today});
  CHECK(game.synopsis == "Moles & music.");
}

TEST_CASE("Open Library: a work from its page, the search, and its first edition") {
  const Item book =
      one(Service::open_library, MediaType::book, "OL9900051W",
          {{Ask::details, "openlibrary-work.json"}, {Ask::facts, "openlibrary-search.json"}, {Ask::editions, "openlibrary-editions.json"}});
  CHECK(book.id == "book/openlibrary:OL9900051W");
  CHECK(book.title == "The Salt Ledger");
  CHECK(book.year == 1974);
  CHECK(book.creators == Creators{{"author", "Ines Caldeira"}});
  CHECK(book.genres == Names{"Historical fiction", "sea stories"});
  CHECK(book.keywords == Names{"ports", "salt trade", "setúbal", "20th century"});
  CHECK(book.companies == Names{"First House"});
  CHECK(book.series == std::vector<Series>{{"Salt trilogy", "1"}, {"Sea books", "12"}});
  CHECK(book.length == 312);
  CHECK(book.language.empty());
  CHECK(book.community == std::vector<CommunityRating>{{"Open Library", 4.03, 5, 88, today}});
  CHECK(book.synopsis == "A clerk in a port keeps two books.");
  CHECK(book.poster == "https://covers.openlibrary.org/b/id/990052-M.jpg");
  CHECK(book.ids == Ids{{"isbn", "9780306406157"}, {"openlibrary", "OL9900051W"}});
}

TEST_CASE("Open Library: authors and ratings are asked for where the search does not answer") {
  auto inquiry = Inquiry::details(Service::open_library, MediaType::book, "OL9900051W", today);
  REQUIRE(inquiry->take(inquiry->wanted().front(), 200, answer_file("openlibrary-work.json")));
  REQUIRE(inquiry->wanted().size() == 2);
  REQUIRE(inquiry->take(Request(inquiry->wanted()[0]), 200, R"({"docs":[]})"));
  REQUIRE(inquiry->wanted().size() == 3);
  CHECK(inquiry->items().at(0).creators.empty());
  for (const Request& asked : std::vector<Request>(inquiry->wanted())) {
    if (asked.ask == Ask::names) {
      CHECK(asked.path == "/authors/OL990053A.json");
      REQUIRE(inquiry->take(asked, 200, R"({"key":"/authors/OL990053A","name":"Ines Caldeira"})"));
    } else if (asked.ask == Ask::ratings) {
      REQUIRE(inquiry->take(asked, 200, R"({"summary":{"average":4.5,"count":2},"counts":{}})"));
    }
  }
  const Item book = inquiry->items().at(0);
  CHECK(book.creators == Creators{{"author", "Ines Caldeira"}});
  CHECK(book.community == std::vector<CommunityRating>{{"Open Library", 4.5, 5, 2, today}});
}

TEST_CASE("Open Library: what an answer calls an author is asked for only if it is one") {
  const std::string key = GENERATE(as<std::string>(), "/authors/OL1?x=A", "/authors/OL1/../../account/A", "/authors/OL A", "/authors/OLA",
                                   "//evil.example/OL1A");
  auto inquiry = Inquiry::details(Service::open_library, MediaType::book, "OL9900051W", today);
  REQUIRE(inquiry->take(inquiry->wanted().front(), 200,
                        R"({"title":"T","key":"/works/OL9900051W","authors":[{"author":{"key":")" + key + R"("}}]})"));
  REQUIRE(inquiry->take(Request(inquiry->wanted()[0]), 200, R"({"docs":[]})"));
  for (const Request& asked : inquiry->wanted()) CHECK(asked.ask != Ask::names);
}

TEST_CASE("Google Books: editions, with what they say of the work") {
  const auto books = found(Service::google_books, MediaType::book, {{Ask::search, "googlebooks-search.json"}});
  REQUIRE(books.size() == 2);
  CHECK(books[0].id == "book/isbn:9780306406157");
  CHECK(books[0].genres == Names{"Fiction", "Sea Stories"});
  CHECK(books[0].length == 400);
  CHECK(books[0].synopsis == "A clerk keeps two books.");
  CHECK(books[0].poster == "https://pictures.example/content?id=saltLedger01&zoom=1");
  CHECK(books[0].community == std::vector<CommunityRating>{{"Google Books", 4.5, 5, 6, today}});
  CHECK(books[1].title == "The Salt Ledger: A Novel");
  CHECK_FALSE(books[1].length);
}

TEST_CASE("An answer that fails is told in a sentence, and only one that was needed ends the question") {
  const auto status = [](int code) {
    auto inquiry = Inquiry::search(Service::tvmaze, MediaType::show, "lost", today);
    const auto taken = inquiry->take(inquiry->wanted().front(), code, "[]");
    CHECK(inquiry->wanted().empty());
    return taken ? std::string() : taken.error().code;
  };
  CHECK(status(200).empty());
  CHECK(status(404) == "not_found");
  CHECK(status(429) == "busy");
  CHECK(status(503) == "busy");
  CHECK(status(401) == "refused");
  CHECK(status(500) == "unavailable");

  auto inquiry = Inquiry::replay(Service::musicbrainz, MediaType::album, Ask::details, today);
  REQUIRE(inquiry->take(inquiry->wanted().front(), 200, answer_file("musicbrainz-album.json")));
  const auto asked = inquiry->wanted();
  CHECK(inquiry->take(asked[1], 404, "").error().code == "not_found");
  CHECK(inquiry->take(asked[0], 200, "<html>").error().code == "bad_answer");
  CHECK(inquiry->take(asked[0], 200, "{}").error().code == "not_asked");
  CHECK(inquiry->items().at(0).title == "Paper Weather");
}

TEST_CASE("Answers of another form than documented give nothing, and never a wrong number") {
  const auto text =
      GENERATE(as<std::string>(), "{}", "[]", "null", "0", "\"x\"", "[[]]", R"({"results":{"id":1},"items":5,"docs":null,"query":[]})",
               R"([{"show":[]},{"show":{"id":-1,"name":7,"rating":{"average":"many"},"premiered":"0000-00-00","runtime":-3}}])",
               R"({"title":"T","id":603,"release_date":"later","runtime":1e9,"vote_average":11,"vote_count":-1,"genres":"none"})");
  for (const ServiceInfo& service : services())
    for (const MediaType type : media_types) {
      if (!knows(service.service, type)) continue;
      for (const Ask ask :
           {Ask::search, Ask::facts, Ask::details, Ask::names, Ask::edition, Ask::editions, Ask::ratings, Ask::cover, Ask::find}) {
        auto inquiry = Inquiry::replay(service.service, type, ask, today);
        REQUIRE(inquiry);
        const auto taken = inquiry->take(inquiry->wanted().front(), 200, text);
        if (!taken) CHECK_FALSE(taken.error().message.empty());
        for (const Item& item : inquiry->items()) {
          CHECK(check(item));
          CHECK(item.community.empty());
          CHECK_FALSE(item.year);
        }
      }
    }
}

TEST_CASE("A part of a show is not taken for the show") {
  auto inquiry = Inquiry::details(Service::wikidata, MediaType::show, "Q99000012", today);
  const std::string season =
      R"({"entities":{"Q99000012":{"id":"Q99000012","labels":{"en":{"value":"The Slow Signal, season 1"}},"claims":{"P31":[{"mainsnak":{"datavalue":{"value":{"id":"Q3464665"}}},"rank":"normal"}]}}}})";
  CHECK(inquiry->take(inquiry->wanted().front(), 200, season).error().code == "other_type");
  auto episode = Inquiry::details(Service::omdb, MediaType::show, "tt9900012", today);
  CHECK(episode->take(episode->wanted().front(), 200, R"({"Response":"True","Title":"Pilot","imdbID":"tt9900012","Type":"episode"})")
            .error()
            .code == "other_type");
  auto single = Inquiry::replay(Service::musicbrainz, MediaType::album, Ask::details, today);
  CHECK(single
            ->take(single->wanted().front(), 200,
                   R"({"id":"0a0a0a0a-1111-4222-8333-444444444444","title":"Drizzle","primary-type":"Single"})")
            .error()
            .code == "other_type");
}

TEST_CASE("Codes of languages and countries come from names, from other codes and from Wikidata") {
  CHECK(language_code("English") == "en");
  CHECK(language_code("fre") == "fr");
  CHECK(language_code("Q5287") == "ja");
  CHECK(language_code("pt-BR") == "pt");
  CHECK(language_code("cn") == "zh");
  CHECK(language_code("xx") == "zxx");
  CHECK(language_code("Quenya").empty());
  CHECK(country_code("USA") == "US");
  CHECK(country_code("Q145") == "GB");
  CHECK(country_code("BO") == "BO");
  CHECK(country_code("Ruritania").empty());
}

TEST_CASE("Dates give a year where they have one") {
  CHECK(year_of("1999-05-31") == 1999);
  CHECK(year_of("1999") == 1999);
  CHECK(year_of("October 1, 1988") == 1988);
  CHECK(year_of("02 May 2008") == 2008);
  CHECK(year_of("c1974.") == 1974);
  CHECK(year_of("-0400-01-01") == -400);
  CHECK_FALSE(year_of(""));
  CHECK_FALSE(year_of("0000-00-00"));
  CHECK_FALSE(year_of("1998 or 1999"));
  CHECK_FALSE(year_of("12345"));
  CHECK_FALSE(year_of("soon"));
}
