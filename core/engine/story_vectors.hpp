#pragma once

#include "core/engine/stories.hpp"
#include "core/features/work_vectors.hpp"

namespace hub::engine {

/// Stories for those who learn from them.
class StoryVectors final : public features::WorkVectors {
 public:
  /// @param stories  which have been offered a model; must outlive this.
  explicit StoryVectors(const Stories& stories) : stories_(stories) {}

  std::string_view model() const override { return stories_.offered()->hash; }
  std::size_t dimensions() const override { return stories_.dimensions(); }
  bool of(const Item& work, std::span<float> into) const override { return stories_.vector_of(work, into); }

 private:
  const Stories& stories_;
};

}  // namespace hub::engine
