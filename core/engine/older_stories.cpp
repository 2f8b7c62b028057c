#include "core/engine/older_stories.hpp"

#include <optional>
#include <utility>

#include "core/engine/vector_records.hpp"

namespace hub::engine {

void OlderStories::open(storage::FileSystem* files, const StorySpace& newer, bool may_write) {
  leave();
  files_ = VectorFiles();
  head_.clear();
  awaited_ = 0;
  auto found = files ? files_.other_model(*files, newer.model()) : std::nullopt;
  if (!found) return;
  head_ = vectors_head(found->model, found->dimensions);
  space_ = std::make_shared<StorySpace>(std::move(found->model), found->dimensions, works_);
  files_.open(*files, space_->model(), space_->store(), may_write, vectors_head(newer.model(), newer.dimensions()));
  if (space_->store().size() == 0) leave();
}

void OlderStories::works_changed() {
  awaited_ = 0;
  if (space_) space_->changed();
}

bool OlderStories::superseded_by(const StorySpace& newer) {
  // Works are many, and while this one has not been read nothing else has to be looked at.
  if (!space_ || (awaited_ != 0 && !newer.has(awaited_))) return false;
  awaited_ = 0;
  for (const auto& [work, key] : works_())
    if (key != 0 && space_->has(key) && !newer.has(key)) awaited_ = key;
  return awaited_ == 0;
}

void OlderStories::remove_all() {
  leave();
  files_.remove_all();
}

}  // namespace hub::engine
