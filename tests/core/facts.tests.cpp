// Formats that say more than ratings, or no ratings at all: what was seen, begun, liked, owned, wished for and heard.

#include <algorithm>
#include <string>
#include <string_view>

#include "core/imports/dates.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/import_file.hpp"

using namespace hub;
using namespace hub::tests;
using imports::Facts;
using imports::Mention;
using imports::Parsed;
using imports::Row;

namespace {

const Mention& mention_of(const Parsed& parsed, std::string_view title) {
  const auto found = std::find_if(parsed.mentions.begin(), parsed.mentions.end(), [&](const auto& it) { return it.item.title == title; });
  INFO(title);
  REQUIRE(found != parsed.mentions.end());
  return *found;
}

const imports::Song& song_of(const Parsed& parsed, std::string_view title) {
  const auto found = std::find_if(parsed.songs.begin(), parsed.songs.end(), [&](const auto& it) { return it.title == title; });
  INFO(title);
  REQUIRE(found != parsed.songs.end());
  return *found;
}

}  // namespace

TEST_CASE("spotify: songs and albums that are kept, and songs that are hidden") {
  const Parsed parsed = parse_file("spotify-library.json");
  CHECK(parsed.source == "Spotify");
  CHECK(parsed.rows.empty());
  CHECK(parsed.lines == 6);
  CHECK(parsed.songs.size() == 3);
  const imports::Song& water = song_of(parsed, "Low Water");
  CHECK(water.liked);
  CHECK(water.artist == "The Pier Lamps");
  CHECK(water.album == "Salt & Iron");
  CHECK(water.spotify == "aaaaaaaaaaaaaaaaaaaaa1");
  CHECK(water.plays == 0);
  CHECK(song_of(parsed, "Too Loud").disliked);
  CHECK_FALSE(song_of(parsed, "Too Loud").liked);
  REQUIRE(parsed.mentions.size() == 1);
  CHECK(parsed.mentions[0].item.type == MediaType::album);
  CHECK(parsed.mentions[0].facts.liked);
  CHECK(reason_of(parsed, 4).find("podcast") != std::string::npos);
  CHECK(reason_of(parsed, 6).find("artist") != std::string::npos);
}

TEST_CASE("spotify: plays are counted by song, and those of less than half a minute apart") {
  const Parsed year = parse_file("spotify-plays.json");
  CHECK(year.lines == 4);
  REQUIRE(year.songs.size() == 2);
  const imports::Song& water = song_of(year, "Low Water");
  CHECK(water.plays == 2);
  CHECK(water.broken_off == 1);
  CHECK(water.last == "2023-04-01");
  CHECK(water.hours == Approx(239999 / 3'600'000.0));
  CHECK(song_of(year, "Salt").plays == 0);

  const Parsed all = parse_file("spotify-all-plays.json");
  REQUIRE(all.songs.size() == 1);
  CHECK(all.songs[0].album == "Salt & Iron");
  CHECK(all.songs[0].last == "2019-05-06");
  CHECK(reason_of(all, 2).find("podcast") != std::string::npos);
  CHECK(reason_of(all, 3).find("no title") != std::string::npos);
}

TEST_CASE("last.fm: plays, with headings and without") {
  const Parsed parsed = parse_file("lastfm.csv");
  CHECK(parsed.source == "Last.fm");
  CHECK(song_of(parsed, "Low Water").plays == 2);
  CHECK(song_of(parsed, "Low Water").last == "2020-05-04");
  CHECK(song_of(parsed, "Low Water").album == "Salt & Iron");
  const Parsed bare = parse_file("lastfm-bare.csv");
  CHECK(bare.lines == 2);
  CHECK(song_of(bare, "Quiet Harbour").artist == "Ada Kern");
  CHECK(song_of(bare, "Quiet Harbour").last == "2020-05-05");
}

