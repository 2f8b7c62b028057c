#include "core/predictor/likes.hpp"

#include <cmath>
#include <limits>

#include "core/predictor/like_evaluation.hpp"
#include "core/predictor/random.hpp"
#include "tests/core/catch.hpp"
#include "tests/core/reference.hpp"

using namespace hub;
using namespace hub::predictor;
using tests::numbers;
using tests::reference;

namespace {

/// Songs of 25 artists, liked by energy, tempo and artist; a last column says nothing.
struct Listener {
  Songs songs;
  std::vector<double> liked;

  explicit Listener(std::size_t n, std::uint64_t seed = 1) {
    songs.columns = {{"energy", features::Group::story, "0 … 1"},
                     {"tempo", features::Group::story, "beats per minute"},
                     {"popularity", features::Group::popularity, "0 … 100"}};
    songs.audio = Matrix(n, 3);
    Random random(seed);
    for (std::size_t i = 0; i < n; ++i) {
      const double energy = random.uniform();
      const double tempo = 80 + 80 * random.uniform();
      const auto artist = random.below(25);
      songs.audio.row(i)[0] = static_cast<float>(energy);
      songs.audio.row(i)[1] = static_cast<float>(tempo);
      songs.audio.row(i)[2] = static_cast<float>(100 * random.uniform());
      songs.artists.push_back({"Artist " + std::to_string(artist)});
      const double taste = 6 * (energy - 0.5) * (tempo > 120 ? 1 : -0.5) + (artist < 8 ? 1.5 : -0.8);
      liked.push_back(random.uniform() < logistic(1.5 * taste) ? 1 : 0);
    }
  }
};

Songs songs_of(const nlohmann::json& data) {
  Songs songs;
  const auto& rows = data["audio"];
  songs.audio = Matrix(rows.size(), rows[0].size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto values = numbers(rows[i]);
    for (std::size_t k = 0; k < values.size(); ++k) songs.audio.row(i)[k] = static_cast<float>(values[k]);
    songs.artists.push_back({});
    if (data.contains("artist")) songs.artists.back().push_back("Artist " + std::to_string(data["artist"][i].get<int>()));
  }
  for (std::size_t k = 0; k < songs.audio.columns; ++k)
    songs.columns.push_back({"feature_" + std::to_string(k), features::Group::story, "any"});
  return songs;
}

const LikeMeasures& of(const LikeEvaluation& evaluation, const std::string& name) {
  for (const auto& [method, measures] : evaluation.methods) {
    if (method == name) return measures;
  }
  throw std::out_of_range(name);
}

}  // namespace

TEST_CASE("Platt scaling finds the reference's slope and offset", "[likes]") {
  const auto data = reference("evaluation.json", "platt");
  const PlattScaling scaling(numbers(data["liked"]), numbers(data["score"]));
  CHECK(scaling.slope() == Approx(data["slope"].get<double>()).epsilon(1e-5));
  CHECK(scaling.offset() == Approx(data["offset"].get<double>()).epsilon(1e-5));
}

TEST_CASE("Platt scaling stays finite where classes are apart, and knows a single class", "[likes]") {
  const PlattScaling apart(std::vector<double>{0, 0, 1, 1}, std::vector<double>{-2, -1, 1, 2});
  CHECK(std::isfinite(apart.slope()));
  CHECK(apart.log_odds_of(2) > apart.log_odds_of(-2));
  const PlattScaling only_likes(std::vector<double>{1, 1, 1}, std::vector<double>{0.1, 0.9, 0.3});
  CHECK(logistic(only_likes.log_odds_of(0.5)) == Approx(0.8));
  CHECK(logistic(log_odds(0.3)) == Approx(0.3));
  CHECK(logistic(-800) == 0);
  CHECK(logistic(800) == 1);
}

