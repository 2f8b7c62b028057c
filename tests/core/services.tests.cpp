#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "core/imports/item_ids.hpp"
#include "core/imports/service.hpp"
#include "core/library/limits.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/import_file.hpp"

using namespace hub;
using namespace hub::tests;
using imports::Parsed;
using imports::Row;

namespace {

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size()) text.replace(at, what.size(), with);
  return text;
}

/// Every character of ASCII text as UTF-16, little endian, with its mark.
std::string utf16(std::string_view text) {
  std::string bytes = "\xFF\xFE";
  for (const char c : text) {
    bytes += c;
    bytes += '\0';
  }
  return bytes;
}

}  // namespace

TEST_CASE("letterboxd: ratings with their days, and films of one name kept apart by their addresses") {
  const Parsed parsed = parse_file("letterboxd-ratings.csv");
  CHECK(parsed.source == "Letterboxd");
  CHECK(parsed.lines == 8);
  REQUIRE(parsed.rows.size() == 7);
  const Row& lights = row_of(parsed, "Harbour Lights");
  CHECK(lights.line == 2);
  CHECK(lights.rating == Rating{4.5, RatingScale::half_stars, "2021-03-04", "Letterboxd"});
  CHECK(lights.item.type == MediaType::film);
  CHECK(lights.item.year == 2019);
  CHECK(lights.item.id == "film/harbour-lights--2019");
  CHECK(lights.item.ids.at("letterboxd") == "aaa1");
  CHECK(row_of(parsed, "Crows, Mostly").rating.value == 0.5);
  CHECK_FALSE(row_of(parsed, "No Year Known").item.year);
  std::vector<std::string> same;
  for (const Row& row : parsed.rows)
    if (row.item.title == "The Same Name") same.push_back(row.item.id);
  CHECK(same == std::vector<std::string>{"film/the-same-name--2010", "film/the-same-name--2010-aaa5"});
  // The day is not in the calendar: the rating stays.
  CHECK(row_of(parsed, "An \"Impossible\" Day").rating.date.empty());
  CHECK(notes_say(parsed, "“2021-02-30”"));
  CHECK(reason_of(parsed, 9).find("“5.5”") != std::string::npos);
}

TEST_CASE("letterboxd: the diary's latest rating of a film counts, and what was only seen is no rating") {
  const Parsed parsed = parse_file("letterboxd-diary.csv");
  REQUIRE(parsed.rows.size() == 1);
  CHECK(parsed.rows[0].rating == Rating{4.5, RatingScale::half_stars, "2022-05-06", "Letterboxd"});
  // The same id as in ratings.csv, though the address is of the entry here.
  CHECK(parsed.rows[0].item.id == "film/harbour-lights--2019");
  CHECK(parsed.rows[0].item.ids.empty());
  CHECK(reason_of(parsed, 2).find("line 3 counts") != std::string::npos);
  CHECK(reason_of(parsed, 4) == "Finished, but not rated.");
}

TEST_CASE("letterboxd: files without ratings account for every line and say where the ratings are") {
  const Parsed watched = parse("Date,Name,Year,Letterboxd URI\n2020-01-01,Harbour Lights,2019,https://boxd.it/aaa1\n");
  CHECK(watched.rows.empty());
  CHECK(watched.skipped.size() == 1);
  CHECK(notes_say(watched, "ratings.csv"));
  CHECK(parse("Date,Name,Year,Letterboxd URI\n").lines == 0);
  const Parsed old = parse(",Title,Rewatch,Watched Date\n0,Harbour Lights,Yes,2018-06-16\n");
  CHECK(reason_of(old, 2) == "Finished, but not rated.");
  const std::string list = "Letterboxd list export v7\nDate,Name,Tags,URL,Description\n2025-01-01,x,,,\n";
  const auto refused = imports::parse("list.csv", {list.begin(), list.end()});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == "wrong_export");
}

