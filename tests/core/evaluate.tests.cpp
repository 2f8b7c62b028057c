#include "core/cli/evaluate.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "core/cli/evaluate_files.hpp"
#include "core/cli/stories.hpp"
#include "core/predictor/ablation.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/synthetic_person.hpp"

using namespace hub;

namespace {

/// A folder with files, gone at the end of its scope.
class Folder {
 public:
  Folder()
      : path_(std::filesystem::temp_directory_path() /
              ("hub-evaluate-" + std::to_string(++count) + "-" + std::to_string(std::random_device()()))) {
    std::filesystem::create_directories(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }

  std::string file(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return (path_ / name).string();
  }

 private:
  static inline int count = 0;
  std::filesystem::path path_;
};

struct Run {
  int code = 0;
  std::string out;
  std::string err;
};

Run evaluate(const std::vector<std::string>& words) {
  const std::vector<std::string_view> arguments(words.begin(), words.end());
  std::ostringstream out;
  std::ostringstream err;
  Run run;
  run.code = cli::evaluate_command(arguments, out, err, predictor::one_after_another);
  run.out = out.str();
  run.err = err.str();
  return run;
}

/// The files of a made-up person, ratings on a scale of ten.
struct Files {
  Folder folder;
  std::string items;
  std::string ratings;

