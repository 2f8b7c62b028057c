#pragma once

#include <array>
#include <span>
#include <vector>

#include "core/features/encoding.hpp"
#include "core/features/feature.hpp"
#include "core/predictor/booster.hpp"
#include "core/predictor/combination.hpp"

namespace hub::predictor {

/// The columns that the trees see, in order: facts of the work, its genres, counts, and what the person's other ratings say of it by group
/// (affinities). This list is the one place where they are named.
std::vector<features::Feature> tree_features(const features::TypeStatistics& type);

/// One row.
///
/// @param parts  of the Gaussian process, from a fit that has not seen the rating of this work: in stars.
/// @param row    as many as tree_features gives. Missing is NaN. Values are rounded to 1/4096, so that the last bits of a logarithm, which
///               differ between platforms, never decide a split.
void fill_tree_row(const features::Encoded& item, const KernelParts& parts, const features::TypeStatistics& type, std::span<float> row);

/// `value` rounded to 1/4096 (about 0.0002).
float rounded(double value);

/// A prediction's parts summed by what they are about.
std::array<double, features::group_count> by_group(const KernelParts& parts);

}  // namespace hub::predictor