TEST_CASE("letterboxd: the table that Letterboxd reads, as other programs write it") {
  const Parsed parsed =
      parse("Title,Year,Directors,Rating10,WatchedDate,imdbID\nHarbour Lights,2019,\"Ada Kern, Bo Lind\",7,2020-01-02,tt9000901\n");
  REQUIRE(parsed.rows.size() == 1);
  CHECK(parsed.rows[0].item.id == "film/tt9000901");
  CHECK(parsed.rows[0].rating.value == 7);
  CHECK(parsed.rows[0].rating.scale == RatingScale::ten);
  CHECK(parsed.rows[0].item.creators == std::vector<Creator>{{"director", "Ada Kern"}, {"director", "Bo Lind"}});
}

TEST_CASE("goodreads: books with their facts, editions of one book merged, shelves that are no ratings") {
  const Parsed parsed = parse_file("goodreads.csv");
  CHECK(parsed.source == "Goodreads");
  CHECK(parsed.lines == 5);
  REQUIRE(parsed.rows.size() == 2);
  // Both editions of The Tide Clock are one work; the later reading counts.
  const Row& clock = row_of(parsed, "The Tide Clock");
  CHECK(clock.rating == Rating{5, RatingScale::stars, "2022-07-08", "Goodreads"});
  CHECK(clock.item.id == "book/the-tide-clock--mara-venn");
  CHECK(reason_of(parsed, 2).find("line 5 counts") != std::string::npos);
  CHECK(reason_of(parsed, 4) == "On your list for later, and not rated.");
  CHECK(reason_of(parsed, 7) == "Begun, but not rated.");
  const Row& left = row_of(parsed, "Left Early");
  CHECK(left.rating.date == "2019-09-10");  // when it was added, for want of a day of reading
  CHECK(left.item.year == 2015);
  CHECK(left.item.ids == Ids{{"goodreads", "104"}});  // neither check digit is right
}

TEST_CASE("goodreads: what a line says of a book") {
  const std::string text = text_of("goodreads.csv");
  const std::size_t second = text.find("\n102,");
  const Parsed parsed = parse(text.substr(0, second + 1));
  REQUIRE(parsed.rows.size() == 1);
  const Item& item = parsed.rows[0].item;
  CHECK(item.title == "The Tide Clock (Harbours, #1)");
  CHECK(item.id == "book/the-tide-clock--mara-venn");
  CHECK(item.year == 1998);
  CHECK(item.length == 312);
  CHECK(item.ids == Ids{{"goodreads", "101"}, {"isbn", "9780306406157"}});
  CHECK(item.companies == std::vector<std::string>{"Pier House"});
  CHECK(item.series == std::vector<Series>{{"Harbours", "1"}});
  CHECK(item.community == std::vector<CommunityRating>{{"Goodreads", 3.91, 5, std::nullopt, "2020-05-06"}});
  REQUIRE(item.creators.size() == 3);
  CHECK(item.creators[0].role == "author");
  // Translators, illustrators and narrators stand there without their part.
  CHECK(item.creators[1] == Creator{"contributor", "Odd Hale"});
}

TEST_CASE("goodreads: without headings the columns are told by their order, in old and new exports") {
  const Parsed named = parse_file("goodreads.csv");
  const std::string text = text_of("goodreads-headerless.csv");
  const std::string more = GENERATE("", ",,,,,,,");  // older exports have seven columns more
  std::string longer = text;
  if (!more.empty()) longer = replaced(longer, ",1,0\n", ",1,0" + more + "\n"), longer = replaced(longer, ",0,0\n", ",0,0" + more + "\n");
  const Parsed parsed = parse(longer);
  CHECK(parsed.source == "Goodreads");
  CHECK(notes_say(parsed, "no headings"));
  REQUIRE(parsed.rows.size() == named.rows.size());
  for (std::size_t i = 0; i < parsed.rows.size(); ++i) {
    CHECK(parsed.rows[i].item == named.rows[i].item);
    CHECK(parsed.rows[i].rating == named.rows[i].rating);
  }
}