  explicit Files(std::size_t n) {
    const tests::SyntheticPerson person(n);
    std::ostringstream item_lines;
    item_lines << "item_id,media_type,title,year,genres,creators,cast,keywords,language,length,community_rating,community_votes\n";
    for (const auto& work : person.works) {
      item_lines << work.id.substr(5) << ",movie," << work.title << ',' << *work.year << ',' << work.genres[0] << ','
                 << work.creators[0].name << ',' << work.cast[0] << ',' << work.keywords[0] << '|' << work.keywords[1] << ','
                 << work.language.text() << ',' << *work.length << ',' << work.community[0].rating << ',' << *work.community[0].votes
                 << '\n';
    }
    std::ostringstream rating_lines;
    rating_lines << "user,item_id,rating,date\n";
    int day = 0;
    for (const auto& example : person.examples) {
      rating_lines << "u1," << example.item->id.substr(5) << ',' << 2 * example.stars << ",2021-0" << 1 + day / 20 % 9 << "-1" << day % 10
                   << '\n';
      ++day;
    }
    items = folder.file("items.csv", item_lines.str());
    ratings = folder.file("ratings.csv", rating_lines.str());
  }
};

std::string songs_file(const Folder& folder, std::size_t n) {
  predictor::Random random(3);
  std::ostringstream lines;
  lines << "\xEF\xBB\xBF"
        << "Artist;tempo;loudness;target;song_title\n";
  for (std::size_t i = 0; i < n; ++i) {
    const double loudness = -20 * random.uniform();
    lines << "Artist " << random.below(20) << ';' << 80 + 80 * random.uniform() << ';' << loudness << ';'
          << (loudness > -9 + 4 * random.uniform() ? 1 : 0) << ";Song " << i << '\n';
  }
  return folder.file("songs.csv", lines.str());
}

}  // namespace

TEST_CASE("evaluate: JSON has the keys it promises", "[evaluate]") {
  const Files files(60);
  const Run run = evaluate({"--items", files.items, "--ratings", files.ratings, "--json", "--people"});
  REQUIRE(run.code == 0);
  const auto json = nlohmann::json::parse(run.out);
  CHECK(json["people"] == 1);
  CHECK(json["ratings"] == 60);
  for (const char* part : {"pooled", "median"}) {
    for (const char* method : {"mean", "community_offset", "linear", "neighbours", "plain_xgboost", "final"}) {
      for (const char* measure : {"rmse", "mae", "r2_train_mean", "r2", "spearman", "pair_order"})
        CHECK(json[part][method][measure].is_number());
    }
  }
  CHECK(json["beats"]["mean"].is_number());
  CHECK(json["beats"]["community"].is_number());
  for (const char* key : {"coverage80", "width80", "seconds"}) CHECK(json[key].is_number());
  CHECK(json["final_minus"]["mean"]["low"] <= json["final_minus"]["mean"]["high"]);
  CHECK(json["per_person"][0]["name"] == "u1");
  CHECK(json["per_person"][0]["methods"]["final"]["rmse"] == json["pooled"]["final"]["rmse"]);
  // Ratings of a scale of ten are halved: a person's spread is below that of the scale of five.
  CHECK(json["pooled"]["mean"]["rmse"] < 2);
}

TEST_CASE("evaluate: vectors of what is written about the works are a group of their own", "[evaluate]") {
  const Files files(60);
  const tests::SyntheticPerson person(60);
  predictor::Random random(4);
  std::ostringstream lines;
  for (const auto& work : person.works) {
    nlohmann::json vector = nlohmann::json::array();
    for (int i = 0; i < 16; ++i) vector.push_back(random.uniform() - 0.5);
    lines << nlohmann::json{{"item_id", work.id.substr(5)}, {"vector", vector}}.dump() << '\n';
  }
  const auto vectors = files.folder.file("vectors.jsonl", lines.str());
  const Run run = evaluate({"--items", files.items, "--ratings", files.ratings, "--vectors", vectors, "--groups", "--json"});
  REQUIRE(run.code == 0);
  const auto json = nlohmann::json::parse(run.out);
  CHECK(json["without"].size() == predictor::fact_group_count - 2);
  CHECK(json["without"]["text"]["lost"]["low"] <= json["without"]["text"]["lost"]["high"]);
  const Run none = evaluate({"--items", files.items, "--ratings", files.ratings, "--groups", "--json"});
  REQUIRE(none.code == 0);
  CHECK_FALSE(nlohmann::json::parse(none.out)["without"].contains("text"));
  const Run posters = evaluate({"--items", files.items, "--ratings", files.ratings, "--posters", vectors, "--groups", "--json"});
  REQUIRE(posters.code == 0);
  CHECK(nlohmann::json::parse(posters.out)["without"].contains("poster"));
  CHECK_FALSE(nlohmann::json::parse(posters.out)["without"].contains("text"));

  for (const char* wrong :
       {"{\"item_id\": \"s1\", \"vector\": [1, 2, 3]}\n", "{\"item_id\": \"s1\"}\n", "no JSON\n", "{\"item_id\": 1, \"vector\": []}\n"}) {
    const Run refused =
        evaluate({"--items", files.items, "--ratings", files.ratings, "--vectors", files.folder.file("wrong.jsonl", wrong)});
    CHECK(refused.code == 1);
    CHECK(refused.err.find("line 1") != std::string::npos);
  }
}

TEST_CASE("evaluate: how well posters fit texts is a group of its own", "[evaluate]") {
  const Files files(60);
  const tests::SyntheticPerson person(60);
  predictor::Random random(4);
  std::ostringstream lines;
  for (const auto& work : person.works)
    lines << nlohmann::json{{"item_id", work.id.substr(5)}, {"agreement", 0.2 + 0.1 * random.uniform()}}.dump() << '\n';
  const auto agreement = files.folder.file("agreement.jsonl", lines.str());
  const Run run = evaluate({"--items", files.items, "--ratings", files.ratings, "--agreement", agreement, "--groups", "--json"});
  REQUIRE(run.code == 0);
  const auto json = nlohmann::json::parse(run.out);
  CHECK(json["without"].size() == predictor::fact_group_count - 2);
  CHECK(json["without"]["agreement"]["lost"]["low"] <= json["without"]["agreement"]["lost"]["high"]);
  const Run none = evaluate({"--items", files.items, "--ratings", files.ratings, "--groups", "--json"});
  REQUIRE(none.code == 0);
  CHECK_FALSE(nlohmann::json::parse(none.out)["without"].contains("agreement"));
  for (const char* wrong : {"{\"item_id\": \"s1\", \"agreement\": 1.5}\n", "{\"item_id\": \"s1\"}\n", "no JSON\n",
                            "{\"item_id\": \"s1\", \"agreement\": \"0.5\"}\n", "{\"item_id\": 1, \"agreement\": 0.5}\n"}) {
    const Run refused =
        evaluate({"--items", files.items, "--ratings", files.ratings, "--agreement", files.folder.file("wrong.jsonl", wrong)});
    CHECK(refused.code == 1);
    CHECK(refused.err.find("line 1") != std::string::npos);
  }
}

TEST_CASE("stories: what is written about each work that has more than a title, by its id", "[evaluate]") {
  const Folder folder;
  const auto items = folder.file("items.csv",
                                 "item_id,media_type,title,genres,synopsis\n"
                                 "a1,movie,Harbour,Drama,A ship comes home.\n"
                                 "a2,movie,Nothing Told,,\n");
  std::ostringstream out;
  std::ostringstream notes;
  const std::vector<std::string_view> arguments{items};
  CHECK(cli::stories_command(arguments, out, notes) == 0);
  CHECK(out.str() == "{\"item_id\":\"a1\",\"text\":\"Harbour. Drama. A ship comes home.\"}\n");
  CHECK(cli::stories_command({}, out, notes) == 2);
  const std::vector<std::string_view> nowhere{"/nowhere/items.csv"};
  CHECK(cli::stories_command(nowhere, out, notes) == 1);
  CHECK_FALSE(notes.str().empty());
}

TEST_CASE("evaluate: the curve is by number of ratings, and a table is for people", "[evaluate]") {
  const Files files(32);
  const Run curve = evaluate({"--items", files.items, "--ratings", files.ratings, "--protocol", "curve", "--json"});
  REQUIRE(curve.code == 0);
  const auto json = nlohmann::json::parse(curve.out);
  CHECK(json["n"].size() == 3);
  CHECK(json["n"]["10"]["share_r2_positive"].is_number());
  CHECK(json["n"]["10"]["pooled"]["final"]["rmse"].is_number());
  const Run table = evaluate({"--items", files.items, "--ratings", files.ratings, "--protocol", "temporal", "--people"});
  REQUIRE(table.code == 0);
  CHECK(table.out.find("plain_xgboost") != std::string::npos);
  CHECK(table.out.find("u1") != std::string::npos);
}

TEST_CASE("evaluate: files are read with a byte order mark, in any order of columns and without the optional ones", "[evaluate]") {
  const Folder folder;
  const auto items =
      folder.file("i.csv", "\xEF\xBB\xBFTitle;Media Type;Item ID;Genres;Community Rating\nA;movie;1; Drama | War ;\nB;Film;2;;7.5\n");
  const auto ratings = folder.file("r.csv", "rating,item_id\n7,1\n8,1\n,2\n9,2\n6,3\n");
  const auto works = cli::read_rated_works({items, ratings, {}, {}});
  REQUIRE(works);
  REQUIRE(works->items.size() == 2);
  CHECK(works->items[0].title == "A");
  CHECK(works->items[0].genres == std::vector<std::string>{"Drama", "War"});
  CHECK(works->items[0].community.empty());
  CHECK(works->items[1].community.front().out_of_five() == 3.75);
  REQUIRE(works->people.size() == 1);
  CHECK(works->people[0].ratings.size() == 3);  // what comes again is for `evaluate` to see
  CHECK(works->people[0].ratings[0].stars == 3.5);
  CHECK(works->remarks.size() == 2);
}

TEST_CASE("evaluate: series and awards are read where a file has them, and a book's series off its title", "[evaluate]") {
  const Folder folder;
  const auto items = folder.file("i.csv",
                                 "item_id,media_type,title,series,awards,awards_won,nominations\n"
                                 "1,book,\"A (Harbours, #1)\",,Prize|Other Prize,3,\n"
                                 "2,book,B,Coasts|Seas,,,0\n"
                                 "3,movie,\"C (Harbours, #3)\",,,,\n");
  const auto ratings = folder.file("r.csv", "rating,item_id\n4,1\n");
  const auto works = cli::read_rated_works({items, ratings, {}, {}});
  REQUIRE(works);
  CHECK(works->items[0].series == std::vector<Series>{{"Harbours", "1"}});
  CHECK(works->items[0].awards == std::vector<std::string>{"Prize", "Other Prize"});
  CHECK(works->items[0].awards_won == 3);
  CHECK_FALSE(works->items[0].nominations);
  CHECK(works->items[1].series == std::vector<Series>{{"Coasts", ""}, {"Seas", ""}});
  CHECK(works->items[1].nominations == 0);
  CHECK(works->items[2].series.empty());
}

TEST_CASE("evaluate: what is wrong in a file is told with its line and column", "[evaluate]") {
  const Folder folder;
  const auto items = folder.file("items.csv", "item_id,media_type\n1,movie\n2,movie\n");
  const auto told = [&](const std::string& item_file, const std::string& rating_file) {
    const auto works = cli::read_rated_works({item_file, rating_file, {}, {}});
    return works ? std::string() : works.error().message;
  };
  const auto no_number = told(items, folder.file("a.csv", "user,item_id,rating\nu,1,7\nu,2,good\n"));
  CHECK(no_number.find("a.csv, line 3, column “rating”: “good”") != std::string::npos);
  const auto no_column = told(items, folder.file("b.csv", "user,item_id,value\nu,1,7\n"));
  CHECK(no_column.find("b.csv, line 1: there is no column “rating”") != std::string::npos);
  CHECK(no_column.find("user, item_id, value") != std::string::npos);
  const auto no_type = told(folder.file("c.csv", "item_id,media_type\n1,movie\n2,opera\n"), items);
  CHECK(no_type.find("c.csv, line 3, column “media_type”: “opera”") != std::string::npos);
  CHECK(told(folder.file("d.csv", ""), items).find("d.csv is empty") != std::string::npos);
  const auto off_scale = cli::read_rated_works({items, folder.file("e.csv", "user,item_id,rating\nu,1,7\n"), 5.0, {}});
  REQUIRE_FALSE(off_scale);
  CHECK(off_scale.error().message.find("e.csv, line 2, column “rating”") != std::string::npos);

  const Run run = evaluate({"--items", "none.csv", "--ratings", "none.csv"});
  CHECK(run.code == 1);
  CHECK(run.err.find("none.csv") != std::string::npos);
}

TEST_CASE("evaluate: liked songs in columns of any order, negative numbers and with columns missing", "[evaluate]") {
  const Folder folder;
  const auto file = songs_file(folder, 150);
  const auto liked = cli::read_liked_songs(file);
  REQUIRE(liked);
  CHECK(liked->songs.size() == 150);
  CHECK(liked->songs.audio.columns == 2);
  CHECK(liked->songs.audio.row(0)[0] < 0);  // loudness comes before tempo in the list of what is known
  const Run run = evaluate({"--likes", file, "--json", "--seed", "2"});
  REQUIRE(run.code == 0);
  const auto json = nlohmann::json::parse(run.out);
  CHECK(json["songs"] == 150);
  for (const char* method : {"plain_xgboost", "gaussian_process", "xgboost", "final"}) {
    CHECK(json["pooled"][method]["auc"] > 0.7);
    CHECK(json["pooled"][method]["log_loss"].is_number());
    CHECK(json["pooled"][method]["calibration_error"].is_number());
  }
  CHECK(json["reliability"].size() == 10);
  CHECK(evaluate({"--likes", file}).out.find("log-loss") != std::string::npos);
  const auto wrong = cli::read_liked_songs(folder.file("w.csv", "target,tempo\n1,1e2\n2,90\n"));
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().message.find("w.csv, line 3, column “target”") != std::string::npos);
}

TEST_CASE("evaluate: arguments that make no sense give the usage", "[evaluate]") {
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{{},
                                                                                     {"--items", "a.csv"},
                                                                                     {"--protocol", "random"},
                                                                                     {"--scale", "7"},
                                                                                     {"--min-ratings", "1"},
                                                                                     {"--seed", "-1"},
                                                                                     {"--likes", "a", "--items", "b", "--ratings", "c"},
                                                                                     {"--unknown", "1"},
                                                                                     {"--seed"}}) {
    const Run run = evaluate(words);
    CHECK(run.code == 2);
    CHECK(run.err.find("Usage") != std::string::npos);
  }
}
