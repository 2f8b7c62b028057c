#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "core/library/item.hpp"

namespace hub::features {

/// Vectors of what is written about works, of whatever model embeds it; all of one model.
class TextVectors {
 public:
  virtual ~TextVectors() = default;

  /// The model that made them, by the hash of its weights: vectors of two models have nothing to do with each other.
  virtual std::string_view model() const = 0;

  /// Numbers of a vector; a multiple of 16.
  virtual std::size_t dimensions() const = 0;

  /// @param into  receives dimensions() numbers, of length 1. @return false where the work has none; nothing is written then.
  virtual bool of(const Item& work, std::span<float> into) const = 0;
};

}  // namespace hub::features