TEST_CASE("goodreads: a title whose comma is not in quotes is not read one column off") {
  const Parsed parsed = parse("Book Id,Title,Author,My Rating,Average Rating,Exclusive Shelf\n1,Salt, Iron,Odd Hale,4,3.9,read\n");
  CHECK(parsed.rows.empty());
  CHECK(reason_of(parsed, 2).find("7 values") != std::string::npos);
}

TEST_CASE("rateyourmusic: entities decoded once, names in two parts and two scripts, owned and wished for apart") {
  const Parsed parsed = parse_file("rateyourmusic.csv");
  REQUIRE(parsed.rows.size() == 3);
  const Row& salt = row_of(parsed, "Salt & Iron");
  CHECK(salt.item.type == MediaType::album);
  CHECK(salt.item.creators == std::vector<Creator>{{"artist", "The Pier Lamps"}});
  CHECK(salt.item.id == "album/salt-and-iron--the-pier-lamps-1998");
  CHECK(salt.rating == Rating{9, RatingScale::ten, "", "RateYourMusic"});
  const Row& water = row_of(parsed, "\"Low Water\"");
  CHECK(water.item.creators == std::vector<Creator>{{"artist", "潮時計"}});
  CHECK(water.other_name == "Shio Dokei");
  row_of(parsed, "AT&amp;T");
  CHECK(reason_of(parsed, 4) == "On your list for later, and not rated.");
}

TEST_CASE("storygraph: quarter stars, several authors, ids that are no ISBN") {
  const Parsed parsed = parse_file("storygraph.csv");
  REQUIRE(parsed.rows.size() == 2);
  const Row& clock = row_of(parsed, "The Tide Clock");
  CHECK(clock.rating == Rating{3.75, RatingScale::half_stars, "2021-02-03", "The StoryGraph"});
  CHECK(clock.item.id == "book/the-tide-clock--mara-venn");
  CHECK(clock.item.creators.size() == 2);
  CHECK(clock.item.ids.at("isbn") == "9780306406157");
  const Row& salt = row_of(parsed, "Salt");
  CHECK(salt.rating.normalised() == 0.5);
  CHECK(salt.rating.value / highest_of(salt.rating.scale) == 0.25 / 5);
  CHECK(salt.item.ids.contains("storygraph"));
  CHECK(reason_of(parsed, 5) == "On your list for later, and not rated.");
}

TEST_CASE("tmdb: films and shows with both ids, episodes and what is only wanted left out") {
  const Parsed parsed = parse_file("tmdb.csv");
  REQUIRE(parsed.rows.size() == 2);
  const Row& lights = row_of(parsed, "Harbour Lights");
  CHECK(lights.item.id == "film/tt9000901");
  CHECK(lights.item.ids == Ids{{"imdb", "tt9000901"}, {"tmdb", "901"}});
  CHECK(lights.rating == Rating{8.5, RatingScale::ten, "2023-05-02", "TMDB"});
  CHECK(lights.item.community.at(0).rating == 7.125);
  CHECK(row_of(parsed, "Pier Watch").item.type == MediaType::show);
  CHECK(reason_of(parsed, 4).find("part of a series") != std::string::npos);
  CHECK(reason_of(parsed, 5) == "No rating is given here.");
}

TEST_CASE("trakt: ratings of films and shows; parts of series, what was seen and what is listed are told apart") {
  const Parsed parsed = parse_file("trakt-ratings.json");
  CHECK(parsed.lines == 6);
  REQUIRE(parsed.rows.size() == 2);
  CHECK(parsed.rows[0].item.id == "film/tt9000901");
  CHECK(parsed.rows[0].rating == Rating{8, RatingScale::ten, "2024-03-07", "Trakt"});
  CHECK(parsed.rows[1].item.title == "Pier \"Watch\" {1]");
  CHECK(parsed.rows[1].item.type == MediaType::show);
  CHECK(parsed.rows[1].item.id == "show/tmdb:902");
  CHECK(reason_of(parsed, 3).find("part of a series") != std::string::npos);
  CHECK(reason_of(parsed, 4).find("part of a series") != std::string::npos);
  CHECK(reason_of(parsed, 5) == "Finished, but not rated.");
  CHECK(reason_of(parsed, 6) == "On your list for later, and not rated.");
}

