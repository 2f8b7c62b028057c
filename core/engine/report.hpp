#pragma once

#include "core/engine/works.hpp"
#include "core/library/library.hpp"
#include "core/predictor/predictor.hpp"
#include "core/protocol/protocol.hpp"

namespace hub::engine {

/// What the model in use tells of itself without further work: scores on held-out ratings and the largest misses.
///
/// @param library  whose ratings the model learnt from.
protocol::ModelReport report_of(MediaType type, const predictor::Model& model, const Library& library, const Works& works);

}  // namespace hub::engine
