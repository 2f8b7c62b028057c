#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/predictor/bootstrap.hpp"
#include "core/predictor/for_each.hpp"
#include "core/predictor/likes.hpp"
#include "core/predictor/measures.hpp"

namespace hub::predictor {

/// How well one method tells what is liked, over songs that were held out once each.
struct LikeMeasures {
  double auc = 0.5;
  double log_loss = 0;
  double brier = 0;
  double ece = 0;  ///< expected calibration error, ten bins of equal width
  std::vector<ReliabilityBin> reliability;
  Difference final_minus;  ///< log-loss of "final" - of this method, by bootstrap over songs: below 0 where "final" is better
};

struct LikeEvaluation {
  std::size_t songs = 0;
  std::size_t liked = 0;
  /// By name: "share" (the training part's share of likes for each song), "plain_xgboost" (audio features straight into XGBoost
  /// with plain_parameters), "gaussian_process" and "xgboost" (the members) and "final".
  std::vector<std::pair<std::string, LikeMeasures>> methods;
  /// By song: the chance by "final", from a model that did not know whether it is liked.
  std::vector<double> held_out;
};

/// Five folds by `seed`; nothing of a fold's own songs is known to what predicts them.
///
/// @param liked     1 or 0 for each song; at least five songs.
/// @param for_each  how the folds are run; the result does not depend on it.
/// @return          Error "too_few" or what LikeModel::fit says.
Expected<LikeEvaluation> evaluate_likes(const Songs& songs, std::span<const double> liked, std::uint64_t seed,
                                        const ForEach& for_each = one_after_another);

/// The same in steps of some milliseconds, fold after fold.
class LikeEvaluationJob {
 public:
  /// @param songs  and `liked`: as for evaluate_likes.
  static Expected<LikeEvaluationJob> begin(Songs songs, std::vector<double> liked, std::uint64_t seed);

  /// @return whether there is more to do.
  Expected<bool> step();
  double progress() const;  ///< 0 … 1
  LikeEvaluation finish();  ///< once step has returned false; without final_minus, whose bootstrap is no matter of milliseconds

  LikeEvaluationJob(LikeEvaluationJob&&) noexcept;
  LikeEvaluationJob& operator=(LikeEvaluationJob&&) noexcept;
  ~LikeEvaluationJob();

 private:
  struct Work;
  explicit LikeEvaluationJob(std::unique_ptr<Work> work);
  std::unique_ptr<Work> work_;
};

}  // namespace hub::predictor