TEST_CASE("trakt: a table") {
  const Parsed parsed =
      parse("rated_at,type,title,year,trakt_id,imdb_id,tmdb_id,rating\n2024-01-02T03:04:05Z,show,Pier Watch,2015,902,tt9000902,902,7\n");
  REQUIRE(parsed.rows.size() == 1);
  CHECK(parsed.rows[0].item.id == "show/tt9000902");
  CHECK(parsed.rows[0].rating.date == "2024-01-02");
}

TEST_CASE("myanimelist: anime, films and manga; marked sections, entities and open days") {
  const Parsed parsed = parse_file("myanimelist.xml");
  CHECK(parsed.lines == 5);
  REQUIRE(parsed.rows.size() == 3);
  const Row& clock = row_of(parsed, "Tide & <Clock>");
  CHECK(clock.line == 8);
  CHECK(clock.item.id == "show/myanimelist:70001");
  CHECK(clock.rating == Rating{9, RatingScale::ten, "2020-12-18", "MyAnimeList"});
  const Row& film = row_of(parsed, "Salt &amp; Iron: the Film");
  CHECK(film.item.type == MediaType::film);
  CHECK(film.rating.date.empty());
  CHECK(parsed.notes.empty());  // an open day is no mistake
  CHECK(row_of(parsed, "Ink").item.type == MediaType::book);
  CHECK(reason_of(parsed, 26) == "On your list for later, and not rated.");
  CHECK(reason_of(parsed, 34).find("music video") != std::string::npos);
}

TEST_CASE("myanimelist: an entry that is not closed costs itself alone") {
  const Parsed parsed = parse(
      "<myanimelist><anime><series_title>A</series_title><my_score>5</my_score>\n<anime><series_title>B</series_title><my_score>6</my_score></anime>\n<anime><series_title>C");
  REQUIRE(parsed.rows.size() == 1);
  CHECK(parsed.rows[0].item.title == "B");
  CHECK(parsed.lines == 3);
  CHECK(reason_of(parsed, 1) == "This entry is not closed.");
  CHECK(reason_of(parsed, 3) == "The file ends in the middle of this entry.");
}

TEST_CASE("myanimelist: the answer of its API") {
  const Parsed parsed =
      parse(R"({"data":[{"node":{"id":70001,"title":"Tide"},"list_status":{"score":8,"status":"completed","finish_date":"2021-02-02"}},
    {"node":{"id":2,"title":"Later"},"list_status":{"score":0,"status":"plan_to_watch"}},
    {"node":{"id":3,"title":"Ink"},"list_status":{"score":7,"num_chapters_read":3}}],"paging":{}})");
  REQUIRE(parsed.rows.size() == 2);
  CHECK(parsed.rows[0].item.id == "show/myanimelist:70001");
  CHECK(parsed.rows[1].item.type == MediaType::book);
  CHECK(reason_of(parsed, 2) == "On your list for later, and not rated.");
}

TEST_CASE("anilist: nested lists, anime and manga, a scale that the file tells") {
  const Parsed parsed = parse_file("anilist.json");
  CHECK(parsed.lines == 4);
  REQUIRE(parsed.rows.size() == 3);
  const Row& clock = row_of(parsed, "Tide & Clock");
  CHECK(clock.item.id == "show/myanimelist:70001");  // as in MyAnimeList's export
  CHECK(clock.item.original_title == "潮");
  CHECK(clock.item.year == 2020);
  CHECK(clock.rating == Rating{85, RatingScale::hundred, "2022-01-05", "AniList"});
  CHECK(row_of(parsed, "Shio").item.type == MediaType::film);
  CHECK(row_of(parsed, "Shio").item.id == "film/anilist:1003");
  CHECK(row_of(parsed, "Shio").rating.scale == RatingScale::hundred);
  CHECK(row_of(parsed, "Ink").item.type == MediaType::book);
  CHECK(reason_of(parsed, 2) == "On your list for later, and not rated.");
  const Parsed of_ten = parse(replaced(replaced(text_of("anilist.json"), "85", "8.5"), "60", "6"));
  CHECK(of_ten.rows.at(0).rating == Rating{8.5, RatingScale::ten, "2022-01-05", "AniList"});
  CHECK(notes_say(of_ten, "out of 10"));
}