TEST_CASE("the process's scores and leave-one-out scores are those of the definition", "[likes]") {
  const auto data = reference("evaluation.json", "like_process");
  const Songs all = songs_of(data);
  const auto liked = numbers(data["liked"]);
  std::vector<std::size_t> known;
  std::vector<std::size_t> asked;
  for (std::size_t i = 0; i < all.size(); ++i) (i < data["train"].get<std::size_t>() ? known : asked).push_back(i);
  const LikeProcess process(all.at(known), std::span(liked).first(known.size()), 1);
  const auto scores = process.score(all.at(asked));
  const auto expected = numbers(data["scores"]);
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK(scores[i] == Approx(expected[i]).margin(1e-5));
  const auto left_out = numbers(data["leave_one_out"]);
  REQUIRE(process.leave_one_out().size() == left_out.size());
  for (std::size_t i = 0; i < left_out.size(); ++i) CHECK(process.leave_one_out()[i] == Approx(left_out[i]).margin(1e-5));
}

TEST_CASE("taste is learnt: the two members together tell what is liked, and say how sure they are", "[likes]") {
  const Listener listener(500);
  const auto evaluation = evaluate_likes(listener.songs, listener.liked, 1);
  REQUIRE(evaluation);
  CHECK(evaluation->songs == 500);
  CHECK(of(*evaluation, "final").auc > 0.85);
  CHECK(of(*evaluation, "final").log_loss < of(*evaluation, "plain_xgboost").log_loss);
  CHECK(of(*evaluation, "final").log_loss < of(*evaluation, "share").log_loss - 0.15);
  CHECK(of(*evaluation, "final").ece < 0.1);
  const auto& over_share = of(*evaluation, "share").final_minus;
  CHECK(over_share.value == Approx(of(*evaluation, "final").log_loss - of(*evaluation, "share").log_loss));
  CHECK(over_share.high < 0);
}

TEST_CASE("in steps, the evaluation is the same, and says how far it is", "[likes]") {
  const Listener listener(120);
  const auto whole = evaluate_likes(listener.songs, listener.liked, 3);
  REQUIRE(whole);
  auto job = LikeEvaluationJob::begin(listener.songs, listener.liked, 3);
  REQUIRE(job);
  double before = 0;
  for (;;) {
    const auto more = job->step();
    REQUIRE(more);
    CHECK(job->progress() >= before);
    before = job->progress();
    if (!*more) break;
  }
  CHECK(before == 1);
  const auto stepped = job->finish();
  CHECK(stepped.held_out == whole->held_out);
  CHECK(stepped.held_out.size() == 120);
  CHECK(stepped.liked == whole->liked);
  REQUIRE(stepped.methods.size() == whole->methods.size());
  for (std::size_t i = 0; i < stepped.methods.size(); ++i) {
    CHECK(stepped.methods[i].first == whole->methods[i].first);
    CHECK(stepped.methods[i].second.auc == whole->methods[i].second.auc);
    CHECK(stepped.methods[i].second.log_loss == whole->methods[i].second.log_loss);
  }
  CHECK(LikeEvaluationJob::begin(listener.songs.at({0, 1, 2}), {1, 0, 1}, 3).error().code == "too_few");
}

TEST_CASE("nothing leaks: answers that were dealt out at random cannot be told", "[likes]") {
  double sum = 0;
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    Listener listener(250, seed);
    Random random(seed + 50);
    for (std::size_t i = listener.liked.size(); i > 1; --i)
      std::swap(listener.liked[i - 1], listener.liked[static_cast<std::size_t>(random.below(i))]);
    // Half of the artists have one song, the case in which its own answer would be the artist's rate.
    for (std::size_t i = 0; i < listener.songs.size(); i += 2) listener.songs.artists[i] = {"Alone " + std::to_string(i)};
    const auto evaluation = evaluate_likes(listener.songs, listener.liked, seed);
    REQUIRE(evaluation);
    sum += of(*evaluation, "final").auc / 4;
  }
  // The standard error of one AUC of 250 random answers is 0.037, of the mean of four 0.018.
  CHECK(sum == Approx(0.5).margin(0.055));
}

