#pragma once

#include "imgui.h"
#include "imgui_internal.h"

#include <optional>

namespace hub::ui {

struct PredictionScale {
  double stars = 0;                 ///< predicted, 0.5 … 5
  double low = 0, high = 0;         ///< of the 8-in-10 range
  std::optional<double> community;  ///< the public's rating, out of 5
  std::optional<double> rating;     ///< the person's own
  bool pending = false;             ///< drawn fainter
};

/// A line from 0.5 to 5 with the range as a band, the public's rating as a tick above, the prediction as a dot, labels 1 to 5 below. 72
/// high (prediction_scale_height). A picture for the mirror, with all of it in words.
void draw_prediction_scale(const ImRect& box, const PredictionScale& scale);
float prediction_scale_height();

}  // namespace hub::ui
