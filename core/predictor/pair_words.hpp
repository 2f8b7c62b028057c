#pragma once

#include <span>
#include <string>

#include "core/predictor/predictor.hpp"

namespace hub::predictor {

/// The strongest effect of two groups of facts together, in plain language: “Genres and year together make +0.04 of it”.
///
/// @param effects  as Model::tree_effects gives them.
/// @return         empty where no pair makes 0.02 stars, which is less than the figures beside it are told to; what comes with a person's
///                 habit is no pair, as a habit is in everything.
std::string words_of_pair(std::span<const TreeEffect> effects);

}  // namespace hub::predictor
