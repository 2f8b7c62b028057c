#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>

#include "core/predictor/lower_triangle.hpp"

namespace hub::predictor {

class RatedWorks;
struct Weights;

/// Factors that models of several types have in common: the estimator of all types together learns from the same works whichever type it
/// predicts, and its factor is most of what a model holds and most of the time that a training takes. A factor stays as long as some model
/// uses it.
class FactorPool {
 public:
  using Factor = std::shared_ptr<const LowerTriangle<float>>;

  /// @param key  factor_key.
  /// @return     null where no model that is still there has such a factor.
  Factor find(std::uint64_t key) const;
  void put(std::uint64_t key, const Factor& factor);

 private:
  std::unordered_map<std::uint64_t, std::weak_ptr<const LowerTriangle<float>>> factors_;
};

/// Equal for equal covariances: a hash of all that they follow from.
/// @param rows  of `works`, in the order that the factor has.
std::uint64_t factor_key(const RatedWorks& works, std::span<const std::uint32_t> rows, const Weights& weights);

}  // namespace hub::predictor
