#include "core/predictor/model_errors.hpp"

#include <algorithm>
#include <vector>

namespace hub::predictor {

Expected<ErrorAnalysis> analyse_errors(const Model& model, std::span<const Example> examples, const ErrorOptions& options) {
  constexpr double half_width_of_80 = 1.2815515655446004;  // standard deviations
  std::vector<const Item*> items;
  std::vector<double> stars;
  std::vector<double> predicted;
  std::vector<double> deviations;
  for (const auto& example : examples) {
    const auto held_out = model.held_out(example.item->id);
    if (!held_out) continue;
    items.push_back(example.item);
    stars.push_back(example.stars);
    predicted.push_back(static_cast<double>(held_out->stars));
    // The scale's end cuts an interval off on one side; the other side is whole.
    const double half = static_cast<double>(std::max(held_out->stars - held_out->low, held_out->high - held_out->stars));
    deviations.push_back(std::max(0.05, half / half_width_of_80));
  }
  return analyse_errors(model.type(), items, stars, predicted, deviations, options);
}

}  // namespace hub::predictor
