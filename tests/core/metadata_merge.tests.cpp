#include "core/metadata/merge.hpp"

#include "core/library/json.hpp"
#include "core/library/limits.hpp"
#include "core/metadata/inquiry.hpp"
#include "tests/core/metadata_answers.hpp"

using namespace hub;
using namespace hub::metadata;
using tests::played;

namespace {

Item item(MediaType type, Service service, std::string title, std::optional<int> year, std::vector<Creator> creators, Ids ids,
          std::string retrieved = "2026-11-24") {
  Item made;
  made.type = type;
  made.title = std::move(title);
  made.year = year;
  made.creators = std::move(creators);
  made.ids = std::move(ids);
  made.provenance = info(service).name;
  made.retrieved = std::move(retrieved);
  made.id = id_of(made);
  REQUIRE(check(made));
  return made;
}

std::size_t works_in(const std::vector<Item>& items) {
  for (const Item& one : unite(items)) REQUIRE(check(one));
  return unite(items).size();
}

}  // namespace

TEST_CASE("Of each fact the best source wins, and where it came from and when stays known") {
  const Item omdb =
      played(Inquiry::details(Service::omdb, MediaType::film, "tt9900001", "2026-01-01"), {{Ask::details, "omdb-film.json"}}).at(0);
  const Item tmdb =
      played(Inquiry::details(Service::tmdb, MediaType::film, "990001", "2026-02-02"), {{Ask::details, "tmdb-film.json"}}).at(0);
  const Item wikidata = played(Inquiry::details(Service::wikidata, MediaType::film, "Q99000001", "2026-03-03"),
                               {{Ask::details, "wikidata-film.json"}, {Ask::names, "wikidata-names.json"}})
                            .at(0);
  const std::vector<Item> found = unite(std::vector<Item>{wikidata, omdb, tmdb});
  REQUIRE(found.size() == 1);
  const Item& film = found[0];
  CHECK(film.id == "film/tt9900001");
  CHECK(film.original_title == "灯の湾");
  CHECK(film.keywords == std::vector<std::string>{"lighthouse", "silence"});
  CHECK(source_of(film, Fact::keywords).name == "TMDB");
  CHECK(source_of(film, Fact::keywords).retrieved == "2026-02-02");
  CHECK(source_of(film, Fact::year).name == "Wikidata");
  CHECK(source_of(film, Fact::year).retrieved == "2026-03-03");
  CHECK(film.genres == std::vector<std::string>{"Drama"});
  CHECK(source_of(film, Fact::countries).name == "TMDB");
  CHECK(film.series == std::vector<Series>{{"Bay trilogy", "2"}});
  CHECK(source_of(film, Fact::series).name == "Wikidata");
  CHECK(film.awards == std::vector<std::string>{"Lantern Prize for Best Film"});
  CHECK(source_of(film, Fact::awards).name == "Wikidata");
  CHECK(film.awards_won == 7);
  CHECK(source_of(film, Fact::awards_won).name == "OMDb");
  // What TMDB alone tells is shown, not kept.
  CHECK(allowed(tmdb, Use::show).series.size() == 1);
  CHECK(allowed(tmdb, Use::keep).series.empty());
  CHECK(film.ids == Ids{{"imdb", "tt9900001"}, {"tmdb", "990001"}, {"wikidata", "Q99000001"}});
  REQUIRE(film.community.size() == 4);
  CHECK(film.community[0].source == "IMDb");
  CHECK(film.community[0].date == "2026-01-01");
  CHECK(film.community[1].source == "TMDB");

  // In whatever order they are found.
  for (const auto& order : {std::vector<Item>{tmdb, wikidata, omdb}, std::vector<Item>{omdb, tmdb, wikidata}}) {
    const Item other = unite(order).at(0);
    CHECK(other.id == film.id);
    for (const Fact fact : all_facts) {
      if (fact == Fact::ids || fact == Fact::community) continue;
      CHECK(source_of(other, fact).name == source_of(film, fact).name);
    }
    CHECK(other.community == film.community);
  }
}

TEST_CASE("What the person entered goes before all, and what the library knows keeps its id") {
  Item own = item(MediaType::film, Service::omdb, "Lantern Bay", 2010, {}, {{"imdb", "tt9900001"}});
  own.id = "film/lantern-bay";
  own.provenance = "you";
  const Item found = item(MediaType::film, Service::tmdb, "Lanternbay", 2011, {{"director", "Mika Arai"}}, {{"imdb", "tt9900001"}});
  const Item whole = unite(std::vector<Item>{own, found}).at(0);
  CHECK(whole.id == "film/lantern-bay");
  CHECK(whole.title == "Lantern Bay");
  CHECK(whole.year == 2010);
  CHECK(source_of(whole, Fact::year).name == "you");
  CHECK(source_of(whole, Fact::creators).name == "TMDB");
}

