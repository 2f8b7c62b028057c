#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "core/imports/imdb_columns.hpp"
#include "core/imports/imdb_words.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/import_file.hpp"

using namespace hub;
using namespace hub::tests;
using imports::ImdbKind;
using imports::Parsed;
using imports::Row;

namespace {

constexpr std::string_view heading =
    "Const,Your Rating,Date Rated,Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres,Num Votes,Release Date,Directors\n";

std::string code_of(std::string_view text) {
  const auto parsed = imports::parse("file", {text.begin(), text.end()});
  return parsed ? "read" : parsed.error().code;
}

}  // namespace

TEST_CASE("imdb: an export of today, with the facts of each line") {
  const Parsed parsed = parse_file("imdb-2025.csv");
  CHECK(parsed.source == "IMDb");
  CHECK(parsed.lines == 12);
  CHECK(parsed.rows.size() == 7);

  const Row& matrix = row_of(parsed, "film/tt0133093");
  CHECK(matrix.line == 2);
  CHECK(matrix.rating == Rating{9, RatingScale::ten, "2024-05-31", "IMDb"});
  CHECK(matrix.item.type == MediaType::film);
  CHECK(matrix.item.ids == Ids{{"imdb", "tt0133093"}});
  CHECK(matrix.item.original_title.empty());
  CHECK(matrix.item.year == 1999);
  CHECK(matrix.item.genres == std::vector<std::string>{"Action", "Science fiction"});
  CHECK(matrix.item.creators == std::vector<Creator>{{"director", "Lana Wachowski"}, {"director", "Lilly Wachowski"}});
  CHECK(matrix.item.length == 136);
  // The newest date in the file is when its public ratings held.
  CHECK(matrix.item.community == std::vector<CommunityRating>{{"IMDb", 8.7, 10, 2200000, "2024-05-31"}});
  CHECK(matrix.item.provenance == "IMDb export");

  CHECK(row_of(parsed, "film/tt0245429").item.original_title == "Sen to Chihiro no kamikakushi");
  CHECK(row_of(parsed, "film/tt0060196").item.title == "The Good, the Bad and the Ugly");
  CHECK(row_of(parsed, "show/tt0306414").item.length == 60);
  CHECK_FALSE(row_of(parsed, "show/tt7366338").item.length);  // of all episodes together, so of none
  const Item& game = row_of(parsed, "game/tt0168366").item;
  CHECK(game.genres == std::vector<std::string>{"Sports", "Action"});
  CHECK_FALSE(game.length);
}

TEST_CASE("imdb: each line that is not taken says why") {
  const Parsed parsed = parse_file("imdb-2025.csv");
  CHECK(reason_of(parsed, 7).find("episode") != std::string::npos);
  CHECK(reason_of(parsed, 9).find("no rating") != std::string::npos);
  CHECK(reason_of(parsed, 10).find("“11” is not between 1 and 10") != std::string::npos);
  CHECK(reason_of(parsed, 11).find("no IMDb id") != std::string::npos);
  CHECK(reason_of(parsed, 12).find("line 2 counts") != std::string::npos);
  CHECK(parsed.skipped.size() == 5);
  // 30 February: the rating stays, the date goes.
  CHECK(row_of(parsed, "film/tt0120737").rating.date.empty());
  CHECK(notes_say(parsed, "“2019-02-30”"));
}

TEST_CASE("imdb: the columns of 2012 to 2017") {
  const Parsed parsed = parse_file("imdb-2013.csv");
  REQUIRE(parsed.rows.size() == 4);
  CHECK(row_of(parsed, "film/tt1446714").rating == Rating{6, RatingScale::ten, "2012-06-14", "IMDb"});
  CHECK(row_of(parsed, "film/tt1446714").item.genres == std::vector<std::string>{"Action", "Horror", "Science fiction"});
  CHECK(row_of(parsed, "show/tt0903747").rating.date == "2015-03-01");
  CHECK(row_of(parsed, "show/tt0185906").item.title == "Band of Brothers");
  CHECK(row_of(parsed, "film/tt0058331").item.title == "Bambi Meets \"Godzilla\"");
}

TEST_CASE("imdb: an Italian account has English headings, Italian kinds and genres") {
  const Parsed parsed = parse_file("imdb-italian.csv");
  REQUIRE(parsed.rows.size() == 4);
  CHECK(row_of(parsed, "film/tt0086879").item.genres == std::vector<std::string>{"Biography", "Drama", "Music"});
  CHECK(row_of(parsed, "show/tt0141842").item.original_title == "The Sopranos");
  CHECK(row_of(parsed, "show/tt7366338").item.genres.front() == "Drama");
  CHECK(reason_of(parsed, 6).find("episode") != std::string::npos);
}

