#pragma once

#include <span>
#include <vector>

#include "core/features/encoding.hpp"
#include "core/features/feature.hpp"
#include "core/predictor/booster.hpp"
#include "core/predictor/ridge.hpp"

namespace hub::predictor {

/// The columns that the trees see, in order: facts of the work, its genres, counts, and what the person's other ratings say about those who
/// made it and what it is about (affinities). This list is the one place where they are named.
std::vector<features::Feature> tree_features(const features::TypeStatistics& type);

/// One row.
///
/// @param taste  the ridge's effects by family, from a fit that has not seen the rating of this work: in stars.
/// @param row    as many as tree_features gives. Missing is NaN. Values are rounded to 1/4096, so that the last bits of a logarithm, which
///               differ between platforms, never decide a split.
void fill_tree_row(const features::Encoded& item, const RidgeParts& taste, const features::TypeStatistics& type, std::span<float> row);

/// `value` rounded to 1/4096 (about 0.0002).
float rounded(double value);

}  // namespace hub::predictor
