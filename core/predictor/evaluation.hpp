#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/predictor/predictor.hpp"

namespace hub::predictor {

/// What is compared. `final` is the product's own predictor, the rest what it has to beat.
enum class Method { mean, community_offset, linear, plain_xgboost, final };
inline constexpr std::size_t method_count = 5;
inline constexpr std::array<Method, method_count> methods{Method::mean, Method::community_offset, Method::linear, Method::plain_xgboost,
                                                          Method::final};
std::string_view name_of(Method method);

enum class Protocol {
  cv5,       ///< five folds of each person's ratings, by seed
  temporal,  ///< the first 80 % by date teach, the rest is predicted; people with at least six distinct dates
  curve      ///< n ratings teach, the rest is predicted, for growing n
};

/// One rating of one person to be scored on, in the order of the file.
struct RatedItem {
  const Item* item = nullptr;
  double stars = 0;  ///< value · 5 / scale, without any offset; may be 0
  std::string date;  ///< ISO 8601 or empty
};

struct Person {
  std::string name;
  std::vector<RatedItem> ratings;
};

/// Errors in stars. r2_train_mean = 1 - Σ(y - p)² / Σ(y - mean of the training part)². pair_order: share of pairs of test ratings of one
/// person and one fold that differ and that the predictions put in the right order; equal predictions count one half.
struct Measures {
  double rmse = 0;
  double mae = 0;
  double r2_train_mean = 0;
  double spearman = 0;
  double pair_order = 0;
};

struct Evaluation {
  std::size_t people = 0;
  std::size_t ratings = 0;                    ///< that were predicted
  std::array<Measures, method_count> pooled;  ///< over all ratings of all people; spearman is the mean over people
  std::array<Measures, method_count> median;  ///< over people
  double beats_mean = 0;                      ///< share of people whose RMSE is lower with `final`
  double beats_community = 0;
  double coverage80 = 0;
  double width80 = 0;  ///< mean width of the interval, stars
  double share_r2_positive = 0;
  double seconds = 0;
};

/// @param people    those with fewer than `fewest` ratings are left out.
/// @param progress  told after each person: how many are done, and of how many.
/// @return          under 0 the evaluation, or with Protocol::curve one under each number of training ratings.
Expected<std::map<std::size_t, Evaluation>> evaluate(std::span<const Item* const> items, std::span<const Person> people, Protocol protocol,
                                                     std::uint64_t seed, std::size_t fewest,
                                                     const std::function<void(std::size_t, std::size_t)>& progress = {});

}  // namespace hub::predictor