TEST_CASE("imdb: German headings, semicolons, decimal commas, Windows-1252") {
  const Parsed parsed = parse_file("imdb-german-headings.csv");
  REQUIRE(parsed.rows.size() == 3);
  const Row& amelie = row_of(parsed, "film/tt0211915");
  CHECK(amelie.item.title == "Die fabelhafte Welt der Amélie");
  CHECK(amelie.rating.date == "2021-02-14");
  CHECK(amelie.item.community.front().rating == 8.3);
  CHECK(amelie.item.community.front().votes == 800000);
  CHECK(amelie.item.genres == std::vector<std::string>{"Comedy", "Romance"});
  CHECK(row_of(parsed, "film/tt0082096").rating.date == "2020-04-03");
  CHECK(row_of(parsed, "show/tt5753856").item.genres.front() == "Crime");
  CHECK(notes_say(parsed, "Windows-1252"));
}

TEST_CASE("imdb: columns with headings nobody knows are told by their values") {
  const std::string text =
      "Идентификатор,Ваша оценка,Дата,Название,Ориг. название,Адрес,Тип,Рейтинг,Минуты,Год,Жанры,Голоса,Выход,Режиссёр\n"
      "tt0133093,9,2024-05-31,Матрица,The Matrix,https://www.imdb.com/title/tt0133093/,Movie,8.7,136,1999,\"Action, "
      "Sci-Fi\",2200000,1999-03-31,Lana Wachowski\n"
      "tt0245429,10,2023-12-24,Унесённые призраками,Sen to "
      "Chihiro,https://www.imdb.com/title/tt0245429/,Movie,8.6,124,2001,Animation,900000,2001-07-20,Hayao Miyazaki\n"
      "tt0306414,7,2021-01-02,Прослушка,The Wire,https://www.imdb.com/title/tt0306414/,TV Series,9.3,60,2002,\"Crime, "
      "Drama\",400000,2002-06-02,\n";
  const Parsed parsed = parse(text);
  REQUIRE(parsed.rows.size() == 3);
  const Row& matrix = row_of(parsed, "film/tt0133093");
  CHECK(matrix.rating == Rating{9, RatingScale::ten, "2024-05-31", "IMDb"});
  CHECK(matrix.item.title == "Матрица");
  CHECK(matrix.item.original_title == "The Matrix");
  CHECK(matrix.item.year == 1999);
  CHECK(matrix.item.length == 136);
  CHECK(matrix.item.community.front() == CommunityRating{"IMDb", 8.7, 10, 2200000, "2024-05-31"});
  CHECK(matrix.item.creators.front().name == "Lana Wachowski");
  CHECK(row_of(parsed, "show/tt0306414").item.genres == std::vector<std::string>{"Crime", "Drama"});
  CHECK(notes_say(parsed, "headings that are not known"));
}

TEST_CASE("imdb: lines pasted without their headings") {
  const Parsed parsed = parse(
      "tt0133093\t9\t2024-05-31\tThe "
      "Matrix\thttps://www.imdb.com/title/tt0133093/\tMovie\t8.7\t136\t1999\tAction\t2200000\t1999-03-31\tLana Wachowski\n"
      "tt0306414\t7\t2021-01-02\tThe Wire\thttps://www.imdb.com/title/tt0306414/\tTV Series\t9.3\t60\t2002\tCrime\t400000\t2002-06-02\t\n");
  REQUIRE(parsed.rows.size() == 2);
  CHECK(parsed.rows[0].line == 1);
  CHECK(parsed.rows[1].item.id == "show/tt0306414");
  CHECK(parsed.rows[1].rating.date == "2021-01-02");
}

TEST_CASE("imdb: any order of the columns gives the same") {
  const std::vector<std::string> names{"Const", "Your Rating", "Date Rated", "Title", "Title Type", "IMDb Rating", "Year", "Num Votes"};
  const std::vector<std::string> values{"tt0133093", "9", "2024-05-31", "The Matrix", "movie", "8.7", "1999", "2200000"};
  std::vector<std::size_t> order{0, 1, 2, 3, 4, 5, 6, 7};
  const Row expected = parse(
                           "Const,Your Rating,Date Rated,Title,Title Type,IMDb Rating,Year,Num Votes\ntt0133093,9,2024-05-31,The "
                           "Matrix,movie,8.7,1999,2200000")
                           .rows.front();
  for (int i = 0; i < 200; ++i) {
    std::next_permutation(order.begin(), order.end());
    if (i % 2 != 0) std::reverse(order.begin(), order.end());
    std::string text;
    for (const auto* line : {&names, &values})
      for (std::size_t at = 0; at < order.size(); ++at) text += (*line)[order[at]] + (at + 1 < order.size() ? "," : "\n");
    const Parsed parsed = parse(text);
    REQUIRE(parsed.rows.size() == 1);
    CHECK(parsed.rows.front().item == expected.item);
    CHECK(parsed.rows.front().rating == expected.rating);
  }
}

