#include "core/predictor/like_evaluation.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/predictor/comparisons.hpp"
#include "core/predictor/splits.hpp"

namespace hub::predictor {

namespace {

constexpr std::size_t fold_count = 5;
constexpr std::array<const char*, 5> names{"share", "plain_xgboost", "gaussian_process", "xgboost", "final"};
/// Songs that are predicted in a step.
constexpr std::size_t songs_a_step = 64;

using Probabilities = std::array<std::vector<double>, names.size()>;

/// One fold: what teaches is learnt from by every method, and the rest predicted.
class Fold {
 public:
  static Expected<Fold> begin(const Songs& songs, std::span<const double> liked, const Split& split, std::uint64_t seed) {
    Fold fold;
    fold.test_ = songs.at(split.test);
    fold.train_ = songs.at(split.train);
    fold.seed_ = seed;
    double likes = 0;
    for (const auto i : split.train) {
      fold.known_.push_back(liked[i]);
      likes += liked[i];
    }
    fold.probability_[0].assign(split.test.size(), (likes + 1) / (static_cast<double>(split.train.size()) + 2));
    if (songs.audio.columns == 0) {
      fold.probability_[1].assign(split.test.size(), 0.5);
    } else {
      auto parameters = plain_parameters(seed);
      parameters.objective = Booster::Objective::logistic;
      const std::vector<float> labels(fold.known_.begin(), fold.known_.end());
      auto plain = Booster::begin(songs.columns, fold.train_.audio, labels, {}, parameters);
      if (!plain) return tl::unexpected(plain.error());
      fold.plain_ = std::move(*plain);
    }
    return fold;
  }

  /// @return whether there is more to do.
  Expected<bool> step() {
    if (plain_) {
      if (auto done = step_plain(); !done) return tl::unexpected(done.error());
      return true;
    }
    if (train_.size() > 0) {
      auto fit = LikeFit::begin(train_, known_, seed_);
      if (!fit) return tl::unexpected(fit.error());
      fit_ = std::move(*fit);
      train_ = {};
      return true;
    }
    if (fit_) {
      const auto more = fit_->step();
      if (!more) return tl::unexpected(more.error());
      if (*more) return true;
      model_ = fit_->finish();
      fit_.reset();
      return true;
    }
    auto& final = probability_.back();
    std::vector<std::size_t> rows;
    for (std::size_t i = final.size(); i < test_.size() && rows.size() < songs_a_step; ++i) rows.push_back(i);
    const auto predictions = model_.predict(test_.at(rows));
    if (!predictions) return tl::unexpected(predictions.error());
    for (const auto& one : *predictions) {
      probability_[2].push_back(one.process);
      probability_[3].push_back(one.trees);
      final.push_back(one.probability);
    }
    return final.size() < test_.size();
  }

  double progress() const {
    constexpr double share_of_plain = 0.2;
    const double fitted = train_.size() > 0 ? 0 : fit_ ? fit_->progress() : 1;
    return plain_ ? share_of_plain * plain_rounds_done_ / plain_rounds : share_of_plain + (1 - share_of_plain) * fitted;
  }

  /// By method, in the order of the fold's songs.
  const Probabilities& probabilities() const { return probability_; }

 private:
  Expected<void> step_plain() {
    if (plain_rounds_done_ < plain_rounds) {
      ++plain_rounds_done_;
      return plain_->round();
    }
    const auto margins = plain_->predict(test_.audio);
    if (!margins) return tl::unexpected(margins.error());
    for (const float margin : *margins) probability_[1].push_back(logistic(static_cast<double>(margin)));
    plain_.reset();
    return {};
  }

