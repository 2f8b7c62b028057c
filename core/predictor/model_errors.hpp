#pragma once

#include <span>

#include "core/predictor/errors.hpp"
#include "core/predictor/predictor.hpp"

namespace hub::predictor {

/// analyse_errors on what a model says of the ratings it learnt from, each held out in its turn. A prediction's standard deviation is that
/// of the normal distribution whose middle 80 % are its interval.
///
/// @param model     trained on `examples`. @param examples  any of them; what the model does not know is passed over.
Expected<ErrorAnalysis> analyse_errors(const Model& model, std::span<const Example> examples, const ErrorOptions& options = {});

}  // namespace hub::predictor