TEST_CASE("imdb: day and month are told by the whole file, if need be by the release dates") {
  const auto line = [](std::string id, std::string rated, std::string released) {
    return id + ",7," + rated + ",Title,https://www.imdb.com/title/" + id + "/,movie,7.0,90,2010,Drama,1000," + released + ",Somebody\n";
  };
  const std::string days = std::string(heading) + line("tt0000001", "3/4/2015", "1/2/2010") + line("tt0000002", "29/4/2015", "1/2/2010");
  CHECK(parse(days).rows.front().rating.date == "2015-04-03");
  const std::string months = std::string(heading) + line("tt0000001", "3/4/2015", "1/2/2010") + line("tt0000002", "4/29/2015", "1/2/2010");
  CHECK(parse(months).rows.front().rating.date == "2015-03-04");
  const std::string by_release =
      std::string(heading) + line("tt0000001", "3/4/2015", "16/3/2010") + line("tt0000002", "5/6/2015", "1/2/2010");
  CHECK(parse(by_release).rows.front().rating.date == "2015-04-03");
  const Parsed open = parse(std::string(heading) + line("tt0000001", "3/4/2015", "1/2/2010"));
  CHECK(open.rows.front().rating.date == "2015-03-04");
  CHECK(notes_say(open, "“3/4/2015”"));
}

TEST_CASE("imdb: kinds of title") {
  using Pair = std::pair<std::string, ImdbKind>;
  const auto [word, kind] = GENERATE(
      Pair{"movie", ImdbKind::film}, Pair{"Feature Film", ImdbKind::film}, Pair{"tvMovie", ImdbKind::film}, Pair{"short", ImdbKind::film},
      Pair{"video", ImdbKind::film}, Pair{"TV Special", ImdbKind::film}, Pair{"tvShort", ImdbKind::film}, Pair{"tvSeries", ImdbKind::show},
      Pair{"TV Mini Series", ImdbKind::show}, Pair{"Mini-Series", ImdbKind::show}, Pair{"tvEpisode", ImdbKind::episode},
      Pair{"videoGame", ImdbKind::game}, Pair{"Podcast Series", ImdbKind::podcast}, Pair{"podcastEpisode", ImdbKind::podcast},
      Pair{"Music Video", ImdbKind::music_video}, Pair{"Fernsehserie", ImdbKind::show}, Pair{"Fernsehepisode", ImdbKind::episode},
      Pair{"Kurzfilm", ImdbKind::film}, Pair{"Videospiel", ImdbKind::game}, Pair{"Mini-série télévisée", ImdbKind::show},
      Pair{"Téléfilm", ImdbKind::film}, Pair{"Court métrage", ImdbKind::film}, Pair{"Jeu vidéo", ImdbKind::game},
      Pair{"Épisode de série télévisée", ImdbKind::episode}, Pair{"Película", ImdbKind::film}, Pair{"Serie de TV", ImdbKind::show},
      Pair{"Videojuego", ImdbKind::game}, Pair{"Serie TV", ImdbKind::show}, Pair{"Mini serie TV", ImdbKind::show},
      Pair{"Videogioco", ImdbKind::game}, Pair{"Série de TV", ImdbKind::show}, Pair{"Minissérie de televisão", ImdbKind::show},
      Pair{"Filme", ImdbKind::film}, Pair{"टीवी सीरीज़", ImdbKind::show}, Pair{"फ़िल्म", ImdbKind::film},
      Pair{"टीवी एपिसोड", ImdbKind::episode}, Pair{"Elokuva", ImdbKind::unknown}, Pair{"", ImdbKind::unknown});
  INFO(word);
  CHECK(imports::imdb_kind(word) == kind);
}

TEST_CASE("imdb: a kind that is not known is told by who has directors") {
  std::string text(heading);
  text +=
      "tt0000001,7,2020-01-01,Mies vailla "
      "menneisyyttä,https://www.imdb.com/title/tt0000001/,Elokuva,7.6,97,2002,Drama,40000,2002-03-01,Aki Kaurismäki\n";
  text += "tt0000002,7,2020-01-01,Sorjonen,https://www.imdb.com/title/tt0000002/,Televisiosarja,7.9,60,2016,Crime,9000,2016-10-16,\n";
  const Parsed parsed = parse(text);
  row_of(parsed, "film/tt0000001");
  row_of(parsed, "show/tt0000002");
  CHECK(notes_say(parsed, "“Elokuva” is not known; 1 line with it taken as films."));
}