TEST_CASE("Of one source the newest counts") {
  const Item old = item(MediaType::show, Service::tvmaze, "Slow", 2013, {}, {{"tvmaze", "5"}}, "2025-01-01");
  const Item fresh = item(MediaType::show, Service::tvmaze, "The Slow Signal", 2013, {}, {{"tvmaze", "5"}}, "2026-01-01");
  const Item whole = unite(std::vector<Item>{old, fresh}).at(0);
  CHECK(whole.title == "The Slow Signal");
  CHECK(source_of(whole, Fact::title).retrieved == "2026-01-01");
}

TEST_CASE("Services that share an id speak of one work, also over a third") {
  const Item tvmaze = item(MediaType::show, Service::tvmaze, "The Slow Signal", 2013, {}, {{"tvmaze", "5"}, {"imdb", "tt9900011"}});
  const Item tmdb = item(MediaType::show, Service::tmdb, "Slow Signal", 2014, {}, {{"tmdb", "7"}, {"wikidata", "Q9"}});
  const Item wikidata =
      item(MediaType::show, Service::wikidata, "Det trege signalet", std::nullopt, {}, {{"wikidata", "Q9"}, {"imdb", "tt9900011"}});
  CHECK(works_in({tvmaze, tmdb}) == 2);
  CHECK(works_in({tvmaze, tmdb, wikidata}) == 1);
  CHECK(unite(std::vector<Item>{tvmaze, tmdb, wikidata}).at(0).id == "show/tt9900011");
}

TEST_CASE("A title in another script is the same work by its ids or its original title") {
  Item english = item(MediaType::film, Service::tmdb, "Lantern Bay", 2011, {{"director", "Mika Arai"}}, {{"tmdb", "990001"}});
  english.original_title = "灯の湾";
  const Item japanese = item(MediaType::film, Service::itunes, "灯の湾", 2011, {{"director", "Mika Arai"}}, {{"itunes", "3"}});
  const Item by_id = item(MediaType::film, Service::wikidata, "灯の湾", std::nullopt, {}, {{"wikidata", "Q1"}, {"tmdb", "990001"}});
  CHECK(works_in({english, japanese}) == 1);
  CHECK(works_in({japanese, english}) == 1);
  CHECK(works_in({english, by_id}) == 1);
  CHECK(unite(std::vector<Item>{english, japanese}).at(0).title == "Lantern Bay");
}

TEST_CASE("A remake with the same name is another work") {
  const Item first = item(MediaType::film, Service::wikidata, "Lantern Bay", 1954, {{"director", "O. Ito"}}, {{"wikidata", "Q1"}});
  const Item remake = item(MediaType::film, Service::itunes, "Lantern Bay", 2011, {{"director", "Mika Arai"}}, {{"itunes", "3"}});
  const Item nameless = item(MediaType::film, Service::omdb, "Lantern Bay", std::nullopt, {}, {{"imdb", "tt9900001"}});
  CHECK(works_in({first, remake}) == 2);
  CHECK(works_in({first, remake, nameless}) == 3);
  // The same year and name, but ids that name works differ.
  const Item other = item(MediaType::film, Service::wikidata, "Lantern Bay", 2011, {{"director", "Mika Arai"}}, {{"wikidata", "Q2"}});
  const Item another = item(MediaType::film, Service::wikidata, "Lantern Bay", 2011, {{"director", "Mika Arai"}}, {{"wikidata", "Q3"}});
  CHECK(works_in({other, another}) == 2);
}

TEST_CASE("An id that one service has wrong does not join two works") {
  const Item first = item(MediaType::film, Service::tmdb, "Lantern Bay", 1954, {}, {{"tmdb", "1"}, {"imdb", "tt9900001"}});
  const Item second =
      item(MediaType::film, Service::wikidata, "Lantern Bay", 2011, {}, {{"wikidata", "Q2"}, {"tmdb", "2"}, {"imdb", "tt9900001"}});
  CHECK(works_in({first, second}) == 2);
}

