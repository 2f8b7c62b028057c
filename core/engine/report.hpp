#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/works.hpp"
#include "core/library/library.hpp"
#include "core/predictor/comparisons.hpp"
#include "core/predictor/predictor.hpp"
#include "core/predictor/splits.hpp"
#include "core/protocol/protocol.hpp"

namespace hub::engine {

/// The learning curve begins with five ratings that teach and ten to be tested on.
inline constexpr std::uint32_t fewest_for_curve = 15;

/// A work that the person rated, with what the model says of it without that rating.
struct HeldOut {
  Works::Ref item;
  double stars = 0;  ///< the rating, normalised
  std::string date;
  predictor::Prediction prediction;
};

/// @return  the rated works of a type for which the model can say that, in order of first appearance.
std::vector<HeldOut> held_out_by(const predictor::Model& model, MediaType type, const Library& library, const Works& works);

/// What the model in use tells of itself without further fits: scores, calibration, the largest misses, and where misses are more than
/// chance.
protocol::ModelReport report_of(MediaType type, const predictor::Model& model, const std::vector<HeldOut>& held_out);

/// What takes further fits, in slices: how the simple ways of predicting do on the same ratings, and how the error falls with their number.
class ReportJob {
 public:
  /// @param corpus  the statistics that the model in use was made with.
  /// @param settings  likewise.
  ReportJob(MediaType type, std::vector<HeldOut> rated, predictor::Corpus corpus, const predictor::Settings& settings);

  /// About ten milliseconds of work, one fit of XGBoost at most. @return  whether there is more to do.
  bool step();
  double progress() const;  ///< 0 … 1
  /// Adds what is known so far.
  void add_to(protocol::ModelReport& report) const;

 private:
  struct Errors {
    double squares = 0;
    double absolute = 0;
    std::size_t count = 0;
    void add(double stars, double predicted);
    double rmse() const;
    double mae() const;
  };
  struct CurveFit {
    std::size_t size = 0;
    predictor::Split split;
  };
  struct CurveErrors {
    Errors final, mean, community;
  };

  predictor::Question question(const predictor::Split& split) const;
  void compare();
  void learn();

  MediaType type_;
  std::vector<HeldOut> rated_;
  predictor::Corpus corpus_;
  predictor::Settings settings_;
  predictor::Comparisons comparisons_;
  std::vector<predictor::Split> folds_;
  std::size_t fold_ = 0;
  Errors neighbours_, plain_xgboost_;
  std::vector<CurveFit> fits_;
  std::size_t fit_ = 0;
  std::optional<predictor::TrainingJob> training_;
  std::map<std::size_t, CurveErrors> curve_;
};

}  // namespace hub::engine
