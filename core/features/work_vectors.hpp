#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "core/library/item.hpp"

namespace hub::features {

/// Vectors of works, of whatever model embeds them; all of one model.
class WorkVectors {
 public:
  virtual ~WorkVectors() = default;

  /// The model that made them, by the hash of its weights: vectors of two models have nothing to do with each other.
  virtual std::string_view model() const = 0;

  /// Numbers of a vector; a multiple of 16.
  virtual std::size_t dimensions() const = 0;

  /// @param into  receives dimensions() numbers, of length 1. @return false where the work has none; nothing is written then.
  virtual bool of(const Item& work, std::span<float> into) const = 0;
};

/// A number of works that a model tells, as WorkVectors tells vectors.
class WorkNumbers {
 public:
  virtual ~WorkNumbers() = default;

  /// As WorkVectors::model().
  virtual std::string_view model() const = 0;

  /// Finite; nothing where the work has none.
  virtual std::optional<double> of(const Item& work) const = 0;
};

/// What of a work can be embedded: what is written about it, and its poster.
enum class Embedding : std::uint8_t { text, poster };
inline constexpr std::size_t embedding_count = 2;
inline constexpr std::array<Embedding, embedding_count> embeddings{Embedding::text, Embedding::poster};
constexpr std::size_t index_of(Embedding embedding) {
  return static_cast<std::size_t>(embedding);
}

/// What models tell of works.
struct Embedders {
  std::array<std::shared_ptr<const WorkVectors>, embedding_count> vectors;  ///< by Embedding; null where nothing is known as a vector
  /// How well a work's poster fits what is written about it: the cosine of both in the space of a model that reads pictures and texts, -1 …
  /// 1. Null where nobody has compared them.
  std::shared_ptr<const WorkNumbers> agreement = nullptr;

  std::shared_ptr<const WorkVectors>& operator[](std::size_t embedding) { return vectors[embedding]; }
  const std::shared_ptr<const WorkVectors>& operator[](std::size_t embedding) const { return vectors[embedding]; }
};

}  // namespace hub::features