TEST_CASE("Editions of one book are one work, with the year and pages of the work") {
  std::vector<Item> books =
      played(Inquiry::search(Service::google_books, MediaType::book, "salt", "2026-11-24"), {{Ask::search, "googlebooks-search.json"}});
  const auto works =
      played(Inquiry::search(Service::open_library, MediaType::book, "salt", "2026-11-24"), {{Ask::search, "openlibrary-search.json"}});
  books.insert(books.end(), works.begin(), works.end());
  REQUIRE(books.size() == 3);
  const auto found = unite(books);
  REQUIRE(found.size() == 1);
  CHECK(found[0].year == 1974);
  CHECK(found[0].length == 312);
  CHECK(found[0].title == "The Salt Ledger");
  CHECK(source_of(found[0], Fact::year).name == "Open Library");
  CHECK(found[0].id == "book/openlibrary:OL9900051W");

  const Item other_author =
      item(MediaType::book, Service::google_books, "The Salt Ledger", 2001, {{"author", "P. Olsen"}}, {{"googlebooks", "x"}});
  books.push_back(other_author);
  CHECK(works_in(books) == 2);
}

TEST_CASE("A show is not its season, and a film not a show") {
  const Item show = item(MediaType::show, Service::tvmaze, "The Slow Signal", 2013, {}, {{"tvmaze", "5"}});
  const Item season = item(MediaType::show, Service::wikidata, "The Slow Signal, season 1", 2013, {}, {{"wikidata", "Q12"}});
  const Item film = item(MediaType::film, Service::wikidata, "The Slow Signal", 2013, {}, {{"wikidata", "Q13"}});
  CHECK(works_in({show, season}) == 2);
  CHECK(works_in({show, film}) == 2);
  // One number at TMDB stands for a film and for a show.
  const Item numbered_film = item(MediaType::film, Service::tmdb, "A", 2000, {}, {{"tmdb", "5"}});
  const Item numbered_show = item(MediaType::show, Service::tmdb, "B", 2000, {}, {{"tmdb", "5"}});
  CHECK(works_in({numbered_film, numbered_show}) == 2);
}

TEST_CASE("An album is not the single of its name, nor the record of another artist") {
  auto albums = played(Inquiry::search(Service::itunes, MediaType::album, "paper", "2026-11-24"), {{Ask::search, "itunes-search.json"}});
  const auto more = played(Inquiry::replay(Service::musicbrainz, MediaType::album, Ask::details, "2026-11-24"),
                           {{Ask::details, "musicbrainz-album.json"}});
  albums.insert(albums.end(), more.begin(), more.end());
  REQUIRE(albums.size() == 3);
  const auto found = unite(albums);
  REQUIRE(found.size() == 2);
  CHECK(found[1].title == "Paper Weather");
  CHECK(found[1].id == "album/musicbrainz:0a0a0a0a-1111-4222-8333-444444444444");
  CHECK(found[1].ids.at("itunes") == "99000031");
  albums.push_back(item(MediaType::album, Service::itunes, "Paper Weather", 1998, {{"artist", "Wet Hats"}}, {{"itunes", "4"}}));
  CHECK(works_in(albums) == 3);
}

TEST_CASE("What a service's terms forbid is left out of the use, and what else is known stays") {
  Item tmdb = item(MediaType::film, Service::tmdb, "Lantern Bay", 2011, {{"director", "Mika Arai"}}, {{"tmdb", "990001"}});
  tmdb.keywords = {"silence"};
  tmdb.poster = "https://image.tmdb.org/t/p/w342/lantern.jpg";
  tmdb.community = {{"TMDB", 7.1, 10, 210, "2026"}};
  CHECK(allowed(tmdb, Use::show) == tmdb);
  const Item kept = allowed(tmdb, Use::keep);
  CHECK(check(kept));
  CHECK(kept.title == "Lantern Bay");
  CHECK(kept.year == 2011);
  CHECK(kept.ids == tmdb.ids);
  for (const Fact fact : {Fact::creators, Fact::keywords, Fact::poster, Fact::community}) CHECK_FALSE(has(kept, fact));
  CHECK_FALSE(has(allowed(tmdb, Use::learn), Fact::year));

  Item wikidata =
      item(MediaType::film, Service::wikidata, "Lantern Bay", 2011, {{"director", "M. Arai"}}, {{"tmdb", "990001"}, {"wikidata", "Q1"}});
  // What may be kept is chosen before merging, so that the second best source steps in.
  const Item both = merge(std::vector<Item>{allowed(tmdb, Use::keep), allowed(wikidata, Use::keep)});
  CHECK(both.creators == std::vector<Creator>{{"director", "M. Arai"}});
  const Item shown = merge(std::vector<Item>{tmdb, wikidata});
  CHECK(shown.creators == std::vector<Creator>{{"director", "Mika Arai"}});
  CHECK_FALSE(has(allowed(shown, Use::keep), Fact::creators));
  Item catalogue = tmdb;
  catalogue.provenance = "catalogue";
  catalogue.community = {{"IMDb", 7.4, 10, 5, "2024"}};
  CHECK(allowed(catalogue, Use::learn) == catalogue);
}
