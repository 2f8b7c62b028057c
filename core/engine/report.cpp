#include "core/engine/report.hpp"

#include <algorithm>
#include <cmath>

#include "core/engine/trainer.hpp"

namespace hub::engine {
namespace {

constexpr std::size_t most_misses = 12;
constexpr std::uint32_t fewest_for_scores = 5;  // @see predictor::Model::scores

}  // namespace

protocol::ModelReport report_of(MediaType type, const predictor::Model& model, const Library& library, const Works& works) {
  protocol::ModelReport report;
  report.type = type;
  report.ratings = static_cast<std::uint32_t>(model.rating_count());
  report.basis = name_of(model.basis());
  report.needs.methods = fewest_for_scores;
  if (const auto& scores = model.scores()) {
    report.coverage = scores->coverage80;
    report.methods = {{"final", scores->rmse, 0}, {"community", scores->rmse_community, 0}, {"mean", scores->rmse_mean, 0}};
  }
  std::vector<const Item*> items;
  std::vector<Works::Ref> held;
  std::vector<double> rated;
  for (const Entry* entry : library.entries()) {
    if (!entry->rating || entry->item.type != type) continue;
    auto item = works.find(entry->item.id);
    if (!item) continue;
    items.push_back(item.get());
    held.push_back(std::move(item));
    rated.push_back(entry->rating->normalised());
  }
  const auto predictions = model.predict(items);
  for (std::size_t i = 0; i < items.size(); ++i) {
    protocol::Miss miss;
    miss.item_id = items[i]->id;
    miss.title = items[i]->title;
    miss.rated = rated[i];
    miss.predicted = static_cast<double>(predictions[i].stars);
    miss.low = static_cast<double>(predictions[i].low);
    miss.high = static_cast<double>(predictions[i].high);
    report.misses.push_back(std::move(miss));
  }
  std::stable_sort(report.misses.begin(), report.misses.end(), [](const protocol::Miss& a, const protocol::Miss& b) {
    return std::abs(a.rated - a.predicted) > std::abs(b.rated - b.predicted);
  });
  if (report.misses.size() > most_misses) report.misses.resize(most_misses);
  return report;
}

}  // namespace hub::engine