TEST_CASE("dates: a time in seconds or milliseconds is a day") {
  CHECK(imports::day_of_time(1'588'595'640) == "2020-05-04");
  CHECK(imports::day_of_time(1'588'595'640'000) == "2020-05-04");
  CHECK(imports::day_of_time(951'782'400) == "2000-02-29");
  CHECK(imports::day_of_time(1'735'689'599) == "2024-12-31");
  CHECK(imports::day_of_time(1'735'689'600) == "2025-01-01");
  CHECK(imports::day_of_time(0).empty());
  CHECK(imports::day_of_time(-5).empty());
  CHECK(imports::day_of_time(INT64_MAX).empty());
}

TEST_CASE("netflix: films and episodes are told apart by their titles") {
  const Parsed parsed = parse_file("netflix.csv");
  CHECK(parsed.source == "Netflix");
  CHECK(parsed.rows.empty());
  CHECK(parsed.lines == 13);
  const Mention& watch = mention_of(parsed, "Pier Watch");
  CHECK(watch.item.type == MediaType::show);
  CHECK(watch.facts.begun);
  CHECK_FALSE(watch.facts.seen);
  // Two with a season, and one without of a show that is known by the others.
  CHECK(watch.facts.parts == 3);
  CHECK(watch.facts.last == "2022-12-26");
  const Mention& lights = mention_of(parsed, "Harbour Lights");
  CHECK(lights.item.type == MediaType::film);
  CHECK(lights.facts.seen);
  CHECK(lights.facts.times == 2);
  CHECK(mention_of(parsed, "The Lamps: The Beginning").item.type == MediaType::film);
  CHECK(mention_of(parsed, "Low Tide").facts.parts == 1);
  CHECK(mention_of(parsed, "Ebbe").item.type == MediaType::show);
  CHECK(mention_of(parsed, "Ledger").facts.parts == 4);
  CHECK(reason_of(parsed, 9).find("taken the name") != std::string::npos);

  const Parsed activity = parse_file("netflix-activity.csv");
  CHECK(activity.mentions.size() == 2);
  CHECK(mention_of(activity, "Harbour Lights").facts.times == 1);
  CHECK(reason_of(activity, 3).find("trailer") != std::string::npos);
}

TEST_CASE("yamtrack: ratings of whole works, and what is planned, given up and in progress") {
  const Parsed parsed = parse_file("yamtrack.csv");
  CHECK(parsed.source == "Yamtrack");
  CHECK(parsed.lines == 7);
  REQUIRE(parsed.rows.size() == 2);
  const Row& watch = row_of(parsed, "Pier Watch");
  CHECK(watch.item.id == "show/tmdb:902");
  CHECK(watch.rating == Rating{7.5, RatingScale::ten, "2024-02-09", "Yamtrack"});
  CHECK(watch.facts.begun);
  CHECK(watch.facts.parts == 1);
  CHECK(row_of(parsed, "Harbour Lights").item.type == MediaType::film);
  CHECK(row_of(parsed, "Harbour Lights").facts.seen);
  CHECK(mention_of(parsed, "Salt Roads").item.id == "book/myanimelist:33");
  CHECK(mention_of(parsed, "Salt Roads").facts.wished);
  CHECK(mention_of(parsed, "Tide Clock").facts.dropped);
  CHECK(reason_of(parsed, 3).find("part of a series") != std::string::npos);
  CHECK(reason_of(parsed, 8).find("“boardgame”") != std::string::npos);
}

TEST_CASE("ryot: the latest review of the whole work counts, and viewings are counted") {
  const Parsed parsed = parse_file("ryot.json");
  CHECK(parsed.lines == 5);
  REQUIRE(parsed.rows.size() == 1);
  CHECK(parsed.rows[0].rating == Rating{90, RatingScale::hundred, "2024-03-04", "Ryot"});
  CHECK(parsed.rows[0].item.id == "film/tmdb:901");
  CHECK(parsed.rows[0].facts.seen);
  CHECK(parsed.rows[0].facts.times == 2);
  const Mention& watch = mention_of(parsed, "Pier Watch");
  CHECK(watch.facts.begun);
  CHECK(watch.facts.parts == 1);
  CHECK(mention_of(parsed, "Low Tide").facts.wished);
  CHECK(reason_of(parsed, 4).find("“podcast”") != std::string::npos);
  CHECK(reason_of(parsed, 5).find("identifier") != std::string::npos);
}

TEST_CASE("mediatracker: ratings of five stars, what was seen and what is on the list") {
  const Parsed parsed = parse_file("mediatracker.json");
  REQUIRE(parsed.rows.size() == 1);
  CHECK(parsed.rows[0].item.id == "film/tt9000901");
  CHECK(parsed.rows[0].rating.value == 4.5);
  CHECK(parsed.rows[0].item.year == 2019);
  CHECK(parsed.rows[0].facts.seen);
  CHECK(mention_of(parsed, "Pier Watch").facts.wished);
  CHECK(mention_of(parsed, "Low Tide").item.type == MediaType::book);
}

TEST_CASE("tv time: shows, episodes and films, each in a table of its own") {
  const Parsed shows = parse_file("tvtime-shows.csv");
  CHECK(shows.source == "TV Time");
  CHECK(mention_of(shows, "Pier Watch").facts.parts == 12);
  CHECK(mention_of(shows, "Pier Watch").facts.begun);
  CHECK(mention_of(shows, "Pier Watch").facts.liked);
  CHECK_FALSE(mention_of(shows, "Pier Watch").facts.wished);
  CHECK(mention_of(shows, "Not Yet").facts.wished);
  CHECK_FALSE(mention_of(shows, "Not Yet").facts.liked);
  CHECK(mention_of(shows, "Not Yet").item.ids.at("tvdb") == "222");

  const Parsed rates = parse_file("tvtime-rates.csv");
  REQUIRE(rates.rows.size() == 1);
  CHECK(rates.rows[0].item.type == MediaType::show);
  CHECK(rates.rows[0].rating.normalised() == 4);

  const Parsed episodes = parse_file("tvtime-episodes.csv");
  CHECK(mention_of(episodes, "Pier Watch").facts.parts == 2);
  CHECK(mention_of(episodes, "Pier Watch").facts.last == "2021-01-02");

  const Parsed films = parse_file("tvtime-films.csv");
  CHECK(mention_of(films, "Harbour Lights").facts.seen);
  CHECK(mention_of(films, "Harbour Lights").item.year == 2019);
  CHECK(mention_of(films, "Low Tide").facts.wished);
}

TEST_CASE("games: what is owned and was played, and what is rated") {
  const Parsed table = parse_file("steam.csv");
  CHECK(table.source == "Steam");
  const Mention& clock = mention_of(table, "Tide Clock");
  CHECK(clock.item.type == MediaType::game);
  CHECK(clock.item.ids.at("steam") == "10");
  CHECK(clock.facts.owned);
  CHECK(clock.facts.begun);
  CHECK(clock.facts.hours == 1.5);
  CHECK(clock.facts.last == "2023-11-14");
  CHECK_FALSE(mention_of(table, "Salt, Iron").facts.begun);
  const Parsed json = parse_file("steam.json");
  CHECK(mention_of(json, "Tide Clock").facts.hours == 1.5);
  CHECK(mention_of(json, "Tide Clock").facts.last == "2023-11-14");

  CHECK(mention_of(parse_file("gog.csv"), "Tide Clock").item.year == 2019);
  const Parsed grouvee = parse_file("grouvee.csv");
  CHECK(row_of(grouvee, "Tide Clock").rating.value == 4);
  CHECK(row_of(grouvee, "Tide Clock").facts.seen);
  CHECK(mention_of(grouvee, "Salt Roads").facts.wished);
  const Parsed lengths = parse_file("howlongtobeat.csv");
  CHECK(row_of(lengths, "Tide Clock").rating == Rating{70, RatingScale::hundred, "2024-02-09", "HowLongToBeat"});
  CHECK(mention_of(lengths, "Salt Roads").facts.wished);
  CHECK(mention_of(lengths, "Docks").facts.dropped);
}

TEST_CASE("kitsu: entries find their works elsewhere in the file") {
  const Parsed parsed = parse_file("kitsu.json");
  CHECK(parsed.lines == 3);
  REQUIRE(parsed.rows.size() == 1);
  CHECK(parsed.rows[0].item.id == "book/myanimelist:33");
  CHECK(parsed.rows[0].rating == Rating{9, RatingScale::ten, "2023-09-01", "Kitsu"});
  CHECK(mention_of(parsed, "Tide Clock").item.type == MediaType::film);
  CHECK(mention_of(parsed, "Tide Clock").facts.wished);
  CHECK(reason_of(parsed, 3).find("not in the file") != std::string::npos);
}

TEST_CASE("any JSON: objects with titles and ratings, their type by the file's name") {
  const std::string text = text_of("any-games.json");
  const Parsed parsed = parse(text, "my-backloggd-games.json");
  CHECK(parsed.lines == 3);
  REQUIRE(parsed.rows.size() == 2);
  CHECK(row_of(parsed, "Tide Clock").item.type == MediaType::game);
  CHECK(row_of(parsed, "Tide Clock").rating == Rating{4.5, RatingScale::half_stars, "", "a table"});
  CHECK(row_of(parsed, "Salt Roads").rating.value == 3.5);
  CHECK(row_of(parsed, "Salt Roads").facts.dropped);
  CHECK(notes_say(parsed, "JSON"));
  CHECK(parse(text, "mine.json").rows[0].item.type == MediaType::film);
}
