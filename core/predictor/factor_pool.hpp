#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>

#include "core/features/encoding.hpp"
#include "core/predictor/lower_triangle.hpp"

namespace hub::predictor {

class RatedWorks;
struct Weights;

/// What models of several types have in common: each learns from all rated works, whichever type it predicts. The factor of the estimator
/// of all types together is most of what a model holds and most of the time that a training takes; the works as numbers come next. Both
/// stay as long as some model uses them.
class FactorPool {
 public:
  using Factor = std::shared_ptr<const LowerTriangle<float>>;

  /// @param key  factor_key.
  /// @return     null where no model that is still there has such a factor.
  Factor find(std::uint64_t key) const;
  void put(std::uint64_t key, const Factor& factor);

  /// @return  an equal one that some model holds, else this one, for the models that come.
  features::SharedEncoded same(features::Encoded item);

 private:
  void forget_what_is_gone();

  std::unordered_map<std::uint64_t, std::weak_ptr<const LowerTriangle<float>>> factors_;
  std::unordered_map<std::uint64_t, std::weak_ptr<const features::Encoded>> items_;  ///< by a hash of all of it
};

/// FactorPool::same, or where there is no pool the item alone.
features::SharedEncoded shared_by(FactorPool* pool, features::Encoded item);

/// Equal for equal covariances: a hash of all that they follow from.
/// @param rows  of `works`, in the order that the factor has.
std::uint64_t factor_key(const RatedWorks& works, std::span<const std::uint32_t> rows, const Weights& weights);

}  // namespace hub::predictor