  Songs train_;  ///< until the fit has begun
  std::vector<double> known_;
  std::uint64_t seed_ = 1;
  Songs test_;
  Probabilities probability_;
  std::optional<Booster> plain_;
  int plain_rounds_done_ = 0;
  std::optional<LikeFit> fit_;
  LikeModel model_;
};

Expected<Probabilities> run(const Songs& songs, std::span<const double> liked, const Split& split, std::uint64_t seed) {
  auto fold = Fold::begin(songs, liked, split, seed);
  if (!fold) return tl::unexpected(fold.error());
  for (;;) {
    const auto more = fold->step();
    if (!more) return tl::unexpected(more.error());
    if (!*more) return fold->probabilities();
  }
}

Expected<void> check(const Songs& songs, std::span<const double> liked) {
  if (songs.size() < fold_count || liked.size() != songs.size())
    return failure("too_few", "There must be at least five songs, with an answer for each.");
  return {};
}

/// @param seed  of the bootstrap of final_minus, which takes longer than all the rest; nothing: it is left out.
LikeEvaluation measured(std::span<const double> liked, std::span<const Split> splits, std::span<const Probabilities> folds,
                        std::optional<std::uint64_t> seed) {
  LikeEvaluation evaluation;
  evaluation.songs = liked.size();
  for (const double one : liked) evaluation.liked += one > 0.5 ? 1 : 0;
  std::array<std::vector<double>, names.size()> losses;  // of each song
  for (std::size_t method = 0; method < names.size(); ++method) {
    std::vector<double> probability(liked.size());
    for (std::size_t fold = 0; fold < folds.size(); ++fold) {
      const auto& test = splits[fold].test;
      for (std::size_t i = 0; i < test.size(); ++i) probability[test[i]] = folds[fold][method][i];
    }
    for (std::size_t i = 0; i < liked.size(); ++i)
      losses[method].push_back(log_loss(liked.subspan(i, 1), std::span<const double>(probability).subspan(i, 1)));
    LikeMeasures measures;
    measures.auc = area_under_curve(liked, probability);
    measures.log_loss = log_loss(liked, probability);
    measures.brier = brier_score(liked, probability);
    measures.reliability = reliability(liked, probability);
    measures.ece = expected_calibration_error(measures.reliability);
    evaluation.methods.emplace_back(names[method], std::move(measures));
    if (method + 1 == names.size()) evaluation.held_out = std::move(probability);
  }
  for (std::size_t method = 0; seed && method < names.size(); ++method) {
    std::vector<double> differences;
    for (std::size_t i = 0; i < liked.size(); ++i) differences.push_back(losses.back()[i] - losses[method][i]);
    evaluation.methods[method].second.final_minus = mean_difference(differences, *seed);
  }
  return evaluation;
}

}  // namespace

Expected<LikeEvaluation> evaluate_likes(const Songs& songs, std::span<const double> liked, std::uint64_t seed, const ForEach& for_each) {
  if (auto good = check(songs, liked); !good) return tl::unexpected(good.error());
  const auto splits = cross_validation(songs.size(), fold_count, seed);
  std::vector<std::optional<Expected<Probabilities>>> done(fold_count);
  for_each(fold_count, [&](std::size_t k) { done[k] = run(songs, liked, splits[k], seed); });
  std::vector<Probabilities> folds;
  for (auto& fold : done) {
    if (!*fold) return tl::unexpected(fold->error());
    folds.push_back(std::move(**fold));
  }
  return measured(liked, splits, folds, seed);
}

struct LikeEvaluationJob::Work {
  Songs songs;
  std::vector<double> liked;
  std::uint64_t seed = 1;
  std::vector<Split> splits;
  std::vector<Probabilities> folds;
  std::optional<Fold> running;
};

LikeEvaluationJob::LikeEvaluationJob(std::unique_ptr<Work> work) : work_(std::move(work)) {}
LikeEvaluationJob::LikeEvaluationJob(LikeEvaluationJob&&) noexcept = default;
LikeEvaluationJob& LikeEvaluationJob::operator=(LikeEvaluationJob&&) noexcept = default;
LikeEvaluationJob::~LikeEvaluationJob() = default;

Expected<LikeEvaluationJob> LikeEvaluationJob::begin(Songs songs, std::vector<double> liked, std::uint64_t seed) {
  if (auto good = check(songs, liked); !good) return tl::unexpected(good.error());
  auto splits = cross_validation(songs.size(), fold_count, seed);
  return LikeEvaluationJob(std::make_unique<Work>(Work{std::move(songs), std::move(liked), seed, std::move(splits), {}, {}}));
}

Expected<bool> LikeEvaluationJob::step() {
  Work& work = *work_;
  if (work.folds.size() == fold_count) return false;
  if (!work.running) {
    auto fold = Fold::begin(work.songs, work.liked, work.splits[work.folds.size()], work.seed);
    if (!fold) return tl::unexpected(fold.error());
    work.running.emplace(std::move(*fold));
    return true;
  }
  const auto more = work.running->step();
  if (!more) return tl::unexpected(more.error());
  if (*more) return true;
  work.folds.push_back(work.running->probabilities());
  work.running.reset();
  return work.folds.size() < fold_count;
}

double LikeEvaluationJob::progress() const {
  const double within = work_->running ? work_->running->progress() : 0;
  return (static_cast<double>(work_->folds.size()) + within) / static_cast<double>(fold_count);
}

LikeEvaluation LikeEvaluationJob::finish() {
  return measured(work_->liked, work_->splits, work_->folds, std::nullopt);
}

}  // namespace hub::predictor
