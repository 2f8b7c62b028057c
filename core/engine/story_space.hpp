#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/engine/resemblance.hpp"
#include "core/engine/works.hpp"
#include "core/features/vector_store.hpp"
#include "core/features/work_vectors.hpp"

namespace hub::engine {

/// A work with the key of its story (key_of); 0: it has none.
struct KeyedWork {
  Works::Ref work;
  std::uint64_t key = 0;
};

/// Vectors that one text model has made of what works are about, and which works are alike by them. What learns from one of these goes on
/// with that model's vectors, whatever model is used by then.
class StorySpace final : public features::WorkVectors {
 public:
  struct Alike {
    Works::Ref work;
    float likeness = 0;
  };

  /// @param model  hash of its weights. @param dimensions  a multiple of 16. @param works  those that can be alike; only like() and near()
  /// ask for them.
  StorySpace(std::string model, std::size_t dimensions, std::function<std::vector<KeyedWork>()> works);

  features::VectorStore& store() { return store_; }
  const features::VectorStore& store() const { return store_; }
  bool has(std::uint64_t key) const { return store_.find(key).has_value(); }
  bool has(const Item& work) const { return row_of(work).has_value(); }

  /// Works of the type may be others, or have a vector now.
  void changed(MediaType type) { of_type_[index_of(type)].stale = true; }
  void changed() {
    for (OfType& one : of_type_) one.stale = true;
  }

  /// Works of a type that are about something like this one, the most alike first. @see Stories::like
  std::vector<Alike> like(const Item& work, MediaType type, std::size_t most);
  /// Works of a type that are close to a text of which this is the vector, the closest first, and none that is far from it. Their likeness
  /// is the cosine.
  std::vector<Alike> near(const features::Quantised& vector, MediaType type, std::size_t most);

  std::string_view model() const override { return model_; }
  std::size_t dimensions() const override { return store_.dimensions(); }
  bool of(const Item& work, std::span<float> into) const override;

 private:
  struct OfType {
    bool stale = true;
    std::vector<features::VectorStore::Row> rows;
    std::vector<Works::Ref> works;
    /// For what is alike: the mean of all vectors, or 0 where there are too few, and for each row 1 / its distance from there.
    std::vector<float> mean;
    std::vector<float> per_distance;
  };

  std::optional<features::VectorStore::Row> row_of(const Item& work) const;
  const OfType& of_type(MediaType type);
  void find_mean(OfType& one) const;

  std::string model_;
  features::VectorStore store_;
  std::function<std::vector<KeyedWork>()> works_;
  std::array<OfType, media_type_count> of_type_;
  SharedThemes shared_;
};

}  // namespace hub::engine
