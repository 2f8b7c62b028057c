#include "core/predictor/like_evaluation.hpp"

#include <array>
#include <optional>
#include <utility>

#include "core/predictor/comparisons.hpp"
#include "core/predictor/splits.hpp"

namespace hub::predictor {

namespace {

constexpr std::size_t fold_count = 5;
constexpr std::array<const char*, 5> names{"share", "plain_xgboost", "gaussian_process", "xgboost", "final"};

struct Fold {
  std::vector<std::size_t> test;
  std::array<std::vector<double>, names.size()> probability;
};

Expected<std::vector<double>> plain_xgboost(const Songs& train, std::span<const double> liked, const Songs& test, std::uint64_t seed) {
  if (train.audio.columns == 0) return std::vector<double>(test.size(), 0.5);
  auto parameters = plain_parameters(seed);
  parameters.objective = Booster::Objective::logistic;
  const std::vector<float> labels(liked.begin(), liked.end());
  auto booster = Booster::begin(train.columns, train.audio, labels, {}, parameters);
  if (!booster) return tl::unexpected(booster.error());
  for (int round = 0; round < plain_rounds; ++round) {
    if (auto done = booster->round(); !done) return tl::unexpected(done.error());
  }
  const auto margins = booster->predict(test.audio);
  if (!margins) return tl::unexpected(margins.error());
  std::vector<double> probability;
  for (const float margin : *margins) probability.push_back(logistic(static_cast<double>(margin)));
  return probability;
}

Expected<Fold> run(const Songs& songs, std::span<const double> liked, const Split& split, std::uint64_t seed) {
  const Songs train = songs.at(split.train);
  const Songs test = songs.at(split.test);
  std::vector<double> known;
  double likes = 0;
  for (const auto i : split.train) {
    known.push_back(liked[i]);
    likes += liked[i];
  }
  Fold fold;
  fold.test = split.test;
  fold.probability[0].assign(split.test.size(), (likes + 1) / (static_cast<double>(known.size()) + 2));
  auto plain = plain_xgboost(train, known, test, seed);
  if (!plain) return tl::unexpected(plain.error());
  fold.probability[1] = std::move(*plain);
  const auto model = LikeModel::fit(train, known, seed);
  if (!model) return tl::unexpected(model.error());
  const auto predictions = model->predict(test);
  if (!predictions) return tl::unexpected(predictions.error());
  for (const auto& one : *predictions) {
    fold.probability[2].push_back(one.process);
    fold.probability[3].push_back(one.trees);
    fold.probability[4].push_back(one.probability);
  }
  return fold;
}

}  // namespace

Expected<LikeEvaluation> evaluate_likes(const Songs& songs, std::span<const double> liked, std::uint64_t seed, const ForEach& for_each) {
  if (songs.size() < fold_count || liked.size() != songs.size())
    return failure("too_few", "There must be at least five songs, with an answer for each.");
  const auto splits = cross_validation(songs.size(), fold_count, seed);
  std::vector<std::optional<Expected<Fold>>> folds(fold_count);
  for_each(fold_count, [&](std::size_t k) { folds[k] = run(songs, liked, splits[k], seed); });

  LikeEvaluation evaluation;
  evaluation.songs = songs.size();
  for (const double one : liked) evaluation.liked += one > 0.5 ? 1 : 0;
  std::array<std::vector<double>, names.size()> losses;  // of each song
  for (std::size_t method = 0; method < names.size(); ++method) {
    std::vector<double> probability(songs.size());
    for (const auto& fold : folds) {
      if (!*fold) return tl::unexpected(fold->error());
      for (std::size_t i = 0; i < (*fold)->test.size(); ++i) probability[(*fold)->test[i]] = (*fold)->probability[method][i];
    }
    for (std::size_t i = 0; i < songs.size(); ++i)
      losses[method].push_back(log_loss(liked.subspan(i, 1), std::span<const double>(probability).subspan(i, 1)));
    LikeMeasures measures;
    measures.auc = area_under_curve(liked, probability);
    measures.log_loss = log_loss(liked, probability);
    measures.brier = brier_score(liked, probability);
    measures.reliability = reliability(liked, probability);
    measures.ece = expected_calibration_error(measures.reliability);
    evaluation.methods.emplace_back(names[method], std::move(measures));
  }
  for (std::size_t method = 0; method < names.size(); ++method) {
    std::vector<double> differences;
    for (std::size_t i = 0; i < songs.size(); ++i) differences.push_back(losses.back()[i] - losses[method][i]);
    evaluation.methods[method].second.final_minus = mean_difference(differences, seed);
  }
  return evaluation;
}

}  // namespace hub::predictor
