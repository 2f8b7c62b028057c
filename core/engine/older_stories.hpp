#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/engine/story_space.hpp"
#include "core/engine/vector_files.hpp"

namespace hub::engine {

/// What the text model of an earlier page has read: it is used until the model of this page has read all of that. Of several such models
/// there is the one that read last; files of the others go.
class OlderStories {
 public:
  /// @param works  all that are known.
  explicit OlderStories(std::function<std::vector<KeyedWork>()> works) : works_(std::move(works)) {}

  /// Takes in what the files have of another model than the page's.
  /// @param files  null where nothing is kept. @param newer  of the page's own model. @param may_write  this tab is the one that writes;
  /// else no file is touched, now or later.
  void open(storage::FileSystem* files, const StorySpace& newer, bool may_write);

  /// Null: there is no older model, or it is not used any more.
  const std::shared_ptr<StorySpace>& space() const { return space_; }
  /// The line its files begin with (vectors_head), which are not the newer model's to remove; empty without.
  std::string_view head() const { return head_; }

  /// Other works than before are known.
  void works_changed();
  /// Whether the newer model has vectors of all works that this one has vectors of.
  bool superseded_by(const StorySpace& newer);
  /// It is not used any more; its files stay.
  void leave() { space_.reset(); }
  /// They are left behind.
  bool has_files_to_go() const { return !space_ && files_.size() > 0; }
  /// It goes with its files.
  void remove_all();

 private:
  std::function<std::vector<KeyedWork>()> works_;
  std::shared_ptr<StorySpace> space_;
  VectorFiles files_;
  std::string head_;
  std::uint64_t awaited_ = 0;  ///< key of what the newer model is yet to read; 0: that is to be looked for
};

}  // namespace hub::engine