TEST_CASE("imdb: lists without ratings say what to bring instead") {
  const std::string text = text_of("imdb-watchlist.csv");
  const auto parsed = imports::parse("0f6a.csv", {text.begin(), text.end()});
  REQUIRE_FALSE(parsed);
  CHECK(parsed.error().code == "wrong_export");
  CHECK(parsed.error().message.find("Your ratings") != std::string::npos);
  CHECK(parsed.error().message.find("“watchlist”") != std::string::npos);
  CHECK(code_of("Const,Title,Title Type\ntt0133093,The Matrix,movie\n") == "wrong_export");
  CHECK(code_of(heading) == "empty_file");
  // One rating in a list is enough to read it; the rest is skipped.
  std::string rated = text;
  rated.replace(rated.rfind(",,"), 2, ",8,2020-02-02");
  CHECK(parse(rated).rows.size() == 1);
  CHECK(parse(rated).rows.front().rating.date == "2020-02-02");
}

TEST_CASE("imdb: a watchlist, which its name tells, is wished for and rated by nobody") {
  const std::string text = text_of("imdb-watchlist.csv");
  const auto parsed = imports::parse("My Watchlist.csv", {text.begin(), text.end()});
  REQUIRE(parsed);
  CHECK(parsed->rows.empty());
  REQUIRE(parsed->mentions.size() == 2);
  CHECK(parsed->mentions[0].item.id == "film/tt0268978");
  CHECK(parsed->mentions[0].item.title == "A Beautiful Mind");
  CHECK(parsed->mentions[0].facts.wished);
  CHECK_FALSE(parsed->mentions[0].facts.seen);
  CHECK(parsed->mentions[0].facts.last == "2015-05-10");
  REQUIRE(parsed->skipped.size() == 2);
  CHECK(parsed->skipped[0].kept);
}

TEST_CASE("imdb: of a title rated twice the later rating counts") {
  const auto line = [](std::string rating, std::string date) {
    return "tt0133093," + rating + "," + date + ",The Matrix,,movie,8.7,136,1999,Action,2200000,,\n";
  };
  const Parsed parsed =
      parse(std::string(heading) + line("5", "2019-01-01") + line("9", "2021-01-01") + line("7", "2020-01-01") + line("6", ""));
  REQUIRE(parsed.rows.size() == 1);
  CHECK(parsed.rows.front().rating.value == 9);
  CHECK(parsed.rows.front().line == 3);
  CHECK(parsed.skipped.size() == 3);
  const Parsed undated = parse(std::string(heading) + line("5", "") + line("6", ""));
  CHECK(undated.rows.front().rating.value == 6);
}

TEST_CASE("imdb: names at the end without quotes, a title with a comma, a file cut off") {
  const std::string good =
      "tt0133093,9,2024-05-31,The Matrix,https://www.imdb.com/title/tt0133093/,movie,8.7,136,1999,Action,2200000,1999-03-31,";
  const Parsed names = parse(std::string(heading) + good + "Lana Wachowski, Lilly Wachowski\n");
  REQUIRE(names.rows.size() == 1);
  CHECK(names.rows.front().item.creators.size() == 2);
  const Parsed comma = parse(std::string(heading) + good +
                             "X\ntt0060196,8,2022-02-28,The Good, the "
                             "Bad,https://www.imdb.com/title/tt0060196/,movie,8.8,178,1966,Western,850000,1966-12-23,Leone\n");
  CHECK(comma.rows.size() == 1);
  CHECK(reason_of(comma, 3).find("14 values") != std::string::npos);
  const Parsed cut = parse(std::string(heading) + good + "X\ntt0060196,8,2022-02-28,The Go");
  CHECK(cut.rows.size() == 1);
  CHECK(reason_of(cut, 3).find("ends in the middle") != std::string::npos);
}

TEST_CASE("imdb: text of the file is data") {
  const Parsed parsed = parse(std::string(heading) +
                              "tt0133093,9,2024-05-31,\"<b>The\nMatrix</b> \xE2\x80\xAE"
                              "xirtaM\",,movie,8.7,136,1999,Action,1000,,\n");
  CHECK(parsed.rows.front().item.title == "<b>The Matrix</b> xirtaM");
}
