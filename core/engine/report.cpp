#include "core/engine/report.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/engine/settings_search.hpp"
#include "core/engine/trainer.hpp"
#include "core/predictor/model_errors.hpp"

namespace hub::engine {
namespace {

constexpr std::size_t most_misses = 12;
/// Reasons told for a miss.
constexpr std::size_t most_reasons = 2;
/// Groups that are not clear are told only so far.
constexpr std::size_t most_groups = 40;
/// Below that, shares and groups say nothing.
constexpr std::size_t fewest_ratings = 10;
constexpr std::uint32_t fewest_for_scores = 5;  ///< @see predictor::Model::scores

/// Standard normal quantiles of (1 + promised) / 2.
struct Promise {
  double share;
  double deviations;
};
constexpr std::array<Promise, 6> promises{{{0.5, 0.6745}, {0.6, 0.8416}, {0.7, 1.0364}, {0.8, 1.2816}, {0.9, 1.6449}, {0.95, 1.96}}};
constexpr double deviations_of_range = 1.2816;  ///< what Prediction's 8-in-10 range is to either side

/// Half the range before it was cut off at the ends of the scale, which happens at one end at most.
double half_width(const predictor::Prediction& prediction) {
  return static_cast<double>(std::max(prediction.high - prediction.stars, prediction.stars - prediction.low));
}

double miss_of(const HeldOut& one) {
  return std::abs(one.stars - static_cast<double>(one.prediction.stars));
}

/// The strongest reasons of a prediction in one line.
std::string strongest_reasons(const predictor::Explanation& explanation) {
  std::string words;
  for (std::size_t i = 0; i < explanation.contributions.size() && i < most_reasons; ++i)
    words += (words.empty() ? "" : " · ") + explanation.contributions[i].words;
  return words;
}

void add_errors(protocol::ModelReport& report, const predictor::Model& model, const std::vector<HeldOut>& held_out,
                std::vector<bool>& suspect) {
  std::vector<predictor::Example> examples;
  examples.reserve(held_out.size());
  for (const HeldOut& one : held_out) examples.push_back({one.item.get(), one.stars, one.date});
  const auto analysis = predictor::analyse_errors(model, examples);
  if (!analysis) return;
  for (const auto& outlier : analysis->outliers) suspect[outlier.place] = outlier.likely_slip;
  for (const auto& group : analysis->groups) {
    if (report.groups.size() == most_groups) break;
    report.groups.push_back({std::string(predictor::name_of(group.aspect)), group.value, static_cast<std::uint32_t>(group.count),
                             group.mean, group.low, group.high, group.finding, group.words});
  }
}

}  // namespace

std::vector<HeldOut> held_out_by(const predictor::Model& model, MediaType type, const Library& library, const Works& works) {
  std::vector<HeldOut> held_out;
  for (const Entry* entry : library.entries()) {
    if (!entry->rating || entry->item->type != type) continue;
    auto item = works.find(entry->item->id);
    if (!item) continue;
    if (const auto prediction = model.held_out(item->id))
      held_out.push_back({std::move(item), entry->rating->normalised(), entry->rating->date, *prediction});
  }
  return held_out;
}

protocol::ModelReport report_of(MediaType type, const predictor::Model& model, const std::vector<HeldOut>& held_out) {
  protocol::ModelReport report;
  report.type = type;
  report.ratings = static_cast<std::uint32_t>(model.rating_count());
  report.basis = name_of(model.basis());
  report.needs.methods = report.needs.together = fewest_for_scores;
  report.needs.calibration = report.needs.groups = fewest_ratings;
  report.needs.curve = fewest_for_curve;
  report.needs.tuning = fewest_for_tuning;
  if (const auto& scores = model.scores()) {
    report.coverage = scores->coverage80;
    report.methods.push_back({"final", scores->rmse, {}});
    for (const auto& estimator : scores->estimators) report.methods.push_back({estimator.name, estimator.rmse, {}});
    report.methods.push_back({"community", scores->rmse_community, {}});
    report.methods.push_back({"mean", scores->rmse_mean, {}});
    const auto together = std::find_if(scores->estimators.begin(), scores->estimators.end(),
                                       [](const auto& estimator) { return estimator.name == "all_types"; });
    if (together != scores->estimators.end())
      report.together = protocol::TogetherScore{scores->rmse_own_type, scores->rmse_all_types, together->share};
  }
  std::vector<bool> suspect(held_out.size(), false);
  if (held_out.size() >= fewest_ratings) {
    add_errors(report, model, held_out, suspect);
    for (const Promise& promise : promises) {
      const auto inside = std::count_if(held_out.begin(), held_out.end(), [&](const HeldOut& one) {
        return miss_of(one) <= half_width(one.prediction) * promise.deviations / deviations_of_range;
      });
      report.calibration.push_back({promise.share, static_cast<double>(inside) / static_cast<double>(held_out.size())});
    }
  }

  std::vector<std::size_t> order(held_out.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return miss_of(held_out[a]) > miss_of(held_out[b]); });
  for (std::size_t i = 0; i < order.size() && i < most_misses; ++i) {
    const HeldOut& one = held_out[order[i]];
    protocol::Miss miss;
    miss.item_id = one.item->id;
    miss.title = one.item->title;
    miss.rated = one.stars;
    miss.predicted = static_cast<double>(one.prediction.stars);
    miss.low = static_cast<double>(one.prediction.low);
    miss.high = static_cast<double>(one.prediction.high);
    miss.suspect = suspect[order[i]];
    miss.words = strongest_reasons(model.explain(*one.item));
    report.misses.push_back(std::move(miss));
  }
  return report;
}

}  // namespace hub::engine