TEST_CASE("popularity is no target: where taste does not go by it, neither do predictions", "[likes]") {
  const Listener known(400);
  const Listener heard_next(400, 2);
  const auto model = LikeModel::fit(known.songs, known.liked);
  REQUIRE(model);
  const auto predictions = model->predict(heard_next.songs);
  REQUIRE(predictions);
  std::vector<double> probability;
  std::vector<double> popularity;
  for (std::size_t i = 0; i < predictions->size(); ++i) {
    probability.push_back((*predictions)[i].probability);
    popularity.push_back(static_cast<double>(heard_next.songs.audio.row(i)[2]));
  }
  CHECK(area_under_curve(heard_next.liked, probability) > 0.85);
  // Three standard errors of the correlation of unrelated numbers.
  CHECK(std::abs(spearman(probability, popularity)) < 0.15);
}

TEST_CASE("one seed gives one result, however the folds are run", "[likes]") {
  const Listener listener(120);
  const auto backwards = [](std::size_t count, const std::function<void(std::size_t)>& task) {
    for (std::size_t i = count; i > 0; --i) task(i - 1);
  };
  const auto one = evaluate_likes(listener.songs, listener.liked, 3);
  const auto two = evaluate_likes(listener.songs, listener.liked, 3, backwards);
  CHECK(of(*one, "final").log_loss == of(*two, "final").log_loss);
}

TEST_CASE("few songs, one kind of answer, no audio features and unknown artists are answered with sense", "[likes]") {
  const Listener listener(60);
  const LikeModel nothing;
  const auto without_songs = nothing.predict(listener.songs);
  for (const auto& one : *without_songs) CHECK(one.probability == 0.5);

  const auto only_likes = LikeModel::fit(listener.songs, std::vector<double>(60, 1.0));
  REQUIRE(only_likes);
  CHECK(only_likes->predict(listener.songs)->front().probability == Approx(61.0 / 62));

  const auto few = LikeModel::fit(listener.songs.at({0, 1, 2}), std::vector<double>{1, 0, 1});
  REQUIRE(few);
  const auto by_few = few->predict(listener.songs);
  for (const auto& one : *by_few) {
    CHECK(one.probability > 0.05);
    CHECK(one.probability < 0.98);
  }

  Songs bare = listener.songs;
  bare.columns.clear();
  bare.audio = Matrix(bare.size(), 0);
  const auto by_artist = LikeModel::fit(bare, listener.liked);
  REQUIRE(by_artist);
  CHECK(by_artist->predict(bare)->size() == 60);
}

TEST_CASE("tables that are none are refused with a reason", "[likes]") {
  Listener listener(40);
  CHECK(LikeModel::fit(listener.songs, std::vector<double>(39, 1.0)).error().code == "bad_table");
  CHECK(LikeModel::fit(listener.songs, std::vector<double>(40, 0.5)).error().code == "bad_table");
  const auto model = LikeModel::fit(listener.songs, listener.liked);
  Songs other = listener.songs;
  other.columns[0].name = "loudness";
  CHECK(model->predict(other).error().code == "bad_table");
  listener.songs.audio.row(7)[1] = std::numeric_limits<float>::infinity();
  const auto infinite = LikeModel::fit(listener.songs, listener.liked);
  REQUIRE_FALSE(infinite);
  CHECK(infinite.error().message.find("Song 8") != std::string::npos);
  CHECK(infinite.error().message.find("tempo") != std::string::npos);
  CHECK(evaluate_likes(listener.songs.at({0, 1}), std::vector<double>{1, 0}, 1).error().code == "too_few");
}

TEST_CASE("of more songs than a process can hold, it learns from as many as it can", "[likes]") {
  const Listener listener(LikeProcess::most_songs + 40);
  const LikeProcess process(listener.songs, listener.liked, 5);
  CHECK(process.learnt().size() == LikeProcess::most_songs);
  const auto scores = process.score(listener.songs);
  CHECK(area_under_curve(listener.liked, scores) > 0.8);
}
