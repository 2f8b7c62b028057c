#include "core/engine/report.hpp"

#include <algorithm>
#include <cmath>

#include "core/engine/trainer.hpp"

namespace hub::engine {
namespace {

constexpr std::size_t most_misses = 12;
/// Reasons told for a miss.
constexpr std::size_t most_reasons = 2;

/// The strongest reasons of a prediction in one line.
std::string strongest_reasons(const predictor::Explanation& explanation) {
  std::string words;
  for (std::size_t i = 0; i < explanation.contributions.size() && i < most_reasons; ++i)
    words += (words.empty() ? "" : " · ") + explanation.contributions[i].words;
  return words;
}

}  // namespace

protocol::ModelReport report_of(MediaType type, const predictor::Model& model, const Library& library, const Works& works) {
  protocol::ModelReport report;
  report.type = type;
  report.ratings = static_cast<std::uint32_t>(model.rating_count());
  report.basis = name_of(model.basis());
  if (const auto& scores = model.scores()) {
    report.coverage = scores->coverage80;
    report.methods = {{"final", scores->rmse, 0}};
    for (const auto& estimator : scores->estimators) report.methods.push_back({estimator.name, estimator.rmse, 0});
    report.methods.push_back({"community", scores->rmse_community, 0});
    report.methods.push_back({"mean", scores->rmse_mean, 0});
  }

  struct Seen {
    Works::Ref item;
    double rated = 0;
    predictor::Prediction prediction;
    double miss() const { return std::abs(rated - static_cast<double>(prediction.stars)); }
  };
  std::vector<Seen> seen;
  for (const Entry* entry : library.entries()) {
    if (!entry->rating || entry->item.type != type) continue;
    auto item = works.find(entry->item.id);
    if (!item) continue;
    if (const auto prediction = model.held_out(item->id)) seen.push_back({std::move(item), entry->rating->normalised(), *prediction});
  }
  std::stable_sort(seen.begin(), seen.end(), [](const Seen& a, const Seen& b) { return a.miss() > b.miss(); });
  if (seen.size() > most_misses) seen.resize(most_misses);
  for (const Seen& one : seen) {
    protocol::Miss miss;
    miss.item_id = one.item->id;
    miss.title = one.item->title;
    miss.rated = one.rated;
    miss.predicted = static_cast<double>(one.prediction.stars);
    miss.low = static_cast<double>(one.prediction.low);
    miss.high = static_cast<double>(one.prediction.high);
    miss.words = strongest_reasons(model.explain(*one.item));
    report.misses.push_back(std::move(miss));
  }
  return report;
}

}  // namespace hub::engine