TEST_CASE("criticker: tables and XML, zero is a rating, the scale is told by the file") {
  const Parsed parsed = parse_file("criticker.csv");
  REQUIRE(parsed.rows.size() == 3);
  CHECK(row_of(parsed, "Harbour Lights").rating == Rating{85, RatingScale::hundred, "2020-01-02", "Criticker"});
  CHECK(row_of(parsed, "Harbour Lights").item.id == "film/tt9000901");
  CHECK(row_of(parsed, "Crows & Gulls").rating == Rating{0, RatingScale::hundred, "", "Criticker"});
  CHECK(notes_say(parsed, "Feb 30 2020"));
  CHECK(row_of(parsed, "Pier Watch").item.type == MediaType::show);
  CHECK(reason_of(parsed, 5).find("“101”") != std::string::npos);
  const Parsed xml = parse_file("criticker.xml");
  REQUIRE(xml.rows.size() == 2);
  CHECK(row_of(xml, "Harbour Lights & Piers").rating == Rating{8, RatingScale::ten, "2020-01-02", "Criticker"});
}

TEST_CASE("any table: columns by their headings, types and scale told by the file") {
  const Parsed books = parse(
      "Author;Titel;Jahr;Bewertung;Datum\nMara Venn;Gezeitenuhr;1998;4,5;31.12.2020\nOdd Hale;Salz;2001;0,25;\nJo Sand;Ungelesen;2003;;\n");
  CHECK(books.source == "a table");
  REQUIRE(books.rows.size() == 2);
  CHECK(books.rows[0].item.id == "book/gezeitenuhr--mara-venn");
  CHECK(books.rows[0].rating == Rating{4.5, RatingScale::half_stars, "2020-12-31", "a table"});
  CHECK(books.rows[1].rating == Rating{0.5, RatingScale::ten, "", "a table"});
  CHECK(reason_of(books, 4) == "No rating is given here.");
  CHECK(notes_say(books, "taken as books"));
  CHECK(notes_say(books, "out of 5"));

  const Parsed mixed = parse("name\ttype\tscore\nHarbour Lights\tMovie\t85\nPier Watch\tTV Series\t7\nLow Water\talbum\t90\n");
  REQUIRE(mixed.rows.size() == 3);
  CHECK(mixed.rows[0].rating.scale == RatingScale::hundred);
  CHECK(mixed.rows[1].item.type == MediaType::show);
  CHECK(mixed.rows[2].item.type == MediaType::album);
  CHECK(parse("title,rating\nHarbour Lights,7\n").rows.at(0).rating.scale == RatingScale::ten);
  CHECK(reason_of(parse("title,rating\nHarbour Lights,7\nCrows,good\n"), 3).find("“good”") != std::string::npos);
  CHECK(reason_of(parse("title,rating\nHarbour Lights,7\nCrows,-1\n"), 3).find("“-1”") != std::string::npos);
}

TEST_CASE("services: separators, line ends, encodings and decimal commas make no difference") {
  const Parsed plain = parse_file("letterboxd-ratings.csv");
  const std::string text = replaced(text_of("letterboxd-ratings.csv"), "8½", "Eight");
  std::vector<std::string> others;
  others.push_back(replaced(text, "\n", "\r\n"));
  others.push_back(replaced(text, "\n", "\r"));
  others.push_back("\xEF\xBB\xBF" + text);
  others.push_back(utf16(text));
  others.push_back(replaced(text, "Eight", "8\xBD"));  // Windows-1252
  std::string german = "sep=;\n" + replaced(replaced(text, "\"Crows, Mostly\"", "Crows§ Mostly"), ",", ";");
  german = replaced(german, "§", ",");
  for (const char* rating : {"4.5", "0.5", "3.5", "2.5", "5.5"})
    german = replaced(german, std::string(";") + rating, std::string(";") + rating[0] + ",5");
  others.push_back(german);
  for (const std::string& other : others) {
    const Parsed parsed = parse(other);
    REQUIRE(parsed.rows.size() == plain.rows.size());
    for (std::size_t i = 0; i < parsed.rows.size(); ++i) {
      CHECK(parsed.rows[i].rating == plain.rows[i].rating);
      CHECK(parsed.rows[i].item.year == plain.rows[i].item.year);
    }
  }
}

TEST_CASE("services: text is data: direction marks and control characters do not get through") {
  const Parsed parsed = parse(
      "Date,Name,Year,Letterboxd URI,Rating\n2021-03-04,\"Har\xE2\x80\xAE"
      "bour\x07\nLights\",2019,https://boxd.it/a,4\n");
  REQUIRE(parsed.rows.size() == 1);
  CHECK(parsed.rows[0].item.title == "Harbour  Lights");
  const Parsed decoded = parse("RYM Album,Last Name,Title,Rating\n1,X,a&#8238;b&#0;&#10;c&unknown;&#xFFFFFF;,8\n");
  REQUIRE(decoded.rows.size() == 1);
  CHECK(decoded.rows[0].item.title == "ab&#0; c&unknown;\uFFFD");
}

TEST_CASE("services: damaged JSON costs the entry that is damaged") {
  const Parsed parsed = parse(
      R"([{"rating":8,"movie":{"title":"A","ids":{"trakt":1}}},{"rating":08,"movie":{"title":"B"}},{"rating":7,"movie":{"title":"C","ids":{"trakt":3}}},{"rating":7,"movie":{"tit)");
  CHECK(parsed.lines == 4);
  CHECK(parsed.rows.size() == 2);
  CHECK(reason_of(parsed, 2).find("well-formed JSON") != std::string::npos);
  CHECK(reason_of(parsed, 4) == "The file ends in the middle of this entry.");
  const Parsed deep = parse(R"([{"rating":8,"trakt":)" + std::string(100'000, '[') + "1");
  CHECK(deep.rows.empty());
  CHECK(deep.lines == 1);
}

TEST_CASE("services: an ISBN of ten digits becomes one of thirteen, a wrong one is none") {
  CHECK(imports::isbn_in("=\"0306406152\"") == "9780306406157");
  CHECK(imports::isbn_in("080442957X") == "9780804429573");
  CHECK(imports::isbn_in("978-0-306-40615-7") == "9780306406157");
  for (const char* wrong : {"", "=\"\"", "0306406153", "9780306406158", "97803064061570", "X306406152", "not a number"})
    CHECK_FALSE(imports::isbn_in(wrong));
}

TEST_CASE("item ids: the same words give the same id, whatever their case and accents") {
  Item item;
  item.type = MediaType::book;
  item.title = "Ébb Tide, Again! (Tides, #2)";
  item.creators = {{"author", "Mara Venn"}};
  CHECK(imports::id_of(item) == "book/ebb-tide-again--mara-venn");
  item.title = "ebb tide again";
  CHECK(imports::id_of(item) == "book/ebb-tide-again--mara-venn");
  // Works of signs alone stay apart.
  CHECK(imports::key_from("†††") != imports::key_from("( )"));
  CHECK(imports::key_from(std::string(5000, 'x'), 50).size() <= 50);
  CHECK(imports::key_from(std::string(5000, 'x')) != imports::key_from(std::string(5001, 'x')));
  // However long the names are and in whatever script, it is an id.
  for (const char* letter : {"x", "ж", "潮", "𝄞"}) {
    item.type = MediaType::album;
    item.year = 2001;
    item.title.clear();
    for (int i = 0; i < 300; ++i) item.title += letter;
    item.creators = {{"artist", item.title}};
    item.id = imports::id_of(item);
    CHECK(is_item_id(item.id, item.type));
  }
  item.ids["imdb"] = "tt0133093";
  CHECK(imports::id_of(item) == "album/tt0133093");
}
